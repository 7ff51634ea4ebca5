/**
 * V8 expects a program to run for long: it soon compiles functions again, with optimisations, on a second processor, and
 * gives new objects more and more memory before it collects the dead ones. Most commands are over before either pays.
 *
 * Flags that are switched while a program runs count from their next use. Their names belong to a version of V8, which
 * complains of a name that it doesn't know: other versions of Node than these keep what they have.
 */
const optimiseLate: Readonly<Record<string, readonly string[]>> = {
  20: ['--interrupt-budget=800000'],
  22: ['--invocation-count-for-turbofan=30000', '--invocation-count-for-osr=8000'],
  24: ['--invocation-count-for-turbofan=30000', '--invocation-count-for-osr=8000'],
};

/** The first code of a pattern is tidied for longer than it runs: what is used often gets other code, of the machine. */
const leavePatterns = '--no-regexp-peephole-optimization';

/**
 * @param run how long it will take: `short` ends soon; `long` is a server, or dozens of connectors, for which memory for new
 * objects pays, and machine code for patterns that are used twice (optimising late doesn't cost them anything)
 * @param version of Node
 * @returns flags of V8; none where they aren't known
 */
export function v8FlagsFor(run: 'short' | 'long', version: string): string[] {
  const late = optimiseLate[version.split('.')[0] ?? ''];
  if (late === undefined) return [];
  const isShort = run === 'short';
  return [
    ...late,
    leavePatterns,
    `--regexp-tier-up-ticks=${isShort ? 50 : 1}`,
    `--semi-space-growth-factor=${isShort ? 1 : 2}`,
  ];
}

/** From now on this process is taken for one that ends soon, or for one that goes on for a while. */
export function expectRun(run: 'short' | 'long'): void {
  // not sooner: it brings along the streams of Node, which takes longer than to print the version
  const { setFlagsFromString } = process.getBuiltinModule('node:v8');
  for (const flag of v8FlagsFor(run, process.versions.node)) setFlagsFromString(flag);
}
