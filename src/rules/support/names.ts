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

/** `filter[createdAt]` → filter, created, At; runs of capitals stay together: `getURLFor` → get, URL, For. ASCII only. */
export const wordsOf = (name: string): string[] =>
  name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');

/** A name as makers may read it: `station_id` → "Station ID". Undefined when no ASCII text of at most 80 characters comes out. */
export function titleOf(name: string): string | undefined {
  if (name.length > 80 || /[^\x20-\x7e]/.test(name)) return undefined;
  const words = /^[a-z]+$/.test(name) ? [name] : wordsOf(name.replace(/^x-(?=.)/i, ''));
  const title = words.map(titleWord).join(' ');
  return title === '' || title.length > 80 ? undefined : title;
}

const titleWord = (word: string): string => (acronyms.has(word.toLowerCase()) ? word.toUpperCase() : capitalise(word));

/** An operation id in PascalCase: `get-station_v2` → `GetStation_V2`. Undefined when it would be empty or start with a digit. */
export function pascalCase(id: string): string | undefined {
  if (/^[A-Z][A-Za-z0-9]*$/.test(id)) return id;
  const revision = /[_-]v(\d+)$/i.exec(id);
  const name = (revision === null ? id : id.slice(0, revision.index))
    .split(/[^A-Za-z0-9]+/)
    .map(capitalise)
    .join('');
  return /^[A-Z]/.test(name) ? name + (revision === null ? '' : `_V${revision[1]}`) : undefined;
}

const capitalise = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);
