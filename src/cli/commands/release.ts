import { findRepositoryRoot } from '../../connector/find.ts';
import { type Connector, loadConnector } from '../../connector/load.ts';
import type { DiffReport } from '../../diff/diff-report.ts';
import { UserError } from '../../errors.ts';
import { thisPlatform } from '../../process/platform.ts';
import { pushCommand, releaseJson, releaseText } from '../../release/describe-release.ts';
import { performRelease } from '../../release/perform-release.ts';
import { type NextRelease, planRelease, type ReleasePlan } from '../../release/plan-release.ts';
import { noteLine, onOneLine } from '../../shown.ts';
import type { CommandSpec, Context } from '../command.ts';
import { showErrors } from '../show-errors.ts';

export const command: CommandSpec = {
  name: 'release',
  writes: () => true,
  summary: 'raise the version, write the changelog, commit and tag',
  group: 'publish',
  order: 10,
  flags: [
    {
      name: 'version',
      value: 'VERSION',
      description: 'the version of the release (default: the next one that the changes ask for)',
    },
    {
      name: 'baseline',
      value: 'REF',
      description: 'the git tag or commit that counts as the last release (default: the newest connector-v…)',
    },
    { name: 'dry-run', description: 'print the version, the section of the changelog and the commands; write nothing' },
  ],
  formats: ['text', 'json'],
  examples: [
    ['pp-connector release --dry-run', 'what would be released'],
    ['pp-connector release', 'release what is committed; nothing is pushed'],
    ['pp-connector release --version 2.0.0', 'as a version of your choice'],
  ],
  async run(context, _, flags) {
    const connector = loadConnector(findRepositoryRoot(context.cwd) ?? context.cwd);
    const isDryRun = flags.on('dry-run');
    const plan = planRelease(connector, {
      cwd: context.cwd,
      host: thisPlatform(),
      version: flags.text('version'),
      baseline: flags.text('baseline'),
      date: new Date().toISOString().slice(0, 10),
    });
    const { next } = plan;
    refuseUncommitted(plan, isDryRun, context);
    if (next === undefined) {
      context.err(`Nothing to release: nothing has changed since ${plan.base}.\n`);
      if (context.format === 'json') context.out(releaseJson(plan));
      return 0;
    }
    if (!(await isReleasable(connector, plan, context))) return 1;
    for (const note of next.notes) context.err(noteLine(note));
    if (!isDryRun) {
      await confirm(next, context);
      performRelease(next, connector.location.root, plan.git);
    }
    context.out(context.format === 'json' ? releaseJson(plan) : releaseText(plan, next, isDryRun));
    if (!isDryRun) context.err(`Publish it with: ${pushCommand}\n`);
    return 0;
  },
};

/** A release is what the tag names: what isn't committed would not be part of it. */
function refuseUncommitted({ uncommitted }: ReleasePlan, isDryRun: boolean, { err }: Context): void {
  if (uncommitted.length === 0) return;
  if (isDryRun) {
    err(`warning: not committed yet:\n${uncommitted.map((name) => `  ${onOneLine(name)}\n`).join('')}`);
    return;
  }
  throw new UserError('these files of the connector are not committed:', {
    details: uncommitted,
    hint: 'commit them first, so that the release is what you have looked at: git add …, git commit',
  });
}

async function isReleasable(connector: Connector, { report }: ReleasePlan, context: Context): Promise<boolean> {
  if ((await showErrors(connector, context)) !== undefined) {
    context.err('error: nothing was released: correct the errors above first (see: pp-connector validate)\n');
    return false;
  }
  const breaking = report?.changes.filter((change) => change.breaking) ?? [];
  if (report === undefined || breaking.length === 0) return true;
  const { diffStylish } = await import('../../diff/formats/stylish.ts');
  const shown: DiffReport = {
    ...report,
    changes: report.changes.filter(({ breaking, kind }) => breaking || kind === 'breaking-use-versioning'),
  };
  const kinds = [...new Set(breaking.map(({ kind }) => kind))].map((kind) => ` --acknowledge ${kind}`).join('');
  context.err(
    `${diffStylish(shown, { color: false })}error: nothing was released: flows and apps that exist would break\n`,
  );
  context.err(`  add revisions as said above, or say why it is meant: pp-connector diff${kinds} --reason "…"\n`);
  return false;
}

async function confirm({ tag, section }: NextRelease, { interactive, err, question }: Context): Promise<void> {
  if (!interactive) return;
  const { terminalPrompts } = await import('../prompts/prompts.ts');
  err(`${section}\n`);
  const choices = [
    { value: 'yes', name: 'yes' },
    { value: 'no', name: 'no' },
  ];
  if ((await question(() => terminalPrompts.one(`Release ${tag}?`, choices, 'yes'))) === 'yes') return;
  throw new UserError('stopped at a question; nothing was written');
}
