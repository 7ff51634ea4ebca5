/** What goals.json says, beside what was measured. */
import { median, noise } from './measure.mjs';

/**
 * @typedef {object} Goal
 * @property {string} row @property {'over' | 'ratio' | 'peak' | 'beside'} of
 * @property {string} who id of a candidate @property {string} [than] that of another one
 * @property {'cpu' | 'wall'} [in] @property {string} what for people
 * @property {Record<string, number>} [atMost] by major version of Node @property {Record<string, number>} [atLeast]
 * @property {Record<string, number>} [where] CPU milliseconds that `node -e 0` takes on the machine that a goal in
 *   milliseconds was stated for; here it counts as many times more or less as `node -e 0` does
 */

/** The value of one round. @type {Record<string, (of: (id: string) => import('./measure.mjs').Sample, goal: Goal) => number>} */
const values = {
  ratio: (of, { who, than, in: unit }) => of(who)[unit] / of(than)[unit],
  over: (of, { who, than, in: unit }) => (of(who)[unit] - of(than)[unit]) * 1000,
  beside: (of, { who, than, in: unit }) => (of(who)[unit] - of('start')[unit]) / (of(than)[unit] - of('start')[unit]),
  peak: (of, { who }) => of(who).memory,
};

/**
 * @param {Goal} goal @param {string} node major version
 * @param {Map<string, import('./measure.mjs').Sample[]>} samples
 * @returns undefined where there is no goal for this Node, or not all candidates were measured
 */
export function judge(goal, node, samples) {
  const stated = goal.atMost?.[node] ?? goal.atLeast?.[node];
  const ids = [goal.who, goal.than, goal.of === 'beside' ? 'start' : undefined].filter((id) => id !== undefined);
  if (stated === undefined || !ids.every((id) => samples.has(id))) return undefined;
  const rounds = (samples.get(goal.who) ?? []).map((_, round) => values[goal.of]((id) => samples.get(id)[round], goal));
  const there = goal.where?.[node];
  const here = median((samples.get('start') ?? []).map(({ cpu }) => cpu * 1000));
  const bound = there === undefined ? stated : (stated * here) / there;
  const scaled = there === undefined ? undefined : { stated, there, here };
  const [value, spread] = [median(rounds), noise(rounds)];
  const lack = goal.atMost === undefined ? bound - value : value - bound;
  const verdict = lack <= 0 ? 'met' : lack <= spread ? 'missed, within noise' : 'missed';
  return { ...goal, node, value, spread, bound, scaled, isMost: goal.atMost !== undefined, verdict };
}

const figure = (value) => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(2));

/** @param {NonNullable<ReturnType<typeof judge>>} judged */
export const describe = (judged) =>
  `${judged.what}: ${figure(judged.value)} ± ${figure(judged.spread)}, goal ${describeBound(judged)}: ${judged.verdict}`;

/** The goal, and of one in milliseconds what it is on the machine that it was stated for. @param {NonNullable<ReturnType<typeof judge>>} judged */
export function describeBound({ bound, scaled, isMost }) {
  const sign = isMost ? '≤' : '≥';
  if (scaled === undefined) return `${sign} ${bound}`;
  const { stated, there, here } = scaled;
  return `${sign} ${figure(bound)} (${stated} where node -e 0 takes ${there} ms, here ${figure(here)})`;
}
