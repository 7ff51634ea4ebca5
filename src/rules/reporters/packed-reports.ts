import type { ConnectorReport } from '../engine/report.ts';
import { PackedTexts } from './packed-texts.ts';

/**
 * What was found in connectors, for formats that begin with something that is known at the end only. The text that a format
 * makes of it is several times as large, so it is made then.
 */
export class PackedReports {
  private readonly lines = new PackedTexts();

  push(report: ConnectorReport): void {
    this.lines.push(`${JSON.stringify(report)}\n`);
  }

  /** One after the other, as they were. */
  *[Symbol.iterator](): Generator<ConnectorReport> {
    for (const lines of this.lines) {
      for (const line of lines.split('\n')) if (line !== '') yield JSON.parse(line);
    }
  }
}
