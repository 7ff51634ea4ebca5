import { expect } from 'chai';
import { cli } from '../cli.ts';
import { snapshot, temporaryFolder, writeTree } from '../folders.ts';
import { warmCli } from './warm.ts';

/** The other tests believe the warm program, so it is compared with one that is started. */
describe('the program that is kept warm', function () {
  this.timeout(180_000);

  it('prints, writes and ends as one that is started, run after run', () => {
    const lines = [
      ['new', 'shop', '--yes'],
      ['validate', 'shop', '--format', 'json'],
      ['validate', 'nowhere'],
      ['import', '-', '--cwd', 'shop'],
      ['operation', '--cwd', 'shop', '--path', '/orders', '--yes'],
      ['import', '-', '--cwd', 'shop'],
    ];
    const [started, warm] = [cli, warmCli].map((run) => {
      const cwd = writeTree(temporaryFolder('same'), { 'empty.json': '' });
      const said = lines.map((words) => run(words, { cwd, env: { LANG: 'C' } }));
      const plain = JSON.stringify(said).replaceAll(JSON.stringify(cwd).slice(1, -1), '');
      return { said: JSON.parse(plain) as unknown, files: snapshot(cwd) };
    });
    expect(warm).to.deep.equal(started);
  });

  it('keeps nothing of a run: environment, folder, listeners', () => {
    const cwd = temporaryFolder();
    const outside = warmCli(['new', 'a', '--yes', '--allow-outside'], { cwd, env: { PP_CONNECTOR_TEST: '1' } });
    expect(outside.status, outside.stderr).to.equal(0);
    const [first, ...others] = Array.from({ length: 12 }, () => warmCli(['validate', 'a'], { cwd }));
    for (const other of others) expect(other).to.deep.equal(first);
    expect(first?.stderr).to.equal('');
  });
});
