import { cpSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect } from 'chai';
import { type CliResult, cli } from '../support/cli.ts';
import { checkout, snapshot, temporaryFolder, testState, writeTree } from '../support/folders.ts';
import { warmCli } from '../support/warm/warm.ts';

/**
 * Commands that are killed, or run out of disk, while they write: at calls spread over the whole write. Afterwards every
 * file is the old or the new one, and the same command run again does the whole job.
 */

const faults = join(checkout, 'test', 'support', 'faults.cjs');

interface Job {
  name: string;
  args: string[];
  /** Files that it needs besides those of a new repository. */
  files?: Record<string, string>;
  /** It starts in an empty folder. */
  isNew?: boolean;
}

const description = JSON.stringify({
  openapi: '3.0.3',
  info: { title: 'Parcels', version: '1.0.0', description: 'Follows parcels on their way.' },
  servers: [{ url: 'https://api.contoso.com/v1' }],
  paths: { '/parcels': { get: { responses: { 200: { description: 'The parcels.' } } } } },
});

const jobs: readonly Job[] = [
  { name: 'new', args: ['new', '.', '--yes'], isNew: true },
  { name: 'operation', args: ['operation', '--path', '/orders', '--yes'] },
  {
    name: 'oauth',
    args: ['oauth', '--auth', 'client-credentials', '--token-url', 'https://contoso.com/token', '--yes'],
  },
  { name: 'status', args: ['status', '--done', 'unique', '--profile', 'verified', '--on', '2026-01-31'] },
  { name: 'import', args: ['import', 'openapi.json', '--yes'], files: { 'openapi.json': description } },
];

/** How many kills are tried for one command; each costs two runs of it. */
const samples = 5;

describe('a command that is interrupted while it writes', function () {
  this.timeout(120_000);

  for (const job of jobs) {
    describe(job.name, () => {
      let template: string;
      let finished: Record<string, string>;
      let calls = 0;

      const prepare = (): string => {
        const folder = temporaryFolder('connector');
        cpSync(template, folder, { recursive: true });
        return folder;
      };
      const run = (cwd: string): CliResult => warmCli(job.args, { cwd });
      const runWith = (fault: string, cwd: string, env = {}): CliResult =>
        cli(job.args, {
          cwd,
          nodeFlags: ['--require', faults],
          // what V8 compiled is kept by the first run only: the others would make fewer calls
          env: { FAULT: fault, FAULT_BELOW: [cwd, testState].join(delimiter), NODE_DISABLE_COMPILE_CACHE: '1', ...env },
        });

      before(() => {
        template = temporaryFolder('connector');
        if (job.isNew !== true) expect(warmCli(['new', '.', '--yes'], { cwd: template }).status).to.equal(0);
        writeTree(template, job.files ?? {});
        const folder = prepare();
        const report = join(temporaryFolder(), 'calls');
        const { status, stderr } = runWith('count:0', folder, { FAULT_COUNT: report });
        expect(status, stderr).to.equal(0);
        calls = Number(readFileSync(report, 'utf8'));
        finished = snapshot(folder);
      });

      it(`writes in several steps`, () => expect(calls).to.be.greaterThan(samples));

      for (let index = 0; index < samples; index += 1) {
        it(`killed, ${index + 1} of ${samples}: run again, it does the whole job`, () => {
          const folder = prepare();
          const at = 1 + Math.round((index / (samples - 1)) * (calls - 1));
          expect(runWith(`kill:${at}`, folder).status, `call ${at} of ${calls}`).to.equal(null);
          const old = snapshot(template);
          const left = snapshot(folder);
          for (const name of Object.keys({ ...old, ...finished })) {
            expect([old[name], finished[name]], `${name} at call ${at}`).to.include(left[name]);
          }
          const again = run(folder);
          expect(again.status, again.stderr).to.equal(0);
          expect(snapshot(folder)).to.deep.equal(finished);
        });
      }

      it('with a full disk: nothing is changed, and it says so', () => {
        const folder = prepare();
        const { status, stderr } = runWith(`ENOSPC:${Math.ceil(calls / 3)}`, folder);
        expect(status).to.equal(2);
        expect(stderr).to.match(/error: .*the disk is full\n {2}nothing was changed/);
        expect(stderr).not.to.match(/\n {4}at /);
        expect(snapshot(folder)).to.deep.equal(snapshot(template));
        expect(run(folder).status).to.equal(0);
      });
    });
  }
});
