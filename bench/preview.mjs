/** How long it takes from a change on the disk to the page of `preview`: 300 ms at most, for definitions that people have. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { root } from '../scripts/support.mjs';
import { writeDefinitions } from './inputs.mjs';

const most = 300;
const chromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

/** Until the page has the new state, and with a Chromium until it shows it. */
export default async function preview({ ours, work, rounds, median }) {
  const browser = await openBrowser();
  console.log(`\nA change on the disk until it is in the page of preview, in ms (at most ${most})`);
  console.log('   state   slowest    shown   slowest');
  for (const [title, bytes] of [
    ['32 KB', 32_000],
    ['200 KB', 200_000],
    ['1 MB', 1_000_000],
  ]) {
    const [path] = writeDefinitions(join(work, `preview-${bytes}`), 1, bytes);
    const served = await serve(ours, path);
    const page = await browser?.newPage();
    await page?.goto(served.url);
    await page?.locator('html[data-ready=true]').waitFor({ state: 'attached' });
    const samples = [];
    for (let round = 0; round <= rounds; round += 1) {
      const sample = await change(served, page, path, `Changed ${round}`);
      if (round > 0) samples.push(sample); // the first round only warms up
      await pause(200);
    }
    await page?.close();
    served.stop();
    print(title, samples, median);
  }
  await browser?.close();
  if (browser === undefined) console.log('  without a Chromium at its usual place, nothing is shown');
}

function print(title, samples, median) {
  const columns = ['state', 'shown'].map((name) => samples.map((sample) => sample[name]));
  const cells = columns.flatMap((times) =>
    times.includes(undefined) ? ['-', '-'] : [median(times), Math.max(...times)],
  );
  const shown = cells.map((cell) => (typeof cell === 'number' ? cell.toFixed(0) : cell).padStart(8));
  console.log(`${shown.join('  ')}   ${title}`);
}

async function openBrowser() {
  if (chromium === undefined) return undefined;
  const { chromium: playwright } = await import('playwright-core');
  return playwright.launch({ executablePath: chromium, args: ['--no-sandbox', '--disable-gpu', '--no-first-run'] });
}

async function serve(ours, path) {
  const child = spawn(process.execPath, [ours, 'preview', path, '--port', '0'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (part) => {
      text += part;
      const found = /http:\/\/\S+\//.exec(text)?.[0];
      if (found !== undefined) resolve(found);
    });
    child.once('exit', (status) => reject(new Error(`preview ended with ${status}`)));
  });
  const waiting = [];
  get(`${url}events`, (events) => {
    events.on('data', (data) => {
      if (data.includes('event: change')) for (const resolve of waiting.splice(0)) resolve();
    });
  }).on('error', () => {});
  await pause(200);
  return { url, changed: () => new Promise((resolve) => waiting.push(resolve)), stop: () => child.kill('SIGTERM') };
}

/** The page shows the title of the connector. */
async function change({ url, changed }, page, path, title) {
  const definition = JSON.parse(readFileSync(path, 'utf8'));
  definition.info.title = title;
  const text = `${JSON.stringify(definition, null, 2)}\n`;
  const told = changed();
  const start = performance.now();
  writeFileSync(path, text);
  const state = told.then(async () => {
    await (await fetch(`${url}state`)).text();
    return performance.now() - start;
  });
  const shown = page
    ?.waitForFunction((wanted) => document.querySelector('.top strong')?.textContent === wanted, title)
    .then(() => performance.now() - start);
  return { state: await state, shown: await shown };
}

const pause = (milliseconds) =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
