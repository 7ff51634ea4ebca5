import { methods as methodsOfConnectors } from '../../../connector/facts/methods.ts';

/** Methods that Swagger 2.0 knows, in no particular order: the source's order counts. */
export const methods: ReadonlySet<string> = new Set(methodsOfConnectors);

/** Methods of OpenAPI 3 that have no counterpart; each operation of theirs is reported. */
export const unsupportedMethods: ReadonlySet<string> = new Set(['trace', 'query', 'additionalOperations']);
