import { relative, resolve } from 'node:path';
import { findRepositoryRoot } from '../../connector/find.ts';
import { type Connector, loadConnector } from '../../connector/load.ts';
import { noConnector } from '../../connector/no-connector.ts';
import { type Environment, Environments } from '../../deploy/environment.ts';
import { requireGuid } from '../../deploy/guid.ts';
import type { ListedConnector } from '../../deploy/list-connectors.ts';
import { downloadConnector } from '../../deploy/remote-copy.ts';
import type { PacOptions } from '../../deploy/run-pac.ts';
import { connectorAsDeployed } from '../../deploy/settings-file.ts';
import {
  baseNote,
  describeDownload,
  downloadAsJson,
  type FileNames,
  fileNames,
  placeOfConflict,
} from '../../download/describe.ts';
import { type DownloadTarget, findRemoteConnector } from '../../download/find-connector.ts';
import {
  type DecideConflict,
  type DownloadSides,
  type MergedConnector,
  mergeConnector,
} from '../../download/merge-connector.ts';
import { copyAsJson, filesOfCopy } from '../../download/new-folder.ts';
import { downloadSides, planDownload } from '../../download/plan-download.ts';
import { UserError } from '../../errors.ts';
import { decide, diffOf, summarise, write } from '../../files/commit.ts';
import { GeneratedFiles } from '../../files/generated-files.ts';
import { nameOf } from '../../files/names.ts';
import { writeFiles } from '../../files/write.ts';
import { shellPath } from '../../process/command.ts';
import { startWaiting } from '../../progress.ts';
import type { Prompts } from '../../repository/questions/prompts.ts';
import { noteLine, onOneLine } from '../../shown.ts';
import type { CommandSpec, Context, Flags } from '../command.ts';
import { askEachConflict, describeConflict } from '../prompts/conflict-questions.ts';
import { promptsBy, terminalPrompts } from '../prompts/prompts.ts';
import { showOutput } from '../screen.ts';

export const command: CommandSpec = {
  name: 'download',
  writes: (flags) => flags.text('output') === undefined,
  summary: 'bring back what was changed in the maker portal',
  group: 'deploy',
  order: 30,
  flags: [
    {
      name: 'environment',
      value: 'NAME|URL',
      description:
        'a name of "environments" in config.json, or an address (default: the only one there, else where pac is signed in)',
    },
    {
      name: 'connector-id',
      value: 'GUID',
      description: 'which connector (default: the one in config.json, else the one with this title)',
    },
    { name: 'ours', description: 'where both changed: keep what is here' },
    { name: 'theirs', description: 'where both changed: take what the portal has' },
    { name: 'output', value: 'FOLDER', description: 'write the connector there as it is, and merge nothing' },
    { name: 'dry-run', description: 'download, show what would change, write nothing' },
  ],
  formats: ['text', 'json'],
  examples: [
    ['pp-connector download', 'the changes since the last deployment, into the repository'],
    ['pp-connector download --environment test --dry-run', 'what was changed in the environment "test"'],
    ['pp-connector download --connector-id GUID --environment URL --output contoso', 'a connector that is new here'],
  ],
  run: (context, _positionals, flags) => runDownload(context, flags, terminalPrompts),
};

interface Job {
  context: Context;
  flags: Flags;
  prompts: Prompts;
  root: string;
  connector: Connector;
  pac: PacOptions;
}

/** The command with its prompts, so that tests can answer them. */
export async function runDownload(context: Context, flags: Flags, asked: Prompts): Promise<number> {
  const prompts = promptsBy(asked, context.question);
  if (flags.on('ours') && flags.on('theirs')) {
    throw new UserError('--ours and --theirs exclude each other', { hint: 'leave one of them out' });
  }
  const root = findRepositoryRoot(context.cwd) ?? context.cwd;
  const pac: PacOptions = {
    onOutput: showOutput,
    waiting: (what) => startWaiting(what, () => process.stderr),
    notify: (note) => context.err(noteLine(note)),
  };
  const connector = connectorAsDeployed(loadConnector(root));
  const job: Job = { context, flags, prompts, root, connector, pac };
  const output = flags.text('output');
  return output === undefined ? bringBack(job) : copyTo(job, resolve(context.cwd, output));
}

const isComplete = ({ definition, properties }: Connector): boolean =>
  definition !== undefined && properties !== undefined;

/** The changes of the portal, into the author's files. */
async function bringBack(job: Job): Promise<number> {
  const { connector, context, root, pac } = job;
  if (!isComplete(connector)) {
    throw noConnector(root, 'to get one: pp-connector download --connector-id GUID --environment URL --output FOLDER', {
      what: "there is no connector here that the portal's could be compared with",
    });
  }
  const target = await findTarget(job);
  const sides = await downloadSides(connector, target, pac);
  const names = fileNames(connector);
  context.err(baseNote(target));
  const { merged, decideConflict } = await settle(job, sides, names);
  const isOpen = decideConflict === undefined;
  if (context.format === 'json') context.out(downloadAsJson(target, merged, names));
  if (isOpen) return refuse(context, merged, names);
  if (context.format !== 'json') context.out(describeDownload(target, merged, names));
  await finish(job, target, sides, { merged, decideConflict });
  return 0;
}

function findTarget({ flags, connector, context, prompts, pac }: Job): Promise<DownloadTarget> {
  const request = { environment: flags.text('environment'), connectorId: flags.text('connector-id') };
  const choose = (found: readonly ListedConnector[]): Promise<string> =>
    prompts.one(
      'Which connector is it?',
      found.map(({ id, cells }) => ({ value: id, name: `${cells.join('  ')}  (${id})` })),
      found[0]?.id ?? '',
    );
  return findRemoteConnector(connector, request, pac, context.interactive ? choose : undefined);
}

interface Settled {
  merged: MergedConnector;
  /** Undefined: there are conflicts, and nobody has decided them. */
  decideConflict: DecideConflict | undefined;
}

async function settle({ context, flags, prompts }: Job, sides: DownloadSides, names: FileNames): Promise<Settled> {
  const decideAll: DecideConflict = () => (flags.on('theirs') ? 'theirs' : 'ours');
  const merged = await mergeConnector(sides, decideAll);
  const isDecided = merged.conflicts.length === 0 || flags.on('theirs') || flags.on('ours');
  if (isDecided || !context.interactive) return { merged, decideConflict: isDecided ? decideAll : undefined };
  const asked = merged.conflicts.map((conflict) => ({ ...conflict, place: placeOfConflict(conflict, names) }));
  const taken = new Set([...(await askEachConflict(asked, 'the portal', prompts))].map(({ place }) => place));
  const decideConflict: DecideConflict = (conflict) =>
    taken.has(placeOfConflict(conflict, names)) ? 'theirs' : 'ours';
  return { merged: await mergeConnector(sides, decideConflict), decideConflict };
}

function refuse({ err }: Context, { conflicts }: MergedConnector, names: FileNames): number {
  for (const conflict of conflicts) {
    err(describeConflict({ ...conflict, place: placeOfConflict(conflict, names) }, 'portal'));
  }
  const what = conflicts.length === 1 ? '1 value differs' : `${conflicts.length} values differ`;
  err(`${what} here and in the portal; nothing was written. Decide with --ours or --theirs\n`);
  return 1;
}

async function finish(
  { context, flags, root }: Job,
  target: DownloadTarget,
  sides: DownloadSides,
  { merged, decideConflict }: { merged: MergedConnector; decideConflict: DecideConflict },
): Promise<void> {
  const generated = GeneratedFiles.read(root);
  const { files, memory } = planDownload(target, sides, merged, {
    decide: decideConflict,
    generated,
    now: new Date(),
  });
  const decisions = await decide(files, { root, generated });
  if (flags.on('dry-run')) {
    context.err(await diffOf(decisions, root));
    return;
  }
  write([...decisions, ...(await decide(memory, { root, generated }))], { root, generated });
  if (decisions.length > 0) context.err(summarise(decisions, root));
}

/** The connector as it is, into a folder that may become a repository later. */
async function copyTo({ context, flags, connector, root, pac }: Job, folder: string): Promise<number> {
  const { environment, connectorId } = whatToCopy(connector, flags);
  const downloaded = await downloadConnector(connectorId, environment, root, pac);
  const files = filesOfCopy(downloaded, folder, flags.on('theirs'));
  const names = files.map(({ path }) => onOneLine(nameOf(context.cwd, path))).join(', ');
  const isJson = context.format === 'json';
  if (isJson) context.out(copyAsJson(connectorId, environment, files, context.cwd));
  if (!flags.on('dry-run'))
    writeFiles(
      files.map(({ path, contents }) => [path, contents] as const),
      { root },
    );
  if (isJson) return 0;
  const verb = flags.on('dry-run') ? 'Would write' : 'Wrote';
  context.out(names === '' ? 'Nothing to change.\n' : `${verb} ${names}\n`);
  if (connector.config === undefined) {
    const from = relative(context.cwd, folder) || '.';
    context.out(`Make a repository of it with: pp-connector new NAME --from ${shellPath(from)}\n`);
  }
  return 0;
}

function whatToCopy(connector: Connector, flags: Flags): { environment: Environment | undefined; connectorId: string } {
  const environments = new Environments(connector.config);
  const given = flags.text('environment');
  const environment = given === undefined ? environments.only : environments.choose(given);
  const id = flags.text('connector-id');
  if (id !== undefined) requireGuid(id, '--connector-id');
  const connectorId = id ?? environment?.connectorId;
  if (connectorId !== undefined) return { environment, connectorId };
  const place = environment === undefined ? '' : ` --environment ${environment.target}`;
  throw new UserError('--output: which connector is to be downloaded is not known', {
    hint: `give its GUID as --connector-id; find it with: pac connector list${place}`,
  });
}
