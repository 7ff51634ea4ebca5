/** What goals.json says, beside what was measured. */
import { median, noise } from './measure.mjs';

/**
 * @typedef {object} Goal
 * @property {string} row @property {'over' | 'ratio' | 'peak' | 'beside'} of
 * @property {string} who id of a candidate @property {string} [than] that of another one
 * @property {'cpu' | 'wall'} [in] @property {string} what for people
 * @property {Record<string, number>} [atMost] by major version of Node @property {Record<string, number>} [atLeast]
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
  const bound = goal.atMost?.[node] ?? goal.atLeast?.[node];
  const ids = [goal.who, goal.than, goal.of === 'beside' ? 'start' : undefined].filter((id) => id !== undefined);
  if (bound === undefined || !ids.every((id) => samples.has(id))) return undefined;
  const rounds = (samples.get(goal.who) ?? []).map((_, round) => values[goal.of]((id) => samples.get(id)[round], goal));
  const [value, spread] = [median(rounds), noise(rounds)];
  const lack = goal.atMost === undefined ? bound - value : value - bound;
  const verdict = lack <= 0 ? 'met' : lack <= spread ? 'missed, within noise' : 'missed';
  return { ...goal, node, value, spread, bound, isMost: goal.atMost !== undefined, verdict };
}

const figure = (value) => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(2));

/** @param {NonNullable<ReturnType<typeof judge>>} judged */
export const describe = ({ what, value, spread, bound, isMost, verdict }) =>
  `${what}: ${figure(value)} ± ${figure(spread)}, goal ${isMost ? '≤' : '≥'} ${bound}: ${verdict}`;
