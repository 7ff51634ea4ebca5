import { getOwn, isObject } from '../../connector/json/value.ts';
import type { References } from '../read/references.ts';
import { child, type Located, members } from '../read/source.ts';
import type { Report } from '../report.ts';
import type { ReportCode } from '../report-codes.ts';
import { type Expression, leaf } from './flat-schema.ts';
import type { Flattener } from './flatten.ts';

/** Objects that became one text: each of their properties has an entry, since nobody can fill it in any more. */
const textCauses: ReadonlySet<ReportCode> = new Set<ReportCode>([
  'multipart-json',
  'form-array',
  'form-deep',
  'param-json',
  'param-object',
  'param-object-deep',
]);

/** A schema that the result doesn't describe, and the code of the entry at the place where it happened. */
export interface LostSchema {
  readonly expression: Expression;
  readonly cause: ReportCode;
}

/** What telling of lost schemas needs of its surroundings. */
interface LostContext {
  readonly flattener: Flattener;
  readonly references: References;
  readonly report: Report;
  readonly isDescribed: (key: string) => boolean;
}

/** One entry for every named schema that disappeared with what referred to it. */
export function reportLost(
  lost: readonly LostSchema[],
  { flattener, references, report, isDescribed }: LostContext,
): void {
  const seen = new Set<string>();
  const queue = [...lost];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const { expression, cause } = next;
    if (expression.op !== 'leaf') {
      for (const part of expression.parts) queue.push({ expression: part, cause });
      continue;
    }
    const isText = textCauses.has(cause);
    const key = `${isText ? cause : ''} ${flattener.keyOf(expression)}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const { node } = expression;
    const target = references.resolveTarget(node);
    if (target === undefined || !isObject(target.node.value)) continue;
    if (target.key !== '' && !isDescribed(target.key)) {
      report.lossy(cause, target.node.at, 'Not described in the result, since what refers to it is not.');
    }
    if (isText) {
      for (const [name, property] of members(child(target.node, 'properties')))
        report.lossy(cause, property.at, `${name} is not a field of its own here: it is part of a text.`);
    }
    for (const schema of subschemas(target.node)) queue.push({ expression: leaf(schema), cause });
  }
}

/** Keywords with one schema, with a list of them, and with a map of them. */
const singleKeywords = [
  'items',
  'additionalProperties',
  'contains',
  'if',
  'then',
  'else',
  'not',
  'propertyNames',
  'unevaluatedProperties',
  'additionalItems',
] as const;
const listKeywords = ['allOf', 'anyOf', 'oneOf', 'prefixItems', 'items'] as const;
const mapKeywords = ['properties', 'patternProperties', 'dependentSchemas'] as const;

/** The schemas directly inside a schema; structurally, since names of properties are data. */
function subschemas(node: Located): Located[] {
  const found: Located[] = [];
  const { value, at, file } = node;
  for (const keyword of singleKeywords) {
    const schema = getOwn(value, keyword);
    if (isObject(schema)) found.push({ value: schema, at: `${at}/${keyword}`, file });
  }
  for (const keyword of listKeywords) {
    const list = getOwn(value, keyword);
    if (Array.isArray(list))
      for (const [index, schema] of list.entries())
        found.push({ value: schema, at: `${at}/${keyword}/${index}`, file });
  }
  for (const keyword of mapKeywords) {
    const map = getOwn(value, keyword);
    if (isObject(map))
      for (const [, schema] of members({ value: map, at: `${at}/${keyword}`, file })) found.push(schema);
  }
  return found;
}
