import { isObject, type Json, type JsonObject, setOwn } from '../../connector/json/value.ts';
import type { Secrets } from '../../runtime/secrets.ts';

/** Takes out of a recorded answer what is nobody's business: secrets by value and by name, tokens, people. */

export interface ScrubOptions {
  secrets: Secrets;
  /** All dates become this one (`2026-01-31`), with their own form kept; undefined: they stay. */
  freeze: string | undefined;
}

/** Compared without case and without what is between the words. */
const secretNames =
  /^(?:password|passwd|pwd|secret|clientsecret|token|accesstoken|refreshtoken|idtoken|apikey|apitoken|authorization|auth|privatekey|sessionid|session|cookie|setcookie|signature|sig|credential|credentials|connectionstring|sastoken|otp|pin|ssn|iban|cardnumber|cvv|cvc)$/;
const secretEnds = /(?:password|secret|token|apikey|privatekey|passphrase|signingkey|accesskey)$/;

/** Fields that hold the name of a person, and what is there instead. */
const people: Readonly<Record<string, string>> = {
  firstname: 'Ada',
  givenname: 'Ada',
  middlename: 'K.',
  lastname: 'Lovelace',
  surname: 'Lovelace',
  familyname: 'Lovelace',
  fullname: 'Ada Lovelace',
  displayname: 'Ada Lovelace',
  username: 'ada',
  login: 'ada',
  contactname: 'Ada Lovelace',
  customername: 'Ada Lovelace',
};

const wordOf = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

const isSecretName = (name: string): boolean => {
  const word = wordOf(name);
  return secretNames.test(word) || secretEnds.test(word);
};

const patterns: readonly (readonly [RegExp, string])[] = [
  // signed tokens, and tokens by their well-known beginnings
  [/(?<![\w-])eyJ[\w-]{5,}\.[\w-]{2,}(?:\.[\w-]*)?/g, '‹token›'],
  [/\b(?:Bearer|Basic)\s+[\w.~+/=-]{8,}/gi, '‹token›'],
  [/\b(?:ghp|gho|ghu|ghs|github_pat|glpat|sk|pk|rk|xox[abprs]|shpat|AKIA|ASIA|AIza|ya29)[_.-]?[\w-]{12,}/g, '‹token›'],
  [/-----BEGIN [A-Z ]{1,40}-----[^-]*-----END [A-Z ]{1,40}-----/g, '‹key›'],
  [/([?&](?:sig|token|key|api_key|apikey|access_token|code|signature|secret|password)=)[^&#\s"]+/gi, '$1‹secret›'],
  [/(:\/\/)[^/\s:@]+:[^/\s@]+@/g, '$1‹secret›@'],
  [/(?<![\w.%+-])[\w.%+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[A-Za-z]{2,24}\b/g, 'ada@example.com'],
  [/(?<![\w.+-])\+\d{1,3}[ .()-]{0,2}\d(?:[ .()/-]{0,2}\d){6,13}(?![\w-])/g, '+1 555 0100'],
  [/(?<![\w.-])\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?![\w-])/g, '+1 555 0100'],
];

const phoneName = /(?:phone|mobile|telephone|fax|cell)(?:number)?$/;

const dates = /\b\d{4}-\d{2}-\d{2}(?=\b|T)/g;
const times = /T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?/g;

/** @returns a copy; names of fields stay */
export function scrubbed(value: Json, options: ScrubOptions, name = ''): Json {
  if (Array.isArray(value)) return value.map((element) => scrubbed(element, options, name));
  if (isObject(value)) {
    const result: JsonObject = {};
    for (const [key, inner] of Object.entries(value))
      setOwn(result, options.secrets.text(key), scrubbed(inner, options, key));
    return result;
  }
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number') return isSecretName(name) ? 0 : options.secrets.json(value);
  if (isSecretName(name) && value !== '') return '‹secret›';
  const person = people[wordOf(name)];
  if (person !== undefined && value !== '') return person;
  if (phoneName.test(wordOf(name)) && /\d{4}/.test(value.replaceAll(/\D/g, ''))) return '+1 555 0100';
  return scrubbedText(value, options);
}

/** A text that isn't JSON, or a value of it. */
export function scrubbedText(text: string, { secrets, freeze }: ScrubOptions): string {
  let result = secrets.text(text);
  for (const [pattern, instead] of patterns) result = result.replaceAll(pattern, instead);
  return freeze === undefined ? result : result.replaceAll(times, 'T00:00:00Z').replaceAll(dates, freeze);
}

/** Headers that say what an answer is; all others may tell of a session or a person. */
const keptHeaders: ReadonlySet<string> = new Set(['content-type', 'location', 'retry-after', 'link']);

export const scrubbedHeaders = (headers: Readonly<Record<string, string>>, options: ScrubOptions): JsonObject =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => keptHeaders.has(name))
      .map(([name, value]) => [name, scrubbedText(value, options)]),
  );
