import type { ConnectorDraft } from '../connector/draft.ts';
import { asObject, asString, type JsonObject, strings } from '../connector/json/value.ts';
import { routeToScript, unrouteScript } from '../script/route.ts';
import type { ImportResult } from './import-description.ts';

/**
 * The operations of an import that the script handles: it parts lists that the API wants by repeating their name
 * (`--arrays script`), and says where subscriptions of webhooks end. Those that the description no longer has leave it.
 *
 * @param before the definition that was imported last
 * @returns notes for the author
 */
export function routeImported(draft: ConnectorDraft, result: ImportResult, before: JsonObject | undefined): string[] {
  const present = operationIds(draft.definition);
  const gone = before === undefined ? [] : [...operationIds(before)].filter((id) => !present.has(id));
  const scripted = new Set(strings(draft.connectorProperties.scriptOperations));
  return [
    ...gone.filter((id) => scripted.has(id)).flatMap((id) => unrouteScript(draft, id)),
    ...result.routes
      .filter(({ id }) => present.has(id))
      .flatMap(({ id, pattern, values }) => routeToScript(draft, id, pattern, values)),
  ];
}

function operationIds(definition: JsonObject): Set<string> {
  const operations = Object.values(asObject(definition.paths)).flatMap((item) => Object.values(asObject(item)));
  return new Set(
    operations.map((operation) => asString(asObject(operation).operationId)).filter((id) => id !== undefined),
  );
}
