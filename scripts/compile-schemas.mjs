/**
 * Compiles the JSON schemas that run at the user's ahead of time, since compiling them costs more than a whole
 * validation. Writes files that are committed; `npm test` fails when they are stale.
 *
 * @param {string} [root] folder of the checkout
 * @returns {Record<string, string>} path relative to the checkout → contents
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';

export function compileSchemas(root) {
  const schema = JSON.parse(readFileSync(join(root, 'schemas/config.schema.json'), 'utf8'));
  const ajv = new Ajv.default({ allErrors: true, verbose: true, strict: true, code: { source: true, esm: true, lines: true } });
  const code = standaloneCode.default(ajv, ajv.compile(schema));
  const header = '// @ts-nocheck\n// Written by scripts/compile-schemas.mjs from schemas/config.schema.json; run: npm run sync\n';
  return { 'src/config/validate-config.generated.ts': `${header}${code.replace(/^"use strict";\n?/, '')}\n` };
}
