import { spawn } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { program } from '../support/cli.ts';
import { temporaryFolder } from '../support/folders.ts';
import { warmCli } from '../support/warm/warm.ts';
import { previewsFolder } from './fixtures.ts';
import { goTo, isBrowserThere, openBrowser, openPage } from './page.ts';
import { processesLeft } from './processes.ts';

/** Texts that want to be more than texts; the last ones are long, or turn the direction of writing. */
const hostile = [
  '</script><script>globalThis.broken = 1</script>',
  '<img src=x onerror="globalThis.broken = 1">',
  'javascript:globalThis.broken=1',
  '\u202Egnp.exe\u2066',
  'x'.repeat(1_000_000),
];

function hostileConnector(): string {
  const folder = temporaryFolder('hostile');
  const parameters = hostile.map((text, index) => ({
    name: `p${index}`,
    in: 'query',
    type: 'string',
    required: true,
    'x-ms-summary': text,
    description: text,
    enum: [text],
  }));
  const [text = ''] = hostile;
  const definition = {
    swagger: '2.0',
    info: { title: text, description: hostile[1], version: '1' },
    host: 'evil.example"><script>globalThis.broken = 1</script>',
    paths: {
      [`/${text}`]: {
        get: { operationId: text, summary: hostile[1], parameters, responses: { 200: { description: text } } },
      },
    },
  };
  writeFileSync(join(folder, 'apiDefinition.swagger.json'), JSON.stringify(definition));
  const color = 'red;background:url(https://evil.example/x)';
  writeFileSync(join(folder, 'apiProperties.json'), JSON.stringify({ properties: { iconBrandColor: color } }));
  writeFileSync(join(folder, 'icon.png'), '<svg onload="globalThis.broken=1"/>');
  return folder;
}

describe('a preview that is shared', function () {
  this.timeout(120_000);
  let browser: Browser;
  before(async function () {
    if (!isBrowserThere) this.skip();
    browser = await openBrowser();
  });
  after(() => browser?.close());

  it('works from the disk, and shows hostile texts as texts', async () => {
    const folder = hostileConnector();
    const file = join(folder, 'preview.html');
    const { status, stderr } = warmCli(['preview', folder, '--static', file]);
    expect(status, stderr).to.equal(0);
    const { page, complaints } = await openPage(browser, pathToFileURL(file).href);
    for (const view of ['operation', 'connection', 'agent', 'power-apps', 'connector']) {
      await goTo(page, view);
      expect(await page.evaluate('globalThis.broken ?? 0'), view).to.equal(0);
      expect(
        await page.locator('main script, main img, main iframe, main a[href^="javascript:"]').count(),
        view,
      ).to.equal(0);
    }
    expect(complaints).to.deep.equal([]);
    await page.close();
  });

  it('holds nothing of this machine, and asks for nothing', () => {
    const folder = temporaryFolder('editors');
    cpSync(join(previewsFolder, 'editors'), folder, { recursive: true });
    warmCli(['preview', folder, '--static', join(folder, 'preview.html')], { cwd: folder });
    const text = readFileSync(join(folder, 'preview.html'), 'utf8');
    expect(text).not.to.include(folder);
    expect(text).not.to.match(/<(?:script|link|img)[^>]*(?:src|href)="(?!data:)/);
    expect(text).to.include("default-src 'none'");
  });

  it('takes pictures of chosen operations, and leaves no browser when it is killed', async () => {
    const folder = join(previewsFolder, 'editors');
    const pictures = temporaryFolder('pictures');
    const { status, stderr, stdout } = warmCli([
      'preview',
      folder,
      '--screenshots',
      pictures,
      '--operation',
      'listorders',
    ]);
    expect(status, stderr + stdout).to.equal(0);
    expect(readdirSync(pictures)).to.deep.equal(['operation-ListOrders.png']);
    expect(readFileSync(join(pictures, 'operation-ListOrders.png')).subarray(1, 4).toString()).to.equal('PNG');
    const before = profiles();
    const child = spawn(process.execPath, [program, 'preview', folder, '--screenshots', pictures], { stdio: 'ignore' });
    while (profiles().length === before.length && child.exitCode === null) await pause(50);
    child.kill('SIGTERM');
    await new Promise((resolve) => {
      child.once('exit', resolve);
    });
    // its own helpers notice a little later that it is gone
    expect(await processesLeft(profiles())).to.deep.equal([]);
  });

  it('says which operation there is not', () => {
    const { status, stderr } = warmCli([
      'preview',
      join(previewsFolder, 'editors'),
      '--screenshots',
      temporaryFolder(),
      '--operation',
      'ListOrder',
    ]);
    expect(status).to.equal(2);
    expect(stderr).to.include('did you mean ListOrders?');
  });
});

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

const profiles = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('pp-connector-browser-'));
