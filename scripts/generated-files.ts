import { updateJsonText } from '../src/connector/json/edit.ts';
import { fromPointer } from '../src/connector/json/pointer.ts';
import { isObject, type Json, type JsonObject, setOwn, valueAt } from '../src/connector/json/value.ts';
import type { Family } from '../src/rules/engine/rule.ts';
import { compileSchemas } from './compile-schemas.mjs';
import { type Measured, measuredFile, publishedConnectors, publishedPage } from './measured.ts';
import { indexPage, rulePage } from './rule-pages.ts';

/** Names relative to the checkout. */
export const pagesFolder = 'docs/rules';
/** Schemas in which editors complete the ids of rules, and where. */
const schemasWithRules = {
  'schemas/config.schema.json': '/properties/rules',
  'schemas/pp-connector.schema.json': '/properties/defaults/properties/rules',
} as const;
const testSchema = 'schemas/connector-test.schema.json';

/**
 * Everything in the checkout that is made from the rules and the schemas.
 *
 * @param families the rules
 * @param read the present text of a file, undefined where there is none
 * @returns name relative to the checkout → contents; pages in `pagesFolder` that aren't in it belong to no rule
 */
export function generatedFiles(
  families: readonly Family[],
  read: (name: string) => string | undefined,
): Map<string, string> {
  const rules = families.flatMap((family) => family.rules);
  const ids = rules.map(({ id }) => id).sort();
  const schemas = Object.fromEntries(
    Object.entries(schemasWithRules).map(([name, place]) => [name, withRuleIds(read(name) ?? '{}', place, ids)]),
  );
  const counted = read(measuredFile);
  const measured: Measured | undefined = counted === undefined ? undefined : JSON.parse(counted);
  return new Map([
    ...rules.map((rule): [string, string] => [`${pagesFolder}/${rule.id}.md`, rulePage(rule, measured)]),
    [`${pagesFolder}/README.md`, indexPage(families)],
    ...(measured === undefined ? [] : [[publishedPage, publishedConnectors(measured)] as [string, string]]),
    ...Object.entries(schemas),
    ...Object.entries(compileSchemas({ ...schemas, [testSchema]: read(testSchema) ?? '{}' })),
  ]);
}

/** Editors complete the ids from here; unknown ones are a finding of `validate`, which names the nearest. */
export function withRuleIds(text: string, place: string, ids: readonly string[]): string {
  const schema: Json = JSON.parse(text);
  const rules = valueAt(schema, fromPointer(place));
  if (!isObject(rules)) throw new Error(`a schema has no ${place}`);
  const names: JsonObject = { enum: [...ids] };
  setOwn(rules, 'propertyNames', names);
  return updateJsonText(text, schema);
}
