import { ConnectionStore, type Listed } from '../../connect/connection-store.ts';
import { defaultName, isName } from '../../connect/stored-connection.ts';
import { useConnection } from '../../connect/use-connection.ts';
import { UserError } from '../../errors.ts';
import { shellWord } from '../../process/command.ts';
import type { ConnectionSources } from '../../runtime/connection/resolve-connection.ts';
import { Secrets } from '../../runtime/secrets.ts';
import { onOneLine } from '../../shown.ts';
import { packageRoot } from '../../templates.ts';
import type { CommandSpec, Context, Flags } from '../command.ts';
import { connectionsRoot, type RunnableConnector, runnableConnector } from '../connector-files.ts';
import { type FlagHeadings, underHeadings } from '../flag-headings.ts';
import { makeConnection, network } from '../make-connection.ts';
import { requireAccepted, testedAsJson, testedInWords, testWith } from '../test-report.ts';

const headings: FlagHeadings = {
  'Signing in': ['port', 'paste', 'device-code', 'redirect-url', 'no-browser', 'timeout'],
  'The test of the connection': ['skip-test', 'trust-script'],
  'Connections that are there': ['list', 'test', 'use', 'forget'],
};

export const command: CommandSpec = {
  name: 'connect',
  summary: 'sign in to the API, and keep the connection for invoke',
  group: 'check',
  order: 24,
  positionals: [{ name: 'folder', description: 'the connector (default: the repository around the current folder)' }],
  flags: underHeadings(
    [
      { name: 'name', value: 'NAME', description: `what to call the connection (default: ${defaultName})` },
      { name: 'connection', value: 'FILE', description: 'a JSON object with the values of connection parameters' },
      { name: 'connection-set', value: 'NAME', description: 'which of the connectionParameterSets' },
      {
        name: 'port',
        value: 'NUMBER',
        description: 'where the browser comes back to: http://127.0.0.1:NUMBER/redirect',
      },
      { name: 'paste', description: 'the browser can not come back: paste the address that it ends at' },
      { name: 'device-code', description: 'Entra ID: sign in on another device, by a code' },
      {
        name: 'redirect-url',
        value: 'URL',
        description: 'the redirect address that the application knows, if it is another one',
      },
      { name: 'no-browser', description: 'only print the address of the sign-in' },
      {
        name: 'trust-script',
        description: 'run script.csx for the test, also a version that has not run on this machine yet',
      },
      { name: 'skip-test', description: 'store the connection without calling the API' },
      {
        name: 'timeout',
        value: 'SECONDS',
        description: 'how long to wait for the sign-in (default: 300), and at most for each answer (100)',
      },
      { name: 'list', description: 'show the connections of this connector; outside of one, all on this machine' },
      { name: 'test', description: 'call the API with what is stored' },
      { name: 'use', description: 'from now on use the connection of that --name' },
      { name: 'forget', description: 'delete what is stored' },
    ],
    headings,
  ),
  formats: ['text', 'json'],
  examples: [
    ['pp-connector connect', 'asks for what a connection needs, signs in, tests and stores it'],
    ['pp-connector connect --paste', 'where the application knows only the redirect address of the platform'],
    ['pp-connector connect --name test --connection-set oauth', 'a second one, by another way to sign in'],
    ['pp-connector connect --list', 'what is stored; the one with * is used'],
    ['pp-connector connect --test', 'whether the API still takes it'],
    ['pp-connector connect --forget --name test', 'deletes it'],
  ],
  async run(context, [folder], flags) {
    const mode = modeOf(flags);
    if (mode === 'list') return list(context, folder);
    if (mode === 'forget') return forget(context, folder, flags);
    if (mode === 'use') return use(context, folder, flags);
    const runnable = runnableConnector(context.cwd, folder, 'connect FOLDER');
    return mode === 'test'
      ? testStored(runnable, context, flags)
      : makeConnection(runnable, nameOf(flags) ?? defaultName, context, flags);
  },
};

const modes = ['list', 'test', 'use', 'forget'] as const;
const waysBack = ['paste', 'device-code', 'port'] as const;

function modeOf(flags: Flags): (typeof modes)[number] | undefined {
  const given = modes.filter((name) => flags.on(name));
  const ways = waysBack.filter((name) => flags.on(name) || flags.text(name) !== undefined);
  const isElsewhere = flags.text('redirect-url') !== undefined && !flags.on('paste');
  const [first, second] = given.length > 1 ? given : isElsewhere ? ['redirect-url', ...ways] : ways;
  if (first !== undefined && second !== undefined) {
    throw new UserError(`--${first} and --${second} contradict each other`, { hint: 'leave one of them out' });
  }
  return given[0];
}

/** @throws UserError for a name that no file could have */
function nameOf(flags: Flags): string | undefined {
  const name = flags.text('name');
  if (name === undefined || isName(name)) return name;
  throw new UserError(`--name ${name}: is not a name for a connection`, {
    hint: 'up to 64 letters, digits, dots, dashes and underscores; the first is a letter or a digit',
  });
}

function list(context: Context, folder: string | undefined): number {
  const where = connectionsRoot(context.cwd, folder);
  const store = ConnectionStore.find(where);
  const own = store?.list() ?? [];
  const isHere = own.length > 0 || folder !== undefined;
  // what lies in the current folder isn't believed, and that may be the home of the user
  const all = isHere ? own : (ConnectionStore.find(packageRoot)?.listAll() ?? []);
  const current = isHere ? store?.current()?.name : undefined;
  if (context.format === 'json') {
    const listed = all.map((entry) => ({ ...shownFacts(entry), current: entry.name === current }));
    context.out(`${JSON.stringify(listed, null, 2)}\n`);
    return 0;
  }
  if (all.length === 0) context.err('No connection is stored. Make one with: pp-connector connect\n');
  for (const entry of all) {
    const mark = isHere ? (entry.name === current ? '* ' : '  ') : `${onOneLine(entry.folder)}  `;
    const set = entry.set === undefined ? '' : `, ${onOneLine(entry.set)}`;
    context.out(
      `${mark}${onOneLine(entry.name)}  ${onOneLine(entry.saved.slice(0, 16))}${set}, in ${whereOf(entry)}\n`,
    );
  }
  return 0;
}

const whereOf = ({ place, path }: Pick<Listed, 'place' | 'path'>): string => (place === 'file' ? path : 'the keychain');

const shownFacts = ({ name, connector, folder, set, saved, place, path }: Listed) => ({
  name,
  connector,
  folder,
  set: set ?? null,
  saved,
  place,
  path,
});

function forget(context: Context, folder: string | undefined, flags: Flags): number {
  const store = ConnectionStore.of(connectionsRoot(context.cwd, folder));
  const given = nameOf(flags);
  const names = store.names();
  if (given === undefined && names.length > 1) {
    throw new UserError(`there are several connections: ${names.join(', ')}`, {
      hint: `say which: pp-connector connect --forget --name ${shellWord(names[0] ?? '')}`,
    });
  }
  const name = given ?? names[0];
  if (name === undefined) {
    context.err('No connection is stored.\n');
    return 0;
  }
  if (!store.forget(name)) throw noSuchConnection(name, names);
  context.err(
    `Forgot the connection ${name}. The API still knows its key or token: revoke it there if nobody needs it.\n`,
  );
  return 0;
}

function use(context: Context, folder: string | undefined, flags: Flags): number {
  const store = ConnectionStore.of(connectionsRoot(context.cwd, folder));
  const name = nameOf(flags);
  if (name === undefined) throw new UserError('--use needs a name', { hint: 'pp-connector connect --use --name NAME' });
  if (!store.choose(name)) throw noSuchConnection(name, store.names());
  context.err(`invoke uses the connection ${name} from now on.\n`);
  return 0;
}

const noSuchConnection = (name: string, names: readonly string[]): UserError =>
  new UserError(`there is no connection ${name}`, {
    hint: names.length === 0 ? 'make one: pp-connector connect' : `there are: ${names.join(', ')}`,
  });

async function testStored(runnable: RunnableConnector, context: Context, flags: Flags): Promise<number> {
  const { inner, definition, root } = runnable;
  const [name, store] = [nameOf(flags), ConnectionStore.of(root)];
  const current = name ?? store.current()?.name;
  if (current === undefined || !store.names().includes(current.toLowerCase())) {
    throw noSuchConnection(current ?? defaultName, store.names());
  }
  const send = await network(flags);
  // what is stored is tested, whatever the environment says
  const sources: ConnectionSources = { inner, setName: undefined, file: undefined, env: {} };
  const used = await useConnection({ sources, definition, root, name: current, send });
  const secrets = new Secrets([...used.connection.secrets, ...used.secrets]);
  const tested = await testWith(runnable, { connection: used.connection, secrets, send }, context, flags);
  if (typeof tested === 'string') throw new UserError(`it can't be tested: ${tested}`);
  if (context.format === 'json')
    context.out(`${JSON.stringify({ name: current, tested: testedAsJson(tested) }, null, 2)}\n`);
  requireAccepted(tested, secrets, 'make the connection again: pp-connector connect');
  if (context.format !== 'json') context.out(`${testedInWords(tested)}\n`);
  return 0;
}
