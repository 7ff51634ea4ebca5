import { cpSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { temporaryFolder } from '../support/folders.ts';
import { previewsFolder } from './fixtures.ts';
import { previewInProcess, tryOptions } from './in-process.ts';
import { goTo, isBrowserThere, openBrowser, openPage, type Served, servePreview, violationsOf } from './page.ts';

const list = `operation=${encodeURIComponent('/paths/~1orders/get')}`;
const create = `operation=${encodeURIComponent('/paths/~1orders/post')}`;

const tableSchema = { type: 'object', properties: { city: { type: 'string', title: 'City', example: 'Ulm' } } };

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
      const isTable = request.url?.startsWith('/v1/tables') === true;
      response.end(JSON.stringify(isTable ? tableSchema : request.method === 'POST' ? { id: 'o-1' } : [{ id: 'o-1' }]));
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

  const isAccessible = async (of: Page, selector: string): Promise<void> => {
    expect(await violationsOf(of, selector), selector).to.deep.equal([]);
  };

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
    await isAccessible(page, '.band');
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

  it('finds an operation, opens it, applies a fix and tries it by the keyboard alone', async () => {
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
    await tabTo(`document.activeElement.getAttribute('aria-label') === ${JSON.stringify(rule)}`);
    await page.keyboard.press('Enter');
    await waitFor('Fixed ');
    expect(readFileSync(file, 'utf8')).not.to.equal(before);
    await tabTo(`document.activeElement.id === 'field-ListOrders-note'`);
    await page.keyboard.type('typed');
    await tabTo(`document.activeElement.name === 'mode'`);
    await page.keyboard.press('ArrowDown');
    await tabTo(`document.activeElement.textContent === 'Run'`);
    await page.keyboard.press('Enter');
    await page.locator('.answer [data-result]').waitFor();
    expect(await page.locator('.answer').innerText()).to.include('note=typed');
    await isAccessible(page, '.try');
  });

  /** Presses the tab key until a condition of the page holds. */
  async function tabTo(isThere: string): Promise<void> {
    for (let steps = 0; steps < 60; steps += 1) {
      await page.keyboard.press('Tab');
      if ((await page.evaluate(isThere)) === true) return;
    }
    expect.fail(`the keyboard does not reach ${isThere}`);
  }

  it('tries an operation: shows, makes up, asks before it changes something, sends', async () => {
    await goTo(page, list);
    await page.getByLabel('Note', { exact: false }).first().fill('now');
    await page.getByLabel('Show the request').check();
    await page.getByRole('button', { name: 'Run' }).click();
    await waitFor('Request as it would leave');
    await page.getByLabel('Send it, with the connection of this machine').check();
    await page.getByRole('button', { name: 'Run' }).click();
    await waitFor('The answer fits the definition');
    await page.locator('[data-output] td.value').getByText('o-1').waitFor();
    expect(received.at(-1)?.url).to.equal('/v1/orders?note=now&hidden=x');
    await goTo(page, create);
    await page.getByRole('button', { name: 'Add new item' }).click();
    await page.getByLabel('SKU').fill('a-1');
    await page.getByLabel('Send it, with the connection of this machine').check();
    await page.getByRole('button', { name: 'Run' }).click();
    await waitFor('Nothing has been sent');
    await isAccessible(page, '.answer');
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

  it('shows what is known at run time only: by the API, once it is asked', async () => {
    const served = await previewInProcess(join(previewsFolder, 'dynamic-schemas'), {
      tryIt: { ...tryOptions, sendTo: new URL(`http://127.0.0.1:${(api.address() as AddressInfo).port}`) },
    });
    const dynamic = await openPage(browser, served.url);
    await goTo(dynamic.page, `operation=${encodeURIComponent('/paths/~1whole/post')}`);
    await dynamic.page.getByText('Not known here').first().waitFor();
    await dynamic.page.getByRole('button', { name: /^Load outputs of/ }).click();
    const row = dynamic.page.locator('tr[data-part="body/city"]');
    expect(await row.innerText()).to.match(/City.*for example Ulm/s);
    await dynamic.page.getByRole('button', { name: /^Load fields of/ }).click();
    await dynamic.page.getByLabel('City').fill('Bonn');
    await isAccessible(dynamic.page, '.form');
    await dynamic.page.getByRole('button', { name: 'Run' }).click();
    await dynamic.page
      .locator('.answer')
      .getByText(/"city": "Bonn"/)
      .first()
      .waitFor();
    expect(dynamic.complaints).to.deep.equal([]);
    await dynamic.page.close();
    await served.close();
  });

  it('sends a file inside of an element of a list', async () => {
    const served = await previewInProcess(join(previewsFolder, 'files'));
    const list = await openPage(browser, served.url);
    await goTo(list.page, `operation=${encodeURIComponent('/paths/~1mails/post')}`);
    for (const number of [1, 2]) {
      await list.page.getByRole('button', { name: 'Add new item' }).click();
      await list.page.getByLabel('Attachment name').last().fill(`${number}.txt`);
      const buffer = Buffer.from(`content ${number}`);
      const chosen = { name: `${number}.txt`, mimeType: 'text/plain', buffer };
      await list.page.getByLabel('Attachment content').last().setInputFiles(chosen);
      await list.page.getByText(`Chosen: ${number}.txt`).waitFor();
    }
    // what was chosen goes with its element
    await list.page.getByRole('button', { name: 'Remove Attachments 1' }).click();
    await list.page.getByRole('button', { name: 'Run' }).click();
    const content = Buffer.from('content 2').toString('base64');
    await list.page.locator('.answer').getByText(content).first().waitFor();
    const sent = await list.page.locator('.answer').innerText();
    expect(sent).to.match(/"name": "2\.txt"/);
    expect(sent).not.to.include('1.txt');
    expect(list.complaints).to.deep.equal([]);
    await list.page.close();
    await served.close();
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
