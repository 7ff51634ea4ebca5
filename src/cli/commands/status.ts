import { localDate, requireDate } from '../../certification/dates.ts';
import { evaluateSteps } from '../../certification/evaluate-steps.ts';
import { gatherEvidence } from '../../certification/evidence.ts';
import { statusFormats } from '../../certification/formats/formats.ts';
import { gatherMachineEvidence } from '../../certification/machine-evidence.ts';
import { type OverviewRow, overviewRow } from '../../certification/overview.ts';
import { readSignOffs, type SignOffs, signOff, signOffsFile } from '../../certification/sign-offs.ts';
import { findRepositoryRoot } from '../../connector/find.ts';
import { type Connector, loadConnector } from '../../connector/load.ts';
import { noConnector } from '../../connector/no-connector.ts';
import { type Profile, profiles } from '../../connector/profile.ts';
import { UserError } from '../../errors.ts';
import { shownPath } from '../../files/names.ts';
import { shellPath } from '../../process/command.ts';
import { thisPlatform } from '../../process/platform.ts';
import type { ConnectorReport } from '../../rules/engine/report.ts';
import type { CommandSpec, Context, Flags } from '../command.ts';
import { commitFiles } from '../commit-files.ts';
import { testEvidence } from '../test-evidence.ts';

export const command: CommandSpec = {
  name: 'status',
  writes: (flags) => [...flags.list('done'), ...flags.list('undo')].length > 0,
  summary: 'show the way to certification: what is done, what is next',
  group: 'publish',
  order: 30,
  several: 'together',
  flags: [
    {
      name: 'profile',
      value: 'NAME',
      description: 'whose way (default: config.json, the parent folder, custom)',
      choices: profiles,
    },
    { name: 'done', value: 'STEP', description: 'tick a step that only you can know of', many: true },
    { name: 'on', value: 'DATE', description: 'when that was, as YYYY-MM-DD (default: today)' },
    { name: 'note', value: 'TEXT', description: 'what to remember with it; it is committed' },
    { name: 'undo', value: 'STEP', description: 'take a tick back', many: true },
  ],
  formats: [...statusFormats.names, 'html'],
  examples: [
    ['pp-connector status', 'what is left until the connector is certified, the next step first'],
    ['pp-connector status --done test', 'remember that every operation was tested today'],
    ['pp-connector status --done pull-request --on 2026-01-31 --note "number 4711"', 'with its day and a note'],
    ['pp-connector status --undo test', 'it was not tested after all'],
    ['pp-connector status --profile verified', 'what certification as a verified publisher would take'],
    ['pp-connector status --format json', 'for a script'],
    [
      'pp-connector status --all --format html',
      'all connectors of a repository: findings, releases, deployments, next steps',
    ],
  ],
  async run(context, _positionals, flags) {
    if (context.folders !== undefined) return showOverview(context.folders, context, flags);
    if (context.format === 'html') {
      throw new UserError('--format html is for the overview of several connectors', {
        hint: 'pp-connector status --all --format html; of one connector: --format markdown',
      });
    }
    const connector = findHere(context.cwd);
    const { root } = connector.location;
    const profile = flags.text('profile') as Profile | undefined;
    const path = shownPath(root, context.cwd);
    const { validateConnector } = await import('../../rules/engine/validate-connector.ts');
    const report = await validateConnector(connector, path, { cwd: context.cwd, profile });
    const machine = { ...gatherMachineEvidence(connector, thisPlatform()), tests: await testEvidence(connector) };
    const evidence = gatherEvidence(connector, report, machine);
    const today = localDate(new Date());
    const marks = readMarks(flags, today);
    if (marks !== undefined) {
      if (connector.location.layout !== 'repository') throw noMemory(root);
      if (marks.on > today) context.err(`warning: ${marks.on} lies in the future, today is ${today}\n`);
      // the page is about the connector's own profile, with names as seen from its root, whatever was asked for
      const own = await validateConnector(connector, '.', { cwd: root });
      await save(connector, own, signOff(readSignOffs(root), marks, evidence), context);
    }
    const signOffs = readSignOffs(root);
    const print = await statusFormats.load(context.format ?? 'text');
    context.out(print(evaluateSteps(evidence, signOffs, today), { color: context.color }));
    return 0;
  },
};

async function showOverview(folders: readonly string[], context: Context, flags: Flags): Promise<number> {
  const ticked = ['done', 'undo', 'on', 'note'].find((name) => flags.list(name).length > 0);
  if (ticked !== undefined) {
    throw new UserError(`--${ticked}: steps are ticked for one connector`, {
      hint: 'go to its folder, or name it: pp-connector status --cwd FOLDER --done STEP',
    });
  }
  const profile = flags.text('profile') as Profile | undefined;
  const today = localDate(new Date());
  const rows: OverviewRow[] = [];
  const { validateConnector } = await import('../../rules/engine/validate-connector.ts');
  for (const folder of folders) {
    const shown = shownPath(folder, context.cwd);
    const connector = loadConnector(folder);
    const report = await validateConnector(connector, shown, { cwd: context.cwd, profile });
    const evidence = gatherEvidence(connector, report, gatherMachineEvidence(connector, thisPlatform()));
    rows.push(
      overviewRow(
        shown,
        evidence,
        evaluateSteps(evidence, readSignOffs(connector.location.root), today),
        report.counts,
      ),
    );
  }
  const { overviewFormats } = await import('../../certification/formats/overview.ts');
  context.out(overviewFormats[(context.format ?? 'text') as keyof typeof overviewFormats](rows));
  return 0;
}

function findHere(cwd: string): Connector {
  const connector = loadConnector(findRepositoryRoot(cwd) ?? cwd);
  if (connector.definition !== undefined) return connector;
  throw noConnector(cwd, 'go to a connector repository, or make one with: pp-connector new', {
    all: 'pp-connector status --all',
  });
}

/** What the flags sign off or take back; undefined: nothing. */
function readMarks(flags: Flags, today: string) {
  const [done, undo] = [flags.list('done'), flags.list('undo')];
  const on = flags.text('on');
  const note = flags.text('note');
  if (done.length === 0 && (on ?? note) !== undefined) {
    throw new UserError(`--${on === undefined ? 'note' : 'on'} belongs to --done`, {
      hint: 'for example: pp-connector status --done test --on 2026-01-31 --note "with 12 calls each"',
    });
  }
  if (done.length + undo.length === 0) return undefined;
  return { done, undo, on: on === undefined ? today : requireDate(on, '--on'), note };
}

/** The sign-offs, and the page that shows them. */
async function save(
  connector: Connector,
  report: ConnectorReport,
  signOffs: SignOffs,
  context: Context,
): Promise<void> {
  const { root } = connector.location;
  const { certificationPage } = await import('../../certification/page.ts');
  await commitFiles(
    [signOffsFile(root, signOffs), ...certificationPage(connector, report, signOffs)],
    { root },
    context,
  );
}

const noMemory = (root: string): UserError =>
  new UserError(`${root}: steps are remembered in a connector repository only; this is a bare folder`, {
    hint: `make a repository of it, then tick there: pp-connector new my-connector --from ${shellPath(root)}`,
  });
