/** Names of parameters, properties and operations → texts and identifiers, for fixes. */

const acronyms: ReadonlySet<string> = new Set([
  'api',
  'csv',
  'html',
  'http',
  'https',
  'id',
  'ip',
  'json',
  'pdf',
  'sms',
  'sql',
  'uri',
  'url',
  'utc',
  'uuid',
  'xml',
]);

/** `filter[createdAt]` → filter, created, At; runs of capitals stay together: `getURLFor` → get, URL, For. */
export const wordsOf = (name: string): string[] =>
  name
    .replaceAll(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .replaceAll(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

/** A name as makers may read it: `station_id` → "Station ID". Undefined when no ASCII text of at most 80 characters comes out. */
export function titleOf(name: string): string | undefined {
  const title = wordsOf(name.replace(/^x-(?=.)/i, ''))
    .map((word) => (acronyms.has(word.toLowerCase()) ? word.toUpperCase() : capitalise(word)))
    .join(' ');
  return /^[\x20-\x7e]{1,80}$/.test(title) ? title : undefined;
}

/** An operation id in PascalCase: `get-station_v2` → `GetStation_V2`. Undefined when it would be empty or start with a digit. */
export function pascalCase(id: string): string | undefined {
  const revision = /[_-]v(\d+)$/i.exec(id);
  const name = (revision === null ? id : id.slice(0, revision.index))
    .split(/[^A-Za-z0-9]+/)
    .map(capitalise)
    .join('');
  return /^[A-Z]/.test(name) ? name + (revision === null ? '' : `_V${revision[1]}`) : undefined;
}

const capitalise = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);
