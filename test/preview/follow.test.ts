import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { expect } from 'chai';
import type { PageState } from '../../src/preview/page-state.ts';
import type { RunningPreview } from '../../src/preview/run-preview.ts';
import type { Compilation } from '../../src/script/compilation.ts';
import { temporaryFolder } from '../support/folders.ts';
import { previewsFolder } from './fixtures.ts';
import { previewInProcess } from './in-process.ts';

const definitionName = 'apiDefinition.swagger.json';
const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(40)]);
const script = 'public class Script : ScriptBase { }';

/** What a page hears and gets, whatever happens to the files. */
describe('a preview follows', function () {
  this.timeout(30_000);
  let served: RunningPreview | undefined;
  let folder: string;
  beforeEach(() => {
    folder = join(temporaryFolder('follow'), 'orders');
    cpSync(join(previewsFolder, 'editors'), folder, { recursive: true });
  });
  afterEach(async () => {
    await served?.close();
    served = undefined;
  });

  const path = (name: string): string => join(folder, name);
  const state = async (): Promise<PageState> => (await (await fetch(`${served?.url}state`)).json()) as PageState;
  const serve = async (options: Parameters<typeof previewInProcess>[1] = {}): Promise<void> => {
    served = await previewInProcess(folder, options);
  };
  /** Does something to the files, and waits until the page that has heard of it gets what is expected. */
  const once = async (act: () => void, isExpected: (state: PageState) => boolean): Promise<PageState> => {
    const stop = new AbortController();
    const seen = new Promise<PageState>((resolve, reject) => {
      const request = get(`${served?.url}events`, { signal: stop.signal }, (events) => {
        events.on('data', (data: Buffer) => {
          if (!data.includes('event: change')) return;
          state().then((now) => {
            if (isExpected(now)) resolve(now);
          }, reject);
        });
        // the headers are there: nothing is missed from now on
        act();
      });
      request.on('error', (error) => {
        if (!stop.signal.aborted) reject(error);
      });
    });
    const found = await seen;
    stop.abort();
    return found;
  };
  const heals = ({ trouble, model }: PageState): boolean => trouble === null && model.operations.length === 2;

  it('a definition that is broken at the start: file, line and column, and the operations once it is JSON', async () => {
    const good = readFileSync(path(definitionName), 'utf8');
    writeFileSync(path(definitionName), good.slice(0, 500));
    await serve();
    const { trouble, model } = await state();
    expect(trouble?.message).to.match(/apiDefinition\.swagger\.json:\d+:\d+: /);
    expect(trouble?.shown).to.equal('rest');
    expect(model.operations).to.deep.equal([]);
    expect(model.counts.error).to.equal(1);
    const worse = await once(
      () => writeFileSync(path(definitionName), '{'),
      (now) => now.trouble?.message.includes(':1:') === true,
    );
    expect(worse.trouble?.shown).to.equal('rest');
    await once(() => writeFileSync(path(definitionName), good), heals);
  });

  it('apiProperties.json that is broken at the start: everything but the connection is shown', async () => {
    writeFileSync(path('apiProperties.json'), '{ "properties": {,');
    await serve();
    const { trouble, model } = await state();
    expect(trouble?.message).to.match(/apiProperties\.json:1:\d+: /);
    expect(model.operations).to.have.length(2);
    await once(() => writeFileSync(path('apiProperties.json'), '{ "properties": {} }'), heals);
  });

  it('files that are broken, removed and made again; the last good state stays meanwhile', async () => {
    await serve();
    for (const name of [definitionName, 'apiProperties.json']) {
      const good = readFileSync(path(name), 'utf8');
      const broken = await once(
        () => writeFileSync(path(name), good.slice(0, -20)),
        ({ trouble }) => trouble !== null,
      );
      expect(broken.trouble?.message).to.include(`${name}:`);
      expect(broken.trouble?.shown).to.equal('last');
      expect(broken.model.operations).to.have.length(2);
      await once(() => writeFileSync(path(name), good), heals);
    }
    const good = readFileSync(path(definitionName), 'utf8');
    const gone = await once(
      () => rmSync(path(definitionName)),
      ({ trouble }) => trouble !== null,
    );
    expect(gone.model.operations).to.have.length(2);
    await once(() => writeFileSync(path(definitionName), good), heals);
  });

  it('an icon and a script that come and change', async () => {
    await serve();
    await once(
      () => writeFileSync(path('icon.png'), png),
      ({ icon }) => icon.startsWith('data:image/png'),
    );
    await once(
      () => writeFileSync(path('icon.png'), Buffer.concat([png, png])),
      ({ icon }) => icon.length > 100,
    );
    const rules = ({ model }: PageState): string[] => model.findings.map(({ rule }) => rule);
    const withScript = await once(
      () => writeFileSync(path('script.csx'), 'public class Other { }'),
      (now) => rules(now).includes('script-class'),
    );
    expect(withScript.trouble).to.equal(null);
    await once(
      () => writeFileSync(path('script.csx'), script),
      (now) => !rules(now).includes('script-class'),
    );
  });

  it('its folder, also when that was away for a while', async () => {
    await serve();
    await once(
      () => renameSync(folder, `${folder}-away`),
      ({ trouble }) => trouble !== null,
    );
    await once(() => renameSync(`${folder}-away`, folder), heals);
    const good = readFileSync(path(definitionName), 'utf8');
    await once(
      () => writeFileSync(path(definitionName), good.replace('"Every editor"', '"Other editor"')),
      ({ model }) => model.connector.title === 'Other editor',
    );
  });

  it('what all connectors of a repository have in common', async () => {
    mkdirSync(join(folder, '..', '.git'));
    const common = join(folder, '..', 'pp-connector.json');
    writeFileSync(common, '{ "connectors": ["*"] }');
    await serve();
    expect((await state()).model.profile).to.equal('custom');
    await once(
      () => writeFileSync(common, '{ "connectors": ["*"], "defaults": { "profile": "verified" } }'),
      ({ model }) => model.profile === 'verified',
    );
  });

  it('what a compiler says of the script, as soon as it has said it', async () => {
    writeFileSync(path('script.csx'), script);
    const problem = {
      code: 'CS0103',
      message: 'no such name',
      start: 0,
      line: 1,
      column: 1,
      kind: 'compiler',
    } as const;
    const asked: string[] = [];
    let answer: (result: Compilation) => void = () => {};
    const compile = (text: string): Promise<Compilation> => {
      asked.push(text);
      return new Promise((resolve) => {
        answer = resolve;
      });
    };
    await serve({ compile });
    const isSaid = ({ model }: PageState): boolean => model.findings.some(({ rule }) => rule === 'script-compiles');
    expect(isSaid(await state())).to.equal(false);
    await once(() => answer({ problems: [problem] }), isSaid);
    expect(asked).to.deep.equal([script]);
  });
});
