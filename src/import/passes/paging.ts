import { asObject, asString, isObject, type JsonObject } from '../../connector/json/value.ts';
import type { Report } from '../report.ts';
import type { Definition } from '../schemas/definitions.ts';
import type { ConvertedOperation } from './operations.ts';
import { updateNextLink } from './policies.ts';

/** Names that the platform follows by itself, at the root of the answer. */
const nextLinks = ['@odata.nextLink', 'nextLink'] as const;
const likeNext =
  /^(?:next|next_?page|next_?(?:page_?)?(?:url|uri|link|token|cursor)|@?nextlink|cursor|has_?more|page_?token|meta|paging|pagination|links|_links)$/i;
const sinceName =
  /^(?:since|(?:updated|modified|created)_?(?:since|after|at_?min|from)|(?:min|from|after|start)_?(?:date|time|timestamp|updated|created)|last_?(?:updated|modified)(?:_?(?:since|after))?)$/i;

/** Marks operations that page in the one way the platform knows, and mentions those that might page or be polled. */
export function addPaging(
  operations: readonly ConvertedOperation[],
  definitions: readonly Definition[],
  report: Report,
): JsonObject[] {
  const byName = new Map(definitions.map((definition) => [definition.name, definition.schema]));
  const policies: JsonObject[] = [];
  for (const { source, value } of operations) {
    if (source.method !== 'get') continue;
    const properties = asObject(successSchema(value, byName).properties);
    const lists = Object.values(properties).filter((property) => isObject(property) && property.type === 'array');
    if (lists.length === 0) continue;
    const link = nextLinks.find((name) => asObject(properties[name]).type === 'string');
    if (link !== undefined && lists.length === 1) {
      if (value['x-ms-pageable'] === undefined) addExtension(value, 'x-ms-pageable', { nextLinkName: link });
      report.byPolicy('paging-policy', source.at, 'A policy makes the link to the next page one of the connector.');
      policies.push(updateNextLink(`Page through ${String(value.operationId)}`, link, [String(value.operationId)]));
    } else {
      const similar = Object.keys(properties).find((name) => likeNext.test(name));
      if (similar !== undefined)
        report.info(
          'paging-candidate',
          source.at,
          `The answer may come in pages (${similar}); the platform follows only nextLink and @odata.nextLink.`,
        );
    }
    const since = (Array.isArray(value.parameters) ? value.parameters : [])
      .map((parameter) => asString(asObject(parameter).name) ?? '')
      .find((name) => sinceName.test(name));
    if (since !== undefined)
      report.info('polling-candidate', source.at, `With ${since} this could become a polling trigger.`);
  }
  return policies;
}

/** Before the members that a conversion writes itself, where an operation's own extensions are. */
function addExtension(operation: JsonObject, name: string, value: JsonObject): void {
  const later = ['consumes', 'produces', 'parameters', 'responses'].flatMap((key) => {
    const member = operation[key];
    delete operation[key];
    return member === undefined ? [] : [[key, member] as const];
  });
  Object.assign(operation, { [name]: value }, Object.fromEntries(later));
}

function successSchema(operation: JsonObject, definitions: ReadonlyMap<string, JsonObject>): JsonObject {
  for (const [code, response] of Object.entries(asObject(operation.responses))) {
    const schema = asObject(response).schema;
    if (!/^2/.test(code) || !isObject(schema)) continue;
    const reference = asString(schema.$ref);
    return reference === undefined ? schema : (definitions.get(reference.replace('#/definitions/', '')) ?? {});
  }
  return {};
}
