import { resolve } from 'node:path';
import { ConnectorDraft } from '../../connector/draft.ts';
import { findRepositoryRoot } from '../../connector/find.ts';
import { loadConnector } from '../../connector/load.ts';
import { type Profile, profileOf, profiles } from '../../connector/profile.ts';
import { acknowledge } from '../../diff/acknowledge.ts';
import { type DiffReport, diffConnectors } from '../../diff/diff-report.ts';
import { baseUnlessNew, findBase } from '../../diff/find-base.ts';
import { diffFormats } from '../../diff/formats/formats.ts';
import { UserError } from '../../errors.ts';
import { apiPath } from '../../operation/api-path.ts';
import { noteLine } from '../../shown.ts';
import type { CommandSpec, Context, Flags } from '../command.ts';
import { commitFiles } from '../commit-files.ts';

export const command: CommandSpec = {
  name: 'diff',
  writes: (flags) => flags.list('acknowledge').length > 0,
  summary: 'tell what an update would break for flows and apps',
  group: 'check',
  order: 30,
  several: 'each',
  positionals: [
    {
      name: 'base',
      description: 'a git branch, tag or commit, a folder or a file (default: the last release, else HEAD)',
    },
  ],
  flags: [
    { name: 'to', value: 'FILE|FOLDER', description: 'what to compare with the base (default: the working tree)' },
    {
      name: 'baseline',
      value: 'REF',
      description: 'the git tag or commit that counts as the last release, where no base is given',
    },
    {
      name: 'profile',
      value: 'NAME',
      description: 'whose severities apply (default: config.json, the parent folder, verified)',
      choices: profiles,
    },
    {
      name: 'acknowledge',
      value: 'KIND',
      many: true,
      description: 'note in config.json that changes of this kind are meant (repeatable)',
    },
    { name: 'reason', value: 'TEXT', description: 'with --acknowledge: why' },
    {
      name: 'paths',
      value: 'POINTER',
      many: true,
      description: 'with --acknowledge: only there and below (repeatable; default: where the changes are now)',
    },
  ],
  formats: diffFormats.names,
  examples: [
    ['pp-connector diff', 'changes since the last release (git tag connector-v…)'],
    ['pp-connector diff origin/main --format github', 'in a workflow: annotations of a pull request'],
    ['pp-connector diff --format sarif', 'for code scanning'],
    ['pp-connector diff connector-v1.2.0', 'since a certain release'],
    ['pp-connector diff old/apiDefinition.json --to new/apiDefinition.json', 'two files of any name'],
    ['pp-connector diff --acknowledge breaking-operation-deleted --reason "The API has dropped it."', 'it is meant'],
  ],
  async run(context, [word], flags) {
    const kinds = flags.list('acknowledge');
    refuseAlone(flags, kinds);
    const compared = compare(word, context, flags);
    if (kinds.length > 0) await note(kinds, compared, context, flags);
    const report = kinds.length > 0 ? compare(word, context, flags) : compared;
    const print = await diffFormats.load(context.format ?? 'stylish');
    context.out(print(report, { color: context.color }));
    return report.changes.some(({ breaking }) => breaking) ? 1 : 0;
  },
};

function compare(word: string | undefined, { cwd, shownFrom = cwd, folders, err }: Context, flags: Flags): DiffReport {
  const to = flags.text('to');
  const here = findRepositoryRoot(cwd) ?? cwd;
  const after = loadConnector(to === undefined ? here : resolve(cwd, to));
  // a revision is looked up for the connector of the working tree, unless there is none
  const tree = to === undefined ? after : loadConnector(here);
  const baseline = flags.text('baseline');
  const where = tree.definition === undefined ? after : tree;
  const profile = flags.text('profile') as Profile | undefined;
  // a branch may add a connector to the others
  const base =
    folders === undefined ? findBase(word, where, { cwd, baseline }) : baseUnlessNew(word, where, { cwd, baseline });
  if (base !== undefined) return diffConnectors(base, after, { cwd: shownFrom, profile });
  err(noteLine('the connector is new: there is nothing to break'));
  return { base: word ?? 'HEAD', profile: profileOf(after, profile), changes: [] };
}

function refuseAlone(flags: Flags, kinds: readonly string[]): void {
  const given = ['reason', 'paths'].find((name) => flags.list(name).length > 0);
  if (given === undefined || kinds.length > 0) return;
  throw new UserError(`--${given} says something of --acknowledge, which is missing`, {
    hint: 'for example: pp-connector diff --acknowledge breaking-operation-deleted --reason "The API has dropped it."',
  });
}

/** Writes acknowledgements into config.json of the working tree. */
async function note(kinds: readonly string[], report: DiffReport, context: Context, flags: Flags): Promise<void> {
  const to = flags.text('to');
  const { cwd } = context;
  const draft = new ConnectorDraft(
    loadConnector(to === undefined ? (findRepositoryRoot(cwd) ?? cwd) : resolve(cwd, to)),
  );
  const reason = flags.text('reason') ?? '';
  for (const kind of kinds)
    acknowledge(draft, report, { kind, reason, paths: flags.list('paths').map((pointer) => apiPath(pointer)) });
  const { root } = draft.source.location;
  await commitFiles(draft.plannedFiles(), { root }, context);
}
