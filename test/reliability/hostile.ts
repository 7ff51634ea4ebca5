import { cpSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArguments } from '../../src/cli/arguments.ts';
import { commands } from '../../src/cli/commands.generated.ts';
import { overview } from '../../src/cli/mcp/overview.ts';
import { listResources, readResource } from '../../src/cli/mcp/resources.ts';
import { findConnector } from '../../src/connector/find.ts';
import { isUserError } from '../../src/errors.ts';
import { ConnectorState } from '../../src/language-server/connector-state.ts';
import { connectorOf, OpenFiles } from '../../src/language-server/open-files.ts';
import { isTooDeep, refusalOf } from '../../src/system-error.ts';
import { runLine } from '../support/command-line.ts';
import { readTree, snapshot, temporaryFolder, writeTree } from '../support/folders.ts';
import { inProcess } from '../support/in-process.ts';
import { canary, type HostileKind, homeFiles, type Place } from './hostile-kinds.ts';

/** The servers for agents and editors. */
const others = 'mcp, lsp';

/** Every command that reads a repository; those that write come last. */
export const lines: readonly string[] = [
  others,
  'validate',
  'validate --format json --profile verified',
  'validate --fix --dry-run',
  'fix --dry-run',
  'status',
  'status --format json',
  'diff .',
  'build --dry-run',
  'update --dry-run',
  'import api.json --dry-run --theirs',
  'import api.json --output out.json',
  'deploy --dry-run',
  'release --dry-run',
  'environment --list',
  'texts',
  'texts texts.csv --dry-run',
  'rules info-title-length',
  'guide',
  'preview --format json',
  'preview --static preview.html',
  'test',
  'test --format github --coverage',
  'connect --list',
  'connect --test',
  'invoke ListItems --dry-run --format json',
  'invoke ListItems --mock --record run.har',
  'invoke GetItem --dry-run --input input.json --format json',
  'invoke Upload --dry-run --input input.json --format json',
  'workspace --yes --dry-run',
  'readme --dry-run',
  'operation --path /orders --yes --dry-run',
  'oauth --yes --auth basic --dry-run',
  'policy --list',
  'package --pull-request',
  'test --update',
  'test --init',
  'readme',
  'validate --fix',
  'build --force',
  'update --force',
];

/** Those that are generators, and run by another way in this process. */
const generated: readonly string[] = ['readme', 'operation', 'oauth', 'policy', 'workspace', 'new'];

export interface Said {
  text: string;
  /** The exit status. */
  status: number;
}

/** Runs a line in this process. @throws what is a fault of ours */
export async function say(folder: string, line: string): Promise<Said> {
  const [name = '', ...words] = line.split(' ');
  if (generated.includes(name)) {
    try {
      return { text: await runLine(`pp-connector ${line}`, folder), status: 0 };
    } catch (error) {
      return { text: reasonOf(error), status: 2 };
    }
  }
  const command = await commands[name]?.load();
  if (command === undefined) throw new Error(`${name}: no such command`);
  try {
    const { positionals, flags, format } = parseArguments(command, [...words, '--cwd', folder]);
    const said = await inProcess({ cwd: folder, format }, (context) => command.run(context, positionals, flags));
    return { text: said.stdout + said.stderr, status: said.status };
  } catch (error) {
    return { text: reasonOf(error), status: 2 };
  }
}

/** What main says of an error. @throws what is a fault of ours */
function reasonOf(error: unknown): string {
  if (isUserError(error)) return `${error.message} ${error.hint ?? ''}`;
  if (isTooDeep(error)) return 'it is nested too deeply';
  const refusal = refusalOf(error);
  if (refusal !== undefined) return refusal;
  throw error;
}

/** What servers for agents and editors do with a repository. */
async function serveOthers(folder: string): Promise<string> {
  const said: string[] = [];
  const attempt = async (work: () => unknown): Promise<void> => {
    try {
      said.push(JSON.stringify((await work()) ?? ''));
    } catch (error) {
      said.push(reasonOf(error));
    }
  };
  await attempt(() => overview(folder, { readOnly: false }));
  await attempt(() => listResources(folder));
  for (const name of [
    'connector/apiDefinition.json',
    'README.md',
    'config.json',
    '../home/id_rsa',
    '..%2Fhome%2Fid_rsa',
  ])
    await attempt(() => readResource(folder, `connector://${name}`, async () => ''));
  await attempt(() => readResource(folder, 'guide://../../package', async () => ''));
  await attempt(async () => {
    const open = new OpenFiles();
    for (const path of Object.values(findConnector(folder).files)) {
      const root = connectorOf(path);
      if (root === undefined) continue;
      const state = new ConnectorState(root, open);
      await new Promise<void>((resolve) => {
        state.check(0, (_, diagnostics) => {
          said.push(JSON.stringify(diagnostics));
          resolve();
        });
        setTimeout(resolve, 300);
      });
      return state.now().location.root;
    }
    return undefined;
  });
  return said.join('\n');
}

/** A repository in order, with a file for each flag of the lines. */
export async function hostileModel(): Promise<string> {
  const model = temporaryFolder('model');
  await runLine('pp-connector new . --yes --title "Harbour Tides" --profile independent', model);
  return writeTree(model, {
    'api.json': JSON.stringify({
      ...{ swagger: '2.0', info: { title: 'A', version: '1' }, host: 'a.contoso.com', schemes: ['https'] },
      paths: { '/a': { get: { operationId: 'ListA', responses: { 200: { description: 'OK' } } } } },
    }),
    'input.json': '{"itemId": "1"}',
    'texts.csv': 'owner,kind,name,place,text\n',
  });
}

function place(model: string, kind: HostileKind): Place & { mark: string } {
  const around = temporaryFolder('around');
  const folder = join(around, 'work');
  cpSync(model, folder, { recursive: true });
  const home = writeTree(join(around, 'home'), homeFiles);
  const mark = join(around, 'ran');
  const program = join(around, 'program.sh');
  writeFileSync(program, `#!/bin/sh\ntouch '${mark}'\ncat\n`, { mode: 0o755 });
  kind.plant({ folder, home, program });
  return { folder, home, program, mark };
}

/** Milliseconds that no line may take, on a machine that does other things meanwhile. */
const patience = 8000;

/**
 * What a repository made commands do that none may: show, copy or change files of the user, run a program, fail by a
 * fault of ours, take long.
 *
 * @param model of `hostileModel`
 */
export async function faultsOf(model: string, kind: HostileKind, chosen: readonly string[]): Promise<string[]> {
  const { folder, home, mark } = place(model, kind);
  const before = JSON.stringify(snapshot(home));
  const faults: string[] = [];
  const judge = async (line: string, run: () => Promise<string>): Promise<void> => {
    const start = performance.now();
    let said = '';
    try {
      said = await run();
    } catch (error) {
      faults.push(`${kind.name}: ${line}: ${error instanceof Error ? error.stack?.slice(0, 600) : error}`);
    }
    const took = performance.now() - start;
    if (said.includes(canary)) faults.push(`${kind.name}: ${line}: shows a file of the user`);
    if (JSON.stringify(snapshot(home)) !== before) faults.push(`${kind.name}: ${line}: changes the user's files`);
    if (existsSync(mark)) faults.push(`${kind.name}: ${line}: runs a program`);
    if (took > patience) faults.push(`${kind.name}: ${line}: takes ${Math.round(took)} ms`);
  };
  for (const line of chosen)
    await judge(line, () => (line === others ? serveOthers(folder) : say(folder, line).then(({ text }) => text)));
  for (const [name, bytes] of Object.entries(readTree(folder)))
    if (bytes.includes(canary)) faults.push(`${kind.name}: copies a file of the user to ${name}`);
  return faults;
}
