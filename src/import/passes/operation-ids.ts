import type { SourceOperation } from '../model.ts';
import { freeName, pascalCase, plural, singular, wordsOf } from '../names.ts';

/** Longest id: the longest real one has 77 characters. */
const longestId = 80;
/** A part of the ids that this share of them has in common says nothing. */
const commonShare = 0.8;

/** Unique ids for all operations, `^[A-Z][A-Za-z0-9]*$`, by operation. A revision suffix `_V2` of a connector stays. */
export function nameOperations(operations: readonly SourceOperation[]): Map<SourceOperation, string> {
  const shorten = commonParts(operations);
  const replaces = new Set(
    operations.filter((operation) => operation.method === 'patch').map((operation) => operation.path),
  );
  const taken = new Set<string>();
  const names = new Map<SourceOperation, string>();
  const claim = (operation: SourceOperation, wish: string): void => {
    const free = uniqueName(wish, operation, taken);
    taken.add(free.toLowerCase());
    names.set(operation, free);
  };
  // Ids that are fine already keep their name whatever comes before them.
  for (const operation of operations) {
    const id = operation.operationId;
    if (id !== undefined && isFinal(id) && shorten(id) === id && !taken.has(id.toLowerCase())) claim(operation, id);
  }
  for (const operation of operations) {
    if (names.has(operation)) continue;
    const id = operation.operationId === undefined ? '' : pascalCase(shorten(operation.operationId));
    claim(operation, /[A-Za-z]/.test(id) ? id : nameFromPath(operation, replaces));
  }
  return names;
}

function isFinal(id: string): boolean {
  return /^[A-Z][A-Za-z0-9]*(?:_V\d+)?$/.test(id) && id.length <= longestId;
}

function uniqueName(wish: string, operation: SourceOperation, taken: ReadonlySet<string>): string {
  const fitted = withinLimit(/^[A-Za-z]/.test(wish) ? wish : `Op${wish}`);
  const isTaken = (name: string): boolean => taken.has(name.toLowerCase());
  if (!isTaken(fitted)) return fitted;
  const [tag] = operation.tags;
  const parent = pathNouns(operation.path).at(-2);
  for (const extra of [tag, parent]) {
    const words = extra === undefined ? '' : pascalCase(extra);
    const longer = withinLimit(fitted + words);
    if (!fitted.toLowerCase().includes(words.toLowerCase()) && !isTaken(longer)) return longer;
  }
  return freeName(withinLimit(fitted, 4), isTaken, '');
}

/** At most 80 characters, cut before a capital where possible. */
function withinLimit(name: string, reserve = 0): string {
  const limit = longestId - reserve;
  if (name.length <= limit) return name;
  const cut = name.slice(0, limit);
  const hump = cut.search(/[A-Z][^A-Z]*$/);
  return hump > limit / 2 ? cut.slice(0, hump) : cut;
}

/** Removes a version behind and a namespace before the ids when nearly all of them have it. */
function commonParts(operations: readonly SourceOperation[]): (id: string) => string {
  const ids = operations.map((operation) => operation.operationId).filter((id) => id !== undefined);
  if (ids.length < 5) return (id) => id;
  const shared = (pattern: RegExp): string | undefined => {
    const counts = new Map<string, number>();
    for (const id of ids) {
      const part = pattern.exec(id)?.[0];
      if (part !== undefined) counts.set(part, (counts.get(part) ?? 0) + 1);
    }
    return [...counts].find(([, count]) => count >= ids.length * commonShare)?.[0];
  };
  // Parts set off by a separator only: a common first word such as Get is no namespace.
  const version = shared(/[^A-Za-z0-9]v\d+(?:[._]\d+)*$/i);
  const namespace = shared(/^[A-Za-z0-9]+(?:[/.:]|__|_(?=[^V]))/);
  return (id) => {
    let result = id;
    if (version !== undefined && result.endsWith(version)) result = result.slice(0, -version.length);
    if (namespace !== undefined && result.startsWith(namespace) && result.length > namespace.length)
      result = result.slice(namespace.length);
    return result;
  };
}

/** Literal segments of a path that name things: no versions, no variables. */
function pathNouns(path: string): string[] {
  return segmentsOf(path).filter((segment) => !isVariable(segment) && !/^(?:v\d+(?:\.\d+)*|api|rest)$/i.test(segment));
}

function segmentsOf(path: string): string[] {
  return path
    .replace(/[?#][\s\S]*$/, '')
    .split('/')
    .filter((segment) => segment !== '');
}

function isVariable(segment: string): boolean {
  return segment.startsWith('{') || segment.startsWith(':');
}

/** First words of a segment that say what to do rather than what it is done to. */
const verbs: ReadonlySet<string> = new Set(
  'accept activate add apply approve archive assign authorize block calculate cancel capture check clear clone close complete confirm convert copy create deactivate decline delete disable download duplicate enable end execute export fetch find finish generate get import install invite invoke join launch leave link list lock login logout merge move notify open pause ping preview process publish purge query redeem refresh refund register reject release remove rename renew reopen replace request resend reset resolve restart restore resume retry revoke rotate run save schedule search send share sign start stop submit subscribe suspend swap sync test transfer trigger undo unlink unlock unsubscribe update upload validate verify void withdraw'.split(
    ' ',
  ),
);

/** Verb and noun from method and path: `GET /customers/{id}/orders` → `ListCustomerOrders`. */
function nameFromPath(operation: SourceOperation, hasPatch: ReadonlySet<string>): string {
  const segments = segmentsOf(operation.path);
  const last = segments.at(-1);
  const nouns = pathNouns(operation.path);
  const isItem = last !== undefined && isVariable(last);
  const verb = last === undefined || isItem ? undefined : wordsOf(last)[0];
  if (verb !== undefined && verbs.has(verb.toLowerCase()) && nouns.length > 0) {
    const action = pascalCase(wordsOf(last ?? '').join(' '));
    const owner = nouns.slice(0, -1).at(-1);
    return action + (owner === undefined ? '' : nounOf(owner, false));
  }
  const parents = nouns.slice(0, -1).map((noun) => nounOf(noun, false));
  const noun = nouns.at(-1) ?? 'root';
  const parent = segments.length > 2 ? (parents.at(-1) ?? '') : parents.join('');
  const looksPlural = singular(noun) !== noun;
  switch (operation.method) {
    case 'get':
      return isItem
        ? `Get${parent}${nounOf(noun, false)}`
        : looksPlural
          ? `List${parent}${nounOf(noun, true)}`
          : `Get${parent}${pascalCase(wordsOf(noun).join(' '))}`;
    case 'post':
      return `${isItem ? 'Post' : 'Create'}${parent}${nounOf(noun, false)}`;
    case 'put':
      return `${hasPatch.has(operation.path) ? 'Replace' : 'Update'}${parent}${nounOf(noun, false)}`;
    case 'patch':
      return `Update${parent}${nounOf(noun, false)}`;
    case 'delete':
      return `Delete${parent}${nounOf(noun, !isItem && looksPlural)}`;
    default:
      return `${pascalCase(operation.method)}${parent}${nounOf(noun, false)}`;
  }
}

function nounOf(segment: string, many: boolean): string {
  const words = wordsOf(segment);
  const last = words.pop() ?? 'item';
  return pascalCase([...words, many ? plural(singular(last)) : singular(last)].join(' '));
}
