import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import module from 'node:module';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { buildOnce } from '../support/cli.ts';
import { checkout, temporaryFolder } from '../support/folders.ts';

describe('compiled code that is kept between runs', () => {
  before(function () {
    // newer versions of Node keep it themselves
    if ('enableCompileCache' in module) this.skip();
    buildOnce();
  });

  /** A copy of the bundle, as it is installed. */
  const installed = (): { run: Run; compiled: string } => {
    const folder = temporaryFolder();
    cpSync(join(checkout, 'dist'), folder, { recursive: true, filter: (path) => !path.endsWith('compiled') });
    writeFileSync(join(folder, 'api.json'), '{ "swagger": "2.0", "info": { "title": "Orders", "version": "1" } }');
    const run: Run = (args, env = {}) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'pp-connector.cjs'), ...args], {
        cwd: folder,
        encoding: 'utf8',
        env: { ...process.env, NODE_DISABLE_COMPILE_CACHE: undefined, ...env },
      });
      return { status, stdout, stderr };
    };
    return { run, compiled: join(folder, 'cli', 'compiled') };
  };

  it('changes nothing that is printed', () => {
    const { run, compiled } = installed();
    const first = run(validate);
    expect(first.status).to.equal(1);
    expect(first.stderr).to.equal('');
    expect(readdirSync(compiled)).to.satisfy((names: string[]) => names.some((name) => name.startsWith('validate-')));
    expect(run(validate)).to.deep.equal(first);
  });

  it('still loads what only scripts need', () => {
    const { run, compiled } = installed();
    const folder = join(dirname(dirname(compiled)), 'connector');
    mkdirSync(folder);
    writeFileSync(join(folder, 'apiDefinition.swagger.json'), '{ "swagger": "2.0" }');
    writeFileSync(join(folder, 'script.csx'), 'public class Other { }');
    const first = run(['validate', folder]);
    expect(first.stdout).to.include('script-class');
    expect(run(['validate', folder])).to.deep.equal(first);
  });

  it('is made anew where it is broken', () => {
    const { run, compiled } = installed();
    const first = run(validate);
    const paths = readdirSync(compiled).map((name) => join(compiled, name));
    for (const path of paths) writeFileSync(path, 'nothing that V8 would take');
    expect(run(validate)).to.deep.equal(first);
    for (const path of paths) expect(readFileSync(path).length).to.be.above(10_000);
  });

  it('is no condition: where it cannot be written, every run compiles', () => {
    const { run, compiled } = installed();
    const first = run(validate);
    rmSync(compiled, { recursive: true });
    writeFileSync(compiled, '');
    expect(run(validate)).to.deep.equal(first);
  });

  it('is not kept of a run that was refused, nor where Node is told to keep none', () => {
    const { run, compiled } = installed();
    expect(run(['validate', '--profil']).status).to.equal(2);
    run(validate, { NODE_DISABLE_COMPILE_CACHE: '1' });
    expect(existsSync(compiled)).to.equal(false);
  });
});

type Run = (
  args: readonly string[],
  env?: Record<string, string>,
) => { status: number | null; stdout: string; stderr: string };

const validate = ['validate', 'api.json', '--format', 'json'];
