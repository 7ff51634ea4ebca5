import { asObject, asString, clone, getOwn, type JsonObject, setOwn } from '../connector/json/value.ts';
import { maxTitleLength } from '../language/words.ts';

/** Three states of an operation or of a whole definition, as a merge has them. */
interface Versions {
  base: JsonObject;
  ours: JsonObject;
  theirs: JsonObject;
}

/**
 * A description that deprecates an operation, or no longer does, changes more than the flag: the import marks the
 * summary, and moves the operation to the advanced ones. Where the author has a summary or a visibility of their own,
 * the mark goes to that summary, and the visibility stays: neither is a conflict, since the description says nothing
 * about them.
 *
 * @returns base and theirs to merge with; the same objects where there is nothing to do
 */
export function followDeprecations({ base, ours, theirs }: Versions): Pick<Versions, 'base' | 'theirs'> {
  const places = changedFlags({ base, ours, theirs });
  if (places.length === 0) return { base, theirs };
  const adapted = { base: clone(base), theirs: clone(theirs) };
  for (const place of places) {
    const versions = {
      base: operationAt(adapted.base, place),
      ours: operationAt(ours, place),
      theirs: operationAt(adapted.theirs, place),
    };
    keepSummary(versions);
    keepVisibility(versions);
  }
  return adapted;
}

type Place = readonly [path: string, method: string];

const operationAt = (definition: JsonObject, [path, method]: Place): JsonObject =>
  asObject(getOwn(getOwn(getOwn(definition, 'paths'), path), method));

const isDeprecated = (operation: JsonObject): boolean => getOwn(operation, 'deprecated') === true;

/** Operations of all three whose flag the description has changed. */
function changedFlags({ base, ours, theirs }: Versions): Place[] {
  return Object.entries(asObject(getOwn(theirs, 'paths'))).flatMap(([path, item]) =>
    Object.keys(asObject(item))
      .map((method): Place => [path, method])
      .filter(
        (place) =>
          [base, ours].every((one) => Object.keys(operationAt(one, place)).length > 0) &&
          isDeprecated(operationAt(base, place)) !== isDeprecated(operationAt(theirs, place)),
      ),
  );
}

const mark = ' (deprecated)';
const withoutMark = (text: string): string => text.replace(/ ?\(deprecated\)$/i, '');

function keepSummary({ base, ours, theirs }: Versions): void {
  const [before, own, after] = [base, ours, theirs].map((operation) => asString(getOwn(operation, 'summary')));
  if (before === undefined || own === undefined || after === undefined || own === before) return;
  if (withoutMark(before) !== withoutMark(after)) return;
  const plain = withoutMark(own);
  const marked = plain.length + mark.length > maxTitleLength ? own : plain + mark;
  setOwn(base, 'summary', own);
  setOwn(theirs, 'summary', isDeprecated(theirs) ? marked : plain);
}

function keepVisibility({ base, ours, theirs }: Versions): void {
  const key = 'x-ms-visibility';
  const [before, own, after] = [base, ours, theirs].map((operation) => getOwn(operation, key));
  const isOfTheImport = (isDeprecated(theirs) ? after : before) === 'advanced';
  if (own === before || !isOfTheImport) return;
  for (const operation of [base, theirs]) {
    if (own === undefined) delete operation[key];
    else setOwn(operation, key, own);
  }
}
