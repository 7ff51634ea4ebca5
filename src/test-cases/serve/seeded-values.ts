import type { Json } from '../../connector/json/value.ts';
import type { Scalars } from '../../runtime/mock.ts';

/** Values by type, format and name: the same ones for the same seed, and others for each place. */

/** How many elements a list has that nobody wrote an example of. */
const elements = 3;

/** @param seed any text */
export const seededScalars = (seed: string): Scalars => ({
  elements,
  value: (type, keyword, path) => {
    const random = randomOf(`${seed}\n${path.join('/')}`);
    const name = wordsOf(path.findLast((part) => !/^\d+$/.test(part)) ?? '');
    return type === 'string' ? textOf(keyword, name, random) : numberOf(type, keyword, name, random);
  },
});

type Keyword = (name: string) => Json | undefined;

/** An integer from 0 to below a limit; another one with each call. */
type Random = (limit: number) => number;

/** FNV-1a of the text begins a linear congruential generator: plenty for samples, and the same on every machine. */
function randomOf(text: string): Random {
  let state = 0x811c9dc5;
  for (const byte of Buffer.from(text)) state = Math.imul(state ^ byte, 0x01000193) >>> 0;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

/** `createdBy_name` → `created by name`. */
const wordsOf = (name: string): string =>
  name
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .toLowerCase();

const people = ['Ada Lovelace', 'Grace Hopper', 'Alan Turing', 'Edsger Dijkstra', 'Barbara Liskov'] as const;
const cities: readonly string[] = ['Seattle', 'Dublin', 'Hyderabad', 'Oslo', 'Nairobi'];
const things: readonly string[] = ['Blue pen', 'Red folder', 'Green lamp', 'Grey chair', 'White board'];
const first = (person: string): string => person.split(' ')[0] ?? person;
const last = (person: string): string => person.split(' ')[1] ?? person;

/** The first that fits a name gives the values of a text. */
const texts: readonly (readonly [name: RegExp, values: readonly string[]])[] = [
  [/\be ?mail/, people.map((person) => `${first(person).toLowerCase()}@example.com`)],
  [/\b(?:phone|mobile|fax)/, ['+1 555 0100', '+1 555 0101', '+1 555 0102']],
  [/\b(?:first|given) ?name/, people.map(first)],
  [/\b(?:last|family|sur) ?name/, people.map(last)],
  [/\b(?:user|full|display|author|owner|contact|customer|person|employee) ?name|\b(?:author|owner|assignee)$/, people],
  [/\b(?:url|uri|link|href|website)$/, ['https://example.com/1', 'https://example.com/2', 'https://example.com/3']],
  [/\bcity$/, cities],
  [/\bcountry ?code$/, ['US', 'IE', 'IN', 'NO', 'KE']],
  [/\bcountry/, ['United States', 'Ireland', 'India', 'Norway', 'Kenya']],
  [/\bcurrency/, ['USD', 'EUR', 'INR', 'NOK', 'KES']],
  [/\b(?:language|locale)/, ['en-US', 'de-DE', 'fr-FR']],
  [/\btime ?zone/, ['UTC', 'Europe/Dublin', 'Asia/Kolkata']],
  [/\bcolou?r/, ['#0f6cbd', '#107c10', '#d13438']],
  [/\b(?:created|updated|modified|date|time)(?: at| on)?$/, ['2026-01-31T10:00:00Z', '2026-02-01T08:30:00Z']],
  [/\b(?:name|title|subject|label)$/, things],
  [/\b(?:description|text|message|comment|note|notes|body|summary)$/, things.map((thing) => `${thing}, as ordered.`)],
  [/\bstatus|\bstate$/, ['active', 'open', 'done']],
];

const days = ['2026-01-31', '2026-02-01', '2026-03-15'] as const;

/** By format; undefined: the format says nothing of the text. */
function formattedText(format: string, random: Random): string | undefined {
  const day = days[random(days.length)] ?? days[0];
  switch (format) {
    case 'date-time':
      return `${day}T${String(random(24)).padStart(2, '0')}:00:00Z`;
    case 'date-no-tz':
      return `${day}T10:00:00`;
    case 'date':
      return day;
    case 'uuid':
      return `00000000-0000-4000-8000-${String(random(1_000_000_000)).padStart(12, '0')}`;
    case 'email':
      return `${first(people[random(people.length)] ?? people[0]).toLowerCase()}@example.com`;
    case 'uri':
    case 'url':
      return `https://example.com/${random(1000)}`;
    case 'byte':
      return Buffer.from(`example ${random(1000)}`).toString('base64');
    default:
      return undefined;
  }
}

function textOf(keyword: Keyword, name: string, random: Random): string {
  const formatted = formattedText(String(keyword('format')).toLowerCase(), random);
  if (formatted !== undefined) return formatted;
  const values = texts.find(([pattern]) => pattern.test(name))?.[1];
  const known = values?.[random(values.length)] ?? `${name.replaceAll(' ', '-') || 'value'}-${1 + random(1000)}`;
  const most = lengthOf(keyword('maxLength')) ?? Number.POSITIVE_INFINITY;
  const least = Math.min(lengthOf(keyword('minLength')) ?? 0, mostLetters);
  return known.padEnd(least, 'x').slice(0, most);
}

/** A definition may ask for texts of any length. */
const mostLetters = 10_000;

const lengthOf = (value: Json | undefined): number | undefined =>
  typeof value === 'number' && value >= 0 ? value : undefined;

/** Where the numbers that have a name usually are. */
const ranges: readonly (readonly [name: RegExp, least: number, most: number])[] = [
  [/\blat(?:itude)?$/, -80, 80],
  [/\b(?:lng|lon|longitude)$/, -170, 170],
  [/\byear$/, 2020, 2026],
  [/\bmonth$/, 1, 12],
  [/\b(?:percent|percentage|progress)$/, 0, 100],
  [/\bport$/, 1024, 65_535],
];

function numberOf(type: string, keyword: Keyword, name: string, random: Random): number {
  const [minimum, maximum] = [keyword('minimum'), keyword('maximum')].map((value) =>
    typeof value === 'number' ? value : undefined,
  );
  const [, usualLeast = 1, usualMost = 1000] = ranges.find(([pattern]) => pattern.test(name)) ?? [];
  const step = type === 'integer' ? 1 : 0.01;
  const least =
    minimum === undefined ? Math.min(usualLeast, maximum ?? usualLeast) : minimum + excluded('exclusiveMinimum');
  const most = maximum === undefined ? Math.max(usualMost, least) : maximum - excluded('exclusiveMaximum');
  const multiple = keyword('multipleOf');
  if (typeof multiple === 'number' && multiple > 0) return Math.ceil(least / multiple) * multiple;
  const from = Math.ceil(least / step);
  const value = from + random(Math.max(0, Math.floor(most / step) - from) + 1);
  return type === 'integer' ? value : Math.min(Math.max(value / 100, least), Math.max(most, least));

  function excluded(key: string): number {
    return keyword(key) === true ? step : 0;
  }
}
