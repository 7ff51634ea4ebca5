import { blankNonCode, nonCodeParts } from './blank-non-code.ts';

/** A text of the script that is the id of an operation. */
export interface OperationLiteral {
  id: string;
  /** Of the first character inside the quotes. */
  offset: number;
  /** The script decides by it: a comparison, a case, an arm. What is only handed on may mean something else. */
  isDecisive: boolean;
}

/** What comes before a text, or after it, that is compared. */
const before = /(?:[=!]=|\bcase|\bis(?:\s+not)?|\bor|\bEquals\s*\()\s*$/;
const after = /^\s*(?:[=!]=|=>|\.\s*Equals\s*\(|or\b)/;
const reach = 40;

/** The texts in the code of a script that are one of these ids, in their order; comments don't count. */
export function operationLiterals(text: string, ids: ReadonlySet<string>): OperationLiteral[] {
  const found = nonCodeParts(text).flatMap(({ offset, part }) => {
    const [, start = '', id = ''] = /^(@?")([\w-]+)"$/.exec(part) ?? [];
    return ids.has(id) ? [{ id, start: offset, offset: offset + start.length, end: offset + part.length }] : [];
  });
  if (found.length === 0) return [];
  const mask = blankNonCode(text);
  return found.map(({ id, start, offset, end }) => {
    const isDecisive =
      before.test(mask.slice(Math.max(0, start - reach), start)) || after.test(mask.slice(end, end + reach));
    return { id, offset, isDecisive };
  });
}

/** The text with another id where the script decides by it. */
export function renameLiterals(text: string, id: string, to: string): string {
  const decisive = operationLiterals(text, new Set([id])).filter(({ isDecisive }) => isDecisive);
  return decisive.reduceRight(
    (changed, { offset }) => changed.slice(0, offset) + to + changed.slice(offset + id.length),
    text,
  );
}
