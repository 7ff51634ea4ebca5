/**
 * The group `growth`: a size and four times that size, in CPU over the start of Node and in memory over it. Linear is 4;
 * more than 1.3 times that is named at the end, and makes the exit status 1.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { definition, writeConnectors } from './inputs.mjs';
import { definitions, descriptions } from './shapes.mjs';

const factor = 4;
const allowed = factor * 1.3;
/** How many of a thing: enough to be warm, so that what comes on top is the growth. */
const sizes = {
  'values of an enum': 50_000,
  'parts of allOf': 1000,
  'a chain of allOf': 1000,
  'a chain of references': 2000,
  'schemas that refer to ten others each': 1000,
  'properties of one schema': 5000,
};

/**
 * @param {{ measure: Function, median: Function, baseline: { args: string[] }, ours: string, work: string, rounds: number, shape?: string }} bench
 *   shape: only those whose names begin with it
 */
export default function growth({ measure, median, baseline, ours, work, rounds, shape = '' }) {
  const folder = join(work, 'growth');
  mkdirSync(folder);
  const write = (name, value) => {
    const path = join(folder, name);
    writeFileSync(path, JSON.stringify(value));
    return path;
  };
  /** The median of some runs. */
  const cost = (args, prepare) => {
    const runs = Array.from({ length: Math.min(rounds, 3) }, () => measure({ args, prepare, most: 3 }));
    return { cpu: median(runs.map(({ cpu }) => cpu)), memory: median(runs.map(({ memory }) => memory)) };
  };
  const start = cost(baseline.args);
  const missed = [];
  const compare = (title, argsFor, prepareFor = () => undefined) => {
    if (!title.startsWith(shape)) return;
    const [small, large] = [argsFor(0), argsFor(1)].map((args, index) => cost(args, prepareFor(index)));
    const cpu = (large.cpu - start.cpu) / (small.cpu - start.cpu);
    const memory = (large.memory - start.memory) / (small.memory - start.memory);
    if (cpu > allowed || memory > allowed) missed.push(title);
    const cells = [
      small.cpu.toFixed(2),
      large.cpu.toFixed(2),
      cpu.toFixed(1),
      large.memory.toFixed(0),
      memory.toFixed(1),
    ];
    console.log(`  ${cells.map((cell) => cell.padStart(7)).join('  ')}   ${title}`);
  };

  console.log(`\nGrowth: ${factor} times as much of one thing, over the start of Node; linear is ${factor} or less`);
  console.log('    CPU s    CPU s   ratio      MiB   ratio');
  growthOfDefinitions({ compare, write, ours });
  growthOfDescriptions({ compare, write, ours, folder });
  growthOfRepositories({ compare, ours, folder });
  if (missed.length > 0) {
    console.log(`\nAbove linear × 1.3: ${missed.join('; ')}`);
    process.exitCode = 1;
  }
}

function growthOfDefinitions({ compare, write, ours }) {
  const large = [definition(2_000_000, 'Records'), definition(8_000_000, 'Records')].map((value, index) =>
    write(`bytes${index}.json`, value),
  );
  compare('validate: bytes', (index) => [ours, 'validate', '--format', 'json', large[index]]);
  for (const [name, make] of Object.entries(definitions)) {
    const count = sizes[name] ?? 2000;
    const files = [count, count * factor].map((size, index) => write(`shape${index}.json`, make(size)));
    compare(`validate: ${name}`, (index) => [ours, 'validate', '--format', 'json', files[index]]);
    const empty = files.map((_, index) => write(`base${index}.json`, make(1)));
    compare(`diff: ${name}`, (index) => [ours, 'diff', empty[index], '--to', files[index], '--format', 'json']);
    compare(`diff of equal ones: ${name}`, (index) => [
      ours,
      'diff',
      files[index],
      '--to',
      files[index],
      '--format',
      'json',
    ]);
  }
}

function growthOfDescriptions({ compare, write, ours, folder }) {
  for (const [name, make] of Object.entries(descriptions)) {
    const count = sizes[name] ?? 1000;
    const files = [count, count * factor].map((size, index) => write(`source${index}.json`, make(size)));
    const tags = Array.from({ length: 10 }, (_, index) => `Group ${index}`).join(',');
    const output = join(folder, 'imported.json');
    compare(
      `import: ${name}`,
      (index) => [ours, 'import', files[index], '--output', output, ...(name === 'paths' ? ['--tags', tags] : [])],
      () => () => rmSync(output, { force: true }),
    );
  }
}

/** Connectors side by side, each of 80 KB: 25, then 100; and one of them alone, beside which all are to be read. */
function growthOfRepositories({ compare, ours, folder }) {
  const roots = [25, 25 * factor].map((count) => {
    const root = join(folder, `connectors${count}`);
    writeConnectors(root, count, 80_000);
    return root;
  });
  const commands = {
    'validate --all': ['validate', '--all', '--format', 'json'],
    'validate --recursive': ['validate', '--recursive', 'connectors', '--format', 'json'],
    'status --all': ['status', '--all', '--format', 'json'],
  };
  for (const [title, words] of Object.entries(commands)) {
    compare(`${title}: connectors`, (index) => [ours, ...words, '--cwd', roots[index]]);
  }
}
