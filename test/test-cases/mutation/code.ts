import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../../src/connector/json/value.ts';
import type { HostProcess } from '../../../src/runtime/script/host-process.ts';
import { hostedScript } from '../../../src/runtime/script/hosted-script.ts';
import { definitionOf } from '../../runtime/runs.ts';
import { checkout } from '../../support/folders.ts';
import type { Named } from './connectors.ts';
import type { Code } from './effects.ts';

/** Connectors with code: scripts as people write them, each in the operation that it is for. */

const text = { type: 'string' };
const item = { type: 'object', properties: { id: text, name: text } };
const answered = (schema: JsonObject): JsonObject => ({
  200: { description: 'OK', schema },
  404: { description: 'No' },
});
const search = { name: 'search', in: 'query', type: 'string' };
const body = {
  name: 'order',
  in: 'body',
  required: true,
  schema: { type: 'object', required: ['name'], properties: { name: text, count: { type: 'integer' } } },
};

const operations: Readonly<Record<string, { method: string; operation: JsonObject }>> = {
  'several-requests': { method: 'get', operation: { responses: answered({ type: 'array', items: item }) } },
  'change-answer': {
    method: 'get',
    operation: {
      parameters: [search],
      responses: answered({
        type: 'object',
        properties: { total: { type: 'integer' }, items: { type: 'array', items: item } },
      }),
    },
  },
  'form-post': { method: 'post', operation: { parameters: [body], responses: answered(item) } },
  'query-by-uri-builder': { method: 'get', operation: { parameters: [search], responses: answered(item) } },
};

export const connectorsWithCode = (): Named[] =>
  Object.entries(operations).map(([name, { method, operation }]) => ({
    name: `code: ${name}`,
    files: {
      definition: definitionOf({ method, operation }),
      inner: {},
      script: readFileSync(join(checkout, 'test', 'fixtures', 'scripts', 'compiles', `${name}.csx`), 'utf8'),
    },
  }));

/** Code that runs on one host; each text is compiled once. */
export function codeBy(host: HostProcess): (script: string) => Code {
  const known = new Map<string, Code>();
  return (script) => {
    const code = known.get(script) ?? (async () => hostedScript(host, script));
    known.set(script, code);
    return code;
  };
}
