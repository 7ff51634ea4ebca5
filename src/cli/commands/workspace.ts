import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceName } from '../../connector/workspace.ts';
import { UserError } from '../../errors.ts';
import { thisPlatform } from '../../process/platform.ts';
import { pushCommand } from '../../release/describe-release.ts';
import type { Adoption } from '../../repository/adopt-connector.ts';
import { workspaceQuestions } from '../../repository/questions/workspace.ts';
import { noteLine, onOneLine } from '../../shown.ts';
import type { CommandSpec, Context, Flags } from '../command.ts';
import { type FlagHeadings, underHeadings } from '../flag-headings.ts';
import { flagsOfQuestions, generate } from '../generator-command.ts';

const headings: FlagHeadings = {
  'What new connectors get': ['profile', 'publisher', 'stack-owner', 'contact-name', 'contact-url', 'contact-email'],
  'The repository': ['ci', 'agents', 'tool-spec'],
  'A connector of another repository': ['adopt', 'into'],
};

export const command: CommandSpec = {
  name: 'workspace',
  summary: 'keep several connectors in one git repository',
  group: 'make',
  order: 15,
  flags: underHeadings(
    [
      ...flagsOfQuestions(workspaceQuestions),
      {
        name: 'adopt',
        value: 'FOLDER',
        description:
          'move the connector of a git repository into this one, with its history and releases; . for the one at this root',
      },
      { name: 'into', value: 'FOLDER', description: 'with --adopt: its new folder (default: connectors/NAME)' },
    ],
    headings,
  ),
  examples: [
    ['pp-connector workspace', 'ask for everything'],
    ['pp-connector workspace --yes', 'connectors in connectors/*, of your own tenant, checked by GitHub Actions'],
    ['pp-connector workspace --yes --profile verified --publisher Contoso --ci azure', 'what new connectors then name'],
    ['pp-connector workspace --adopt ../contoso-letters --dry-run', 'how a repository of one connector would move in'],
    [
      'pp-connector workspace --adopt . --into connectors/letters',
      'make room for others beside the connector at the root',
    ],
  ],
  async run(context, _, flags) {
    const source = flags.text('adopt');
    if (source === undefined && flags.text('into') !== undefined) {
      throw new UserError('--into: it says where the connector of --adopt goes', { hint: 'add --adopt FOLDER' });
    }
    if (source === undefined) return generate('workspace', context, flags);
    const isMoved = await adopt(source, context, flags);
    // what is there has been answered before
    if (!isMoved || existsSync(join(context.cwd, workspaceName))) return 0;
    return generate('workspace', context, flags, { adopt: undefined, into: undefined });
  },
};

/** @returns whether anything was changed */
async function adopt(source: string, context: Context, flags: Flags): Promise<boolean> {
  const { planAdoption } = await import('../../repository/adopt-connector.ts');
  const plan = planAdoption(context.cwd, source, flags.text('into'), thisPlatform());
  context.out(describe(plan));
  for (const note of plan.notes) context.err(noteLine(note));
  if (flags.on('dry-run')) return false;
  await confirm(plan, context);
  const { moveConnector } = await import('../../git/move-connector.ts');
  moveConnector(plan.move, plan.releases, onOneLine(plan.title));
  context.err(`Done, and committed. Publish it with: ${pushCommand}\n`);
  return true;
}

function describe({ move, releases, title, left }: Adoption): string {
  const lines = [
    `"${title}": ${move.from.root === move.to.root ? '' : `${move.from.root} `}${move.folder} → ${move.target}`,
    ...releases.map(({ before, after }) => `  tag ${before} → ${after}`),
    ...(releases.length === 0 ? ['  it has no releases'] : []),
    ...left.map((name) => `  without ${name}: the workflows of the root are for all connectors`),
  ];
  return `${lines.map(onOneLine).join('\n')}\n`;
}

async function confirm({ move }: Adoption, { interactive, question }: Context): Promise<void> {
  if (!interactive) return;
  const { terminalPrompts } = await import('../prompts/prompts.ts');
  const choices = [
    { value: 'yes', name: 'yes' },
    { value: 'no', name: 'no' },
  ];
  const message = `Move it to ${move.target}, and commit that?`;
  if ((await question(() => terminalPrompts.one(message, choices, 'yes'))) === 'yes') return;
  throw new UserError('stopped at a question; nothing was written');
}
