import { encodedList, queryName, queryPart } from '../message.ts';
import type { RunPolicy } from '../policy-context.ts';

export const runSetQueryParameter: RunPolicy = (message, context) => {
  if (message.kind !== 'request') return;
  const name = context.required('name');
  const isSame = (part: string): boolean => queryName(part) === queryName(name);
  const first = message.query.findIndex(isSame);
  const action = context.text('existsAction', 'override').toLowerCase();
  if (action === 'skip' && first >= 0) return;
  const value = encodedList(context.filled('value', message));
  if (first < 0) {
    message.query.push(queryPart(name, value));
    return;
  }
  if (action === 'append') {
    context.assume('query-append');
    message.query[first] = `${message.query[first]},${value}`;
    return;
  }
  message.query = [
    ...message.query.slice(0, first),
    queryPart(name, value),
    ...message.query.slice(first + 1).filter((part) => !isSame(part)),
  ];
};
