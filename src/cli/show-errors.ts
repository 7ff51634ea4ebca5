import { relative } from 'node:path';
import type { Connector } from '../connector/load.ts';
import { makeReport } from '../validate/report.ts';
import { slashes, validateConnector } from '../validate/validate-connector.ts';
import type { Context } from './command.ts';

/** Judges a connector before something is done with it, and shows its errors. @returns whether it has any */
export async function showErrors(connector: Connector, context: Context): Promise<boolean> {
  const path = slashes(relative(context.cwd, connector.location.root)) || '.';
  const judged = await validateConnector(connector, path, { cwd: context.cwd });
  const errors = judged.findings.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return false;
  const { stylish } = await import('../validate/formats/stylish.ts');
  const counts = { error: errors.length, warning: 0, info: 0 };
  context.err(stylish(makeReport([{ ...judged, findings: errors, counts }]), { color: false }));
  return true;
}
