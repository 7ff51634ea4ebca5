import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nearest } from '../did-you-mean.ts';
import { UserError } from '../errors.ts';
import { type Change, writeFiles } from '../files/write.ts';
import { onTermination } from '../process/termination.ts';
import { Browser, findBrowser } from './browser.ts';
import { staticPage } from './page-files.ts';
import type { PageState } from './page-state.ts';

export interface ScreenshotOptions {
  /** Absolute; made where it isn't there. */
  folder: string;
  /** Absolute: the repository, which no link in it leads out of. */
  within: string;
  /** Ids; empty: all that makers see. */
  operations: readonly string[];
  /** The program; undefined: looked for. */
  browser: string | undefined;
  /** Before each picture, with how many there are. */
  onPicture: (name: string, total: number) => void;
}

/** In pixels of the page; pictures are twice as fine. */
const width = 960;

interface Shot {
  /** Of the file, without ending. */
  name: string;
  hash: string;
}

/**
 * Takes pictures of the page as it would be in a file that is shared, and writes all of them at the end.
 *
 * @returns the files
 * @throws UserError for an operation that there isn't, and without a browser
 */
export async function takeScreenshots(state: PageState, options: ScreenshotOptions): Promise<string[]> {
  const shots = shotsOf(state, options.operations);
  const program = findBrowser(options.browser);
  const folder = mkdtempSync(join(tmpdir(), 'pp-connector-preview-'));
  const browser = new Browser(program);
  const forget = onTermination(() => {
    browser.kill();
    rmSync(folder, { recursive: true, force: true });
  });
  try {
    const page = join(folder, 'preview.html');
    writeFileSync(page, staticPage(state));
    const files: Change[] = [];
    for (const { name, hash } of shots) {
      options.onPicture(name, shots.length);
      files.push([join(options.folder, `${name}.png`), await picture(browser, `${pathToFileURL(page)}#${hash}`)]);
    }
    writeFiles(files, { within: options.within });
    return files.map(([path]) => path);
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
    forget();
  }
}

function shotsOf({ model }: PageState, wanted: readonly string[]): Shot[] {
  const visible = model.operations.filter(({ kind }) => kind !== 'internal');
  const chosen = wanted.map((id) => {
    const found = model.operations.find((operation) => operation.id.toLowerCase() === id.toLowerCase());
    if (found !== undefined) return found;
    const ids = model.operations.map((operation) => operation.id);
    const near = nearest(id, ids);
    throw new UserError(
      `--operation ${id}: there is no such operation${near === undefined ? '' : `; did you mean ${near}?`}`,
      {
        hint: `the connector has: ${ids.join(', ') || 'no operations'}`,
      },
    );
  });
  const ofOperations = (wanted.length === 0 ? visible : chosen).map(({ id, pointer }) => ({
    name: `operation-${fileName(id)}`,
    hash: `operation=${encodeURIComponent(pointer)}`,
  }));
  if (wanted.length > 0) return distinct(ofOperations);
  const views = ['connector', 'connection', 'agent', 'power-apps'];
  return distinct([...views.map((view) => ({ name: view, hash: view })), ...ofOperations]);
}

/** Ids may differ in case only, or in what a file system doesn't allow. */
function distinct(shots: readonly Shot[]): Shot[] {
  const taken = new Set<string>();
  return shots.map(({ name, hash }) => {
    let free = name;
    for (let number = 2; taken.has(free.toLowerCase()); number += 1) free = `${name}-${number}`;
    taken.add(free.toLowerCase());
    return { name: free, hash };
  });
}

const fileName = (id: string): string => id.replaceAll(/[^\w-]+/g, '_').slice(0, 80) || 'operation';

async function picture(browser: Browser, url: string): Promise<Buffer> {
  const { targetId } = await browser.send('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await browser.send('Target.attachToTarget', { targetId, flatten: true });
  const call = (method: string, params: object = {}) => browser.send(method, params, String(sessionId));
  const size = (height: number) =>
    call('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 2, mobile: false });
  await size(800);
  await call('Page.navigate', { url });
  await isReady(call);
  const { result } = (await call('Runtime.evaluate', { expression: heightOfPage, returnByValue: true })) as {
    result: { value: number };
  };
  await size(Math.min(Math.max(Math.ceil(result.value), 200), 8000));
  const { data } = await call('Page.captureScreenshot', { format: 'png' });
  await browser.send('Target.closeTarget', { targetId });
  return Buffer.from(String(data), 'base64');
}

const heightOfPage = 'document.documentElement.scrollHeight';

type Call = (method: string, params?: object) => Promise<Record<string, unknown>>;

/** Milliseconds. */
const pause = 50;
const timeoutMs = 20_000;

/** Waits until the page has drawn itself; what is of no use in a picture goes. @throws UserError when it doesn't */
async function isReady(call: Call): Promise<void> {
  for (let waited = 0; waited < timeoutMs; waited += pause) {
    const { result } = await call('Runtime.evaluate', { expression: drawn, returnByValue: true });
    if ((result as { value?: unknown }).value === true) return;
    await new Promise((resolve) => {
      setTimeout(resolve, pause);
    });
  }
  throw new UserError('the browser did not draw the page');
}

const drawn =
  "document.documentElement.dataset.ready === 'true' && !!(document.documentElement.dataset.picture = 'true')";
