import type { MachineReport, ProgramReport, ProgramStatus } from './examine.ts';

const colours: Record<ProgramStatus, number> = { ok: 32, missing: 33, outdated: 31, failing: 33 };

/** For people: a line per program, below it what is wrong and how to install it. */
export function formatMachine(report: MachineReport, { color }: { color: boolean }): string {
  const names = report.programs.map(({ title, version }) => (version === undefined ? title : `${title} ${version}`));
  const width = Math.max(...names.map((name) => name.length));
  const blocks = report.programs.map((program, index) => {
    const code = program.required && program.status !== 'ok' ? 31 : colours[program.status];
    const lines = [
      `${painted(program.status, code, color)}  ${(names[index] ?? '').padEnd(width)}  for ${program.neededFor}`,
      ...details(program),
    ];
    return lines.join('\n          ');
  });
  if (report.scripts !== undefined) blocks.push(scriptLine(report.scripts, color));
  const verdict = report.ok
    ? 'All that is required is here.'
    : 'Something required is missing; install it, then run this again.';
  return `${blocks.join('\n')}\n\n${verdict}\n`;
}

function scriptLine(scripts: NonNullable<MachineReport['scripts']>, color: boolean): string {
  const line = `${painted(scripts.status, colours[scripts.status], color)}  References of .NET Framework 4.8  for checking and running script.csx`;
  return scripts.status === 'ok' ? line : `${line}\n          install: ${scripts.install.join('  or  ')}`;
}

function painted(status: ProgramStatus, code: number, color: boolean): string {
  const text = status.padEnd(8);
  return color ? `\u001b[${code}m${text}\u001b[0m` : text;
}

function details({ status, note, install, path }: ProgramReport): string[] {
  const lines = note === undefined ? [] : [note];
  if (status === 'failing' && path !== undefined) lines.push(path);
  if (status === 'missing' || status === 'outdated') lines.push(`install: ${install.join('  or  ')}`);
  return lines;
}

export const machineAsJson = (report: MachineReport): string => `${JSON.stringify(report, null, 2)}\n`;
