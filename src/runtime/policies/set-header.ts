import type { RunPolicy } from '../policy-context.ts';

/** What a name of a header may consist of (RFC 9110). */
const token = /^[!#$%&'*+.^_`|~\w-]+$/;

export const runSetHeader: RunPolicy = (message, context) => {
  const name = context.required('name');
  if (!token.test(name)) {
    context.note = `${JSON.stringify(name)} is not a name that a header can have`;
    return;
  }
  const key = name.toLowerCase();
  const old = message.headers.get(key);
  const action = context.text('existsAction', 'override').toLowerCase();
  if (action === 'skip' && old !== undefined) return;
  const value = context.filled('value', message);
  message.headers.set(key, action === 'append' && old !== undefined ? `${old},${value}` : value);
};
