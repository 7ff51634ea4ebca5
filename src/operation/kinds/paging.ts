import type { KindOfOperation } from './kind.ts';

/** A list in pages; every action can be one (`--next-link`), this kind is one without being asked. */
export const paging: KindOfOperation = {
  title: 'paging: a list that comes in pages',
  method: 'get',
  prepare: (operation) => ({ ...operation, nextLink: operation.nextLink ?? 'nextLink' }),
};
