import { cpSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { temporaryFolder } from '../support/folders.ts';
import { previewsFolder } from './fixtures.ts';
import { previewInProcess, tryOptions } from './in-process.ts';
import { goTo, isBrowserThere, openBrowser, openPage, type Served, servePreview } from './page.ts';

const list = `operation=${encodeURIComponent('/paths/~1orders/get')}`;
const create = `operation=${encodeURIComponent('/paths/~1orders/post')}`;

/** What an author does beside the page, and in it. */
describe('the page of preview, while somebody works with it,', function () {
  this.timeout(120_000);
  let browser: Browser;
  let served: Served;
  let page: Page;
  let complaints: string[];
  let folder: string;
  let file: string;
  let api: Server;
  const received: { method: string; url: string; body: string; key: string }[] = [];
  before(async function () {
    if (!isBrowserThere) this.skip();
    api = createServer(async (request, response) => {
      received.push(await readRequest(request));
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(request.method === 'POST' ? { id: 'o-1' } : [{ id: 'o-1' }]));
    });
    await new Promise<void>((resolve) => {
      api.listen(0, '127.0.0.1', resolve);
    });
    const { port } = api.address() as AddressInfo;
    folder = temporaryFolder('orders');
    cpSync(join(previewsFolder, 'editors'), folder, { recursive: true });
    file = join(folder, 'apiDefinition.swagger.json');
    browser = await openBrowser();
    served = await servePreview(folder, ['--send-to', `http://127.0.0.1:${port}`]);
    ({ page, complaints } = await openPage(browser, served.url));
  });
  after(async () => {
    await browser?.close();
    await served?.stop();
    api?.close();
  });

  const change = (from: string, to: string, write = (text: string) => writeFileSync(file, text)): void => {
    const text = readFileSync(file, 'utf8');
    expect(text).to.include(from);
    write(text.replace(from, to));
  };
  const heading = (): Promise<string> => page.locator('main h1').innerText();
  const waitFor = (text: string): Promise<void> => page.getByText(text).first().waitFor({ timeout: 20_000 });

  it('shows changes of files, and keeps what is open and typed', async () => {
    await goTo(page, create);
    await page.getByRole('button', { name: 'Show advanced parameters' }).click();
    await page.getByLabel('Extra', { exact: true }).fill('{"a": 1}');
    change('"summary": "Create an order"', '"summary": "Place an order"');
    await waitFor('Place an order');
    expect(await page.getByLabel('Extra', { exact: true }).inputValue()).to.equal('{"a": 1}');
  });

  it('understands editors that put a new file in the place of the old one, and Windows line ends', async () => {
    change('"Place an order"', '"Order something"', (text) => {
      writeFileSync(`${file}.tmp`, text.replaceAll('\n', '\r\n'));
      renameSync(`${file}.tmp`, file);
    });
    await waitFor('Order something');
    change('"Order something"', '"Order anything"', (text) => {
      writeFileSync(join(folder, '.#swap'), text.replaceAll('\r\n', '\n'));
      renameSync(join(folder, '.#swap'), file);
    });
    await waitFor('Order anything');
  });

  it('leaves the last good state under a band while the JSON is broken', async () => {
    change('"Order anything",', '"Order anything"');
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').innerText()).to.match(/apiDefinition\.swagger\.json:\d+:\d+/);
    expect(await heading()).to.equal('Order anything');
    change('"Order anything"', '"Order all",');
    await waitFor('Order all');
    expect(await page.getByRole('alert').count()).to.equal(0);
  });

  it('ends with the last of twenty saves in a second', async () => {
    for (let number = 0; number < 20; number += 1) {
      change(number === 0 ? '"Order all"' : `"Save ${number - 1}"`, `"Save ${number}"`);
      await new Promise((resolve) => {
        setTimeout(resolve, 40);
      });
    }
    await waitFor('Save 19');
  });

  it('finds an operation, opens it and applies a fix by the keyboard alone', async () => {
    change('"description": "Part of the note."', '"description": "Part of the note"');
    await page.evaluate("document.getElementById('search').focus()");
    await page.keyboard.type('ListOrd');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.locator('h1:focus').waitFor();
    expect(await heading()).to.equal('List orders');
    const button = page.getByRole('button', { name: 'Apply the fix of parameter-description-punctuation' });
    await button.waitFor();
    const rule = await button.getAttribute('aria-label');
    const before = readFileSync(file, 'utf8');
    for (let steps = 0; steps < 40; steps += 1) {
      await page.keyboard.press('Tab');
      if ((await page.evaluate('document.activeElement.getAttribute("aria-label")')) === rule) break;
    }
    await page.keyboard.press('Enter');
    await waitFor('Fixed ');
    expect(readFileSync(file, 'utf8')).not.to.equal(before);
  });

  it('tries an operation: shows, makes up, asks before it changes something, sends', async () => {
    await goTo(page, list);
    await page.getByLabel('Note', { exact: false }).first().fill('now');
    await page.getByRole('button', { name: 'Run' }).click();
    await waitFor('Request as it would leave');
    await page.getByLabel('Send it, with the connection of this machine').check();
    await page.getByRole('button', { name: 'Run' }).click();
    await waitFor('The answer fits the definition');
    expect(received.at(-1)?.url).to.equal('/v1/orders?note=now&hidden=x');
    await goTo(page, create);
    await page.getByRole('button', { name: 'Add new item' }).click();
    await page.getByLabel('SKU').fill('a-1');
    await page.getByLabel('Send it, with the connection of this machine').check();
    await page.getByRole('button', { name: 'Run' }).click();
    await waitFor('Nothing has been sent');
    expect(received.filter(({ method }) => method === 'POST')).to.deep.equal([]);
    await page.getByRole('button', { name: 'Send it', exact: true }).click();
    await waitFor('o-1');
    expect(JSON.parse(received.at(-1)?.body ?? '')).to.deep.equal({ lines: [{ sku: 'a-1' }], extra: { a: 1 } });
  });

  it('fills drop-downs with what the API offers', async () => {
    const { port } = api.address() as AddressInfo;
    const other = await previewInProcess(join(previewsFolder, 'dynamic-values'), {
      tryIt: { ...tryOptions, sendTo: new URL(`http://127.0.0.1:${port}`) },
    });
    const filled = await openPage(browser, other.url);
    await goTo(filled.page, `operation=${encodeURIComponent('/paths/~1tasks/post')}`);
    await filled.page.getByRole('button', { name: 'Load values of Workspace' }).click();
    await filled.page.locator('[data-key=workspace] option[value="o-1"]').waitFor({ state: 'attached' });
    expect(received.at(-1)?.method).to.equal('GET');
    await filled.page.close();
    await other.close();
  });

  it('sends a file under the name that is typed', async () => {
    const other = await previewInProcess(join(previewsFolder, 'files'));
    const upload = await openPage(browser, other.url);
    await goTo(upload.page, `operation=${encodeURIComponent('/paths/~1upload/post')}`);
    await upload.page.locator('input[type=file]').first().setInputFiles(file);
    // the page reads the file first
    await upload.page.waitForFunction(
      `[...document.querySelectorAll('input')].some(({ type, value }) => type !== 'file' && value.endsWith('.json'))`,
    );
    const name = upload.page.getByLabel('(file name)').first();
    expect(await name.inputValue()).to.equal('apiDefinition.swagger.json');
    await name.fill('renamed.json');
    await upload.page.getByRole('button', { name: 'Run' }).click();
    await upload.page.locator('.answer').getByText('renamed.json').first().waitFor();
    await upload.page.close();
    await other.close();
  });

  it('fits a narrow window', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    for (const hash of ['connector', 'connection', 'agent', 'power-apps', list]) {
      await goTo(page, hash);
      const [inner, outer] = (await page.evaluate('[document.documentElement.scrollWidth, innerWidth]')) as number[];
      expect(inner, hash).to.be.at.most(outer ?? 0);
    }
  });

  it('asked for nothing from elsewhere, and nothing was wrong', () => {
    expect(complaints).to.deep.equal([]);
  });
});

async function readRequest(request: IncomingMessage) {
  let body = '';
  for await (const part of request) body += part;
  const { method = '', url = '', headers } = request;
  return { method, url, body, key: String(headers['x-key'] ?? '') };
}
