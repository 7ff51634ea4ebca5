/** Makes objects as a batch does, a program of its own since flags of V8 count for a whole process: prints the space for new ones. */
import { getHeapSpaceStatistics } from 'node:v8';
import { expectBatch, expectRun } from '../../src/process/run-length.ts';

const newSpace = (): number =>
  (getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')?.space_size ?? 0) / 2 ** 20;

/** Some megabytes that live until the next ones are there. */
const work = (): unknown => Array.from({ length: 60_000 }, (_, index) => ({ index, text: String(index) }));

let kept: unknown;
const afterEach = expectBatch();
for (let count = 0; count < 40; count += 1) {
  kept = work();
  afterEach();
}
const ended = newSpace();
expectRun('long');
for (let count = 0; count < 40; count += 1) kept = work();
console.log(JSON.stringify({ ended, grown: newSpace(), kept: kept !== undefined }));
