import { parseArgs } from 'node:util';
import { fuzz } from '../test/reliability/fuzz.ts';

/** `npm run fuzz -- --seconds 600 --seed 7`: the same as the test, for longer and from another seed. */
const { values } = parseArgs({ options: { seconds: { type: 'string' }, seed: { type: 'string' } } });
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const seconds = Number(values.seconds ?? 60);
const { runs, faults } = await fuzz({ seed, runs: Number.POSITIVE_INFINITY, seconds });
for (const fault of faults) console.log(JSON.stringify(fault));
console.log(`${runs} runs from seed ${seed}, ${faults.length} faults`);
process.exitCode = faults.length === 0 ? 0 : 1;
