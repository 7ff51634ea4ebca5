import { type Document, isScalar, type Node, visit } from 'yaml';

/** Merge keys are refused in files of tests; a key that only looks like one is in quotes. */

const mark = '<<';

/** The offset of the first merge key. */
export function mergeKeyOf(document: Document.Parsed): number | undefined {
  let offset: number | undefined;
  visit(document, {
    Pair(_, { key }) {
      if (!isScalar(key) || key.type !== 'PLAIN' || key.value !== mark) return undefined;
      offset = key.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return offset;
}

/** Has keys that look like merge keys written in quotes. */
export function withoutMergeKeys<T extends Document | Node>(made: T): T {
  visit(made, {
    Scalar(key, node) {
      if (key === 'key' && node.value === mark) node.type = 'QUOTE_DOUBLE';
    },
  });
  return made;
}
