import type { KindOfOperation } from './kind.ts';

/** A list in pages; every action can be one (`--next-link`), this kind is one without being asked. */
export const paging: KindOfOperation = {
  title: 'List in pages: an action that goes on to the next page',
  method: 'get',
  prepare: (operation) => ({ ...operation, nextLink: operation.nextLink ?? 'nextLink' }),
};
