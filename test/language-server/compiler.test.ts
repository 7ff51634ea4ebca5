import { join } from 'node:path';
import { expect } from 'chai';
import { broken, connectorWithCode } from '../runtime/script/scripts.ts';
import { cli } from '../support/cli.ts';
import { dotnetForTests, lendDotnet } from '../support/dotnet.ts';
import { temporaryFolder, writeTree } from '../support/folders.ts';
import { Editor } from './editor.ts';

describe('lsp: code while it is typed', function () {
  this.timeout(120_000);

  before(async function () {
    this.timeout(180_000);
    const place = await dotnetForTests();
    if (place === undefined) return this.skip();
    lendDotnet(place);
    return undefined;
  });

  it('has the findings of the compiler where validate has them, and loses them with their cause', async () => {
    const root = writeTree(temporaryFolder(), connectorWithCode('.', broken('int n = "one";')));
    const script = join(root, 'script.csx');
    const editor = await Editor.start(root);
    try {
      const places = async (isDone: (rules: string[]) => boolean): Promise<string[]> => {
        for (;;) {
          const found = await editor.diagnosticsOf(script);
          const shown = found.map(({ code, range }) => `${code} ${range.start.line + 1}:${range.start.character + 1}`);
          if (isDone(shown)) return shown;
          await editor.next(script);
        }
      };
      await editor.open(script);
      const first = await places((shown) => shown.some((place) => place.startsWith('script-compiles')));
      const { stdout } = cli(['validate', '--format', 'json'], { cwd: root });
      const report = JSON.parse(stdout) as {
        connectors: { findings: { file: string; rule: string; line: number; column: number }[] }[];
      };
      const wanted = report.connectors.flatMap(({ findings }) =>
        findings
          .filter(({ file }) => file === 'script.csx')
          .map(({ rule, line, column }) => `${rule} ${line}:${column}`),
      );
      expect(first).to.deep.equal(wanted).and.include('script-compiles 5:17');
      await editor.type(script, editor.text(script).replace('"one"', '1'));
      expect(await places((shown) => !shown.some((place) => place.startsWith('script-compiles')))).not.to.include(
        'script-not-compiled 1:1',
      );
    } finally {
      await editor.close();
    }
  });
});
