import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from 'chai';
import { command } from '../../src/cli/commands/package.ts';
import { filesOf } from '../../src/connector/load.ts';
import { splitCommandLine } from '../../src/operation/split-command-line.ts';
import { exampleConnector } from '../../src/rules/examples/example-connector.ts';
import { checkout, readTree, temporaryFolder, writeTree } from '../support/folders.ts';
import { deployerOf, packageOf, solutions, zip } from './archives.ts';
import { run } from './run.ts';

/** The repository of the guide: a clean connector with its exports, in a folder of its own. */
async function guideRepository(): Promise<string> {
  const files = filesOf(exampleConnector({})).map(({ path, bytes }) => [basename(path), bytes] as const);
  return writeTree(join(temporaryFolder('parent'), 'weather'), {
    ...Object.fromEntries(files),
    '.yo-rc.json': '{}\n',
    'config.json': '{ "profile": "verified", "outputDirectory": "." }\n',
    'connector.zip': await zip(solutions.connector),
    'flow.zip': await zip(solutions.flow),
    'package.zip': await packageOf(),
    'weather.pdpkg.zip': await deployerOf(),
  });
}

async function runAll(lines: readonly string[]): Promise<string> {
  const cwd = await guideRepository();
  for (const line of lines) {
    const [program, name, ...words] = splitCommandLine(line);
    expect([program, name], line).to.deep.equal(['pp-connector', 'package']);
    const { status, stderr, stdout } = await run(cwd, ...words);
    // an icon colour of one's own is not an independent publisher's; the folder is made and judged all the same
    expect(stderr, line).not.to.match(/^error/m);
    expect(status, `${line}\n${stdout}`).to.equal(0);
  }
  return cwd;
}

describe('the guide to submitting', () => {
  const guide = readFileSync(join(checkout, 'docs', 'guides', 'package.md'), 'utf8');

  it('shows commands that work as they are printed', async () => {
    const lines = [...guide.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, text = '']) => text.trim().split('\n'));
    expect(lines.length).to.be.greaterThan(5);
    const cwd = await runAll(lines);
    expect(Object.keys(readTree(join(cwd, '..', 'PowerPlatformConnectors')))).to.include(
      'certified-connectors/Contoso Weather/readme.md',
    );
  });

  it('draws the package as it is', () => {
    const tree = /^```text\n([\s\S]*?)^```$/m.exec(guide)?.[1] ?? '';
    expect([...tree.matchAll(/[\w.]+(?:\/|\.\w+)/g)].map(([name]) => name)).to.deep.equal([
      'ContosoWeather.zip',
      'intro.md',
      'ContosoWeather.pdpkg.zip',
      'PkgAssets/',
      'connector.zip',
      'flow.zip',
    ]);
  });
});

describe('package --help', () => {
  it('shows examples that work', async () => {
    const lines = command.examples.map(([line]) => line);
    // the proposal is for another profile than that of the repository
    await runAll(lines.map((line) => (line.includes('--proposal') ? `${line} --profile independent` : line)));
  });
});
