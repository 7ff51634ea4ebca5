import type { MachineReport, ProgramReport, ProgramStatus } from './examine.ts';

const colours: Record<ProgramStatus, number> = { ok: 32, missing: 33, outdated: 31, failing: 33 };

/** For people: a line per program, below it what is wrong and how to install it. */
export function formatMachine(report: MachineReport, { color }: { color: boolean }): string {
  const names = report.programs.map(({ title, version }) => (version === undefined ? title : `${title} ${version}`));
  const width = Math.max(...names.map((name) => name.length));
  const blocks = report.programs.map((program, index) => {
    const code = program.required && program.status !== 'ok' ? 31 : colours[program.status];
    const status = program.status.padEnd(8);
    const painted = color ? `\u001b[${code}m${status}\u001b[0m` : status;
    const lines = [`${painted}  ${(names[index] ?? '').padEnd(width)}  for ${program.neededFor}`, ...details(program)];
    return lines.join('\n          ');
  });
  const verdict = report.ok
    ? 'All that is required is here.'
    : 'Something required is missing; install it, then run this again.';
  return `${blocks.join('\n')}\n\n${verdict}\n`;
}

function details({ status, note, install, path }: ProgramReport): string[] {
  const lines = note === undefined ? [] : [note];
  if (status === 'failing' && path !== undefined) lines.push(path);
  if (status === 'missing' || status === 'outdated') lines.push(`install: ${install.join('  or  ')}`);
  return lines;
}

export const machineAsJson = (report: MachineReport): string => `${JSON.stringify(report, null, 2)}\n`;
