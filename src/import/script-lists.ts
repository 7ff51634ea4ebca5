import type { ConnectorDraft } from '../connector/draft.ts';
import { asObject, asString, type JsonObject, strings } from '../connector/json/value.ts';
import { routeToScript, unrouteScript } from '../script/route.ts';
import type { ImportResult } from './import-description.ts';

/**
 * Lists that the API wants by repeating their name: a script parts them (`--arrays script`). Operations that the
 * description no longer has leave the script.
 *
 * @param before the definition that was imported last
 * @returns notes for the author
 */
export function routeLists(draft: ConnectorDraft, result: ImportResult, before: JsonObject | undefined): string[] {
  const present = operationIds(draft.definition);
  const gone = before === undefined ? [] : [...operationIds(before)].filter((id) => !present.has(id));
  const scripted = new Set(strings(draft.connectorProperties.scriptOperations));
  return [
    ...gone.filter((id) => scripted.has(id)).flatMap((id) => unrouteScript(draft, id)),
    ...result.repeated
      .filter(({ operationId }) => present.has(operationId))
      .flatMap(({ operationId, lists }) =>
        routeToScript(draft, operationId, 'repeat-query', { lists: JSON.stringify(lists) }),
      ),
  ];
}

function operationIds(definition: JsonObject): Set<string> {
  const operations = Object.values(asObject(definition.paths)).flatMap((item) => Object.values(asObject(item)));
  return new Set(
    operations.map((operation) => asString(asObject(operation).operationId)).filter((id) => id !== undefined),
  );
}
