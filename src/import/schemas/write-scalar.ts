import type { Json, JsonObject } from '../../connector/json/value.ts';
import { plainText } from '../../language/plain-text.ts';
import type { Report } from '../report.ts';
import { type Flat, isScalar } from './flat-schema.ts';
import { castTo, enumOf, isUsablePattern, usableBounds, usableFormat } from './schema-keywords.ts';

/** Writes the keywords of a plain value; shared by schemas and parameters. */
export function writeScalar(flat: Flat, schema: JsonObject, position: { top: boolean }, report: Report): void {
  const { kind } = flat;
  if (!isScalar(kind)) return;
  schema.type = kind;
  writeFormat(flat, schema, position, report);
  const { bounds, unsafe } = usableBounds(flat.bounds, kind);
  Object.assign(schema, bounds);
  if (unsafe.length > 0)
    report.info('unsafe-integer', flat.at, `${unsafe.join(', ')} is beyond the integers that are exact everywhere.`);
  if (kind === 'string' && flat.pattern !== undefined) {
    if (isUsablePattern(flat.pattern)) schema.pattern = flat.pattern;
    else report.info('pattern-dropped', flat.at, 'The pattern is not a regular expression that JavaScript knows.');
  }
  if (flat.enum !== undefined) writeEnum(flat, flat.enum, schema);
  writeDefault(flat, schema, report);
}

function writeFormat(flat: Flat, schema: JsonObject, position: { top: boolean }, report: Report): void {
  const { kind, format } = flat;
  if (format === undefined || format === '') return;
  const known = usableFormat(kind, format);
  if (known === 'binary' && !position.top) schema.format = 'byte';
  else if (known !== undefined) schema.format = known;
  else report.info('format-dropped', flat.at, `Format ${format} is not known for ${kind}.`);
}

function writeEnum(flat: Flat, members: readonly Json[], schema: JsonObject): void {
  if (!isScalar(flat.kind)) return;
  const values = enumOf(members, flat.kind);
  if (values.length === 0) return;
  schema.enum = values;
  const names: JsonObject[] = [];
  for (const value of values) {
    const name = flat.enumNames.get(JSON.stringify(value));
    const displayName = name === undefined ? '' : plainText(name);
    if (displayName !== '' && displayName.length <= 80) names.push({ value, displayName });
  }
  if (names.length > 0) schema['x-ms-enum-values'] = names;
}

function writeDefault(flat: Flat, schema: JsonObject, report: Report): void {
  if (flat.default === undefined || !isScalar(flat.kind)) return;
  const value = flat.default === null ? undefined : castTo(flat.default, flat.kind);
  const values = schema.enum;
  const isUnsafe = typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER;
  if (isUnsafe) report.info('unsafe-integer', flat.at, 'The default is beyond the integers that are exact everywhere.');
  else if (value === undefined || (Array.isArray(values) && !values.includes(value))) {
    report.info('default-invalid', flat.at, `The default ${JSON.stringify(flat.default)} doesn't fit the type.`);
  } else schema.default = value;
}
