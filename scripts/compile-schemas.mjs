/**
 * Compiles the JSON schemas that run at the user's ahead of time, since compiling them costs more than a whole
 * validation. What it makes is committed; a test fails when it is stale.
 *
 * @param {Record<string, string>} schemas texts by the names that `compiled` has
 * @returns {Record<string, string>} path relative to the checkout → contents
 */
import Ajv from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';

const compiled = {
  'schemas/config.schema.json': 'src/config/validate-config.generated.ts',
  'schemas/pp-connector.schema.json': 'src/config/validate-workspace.generated.ts',
  'schemas/connector-test.schema.json': 'src/test-cases/validate-test-file.generated.ts',
};

export function compileSchemas(schemas) {
  return Object.fromEntries(
    Object.entries(compiled).map(([name, path]) => [path, compile(name, schemas[name] ?? '{}')]),
  );
}

function compile(name, text) {
  const schema = JSON.parse(text);
  // the ids are there for editors: an unknown one is a finding of its own, which says what was meant
  delete schema.properties?.rules?.propertyNames;
  delete schema.properties?.defaults?.properties?.rules?.propertyNames;
  const ajv = new Ajv.default({
    allErrors: true,
    verbose: true,
    strict: true,
    // a file of tests has values of several types
    allowUnionTypes: true,
    code: { source: true, esm: true, lines: true },
  });
  const code = standaloneCode.default(ajv, ajv.compile(schema));
  const header = `// @ts-nocheck\n// Written by scripts/compile-schemas.mjs from ${name}; run: npm run sync\n`;
  return `${header}${code.replace(/^"use strict";\n?/, '')}\n`;
}
