import type { KindOfOperation } from './kind.ts';

/** Called by a flow or app, answers at once. */
export const action: KindOfOperation = { title: 'Action: a flow or app calls it', method: 'get' };
