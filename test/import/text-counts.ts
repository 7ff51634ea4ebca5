import { type TextKind, textKinds, textSites } from '../../src/connector/derived-texts.ts';
import { asObject, asString, type JsonObject } from '../../src/connector/json/value.ts';
import { sameWords } from '../../src/language/words.ts';
import type { Audit } from './audit.ts';

/** Numbers of a result, or of several together. */
export type Counts = Record<string, number>;

/** What is counted of a result, in the order of the table; a text in place of a number is a heading. */
const measures: readonly (readonly [key: string, title: string, share?: string])[] = [
  ['imported', 'descriptions imported'],
  ['refused', 'descriptions refused'],
  ['withErrors', 'results with errors of our own rules'],
  ['lost', 'losses without an entry'],
  ['operations', 'operations'],
  ...textKinds.map((kind) => [`made ${kind}`, `made of names: ${kind.replace('-', ' ')}`, `all ${kind}`] as const),
  ['theX', 'described by "The (label)."', 'fields'],
  ['doubledVerbs', 'two verbs in a row', 'all operation-description'],
  ['brackets', 'summaries with a bracket that tells them apart', 'operations'],
  ['bracketsInTexts', 'descriptions that repeat the bracket', 'operations'],
  ['longIds', 'ids of operations over 40 characters', 'operations'],
  ['cpu', 'CPU, ms'],
];

/** A second verb after the one that a description was begun with: `Returns retrieves`, `Deletes a deletes`. */
const doubledVerb =
  /^(?:adds|creates|deletes|gets|performs|removes|returns|runs|sends|updates) (?:adds?|creates?|deletes?|gets?|handles?|inspects?|lists?|marks?|removes?|retrieves?|returns?|sends?|updates?|this|the following|retrieving|searching)\b/i;

/** The numbers of one result. */
export function countsOf(definition: JsonObject, { errors, lost, unrecorded }: Audit): Counts {
  const counts: Counts = { withErrors: errors.length > 0 ? 1 : 0, lost: lost.length };
  const add = (key: string, by = 1): void => {
    counts[key] = (counts[key] ?? 0) + by;
  };
  for (const text of unrecorded) add(`made ${text.split(' ', 1)[0] ?? ''}`);
  for (const { kind, names, text } of textSites(definition)) {
    add(`all ${kind}`);
    if (kind === 'operation-description' && doubledVerb.test(text)) add('doubledVerbs');
    if (isOfField(kind)) {
      add('fields');
      if (/^The /.test(text) && sameWords(text.slice(4), names.at(-1) ?? '')) add('theX');
    }
  }
  for (const item of Object.values(asObject(definition.paths)))
    for (const [method, operation] of Object.entries(asObject(item))) {
      const { operationId, summary, description } = asObject(operation);
      if (method.startsWith('x-') || typeof operationId !== 'string') continue;
      add('operations');
      if (operationId.length > 40) add('longIds');
      const bracket = / (\([^()]+\))$/.exec(asString(summary) ?? '')?.[1];
      if (bracket !== undefined && bracket !== '(deprecated)') add('brackets');
      if (bracket !== undefined && asString(description)?.includes(bracket) === true) add('bracketsInTexts');
    }
  return counts;
}

const isOfField = (kind: TextKind): boolean => kind === 'parameter-description' || kind === 'property-description';

/** Adds the second to the first. */
export function addUp(total: Counts, counts: Counts): void {
  for (const [key, count] of Object.entries(counts)) total[key] = (total[key] ?? 0) + count;
}

/** A Markdown table with a column per build; shares in percent. */
export function rows(names: readonly string[], totals: readonly Counts[], files: number): string[] {
  const cell = (counts: Counts, key: string, share: string | undefined): string => {
    const count = Math.round(counts[key] ?? 0);
    const whole = share === undefined ? 0 : (counts[share] ?? 0);
    return whole > 0 ? `${count} (${((count / whole) * 100).toFixed(1)} %)` : String(count);
  };
  return [
    `| ${files} descriptions | ${names.join(' | ')} |`,
    `| --- |${names.map(() => ' --- |').join('')}`,
    ...measures.map(
      ([key, title, share]) => `| ${title} | ${totals.map((counts) => cell(counts, key, share)).join(' | ')} |`,
    ),
  ];
}
