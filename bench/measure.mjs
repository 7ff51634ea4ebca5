/** Whole processes: wall time, CPU time, peak memory. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));

/**
 * @typedef {object} Candidate one Node program
 * @property {string} id in goals.json
 * @property {string} name for people
 * @property {string[]} args
 * @property {string} [cwd]
 * @property {() => void} [prepare] before each run, not measured
 * @property {Record<string, string>} [env]
 * @property {string} [input] on stdin
 * @property {number} [most] the highest exit status that counts as done
 * @property {number} [status] the only one that does
 *
 * @typedef {{ wall: number, cpu: number, memory: number, status: number }} Sample seconds, seconds, MiB
 */

/** @param {string} work folder for what is left behind @param {string} node the Node that runs it */
export function meter(work, node = process.execPath) {
  const cpuFile = join(work, 'cpu.txt');
  /** @param {Omit<Candidate, 'id' | 'name'>} candidate @returns {Sample} */
  return ({ args, cwd = work, prepare, env = {}, most = 1, status, input = '' }) => {
    writeFileSync(cpuFile, '');
    prepare?.();
    const start = process.hrtime.bigint();
    const result = spawnSync(node, ['--require', join(here, 'cpu.cjs'), ...args], {
      cwd,
      input,
      encoding: 'utf8',
      maxBuffer: 1 << 30,
      env: { ...process.env, BENCH_CPU_FILE: cpuFile, ...env },
    });
    const wall = Number(process.hrtime.bigint() - start) / 1e9;
    // a peer that refuses its command line would look fast
    const isDone = result.status !== null && (status === undefined ? result.status <= most : result.status === status);
    if (!isDone || /Invalid values|Unknown argument/.test(result.stderr)) {
      throw new Error(`${args.slice(0, 3).join(' ')} … failed:\n${String(result.stderr).slice(0, 2000)}`);
    }
    const lines = readFileSync(cpuFile, 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split(' ').map(Number));
    const cpu = lines.reduce((sum, [milliseconds = 0]) => sum + milliseconds, 0) / 1000;
    return { wall, cpu, memory: Math.max(...lines.map(([, memory = 0]) => memory)), status: result.status };
  };
}

/** @param {number[]} values @returns {number} */
export const median = (values) => quantile(values, 0.5);

/** Half of the distance between the quartiles. @param {number[]} values @returns {number} */
export const noise = (values) => (quantile(values, 0.75) - quantile(values, 0.25)) / 2;

function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(at)] ?? Number.NaN, sorted[Math.ceil(at)] ?? Number.NaN];
  return low + (high - low) * (at - Math.floor(at));
}

/**
 * Runs all candidates in turn, round after round; who comes first changes, since the second finds warmer caches.
 *
 * @param {Candidate[]} candidates @param {number} rounds
 * @returns {Map<string, Sample[]>} by id, the samples of one round at the same place
 */
export function alternate(candidates, rounds, measure) {
  const samples = new Map(candidates.map(({ id }) => [id, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const candidate of round % 2 === 0 ? candidates : candidates.toReversed()) {
      const sample = measure(candidate);
      if (round > 0) samples.get(candidate.id).push(sample); // the first round only warms the caches
    }
  }
  return samples;
}
