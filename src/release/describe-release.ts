import { type ExternalCommand, formatCommand } from '../process/command.ts';
import type { NextRelease, ReleasePlan } from './plan-release.ts';

/** What a release does in git, as a user would type it. */
function commandsOf({ files, tag, message }: NextRelease, { git }: ReleasePlan): ExternalCommand[] {
  const names = files.map(([path]) => git.nameOf(path));
  const make = (...args: string[]): ExternalCommand => ({ program: 'git', args, cwd: git.root });
  const commit = [make('add', '--', ...names), make('commit', '--only', '--message', message, '--', ...names)];
  return [...(names.length === 0 ? [] : commit), make('tag', '--annotate', '--message', message, tag)];
}

/** Nothing is ever pushed by us. */
export const pushCommand = 'git push --follow-tags';

/** For people: why this version, the changelog's section, and the commands where nothing was done. */
export function releaseText(plan: ReleasePlan, next: NextRelease, isDryRun: boolean): string {
  const since = plan.base === undefined ? 'the first release' : `${words[next.level]} since ${plan.base}`;
  const commands = commandsOf(next, plan).map((command) => `  ${formatCommand(command, process.platform)}\n`);
  const end = isDryRun ? `Nothing was written. The release would be:\n${commands.join('')}` : `Released ${next.tag}.\n`;
  return `${next.tag}: ${since}\n\n${next.section}\n${end}`;
}

const words = {
  major: 'breaking changes',
  minor: 'nothing breaking, but something new',
  patch: 'nothing that flows and apps notice',
} as const;

/** For scripts; of a release that isn't needed everything but the base is null. */
export function releaseJson(plan: ReleasePlan): string {
  const { base = null, next } = plan;
  const { version = null, tag = null, level = null, section = null } = next ?? {};
  const commands = next === undefined ? [] : commandsOf(next, plan);
  return `${JSON.stringify({ base, version, tag, level: base === null ? null : level, section, commands }, null, 2)}\n`;
}
