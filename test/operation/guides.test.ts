import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parseArguments } from '../../src/cli/arguments.ts';
import type { CommandSpec } from '../../src/cli/command.ts';
import { command as newCommand } from '../../src/cli/commands/new.ts';
import { command as operationCommand } from '../../src/cli/commands/operation.ts';
import { command as policyCommand } from '../../src/cli/commands/policy.ts';
import { command as validateCommand } from '../../src/cli/commands/validate.ts';
import { operationKinds } from '../../src/operation/kinds/catalogue.ts';
import { splitCommandLine } from '../../src/operation/split-command-line.ts';
import { checkout, temporaryFolder, writeTree } from '../support/folders.ts';
import { generate } from '../support/generators.ts';
import { inProcess } from '../support/in-process.ts';
import { exampleRepository, findings, operation, policy } from './support.ts';

/** Every command of the guides and of --help, as it is printed, in order. */

const specs: Record<string, CommandSpec> = {
  new: newCommand,
  operation: operationCommand,
  policy: policyCommand,
  validate: validateCommand,
};

/** @returns the folder in which the next command runs */
async function runLine(line: string, cwd: string): Promise<string> {
  const [program, name = '', ...words] = splitCommandLine(line);
  if (program === 'cd') return join(cwd, name);
  expect(program, line).to.equal('pp-connector');
  const spec = specs[name];
  if (spec === undefined) throw new Error(`${line}: no test runs this command`);
  const { flags, positionals } = parseArguments(spec, words);
  const { cwd: _, yes: __, 'no-color': ___, 'non-interactive': ____, 'dry-run': dryRun, ...given } = flags.given();
  const all = { ...given, ...(dryRun === true ? { dryRun } : {}) };
  if (name === 'new')
    await generate('app', {
      cwd,
      words: positionals,
      flags: { ...all, toolSpec: '^0.1.0', ...(positionals[0] === undefined ? {} : { folder: positionals[0] }) },
    });
  else if (name === 'operation') await operation(cwd, all);
  else if (name === 'policy') await policy(cwd, all);
  else {
    const { status, stdout } = await inProcess({ cwd, format: 'stylish' }, (context) =>
      spec.run(context, positionals, flags),
    );
    expect(status, stdout).to.equal(0);
  }
  return cwd;
}

/** Fenced blocks: their language, the file that they are, their text. */
const blocks = (text: string): { language: string; file: string; text: string }[] =>
  [...text.matchAll(/^```(\w+) ?(\S*)\n([\s\S]*?)^```$/gm)].map(([, language = '', file = '', body = '']) => ({
    language,
    file,
    text: body,
  }));

const needsRepository = ['triggers', 'dynamic-values', 'custom-code'];

describe('the guides', () => {
  for (const name of ['first-connector', ...needsRepository]) {
    it(`${name}: every command works as it is printed`, async () => {
      const parts = blocks(readFileSync(join(checkout, 'docs', 'guides', `${name}.md`), 'utf8'));
      const files = Object.fromEntries(parts.filter(({ file }) => file !== '').map(({ file, text }) => [file, text]));
      const lines = parts.filter(({ language }) => language === 'sh').flatMap(({ text }) => text.trim().split('\n'));
      let cwd = needsRepository.includes(name)
        ? exampleRepository({
            definition: {
              host: 'api.contoso.com',
              paths: { '/hooks': null as never, '/hooks/{hookId}': null as never },
            },
          })
        : temporaryFolder();
      writeTree(cwd, files);
      for (const line of lines) {
        cwd = await runLine(line, cwd);
        writeTree(cwd, files);
      }
      expect(lines.length).to.be.greaterThan(5);
      // a new repository of one's own has no publisher yet
      const profile = needsRepository.includes(name) ? 'verified' : 'custom';
      expect(await findings(cwd, profile)).to.deep.equal([]);
    });
  }
});

describe('--help', () => {
  it('shows two examples of each kind of operation', () => {
    for (const kind of operationKinds.filter((name) => name !== 'action' && name !== 'paging')) {
      const shown = operationCommand.examples.filter(
        ([line]) => line.includes(`--kind ${kind} `) || line.endsWith(`--kind ${kind}`),
      );
      expect(shown.length, kind).to.be.at.least(2);
    }
    expect(operationCommand.examples.filter(([line]) => /--method|--curl/.test(line)).length).to.be.at.least(2);
    expect(operationCommand.examples.filter(([line]) => /--kind paging|--next-link/.test(line)).length).to.equal(2);
  });

  it('shows examples that work', async () => {
    const items = '{ "items": [ { "id": "1", "name": "x", "created": "2024-05-01T10:00:00Z" } ] }';
    const names = ['order', 'new', 'orders', 'orders2', 'logs', 'event', 'projects', 'schema', 'tasks'];
    const cwd = writeTree(
      exampleRepository({ definition: { paths: { '/hooks': null as never, '/hooks/{hookId}': null as never } } }),
      {
        ...Object.fromEntries(names.map((name) => [`${name}.json`, items])),
        'news.json': '[ { "id": "1" } ]',
        'call.txt': 'curl https://weather.contoso.com/v1/payments -d \'{"amount": 1}\'',
        'operations.yaml': 'operations: [ { path: /shops, responseSample: { items: [ { id: a } ] } } ]',
      },
    );
    const examples = [...operationCommand.examples, ...policyCommand.examples].map(([line]) => line);
    for (const line of examples.filter((text) => text.includes('--'))) {
      try {
        await runLine(line, cwd);
      } catch (error) {
        throw new Error(`${line}\n${(error as Error).message}`);
      }
    }
    expect(await findings(cwd, 'verified')).to.deep.equal([]);
  });
});
