/** What was measured, for people: on a terminal, and as Markdown for the README. */
import { cpus } from 'node:os';
import { describe, describeBound } from './judge.mjs';
import { median } from './measure.mjs';

/**
 * @typedef {object} Result one row on one Node
 * @property {string} row name in rows.mjs @property {string} title @property {string} node whole version @property {number} rounds
 * @property {{ id: string, name: string }[]} candidates
 * @property {Map<string, import('./measure.mjs').Sample[]>} samples
 * @property {NonNullable<ReturnType<typeof import('./judge.mjs').judge>>[]} judged
 */

/** Medians of a candidate, and of its ratios to the first one within a round. */
function mediansOf({ candidates, samples }, id) {
  const mine = samples.get(id) ?? [];
  const first = samples.get(candidates[0].id) ?? [];
  const ratio = (unit) => median(mine.map((sample, round) => sample[unit] / first[round][unit]));
  const [wall, cpu, memory] = ['wall', 'cpu', 'memory'].map((unit) => median(mine.map((sample) => sample[unit])));
  return { wall, cpu, memory, wallRatio: ratio('wall'), cpuRatio: ratio('cpu') };
}

/** @param {Result} result */
export function print(result) {
  const { title, node, rounds, candidates, judged } = result;
  console.log(`\n${title} · Node ${node}, medians of ${rounds} rounds`);
  console.log('  wall s   × first    CPU s   × first   peak MiB');
  for (const { id, name } of candidates) {
    const { wall, wallRatio, cpu, cpuRatio, memory } = mediansOf(result, id);
    const cells = [wall.toFixed(3), wallRatio.toFixed(2), cpu.toFixed(3), cpuRatio.toFixed(2), memory.toFixed(0)];
    console.log(`  ${cells.map((cell) => cell.padStart(7)).join('  ')}   ${name}`);
  }
  for (const each of judged) console.log(`  ${describe(each)}`);
}

/** Rows that show us beside others. */
const beside = ['one', 'two', 'hundred', 'thousand', 'new', 'yo', 'import'];

/**
 * @param {Result[]} results
 * @param {{ rules: number | undefined }} facts
 * @returns {{ all: string, short: string }} every row with the goals, and those beside others, on one Node
 */
export function markdown(results, facts) {
  const [first] = results;
  const isShort = (/** @type {Result} */ { row, node }) => node === first?.node && beside.includes(row);
  return {
    all: `${tableOf(results, facts)}${goalsOf(results)}`,
    short: tableOf(results.filter(isShort), facts),
  };
}

/** Replaces what is between the marks of a table in a text: `<!-- bench: short -->` or `all`, to `<!-- /bench -->`. */
export const intoText = (text, tables) =>
  text.replaceAll(
    /(<!-- bench: (short|all) -->\n)[\s\S]*?(<!-- \/bench -->)/g,
    (_, begin, which, end) => `${begin}\n${tables[which]}\n${end}`,
  );

function tableOf(results, { rules }) {
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${process.platform} ${process.arch}`;
  const lines = [
    `Measured on ${new Date().toISOString().slice(0, 10)} (${machine}): whole processes in turn, medians; × compares with the`,
    `first line of each group, in the same round.${rules === undefined ? '' : ` \`validate\` checks ${rules} rules without a person.`}`,
    '',
    '| what | Node | program | wall | CPU | peak MiB |',
    '| --- | --- | --- | --- | --- | --- |',
  ];
  for (const result of results) {
    for (const { id, name } of result.candidates) {
      const { wall, wallRatio, cpuRatio, memory } = mediansOf(result, id);
      const walls = `${wall.toFixed(2)} s, × ${wallRatio.toFixed(2)}`;
      const about = `${result.title} (${result.rounds} rounds) | ${result.node}`;
      lines.push(`| ${about} | ${name} | ${walls} | × ${cpuRatio.toFixed(2)} | ${memory.toFixed(0)} |`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function goalsOf(results) {
  const judged = results.flatMap((result) => result.judged.map((each) => ({ ...each, title: result.title })));
  if (judged.length === 0) return '';
  const lines = ['', '| goal | Node | measured | |', '| --- | --- | --- | --- |'];
  for (const each of judged) {
    const { title, what, node, value, spread, verdict } = each;
    const goal = `${title}: ${what} ${describeBound(each)}`;
    lines.push(`| ${goal} | ${node} | ${value.toFixed(2)} ± ${spread.toFixed(2)} | ${verdict} |`);
  }
  return `${lines.join('\n')}\n`;
}
