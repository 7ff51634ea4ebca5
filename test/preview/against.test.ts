import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parseArguments } from '../../src/cli/arguments.ts';
import { command } from '../../src/cli/commands/preview.ts';
import { UserError } from '../../src/errors.ts';
import type { Breakage } from '../../src/preview/against-state.ts';
import { LivePreview } from '../../src/preview/live-preview.ts';
import type { PageState } from '../../src/preview/page-state.ts';
import { buildOnce } from '../support/cli.ts';
import { temporaryFolder } from '../support/folders.ts';
import { git, hasGit, initialise } from '../support/git.ts';
import { inProcess } from '../support/in-process.ts';
import { previewsFolder } from './fixtures.ts';

const definitionName = 'apiDefinition.swagger.json';

const run = (folder: string, ...words: string[]) => {
  const { flags, positionals, format } = parseArguments(command, words);
  return inProcess({ cwd: folder }, (context) => command.run({ ...context, format }, positionals, flags));
};

/** An order can't be created any more but read; the list has another default, fewer choices and one more input. */
function change(folder: string): void {
  const file = join(folder, definitionName);
  const definition = JSON.parse(readFileSync(file, 'utf8'));
  const orders = definition.paths['/orders'];
  definition.paths['/orders/{id}'] = {
    get: {
      operationId: 'GetOrder',
      summary: 'Get an order',
      parameters: [{ name: 'id', in: 'path', required: true, type: 'string', 'x-ms-summary': 'Order' }],
      responses: orders.get.responses,
    },
  };
  delete orders.post;
  const named = (name: string) => orders.get.parameters.find((parameter: { name: string }) => parameter.name === name);
  named('top').default = 20;
  named('sort').enum = ['date'];
  orders.get.parameters.push({ name: 'region', in: 'query', required: true, type: 'string', 'x-ms-summary': 'Region' });
  writeFileSync(file, JSON.stringify(definition, null, 2));
}

const differing = ({ before, after }: Breakage['operations'][number]): string[] =>
  [...new Set([...before, ...after].map(({ key }) => key))].filter((name) => {
    const [old, now] = [before, after].map((list) => JSON.stringify(list.find(({ key }) => key === name)));
    return old !== now;
  });

describe('preview --against', () => {
  let folder: string;
  let released: string;
  before(() => {
    buildOnce();
    [folder, released] = [temporaryFolder('against'), temporaryFolder('released')];
    for (const target of [folder, released]) cpSync(join(previewsFolder, 'editors'), target, { recursive: true });
    if (hasGit) initialise(folder);
    if (hasGit) git(folder, 'tag', 'v1.0.0');
    change(folder);
  });

  it('tells what changes for makers since another folder: new, gone and changed operations, field by field', async () => {
    const { status, stdout, stderr } = await run(folder, '--against', released, '--format', 'json');
    expect(status, stderr).to.equal(0);
    const { against } = JSON.parse(stdout) as { against: Breakage };
    expect(Object.fromEntries(against.operations.map(({ id, change }) => [id, change]))).to.deep.equal({
      ListOrders: 'changed',
      GetOrder: 'new',
      CreateOrder: 'gone',
    });
    const list = against.operations.find(({ id }) => id === 'ListOrders');
    expect(list && differing(list)).to.have.members(['top', 'sort', 'region']);
    const kinds = against.changes.filter(({ breaking }) => breaking).map(({ kind }) => kind);
    expect(kinds).to.include.members(['breaking-required-input-added', 'breaking-operation-deleted']);
  });

  it('writes the same into a page, compared with a git tag', async function () {
    if (!hasGit) this.skip();
    const data = await run(folder, '--against', 'v1.0.0', '--format', 'json');
    const { status, stderr } = await run(folder, '--against', 'v1.0.0', '--static', 'changes.html');
    expect(status, stderr).to.equal(0);
    const page = readFileSync(join(folder, 'changes.html'), 'utf8');
    const [, text = ''] = /<script type="application\/json" id="state">(.*?)<\/script>/s.exec(page) ?? [];
    const { against } = JSON.parse(text) as PageState;
    expect(against?.base).to.equal('v1.0.0');
    expect(against).to.deep.equal(JSON.parse(data.stdout).against);
  });

  it('does not say where a folder is on this machine', async () => {
    await run(folder, '--against', released, '--static', 'folder.html');
    expect(readFileSync(join(folder, 'folder.html'), 'utf8')).not.to.include(released);
  });

  it('finds nothing between equal versions, and says nothing of it without the flag', async () => {
    const { stdout } = await run(released, '--against', '.', '--format', 'json');
    expect(JSON.parse(stdout).against).to.deep.equal({ base: '.', changes: [], operations: [] });
    expect(JSON.parse((await run(released, '--format', 'json')).stdout)).not.to.have.property('against');
  });

  it('refuses what is neither a folder nor a revision, whatever is printed', async () => {
    for (const words of [
      ['--format', 'json'],
      ['--static', 'none.html'],
    ]) {
      const { status, stdout, stderr } = await run(folder, '--against', 'v9.9.9', ...words);
      expect(status, words.join(' ')).to.equal(2);
      expect(stdout).to.equal('');
      expect(stderr).to.include('v9.9.9: there is no such file or folder');
    }
  });

  it('shows the rest of a live page while the other version can not be read', async () => {
    const options = { cwd: folder, profile: undefined, answersOf: async () => new Map() };
    const live = await LivePreview.open(folder, options, async () => {
      throw new UserError('old.json:1:1: is not JSON');
    });
    const { against, trouble, model } = await live.state();
    expect(against).to.equal(null);
    expect(trouble).to.deep.equal({ message: 'old.json:1:1: is not JSON', hint: '', shown: 'rest' });
    expect(model.operations).not.to.deep.equal([]);
  });
});
