import { type FixOptions, fixPath } from './fix-path.ts';
import type { ConnectorReport } from './report.ts';

/** Fixes one connector after the other, and keeps what is to be told at the end. */
export class FixRun {
  private readonly options: FixOptions;
  private readonly files: string[] = [];
  private readonly diffs: string[] = [];
  private readonly commands: string[] = [];
  private readonly leftOut: string[] = [];
  private fixed = 0;

  constructor(options: FixOptions) {
    this.options = options;
  }

  readonly judge = async (path: string): Promise<ConnectorReport> => {
    const { report, files, commands, fixed, leftOut, diff } = await fixPath(path, this.options);
    this.files.push(...files);
    this.commands.push(...commands);
    this.diffs.push(diff);
    this.leftOut.push(...leftOut.map((rule) => `${report.path}: ${rule}`));
    this.fixed += fixed;
    return report;
  };

  diff(): string {
    return this.diffs.join('');
  }

  /** For stderr: what was changed. */
  summary(): string {
    const verb = this.options.dryRun ? 'would fix' : 'fixed';
    const lines = [
      this.files.length === 0
        ? 'nothing to fix'
        : `${verb} ${count(this.fixed, 'finding')} in ${count(this.files.length, 'file')}`,
      ...(this.options.dryRun ? [] : this.files.map((file) => `  ${file}`)),
      ...this.commands.map((command) => `  for git, which sees no change of case here: ${command}`),
      ...this.leftOut.map((rule) => `  left out, since it would have made more findings: ${rule}`),
    ];
    return `${lines.join('\n')}\n`;
  }
}

const count = (amount: number, word: string): string => `${amount} ${word}${amount === 1 ? '' : 's'}`;
