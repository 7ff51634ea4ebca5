import type { Json } from '../../connector/json/value.ts';
import type { Prompts } from '../../repository/questions/prompts.ts';
import { onOneLine } from '../../shown.ts';

/** A value that was changed on both sides of a merge. */
export interface ShownConflict {
  /** Where it is, for people. */
  place: string;
  ours: Json | undefined;
  theirs: Json | undefined;
}

/**
 * One question for each conflict; the author's version is proposed.
 *
 * @param other side, with its article: `the description`
 * @returns those for which the other side counts
 */
export async function askEachConflict<T extends ShownConflict>(
  conflicts: readonly T[],
  other: string,
  prompts: Prompts,
): Promise<Set<T>> {
  const taken = new Set<T>();
  for (const conflict of conflicts) {
    const answer = await prompts.one(
      `${conflict.place} was changed both here and in ${other}.`,
      [
        { value: 'ours', name: `keep what is here: ${shownValue(conflict.ours)}` },
        { value: 'theirs', name: `take ${other}: ${shownValue(conflict.theirs)}` },
      ],
      'ours',
    );
    if (answer === 'theirs') taken.add(conflict);
  }
  return taken;
}

/** A conflict on three lines. @param other side, without an article */
export const describeConflict = ({ place, ours, theirs }: ShownConflict, other: string): string => {
  const label = (name: string): string => `  ${`${name}:`.padEnd(Math.max('here'.length, other.length) + 2)}`;
  return `conflict ${onOneLine(place)}\n${label('here')}${shownValue(ours)}\n${label(other)}${shownValue(theirs)}\n`;
};

/** A value on one line; undefined: it isn't there. */
function shownValue(value: Json | undefined): string {
  const text = value === undefined ? '(not there)' : JSON.stringify(value);
  return text.length > 160 ? `${text.slice(0, 157)}...` : text;
}
