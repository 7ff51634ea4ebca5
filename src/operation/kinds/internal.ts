import type { KindOfOperation } from './kind.ts';

/** Nobody sees it: other operations call it for their choices and fields (openapi-extensions.md §4). */
export const internal: KindOfOperation = {
  title: 'internal: a helper behind choices and dynamic fields',
  method: 'get',
  prepare: (operation) => ({ ...operation, visibility: 'internal' }),
};
