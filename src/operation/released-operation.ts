import { asObject } from '../connector/json/value.ts';
import type { Connector } from '../connector/load.ts';
import { findOperationId } from '../connector/operations.ts';
import { releasedConnector } from '../git/baseline.ts';
import type { Platform } from '../process/platform.ts';

/**
 * The release that flows know an operation's id from.
 *
 * @param given `--baseline`
 * @returns the tag; undefined: the id is newer, and nobody refers to it
 */
export function releaseThatHas(connector: Connector, id: string, host: Platform, given?: string): string | undefined {
  const release = releasedConnector(connector, host, given);
  const definition = asObject(release?.connector.definition?.value);
  return findOperationId(definition, id) === undefined ? undefined : release?.name;
}
