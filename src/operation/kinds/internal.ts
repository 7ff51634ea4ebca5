import type { KindOfOperation } from './kind.ts';

/**
 * Nobody sees it: other operations call it for their choices and fields
 * (docs/reference/openapi-extensions.md#dynamic-values).
 */
export const internal: KindOfOperation = {
  title: 'Helper: behind choices and dynamic fields, nobody sees it',
  method: 'get',
  prepare: (operation) => ({ ...operation, visibility: 'internal' }),
};
