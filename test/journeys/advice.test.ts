import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { splitCommandLine } from '../../src/operation/split-command-line.ts';
import { repositoryScripts } from '../../src/repository/package-json.ts';
import type { CliResult } from '../support/cli.ts';
import { temporaryFolder, writeTree } from '../support/folders.ts';
import { gitEnvironment, hasGit, initialise } from '../support/git.ts';
import { standInPac } from '../support/pac/stand-in.ts';
import { warmCli } from '../support/warm/warm.ts';

/** What an author types on the way, right and wrong, in a repository of the sample. */
const typed = [
  'validate',
  'validate --profile verified --verbose',
  'validat',
  'validate nowhere',
  'fix',
  'operation',
  'operation --path /orders --yes',
  'operation --remove NoSuch',
  'operation --kind webhook --path /hooks --yes',
  'operation --path /a --param nonsense --yes',
  'operation --curl "wget x"',
  'oauth --set key',
  'oauth --auth oauth2 --yes',
  'policy',
  'import',
  'import missing.yaml',
  'import openapi.yaml --tags Nothing',
  'import openapi.yaml',
  'texts',
  'status',
  'status --done nosuch',
  'diff',
  'diff nosuch',
  'release --dry-run',
  'package',
  'package --profile verified',
  'package --check nowhere.zip',
  'environment',
  'environment test',
  'update --dry-run',
  'login',
  'deploy --dry-run',
  'deploy',
  'download',
  'invoke',
  'invoke NoSuch',
  'rules nosuch',
  'guide nosuch',
  'new . --api openapi.yaml',
  'new ../other --curl "curl x"',
  'new ../other --from openapi.yaml',
  'doctor',
  'fix --dry-run',
  'fix nowhere',
  'validate --all',
  'texts nowhere.csv',
  'texts texts.csv --yes',
  'test',
  'test --init',
  'test --update',
  'test nowhere.test.yaml',
  'test --operation NoSuch',
  'test --record',
  'test --live',
  'test --min 200',
  'invoke GetItem',
  'invoke GetItem --set itemId=a --dry-run',
  'invoke ListItems --mock',
  'invoke ListItems --poll 2 --dry-run',
  'invoke ListItems --connection nowhere.json',
  'preview nowhere',
  'preview --against nosuch --static preview.html',
  'preview --screenshots pictures --operation NoSuch',
  'connect --list',
  'connect --test',
  'connect --use nosuch',
  'connect --forget nosuch',
  'mcp --root nowhere',
  'workspace',
  'workspace --adopt nowhere',
  'guide',
  'build --dry-run',
  'environment nosuch --remove',
  'policy --template nosuch --yes',
  'policy --list',
] as const;

/** For words that stand for something. */
const examples: Readonly<Record<string, string>> = {
  FILE: 'openapi.yaml',
  FOLDER: '.',
  HOST: 'api.harbour.example',
  TEXT: '"Tells when high and low water come at each harbour of the coast."',
  URL: 'https://contoso.crm.dynamics.com',
};

/** Commands that judge: with findings they end with 1, which is their result. */
const judging = new Set(['validate', 'fix', 'diff', 'doctor', 'package', 'status', 'deploy', 'download', 'test']);

/** Without end, or by an API that isn't there: such a line is only read. */
const serves = (line: string): boolean =>
  /^(?:preview|connect|mcp|lsp)\b(?!.* --(?:static|list|forget|use)\b)|^test\b.* --(?:serve|watch|record|live)\b|^invoke\b(?!.* --(?:dry-run|mock)\b)/.test(
    line,
  );

const description = `openapi: 3.0.3
info: { title: Harbour Tides, version: '1', description: 'Tells when high and low water come at each harbour of the coast.' }
servers: [{ url: https://api.harbour.example }]
paths: { /tides: { get: { operationId: ListTides, summary: List tides, responses: { '200': { description: ok } } } } }
`;

/**
 * The command lines in what was printed, without what a sentence goes on with: a remark, an alternative, the id of a rule.
 */
function advised(printed: string): string[] {
  const lines = [...printed.matchAll(/(?:npx )?(?<!generator-)\bpp-connector ([a-z]+\b[^\n]*)/g)].map(
    ([, line = '']) => line,
  );
  const scripts = [...printed.matchAll(/npm run ([a-z:]+)/g)].flatMap(([, name = '']) => {
    const script = (repositoryScripts as Record<string, string>)[name];
    return script === undefined ? [`no script ${name}`] : [script.replace('pp-connector ', '')];
  });
  const parts = lines.map(
    (line) =>
      line.split(/;|, | \(|\) |\)$| {2}|: | (?:or|and|writes|explains|tells|lists|checks|shows|signs) /)[0] ?? '',
  );
  return [...parts, ...scripts].map((line) => line.replace(/[.,)]+$/, '').trim());
}

const withExamples = (line: string): string =>
  line.replaceAll(/\b[A-Z]{3,}\b/g, (word, at: number) => (line[at - 1] === '"' ? word : (examples[word] ?? word)));

/** It can be run as it is: no part of it has still to be filled in. */
const isWhole = (line: string): boolean => !serves(line) && !/…|\b[A-Z]{2,}\b|\[/.test(line.replaceAll(/"[^"]*"/g, ''));

describe('every command that a command advises', function () {
  this.timeout(600_000);

  it('exists, has its flags, and ends as it should', async function () {
    if (!hasGit) this.skip();
    const parent = temporaryFolder();
    const pac = standInPac();
    const env = pac.env(gitEnvironment);
    const run = (line: string, cwd: string): CliResult => warmCli(splitCommandLine(line), { cwd, env });
    const made = run('new harbour --yes', parent);
    const cwd = join(parent, 'harbour');
    writeTree(cwd, { 'openapi.yaml': description });
    initialise(cwd);
    const printed = new Map<string, string>([['new', made.stderr]]);
    const attempts = typed.map((line): [string, string] => {
      const folder = join(temporaryFolder(), 'harbour');
      cpSync(cwd, folder, { recursive: true });
      const { stdout, stderr } = run(line, folder);
      return [line, `${stdout}${stderr}`];
    });
    for (const [line, text] of attempts) printed.set(line, text);

    const advice = new Map<string, string>();
    for (const [line, text] of printed) for (const one of advised(text)) if (!advice.has(one)) advice.set(one, line);
    expect(advice.size).to.be.greaterThan(25);
    const wrong = [...advice].flatMap(([line, source]) => {
      const whole = withExamples(line);
      const folder = join(temporaryFolder(), 'harbour');
      cpSync(cwd, folder, { recursive: true });
      // what has still to be filled in: its command and flags, at least
      const [name = ''] = line.split(' ');
      const { status, stderr, stdout } = isWhole(whole) ? run(whole, folder) : run(`${name} --help`, folder);
      const ended = status === 0 || (status === 1 && judging.has(name));
      const missing = isWhole(whole)
        ? []
        : (line.match(/(?<= )--[a-z][a-z-]*/g) ?? []).filter((flag) => !stdout.includes(`${flag}`));
      return ended && missing.length === 0
        ? []
        : [`after "${source}": pp-connector ${whole}: status ${status} ${missing.join(' ')} ${stderr.slice(0, 200)}`];
    });
    pac.remove();
    expect(wrong).to.deep.equal([]);
  });
});
