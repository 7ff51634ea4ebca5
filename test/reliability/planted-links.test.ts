import { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { parseArguments } from '../../src/cli/arguments.ts';
import { commands } from '../../src/cli/commands.generated.ts';
import { isUserError } from '../../src/errors.ts';
import { runLine } from '../support/command-line.ts';
import { readTree, snapshot, temporaryFolder } from '../support/folders.ts';
import { inProcess } from '../support/in-process.ts';

/** What is in the user's file that a planted link leads to. */
const canary = 'canary-4711';

/** Every command that reads a repository without asking anybody else. */
const lines: readonly (readonly string[])[] = [
  ['validate'],
  ['validate', '--fix', '--dry-run'],
  ['validate', '--fix-unsafe', '--profile', 'independent'],
  ['build', '--dry-run'],
  ['build', '--force'],
  ['status'],
  ['update', '--dry-run'],
  ['update', '--force'],
  ['diff', '.'],
  ['package', '--pull-request', '--profile', 'independent'],
  ['import', 'api.json', '--dry-run', '--theirs'],
  ['import', 'api.json', '--ours'],
  ['deploy', '--dry-run'],
];
/** Links to folders. */
const folders = ['docs', '.pp-connector'];

const generators = ['readme --dry-run', 'readme', 'operation --path /orders --yes', 'oauth --yes --dry-run'];

/** What the linked file may be for each reader: any text, and one that the reader goes on with. */
const contents: Readonly<Record<string, string>> = {
  json: `{ "swagger": "2.0", "info": { "title": "${canary}", "description": "${canary}" }, "files": { "${canary}": "${canary}" } }`,
  other: `# ${canary}\n\npublic class Script : ScriptBase { /* ${canary} */ }\n`,
};

const api = {
  openapi: '3.0.3',
  info: { title: 'Tides', version: '1' },
  servers: [{ url: 'https://tides.contoso.com' }],
  paths: { '/tides': { get: { operationId: 'ListTides', responses: { 200: { description: 'OK' } } } } },
};

async function say(cwd: string, [name = '', ...words]: readonly string[]): Promise<string> {
  const command = await commands[name]?.load();
  if (command === undefined) throw new Error(`${name}: no such command`);
  const { positionals, flags, format } = parseArguments(command, [...words, '--cwd', cwd]);
  const { stdout, stderr } = await inProcess({ cwd, format }, (context) => command.run(context, positionals, flags));
  return stdout + stderr;
}

async function sayGenerator(cwd: string, line: string): Promise<string> {
  try {
    return await runLine(`pp-connector ${line}`, cwd);
  } catch (error) {
    if (!isUserError(error)) throw error;
    return error.message;
  }
}

(process.platform === 'win32' ? describe.skip : describe)(
  'a repository with a link to a file of the user',
  function () {
    this.timeout(120_000);
    let model: string;
    let names: string[];

    before(async () => {
      model = temporaryFolder('model');
      await runLine('pp-connector new . --yes --title "Harbour Tides" --profile independent', model);
      writeFileSync(join(model, 'api.json'), JSON.stringify(api));
      names = [
        ...Object.keys(readTree(model)).filter((name) => name !== 'api.json'),
        ...['CHANGELOG.md', 'connector/script.csx', 'docs/certification.md', '.pp-connector/imported.json'],
        ...['.pp-connector/certification.json', '.pp-connector/deployed.default.json'],
        ...folders,
      ];
    });

    /** A copy in which one name is a link that leads out. */
    function plant(name: string): { folder: string; target: string } {
      const folder = temporaryFolder();
      const target = join(temporaryFolder('home'), 'secret');
      cpSync(model, folder, { recursive: true });
      const path = join(folder, ...name.split('/'));
      const isFolder = folders.includes(name);
      rmSync(path, { recursive: true, force: true });
      mkdirSync(dirname(path), { recursive: true });
      if (isFolder) {
        mkdirSync(target);
        for (const inner of ['certification.md', 'generated.json', 'certification.json'])
          writeFileSync(join(target, inner), contents[inner.endsWith('.json') ? 'json' : 'other'] ?? '');
      } else writeFileSync(target, contents[name.endsWith('.json') ? 'json' : 'other'] ?? '');
      symlinkSync(target, path);
      return { folder, target };
    }

    it('neither shows nor copies nor changes what is there, whatever the command and the name', async () => {
      const faults: string[] = [];
      for (const name of names) {
        const { folder, target } = plant(name);
        const before = snapshot(dirname(target));
        const judge = (words: string, said: string): void => {
          if (said.includes(canary)) faults.push(`${words} shows ${name}`);
          const copies = Object.entries(readTree(folder)).filter(([, bytes]) => bytes.includes(canary));
          for (const [copy] of copies) faults.push(`${words} copies ${name} to ${copy}`);
          if (JSON.stringify(snapshot(dirname(target))) !== JSON.stringify(before))
            faults.push(`${words} changes ${name}`);
        };
        for (const words of lines) judge(words.join(' '), await say(folder, words));
        for (const line of generators) judge(line, await sayGenerator(folder, line));
      }
      expect(faults).to.deep.equal([]);
    });

    it('is not adopted with what the links lead to', async () => {
      for (const name of ['apiDefinition.json', 'apiProperties.json', 'settings.json', 'icon.png', 'script.csx']) {
        const { folder } = plant(`connector/${name}`);
        const said = await sayGenerator(temporaryFolder(), `new mine --yes --from ${join(folder, 'connector')}`);
        expect(said, name).to.match(/link/).and.not.include(canary);
      }
    });
  },
);
