import { deepEqual, isObject, type Json } from '../connector/json/value.ts';
import { type Body, type Message, shownBody, urlOf } from './message.ts';
import type { Change } from './trace.ts';

/** What a policy changed: the same message before and after. */
export function changesOf(before: Message, after: Message): Change[] {
  const changes: Change[] = [];
  if (before.kind === 'request' && after.kind === 'request') {
    changes.push(...changed('method', before.method, after.method), ...changed('url', urlOf(before), urlOf(after)));
  }
  if (before.kind === 'answer' && after.kind === 'answer')
    changes.push(...changed('status', before.status, after.status));
  for (const name of new Set([...before.headers.keys(), ...after.headers.keys()])) {
    changes.push(...changed(`headers/${name}`, before.headers.get(name) ?? null, after.headers.get(name) ?? null));
  }
  return [...changes, ...bodyChanges(before.body, after.body)];
}

const changed = (what: string, from: Json, to: Json): Change[] => (from === to ? [] : [{ what, from, to }]);

function bodyChanges(before: Body | undefined, after: Body | undefined): Change[] {
  if (before?.kind === 'json' && after?.kind === 'json') return valueChanges('body', before.value, after.value);
  return before === after ? [] : changed('body', shownBody(before), shownBody(after));
}

/** At the deepest places that tell everything; a list of another length is one change. */
function valueChanges(what: string, from: Json | undefined, to: Json | undefined): Change[] {
  if (deepEqual(from, to)) return [];
  if (isObject(from) && isObject(to)) {
    return [...new Set([...Object.keys(from), ...Object.keys(to)])].flatMap((key) =>
      valueChanges(
        `${what}/${key}`,
        Object.hasOwn(from, key) ? from[key] : undefined,
        Object.hasOwn(to, key) ? to[key] : undefined,
      ),
    );
  }
  if (Array.isArray(from) && Array.isArray(to) && from.length === to.length) {
    return from.flatMap((element, index) => valueChanges(`${what}/${index}`, element, to[index]));
  }
  // the message goes on to be changed by the next policy
  return [{ what, from: from ?? null, to: structuredClone(to ?? null) }];
}
