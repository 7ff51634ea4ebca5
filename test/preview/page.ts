import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Page } from 'playwright-core';
import { findProgram } from '../../src/process/find-program.ts';
import { thisPlatform } from '../../src/process/platform.ts';
import { buildOnce, program } from '../support/cli.ts';
import { checkout } from '../support/folders.ts';

/** A real browser before the real preview. */

const browserPath = ['chromium', 'chromium-browser', 'google-chrome']
  .map((name) => findProgram(name, thisPlatform()))
  .find((path) => path !== undefined && existsSync(path));

export const isBrowserThere: boolean = browserPath !== undefined;

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: browserPath ?? '',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });

export interface Served {
  url: string;
  process: ChildProcess;
  stop: () => Promise<number | null>;
}

/** Runs `pp-connector preview` for a folder, on any port. */
export async function servePreview(folder: string, args: string[] = [], env: NodeJS.ProcessEnv = {}): Promise<Served> {
  buildOnce();
  const child = spawn(process.execPath, [program, 'preview', folder, '--port', '0', ...args], {
    cwd: checkout,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    const read = (text: Buffer): void => {
      output += text;
      const found = /http:\/\/127\.0\.0\.1:\d+\/[\w-]+\//.exec(output)?.[0];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', () => reject(new Error(output)));
  });
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', (status) => resolve(status));
  });
  return {
    url,
    process: child,
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

export async function openPage(browser: Browser, url: string): Promise<{ page: Page; complaints: string[] }> {
  const { page, complaints } = await newPage(browser);
  await page.goto(url);
  await isDrawn(page);
  return { page, complaints };
}

/** A page of which is noted whatever the browser complains about, and every request to another place than its own. */
export async function newPage(browser: Browser): Promise<{ page: Page; complaints: string[] }> {
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    const target = request.url();
    const isOurs = /^http:\/\/127\.0\.0\.1:\d+\/[\w-]{32}\//.test(target) || /^(?:data|file):/.test(target);
    if (!isOurs) complaints.push(`a request to ${target}`);
  });
  return { page, complaints };
}

export const isDrawn = (page: Page): Promise<void> =>
  page.locator('html[data-ready=true]').waitFor({ state: 'attached' });

/** Goes to a view by its address. */
export async function goTo(page: Page, hash: string): Promise<void> {
  await page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
  await page.locator('main h1, main p').first().waitFor();
  // the page draws after the event
  await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)))');
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe calls serious or critical in a part of the page, in light and dark: what appears while somebody works. */
export async function violationsOf(page: Page, selector: string): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await violations(page, undefined, selector);
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await violations(page, 'color-contrast', selector);
  await page.emulateMedia({ colorScheme: null });
  return [...light, ...dark.map((fault) => `dark: ${fault}`)];
}

/** What axe calls serious or critical, with the elements; in the dark only colours can differ. */
export async function violations(page: Page, only?: 'color-contrast', selector = 'html'): Promise<string[]> {
  if ((await page.evaluate("typeof axe === 'undefined'")) === true) await page.evaluate(axeSource);
  // everything is in the page: no style sheet and no frame has to be fetched
  const options = {
    resultTypes: ['violations'],
    preload: false,
    iframes: false,
    elementRef: false,
    ...(only === undefined ? {} : { runOnly: [only] }),
  };
  const found = (await page.evaluate(`axe.run(${JSON.stringify(selector)}, ${JSON.stringify(options)})`)) as {
    violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[];
  };
  return found.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
    );
}
