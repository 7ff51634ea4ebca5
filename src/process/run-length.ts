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
  26: ['--invocation-count-for-turbofan=30000', '--invocation-count-for-osr=8000'],
};

/** The first code of a pattern is tidied for longer than it runs: what is used often gets other code, of the machine. */
const leavePatterns = '--no-regexp-peephole-optimization';

/**
 * How long a run will take, and what follows: by how much the space for new objects may grow at a time, and after how many
 * uses a pattern is made machine code. (Optimising late doesn't cost any of them anything.)
 */
const runs = {
  /** Ends soon. */
  short: { growth: 1, uses: 50 },
  /** A server, or dozens of connectors. */
  long: { growth: 2, uses: 1 },
  /** Such a one that has space enough. */
  steady: { growth: 1, uses: 1 },
} as const;
type Run = keyof typeof runs;

/**
 * @param version of Node
 * @returns flags of V8; none where they aren't known
 */
export function v8FlagsFor(run: Run, version: string): string[] {
  const late = optimiseLate[version.split('.')[0] ?? ''];
  if (late === undefined) return [];
  const { growth, uses } = runs[run];
  return [...late, leavePatterns, `--regexp-tier-up-ticks=${uses}`, `--semi-space-growth-factor=${growth}`];
}

/** From now on this process is taken for one that takes so long. */
export function expectRun(run: Run): void {
  // not sooner: it brings along the streams of Node, which takes longer than to print the version
  const { setFlagsFromString } = process.getBuiltinModule('node:v8');
  for (const flag of v8FlagsFor(run, process.versions.node)) setFlagsFromString(flag);
}

/** In bytes, both halves: it holds what one connector needs; twice as much is slower where memory is dear to touch. */
const enoughNewSpace = 8 * 2 ** 20;

/**
 * From now on this process works on dozens of connectors, one after the other.
 *
 * @returns to be called after each of them: ends the growth of the space for new objects
 */
export function expectBatch(): () => void {
  expectRun('long');
  const { getHeapSpaceStatistics } = process.getBuiltinModule('node:v8');
  let grows = true;
  return () => {
    if (!grows) return;
    const space = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
    grows = space !== undefined && space.space_size < enoughNewSpace;
    if (!grows) expectRun('steady');
  };
}
