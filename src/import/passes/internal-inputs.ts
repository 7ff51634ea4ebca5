import { resolve } from '../../connector/follow.ts';
import { asArray, asObject, isObject, type Json, type JsonObject, strings } from '../../connector/json/value.ts';
import type { Report } from '../report.ts';
import type { ConvertedOperation } from './operations.ts';

/** Shows inputs that a description hides although they are required and have no value: nobody could fill them in. */
export function showNeededInputs(
  operations: readonly ConvertedOperation[],
  definition: JsonObject,
  report: Report,
): void {
  const seen = new Set<JsonObject>();
  for (const { source, value } of operations) {
    for (const parameter of asArray(value.parameters).filter(isObject)) {
      const shown =
        parameter.in === 'body'
          ? showProperties(parameter.schema, definition, seen)
          : parameter.required === true && show(parameter)
            ? [String(parameter.name)]
            : [];
      for (const name of shown)
        report.lossy('internal-shown', source.at, `${name} is required and has no default: it is shown to makers.`);
    }
  }
}

function show(value: JsonObject): boolean {
  if (value['x-ms-visibility'] !== 'internal' || value.default !== undefined) return false;
  delete value['x-ms-visibility'];
  return true;
}

/** Names of the properties that are shown from now on. */
function showProperties(start: Json | undefined, definition: JsonObject, seen: Set<JsonObject>): string[] {
  const shown: string[] = [];
  const queue: (Json | undefined)[] = [start];
  while (queue.length > 0) {
    const schema = resolve(definition, queue.pop());
    if (schema === undefined || seen.has(schema)) continue;
    seen.add(schema);
    const required = new Set(strings(schema.required));
    for (const [name, property] of Object.entries(asObject(schema.properties))) {
      queue.push(property);
      // the platform fills in the notification URL; an object gets its value from its properties
      if (!isObject(property) || !required.has(name) || property.properties !== undefined) continue;
      if (property['x-ms-notification-url'] === undefined && show(property)) shown.push(name);
    }
    queue.push(schema.items, schema.additionalProperties);
  }
  return shown;
}
