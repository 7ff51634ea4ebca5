import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { v8FlagsFor } from '../../src/process/run-length.ts';

/** The Node that runs the tests, and those that the benchmark has installed. */
function nodes(): string[] {
  const cache = fileURLToPath(new URL('../../bench/.cache', import.meta.url));
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const installed = existsSync(cache) ? readdirSync(cache) : [];
  return [
    process.execPath,
    ...installed.map((folder) => join(cache, folder, 'node_modules', 'node', 'bin', name)).filter(existsSync),
  ];
}

const batch = fileURLToPath(new URL('./batch-memory.ts', import.meta.url));

describe('what V8 is asked to expect', () => {
  for (const node of nodes()) {
    const version = spawnSync(node, ['-p', 'process.versions.node'], { encoding: 'utf8' }).stdout.trim();
    it(`has flags that Node ${version} knows, or none`, () => {
      const { stdout } = spawnSync(node, ['--v8-options'], { encoding: 'utf8', maxBuffer: 1 << 24 });
      const known = new Set([...stdout.matchAll(/^ {2}--([\w-]+) \(/gm)].map(([, flag]) => flag?.replaceAll('_', '-')));
      expect(known.size).to.be.greaterThan(100);
      for (const run of ['short', 'long', 'steady'] as const) {
        for (const flag of v8FlagsFor(run, version))
          expect(known).to.include(/^--(?:no-)?([\w-]+?)(?:=\d+)?$/.exec(flag)?.[1]);
      }
    });
  }

  it('grows the space for new objects in a batch until one connector fits, and no further', () => {
    const { stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', batch], { encoding: 'utf8' });
    expect(stderr).to.equal('');
    const { ended, grown } = JSON.parse(stdout);
    // V8 doubles it until Node 24, and has steps of four in Node 26
    expect(ended, 'MiB').to.be.within(8, 16);
    expect(grown, 'MiB, when growth is not ended').to.be.greaterThan(16);
  });

  it('has a length for each version that is supported for long', () => {
    for (const major of ['20', '22', '24', '26']) expect(v8FlagsFor('short', `${major}.0.0`)).to.have.length.above(1);
  });

  it('leaves other versions as they are: V8 complains of a flag that it does not know', () => {
    expect(v8FlagsFor('short', '99.0.0')).to.deep.equal([]);
    expect(v8FlagsFor('long', '99.0.0')).to.deep.equal([]);
  });
});
