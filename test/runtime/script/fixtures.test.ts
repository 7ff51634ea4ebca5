import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { compileBy } from '../../../src/runtime/script/hosted-script.ts';
import type { Compilation } from '../../../src/script/compilation.ts';
import { hostForTests } from '../../support/dotnet.ts';
import { checkout } from '../../support/folders.ts';

/** Scripts in the shapes that published ones have (test/fixtures/scripts), and mistakes that people make. */

const folder = join(checkout, 'test', 'fixtures', 'scripts');
const scriptsIn = (name: string): [name: string, text: string][] =>
  readdirSync(join(folder, name)).map((file) => [file, readFileSync(join(folder, name, file), 'utf8')]);

const problemsOf = (result: Compilation) => {
  if ('missing' in result) throw new Error(result.missing);
  return result.problems;
};

/** `// error: CODE [KIND]` at the end of the line where the compiler should speak. */
function expected(text: string): { line: number; code: string; kind: string }[] {
  return text.split('\n').flatMap((line, index) => {
    const [, code, kind = 'compiler'] = /\/\/ error: (\w+)(?: (\w+))?$/.exec(line) ?? [];
    return code === undefined ? [] : [{ line: index + 1, code, kind }];
  });
}

describe('the compiler of scripts', function () {
  this.timeout(60_000);
  const dotnet = hostForTests();

  it('has thirty scripts to accept, and twenty to refuse', () => {
    expect(scriptsIn('compiles')).to.have.length.of.at.least(30);
    expect(scriptsIn('fails')).to.have.length.of.at.least(20);
  });

  for (const [name, text] of scriptsIn('compiles')) {
    it(`accepts ${name}`, async () => {
      expect(problemsOf(await compileBy(dotnet.host())(text))).to.deep.equal([]);
    });
  }

  for (const [name, text] of scriptsIn('fails')) {
    it(`refuses ${name}, and says where`, async () => {
      const problems = problemsOf(await compileBy(dotnet.host())(text));
      expect(problems.map(({ line, code, kind }) => ({ line, code, kind }))).to.deep.equal(expected(text));
      for (const { start, line } of problems) expect(text.slice(0, start).split('\n')).to.have.length(line);
    });
  }

  it('finds the same places with the line ends of Windows, and after a byte-order mark', async () => {
    for (const [name, text] of scriptsIn('fails').slice(0, 5)) {
      const changed = `\uFEFF${text.replaceAll('\n', '\r\n')}`;
      const problems = problemsOf(await compileBy(dotnet.host())(changed));
      expect(
        problems.map(({ line, code }) => [line, code]),
        name,
      ).to.deep.equal(expected(text).map(({ line, code }) => [line, code]));
    }
  });

  it('says something of whatever it gets', async () => {
    const texts = [
      '',
      '\0',
      'class',
      '#r "x.dll"\n',
      '{'.repeat(20_000),
      '/*',
      'public class Script : Script {}',
      '💥',
    ];
    for (const text of texts) expect(await compileBy(dotnet.host())(text)).to.have.property('problems');
  });
});
