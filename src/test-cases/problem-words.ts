import type { YAMLParseError } from 'yaml';
import { asArray, asString, getOwn, type Json } from '../connector/json/value.ts';
import { onOneLine } from '../shown.ts';

/** What is wrong with a file of tests, in words for people who don't know how it is read. */

const words: Partial<Record<YAMLParseError['code'], string>> = {
  TAB_AS_INDENT: 'a line begins with a tab; YAML takes blanks only',
  MULTIPLE_DOCS: 'a second document begins here; a file of tests is one, without --- in it',
  BLOCK_AS_IMPLICIT_KEY: 'a text with a colon and a blank in it needs quotes: "like: this"',
};

/** @param text of the file */
export function yamlWords({ code, message, pos }: YAMLParseError, text: string): string {
  if (code === 'DUPLICATE_KEY') {
    const key = /^["']?([^:"'\n]{1,100})/.exec(text.slice(pos[0]))?.[1] ?? '';
    return `the key "${key.trim()}" is there twice`;
  }
  return words[code] ?? onOneLine(message.split('\n', 1)[0] ?? '').replace(/\.$/, '');
}

/** Of merge keys: YAML 1.2 has none, and what a case expects is to be read where it is. */
export const mergeWords =
  '<< takes no keys from elsewhere here; write them out, or take a whole value: inputs: *NAME (for a key of this name: "<<")';

/** Of aliases, which are followed only when everything has been read. */
export function aliasWords(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  const name = message.startsWith('Unresolved alias') ? message.slice(message.lastIndexOf(' ') + 1) : undefined;
  return name === undefined
    ? 'aliases in it grow without end'
    : `*${name} is an alias of nothing: no &${name} is before it`;
}

/** `"cases.0.expect" has …` → `"expect" of the case "fifty orders" has …`; an empty file is called so. */
export function namedPlaces(message: string, value: Json): string {
  if (value === null) return 'it is empty; it needs "operation" and "cases"';
  return message
    .replace(/"cases\.(\d+)(?:\.([^"]+))?"/, (_, index: string, path?: string) => {
      const name = asString(getOwn(asArray(getOwn(value, 'cases'))[Number(index)], 'name'));
      const which = name === undefined ? `case ${Number(index) + 1}` : `the case "${onOneLine(name)}"`;
      return path === undefined ? which : `"${path}" of ${which}`;
    })
    .replace(/must have required property '([^']+)'/, 'needs the key "$1"')
    .replace(/must NOT have fewer than 1 items/, 'is empty');
}
