import type { Connector } from '../connector/load.ts';
import type { Profile } from '../connector/profile.ts';
import { shownPath } from '../files/names.ts';
import { type ConnectorReport, errorsOf, makeReport } from '../rules/engine/report.ts';
import { validateConnector } from '../rules/engine/validate-connector.ts';
import type { Context } from './command.ts';

/**
 * Checks a connector before something is done with it, and shows its errors.
 *
 * @param profile whose rules must be kept, where it isn't the connector's own
 * @returns the errors; undefined: there are none
 */
export async function showErrors(
  connector: Connector,
  context: Context,
  profile?: Profile,
): Promise<ConnectorReport | undefined> {
  const { cwd } = context;
  const checked = await validateConnector(connector, shownPath(connector.location.root, cwd), { cwd, profile });
  const errors = errorsOf(checked);
  if (errors.findings.length === 0) return undefined;
  const { stylish } = await import('../rules/reporters/stylish.ts');
  context.err(stylish(makeReport([errors]), { color: false }));
  return errors;
}
