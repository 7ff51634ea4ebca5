import {
  type DerivedRecord,
  derivedSites,
  type TextKind,
  type TextSite,
  textSites,
} from '../connector/derived-texts.ts';
import { toPointer } from '../connector/json/pointer.ts';
import { isObject, type JsonObject, setOwn, valueAt } from '../connector/json/value.ts';

/** Texts as a writer gets them and gives them back: one row each. */
export interface TextRow {
  /** An operation's id, or `#/definitions/NAME`. */
  owner: string;
  kind: TextKind;
  /** The parameter or property, with what it is part of: `body.customer.email`; empty for the operation itself. */
  name: string;
  /** JSON pointer of the text in the definition. */
  place: string;
  text: string;
}

export const rowKeys = ['owner', 'kind', 'name', 'place', 'text'] as const satisfies readonly (keyof TextRow)[];

const rowOf = ({ owner, kind, names, path, text }: TextSite): TextRow => ({
  owner,
  kind,
  name: names.join('.'),
  place: toPointer(path),
  text,
});

/** The texts that were made of names, operation by operation as the definition has them, then those of definitions. */
export const derivedRows = (definition: JsonObject, record: DerivedRecord): TextRow[] =>
  derivedSites(definition, record).map(rowOf);

/** What a row could not be used for, in words. */
export interface Refused {
  row: TextRow;
  why: string;
}

export interface AppliedRows {
  /** Rows whose texts were written into the definition. */
  written: TextRow[];
  /** Rows that still have the text that was made. */
  same: TextRow[];
  /** Rows without a text. */
  blank: number;
  refused: Refused[];
}

/**
 * Writes the texts of rows into a definition. A row belongs to the text of the same owner, kind and name, so parameters
 * may have moved since the rows were listed; what somebody has edited meanwhile is refused.
 *
 * @param definition changed in place; nothing but these texts is touched
 */
export function applyRows(definition: JsonObject, record: DerivedRecord, rows: readonly TextRow[]): AppliedRows {
  const byName = new Map<string, TextSite[]>();
  for (const site of textSites(definition)) {
    const key = keyOf(rowOf(site));
    byName.set(key, [...(byName.get(key) ?? []), site]);
  }
  const result: AppliedRows = { written: [], same: [], blank: 0, refused: [] };
  const given = new Map<string, string>();
  for (const row of rows) {
    const text = row.text.trim();
    const sites = byName.get(keyOf(row)) ?? [];
    const site = sites.find(({ path }) => toPointer(path) === row.place) ?? (sites.length === 1 ? sites[0] : undefined);
    if (text === '') result.blank += 1;
    else if (site === undefined) result.refused.push({ row, why: 'the definition has no such text' });
    else {
      const place = toPointer(site.path);
      const other = given.get(place);
      given.set(place, text);
      const here = { ...row, place, text };
      if (other !== undefined && other !== text)
        result.refused.push({ row: here, why: 'two rows have different texts for it' });
      else if (text === site.text) result.same.push(here);
      else if (record.get(site.owner)?.has(site.text) !== true)
        result.refused.push({ row: here, why: `somebody has edited it meanwhile: "${site.text}"` });
      else {
        write(definition, site, text);
        result.written.push(here);
      }
    }
  }
  return result;
}

const keyOf = ({ owner, kind, name }: TextRow): string => `${owner}\n${kind}\n${name}`;

function write(definition: JsonObject, { path }: TextSite, text: string): void {
  const holder = valueAt(definition, path.slice(0, -1));
  if (isObject(holder)) setOwn(holder, String(path.at(-1)), text);
}
