/**
 * Measures what `import` makes of a folder of API descriptions, by one or more builds of the command line:
 *
 *   npm run measure:import -- FOLDER [NAME=COMMAND-LINE.cjs …]      without a build: that of this checkout
 *
 * Prints a table with a column per build. All of them are judged from outside by the checks of this checkout: only what
 * they write is read, so versions that record less than today's can stand beside it.
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { JsonObject } from '../src/connector/json/value.ts';
import type { ImportResult } from '../src/import/import-description.ts';
import { readSource } from '../src/import/read/load.ts';
import { noTexts } from '../src/import/report.ts';
import { auditResult } from '../test/import/audit.ts';
import { addUp, type Counts, countsOf, rows } from '../test/import/text-counts.ts';

const checkout = fileURLToPath(new URL('..', import.meta.url));
const [folder = '', ...words] = process.argv.slice(2);
if (folder === '' || words.some((word) => !word.includes('='))) {
  console.error('usage: npm run measure:import -- FOLDER [NAME=COMMAND-LINE.cjs …]');
  process.exit(2);
}
const builds = (words.length > 0 ? words : ['now=dist/pp-connector.cjs']).map((word) => {
  const [name = '', path = ''] = word.split(/=(.*)/s);
  return { name, program: resolve(path) };
});

/** Descriptions by their names; of those in several files only the root. */
const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => /\.(?:json|ya?ml)$/.test(name) && !/-multifile\/(?!root\.)/.test(name))
  .sort();

const work = mkdtempSync(join(tmpdir(), 'pp-connector-measure-'));
const totals = builds.map((): Counts => ({}));
for (const name of names) {
  // build after build for each file: what else the machine does meets all of them
  for (const [index, build] of builds.entries()) addUp(totals[index] ?? {}, await measure(build.program, name));
}
rmSync(work, { recursive: true });
console.log(
  rows(
    builds.map((build) => build.name),
    totals,
    names.length,
  ).join('\n'),
);

/** One import by one build: what it costs, and what is wrong with what it writes. */
async function measure(program: string, name: string): Promise<Counts> {
  const path = resolve(folder, name);
  const first = run(program, path, []);
  const { cpu, result } = first.result === undefined ? run(program, path, ['--host', 'api.contoso.com']) : first;
  if (result === undefined) return { refused: 1, cpu };
  const source = await readSource(path);
  return { imported: 1, cpu, ...countsOf(result.definition, await auditResult(source, result)) };
}

/** The result as its files say; undefined where it is refused. `cpu`: user and system, in milliseconds. */
function run(program: string, path: string, flags: readonly string[]): { cpu: number; result?: ImportResult } {
  const [output, properties, report, cpuFile] = ['a.json', 'p.json', 'r.json', 'cpu.txt'].map((file) =>
    join(work, file),
  );
  if (output === undefined || properties === undefined || report === undefined || cpuFile === undefined)
    throw new Error();
  writeFileSync(cpuFile, '');
  const files = ['--output', output, '--properties', properties, '--report', report];
  const { status } = spawnSync(
    process.execPath,
    ['--require', join(checkout, 'bench', 'cpu.cjs'), program, 'import', path, ...files, '--yes', ...flags],
    { cwd: work, env: { ...process.env, BENCH_CPU_FILE: cpuFile }, stdio: 'ignore', timeout: 120_000 },
  );
  const cpu = Number.parseFloat(readFileSync(cpuFile, 'utf8')) || 0;
  if (status !== 0) return { cpu };
  const read = (file: string): JsonObject => JSON.parse(readFileSync(file, 'utf8'));
  const result = {
    definition: read(output),
    indent: 0,
    derived: noTexts,
    properties: read(properties).properties,
    report: read(report),
  } as unknown as ImportResult;
  for (const file of [output, properties, report]) rmSync(file, { force: true });
  return { cpu, result };
}
