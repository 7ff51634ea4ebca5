import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { findRepositoryRoot } from '../../connector/find.ts';
import { counted } from '../../counted.ts';
import { lockFolder } from '../../files/lock.ts';
import { onOneLine } from '../../shown.ts';
import type { ConnectorReport } from '../engine/report.ts';
import { type FixOptions, type FixSummary, fixPath } from './fix-path.ts';

/** Fixes one connector after the other, and keeps what is to be reported at the end. */
export class FixRun {
  private readonly options: FixOptions;
  private readonly notify: (text: string) => void;
  private readonly files: string[] = [];
  private readonly diffs: string[] = [];
  private readonly commands: string[] = [];
  private readonly leftOut: string[] = [];
  private readonly held = new Map<string, number>();
  private readonly revealed = new Map<string, number>();
  private readonly consequences: string[] = [];
  private fixed = 0;

  /** @param notify notes for people */
  constructor(options: FixOptions, notify: (text: string) => void) {
    this.options = options;
    this.notify = notify;
  }

  readonly validate = async (path: string): Promise<ConnectorReport> => {
    const release = await this.take(resolve(this.options.cwd, path));
    try {
      return this.note(await fixPath(path, this.options));
    } finally {
      release();
    }
  };

  /** Nobody else changes the connector meanwhile. */
  private async take(path: string): Promise<() => void> {
    if (this.options.dryRun) return () => {};
    const folder = statSync(path).isDirectory() ? path : dirname(path);
    return lockFolder(findRepositoryRoot(folder) ?? folder, {
      command: 'pp-connector validate --fix',
      notify: this.notify,
    });
  }

  private note(summary: FixSummary): ConnectorReport {
    const { report, files, commands, fixed, leftOut, consequences, diff } = summary;
    for (const sum of ['held', 'revealed'] as const)
      for (const [rule, amount] of summary[sum]) this[sum].set(rule, (this[sum].get(rule) ?? 0) + amount);
    this.consequences.push(...consequences);
    this.files.push(...files);
    this.commands.push(...commands);
    this.diffs.push(diff);
    this.leftOut.push(...leftOut.map((rule) => `${report.path}: ${rule}`));
    this.fixed += fixed;
    return report;
  }

  diff(): string {
    return this.diffs.join('');
  }

  /** For stderr: what was changed. */
  summary(): string {
    const verb = this.options.dryRun ? 'would fix' : 'fixed';
    const found = this.options.dryRun ? 'would come to light' : 'came to light';
    const lines = [
      this.files.length === 0
        ? 'nothing to fix'
        : `${verb} ${counted(this.fixed, 'finding')} in ${counted(this.files.length, 'file')}`,
      ...(this.options.dryRun ? [] : this.files.map((file) => `  ${file}`)),
      ...[...this.revealed].map(([rule, amount]) => `  ${found} by these fixes: ${rule} (${amount})`),
      ...this.commands.map((command) => `  for git, which sees no change of case here: ${command}`),
      ...this.leftOut.map((rule) => `  left out, since it would have made more findings: ${rule}`),
      ...[...this.held].map(
        ([rule, amount]) => `  left, since flows or connections would stop working: ${rule} (${amount})`,
      ),
      ...(this.held.size === 0 ? [] : ['  before the first release: pp-connector validate --fix-unsafe']),
      ...(this.consequences.length === 0
        ? []
        : [`what ${this.options.dryRun ? 'would have' : 'has'} to be done after these fixes:`]),
      ...this.consequences.map((line) => `  ${line}`),
    ];
    return `${lines.map(onOneLine).join('\n')}\n`;
  }
}
