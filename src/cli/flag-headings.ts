import type { FlagSpec } from './command.ts';

/** Headings of the help, in their order, with the names of the flags below each. */
export type FlagHeadings = Readonly<Record<string, readonly string[]>>;

/**
 * Many flags as people can read them: those without a heading first, then heading by heading.
 *
 * @throws Error for a heading that names a flag which the command doesn't have: a mistake of ours
 */
export function underHeadings(flags: readonly FlagSpec[], headings: FlagHeadings): FlagSpec[] {
  const named = (name: string): FlagSpec => {
    const flag = flags.find((candidate) => candidate.name === name);
    if (flag === undefined) throw new Error(`there is no flag --${name}`);
    return flag;
  };
  const below = Object.entries(headings).flatMap(([heading, names]) =>
    names.map((name) => ({ ...named(name), heading })),
  );
  const placed = new Set(below.map(({ name }) => name));
  return [...flags.filter(({ name }) => !placed.has(name)), ...below];
}
