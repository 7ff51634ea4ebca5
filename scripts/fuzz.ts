import { parseArgs } from 'node:util';
import { fuzz } from '../test/reliability/fuzz.ts';

/**
 * `npm run fuzz -- --seconds 600 --seed 7`: the same as the test, for longer, from another seed, and each run in
 * a process of its own.
 * `npm run fuzz -- --hostile`: every kind of hostile repository by every command.
 */
const { values } = parseArgs({
  options: { seconds: { type: 'string' }, seed: { type: 'string' }, hostile: { type: 'boolean' } },
});
process.exitCode = (await (values.hostile ? hostile() : random())) === 0 ? 0 : 1;

/** @returns the number of faults */
async function random(): Promise<number> {
  const seed = Number(values.seed ?? Date.now() % 1_000_000);
  const seconds = Number(values.seconds ?? 60);
  const { runs, faults } = await fuzz({ seed, runs: Number.POSITIVE_INFINITY, seconds, apart: true });
  for (const fault of faults) console.log(JSON.stringify(fault));
  console.log(`${runs} runs from seed ${seed}, ${faults.length} faults`);
  return faults.length;
}

/** @returns the number of faults */
async function hostile(): Promise<number> {
  const [{ faultsOf, hostileModel, lines }, { hostileKinds }] = await Promise.all([
    import('../test/reliability/hostile.ts'),
    import('../test/reliability/hostile-kinds.ts'),
  ]);
  const model = await hostileModel();
  let count = 0;
  for (const kind of hostileKinds) {
    const faults = await faultsOf(model, kind, lines);
    for (const fault of faults) console.log(fault);
    count += faults.length;
  }
  console.log(`${hostileKinds.length} kinds of repositories by ${lines.length} lines, ${count} faults`);
  return count;
}
