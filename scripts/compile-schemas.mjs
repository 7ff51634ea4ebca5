/**
 * Compiles the JSON schemas that run at the user's ahead of time, since compiling them costs more than a whole
 * validation. What it makes is committed; a test fails when it is stale.
 *
 * @param {string} configSchema text of schemas/config.schema.json
 * @returns {Record<string, string>} path relative to the checkout → contents
 */
import Ajv from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';

export function compileSchemas(configSchema) {
  const schema = JSON.parse(configSchema);
  // the ids are there for editors: an unknown one is a finding of its own, which says what was meant
  delete schema.properties?.rules?.propertyNames;
  const ajv = new Ajv.default({
    allErrors: true,
    verbose: true,
    strict: true,
    code: { source: true, esm: true, lines: true },
  });
  const code = standaloneCode.default(ajv, ajv.compile(schema));
  const header =
    '// @ts-nocheck\n// Written by scripts/compile-schemas.mjs from schemas/config.schema.json; run: npm run sync\n';
  return { 'src/config/validate-config.generated.ts': `${header}${code.replace(/^"use strict";\n?/, '')}\n` };
}
