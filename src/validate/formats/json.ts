import type { Format } from '../report.ts';

/** The keys of design §4, in their order; what isn't listed (the fixes) is left out. No copy of the report is made. */
const keys = [
  'tool',
  'name',
  'version',
  'connectors',
  'path',
  'profile',
  'findings',
  'rule',
  'severity',
  'message',
  'file',
  'pointer',
  'line',
  'column',
  'official',
  'policy',
  'fixable',
  'counts',
  'error',
  'warning',
  'info',
];

/** The contract for scripts: complete. */
export const json: Format = (report) => `${JSON.stringify(report, keys, 2)}\n`;
