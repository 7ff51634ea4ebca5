import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { parseArguments } from '../../src/cli/arguments.ts';
import { command as validate } from '../../src/cli/commands/validate.ts';
import type { PageState } from '../../src/preview/page-state.ts';
import { temporaryFolder } from '../support/folders.ts';
import { inProcess } from '../support/in-process.ts';
import { previewNames, previewsFolder } from './fixtures.ts';
import { previewInProcess } from './in-process.ts';
import { goTo, isBrowserThere, isDrawn, newPage, openBrowser, violations } from './page.ts';

/** Every view of every connector that shows what there is. */
describe('the page of preview shows', function () {
  this.timeout(120_000);
  let browser: Browser;
  let page: Page;
  let complaints: string[];
  const judged = new Set<string>();
  before(async function () {
    if (!isBrowserThere) this.skip();
    browser = await openBrowser();
    ({ page, complaints } = await newPage(browser));
  });
  after(() => browser?.close());

  for (const name of previewNames) {
    it(`${name}: each finding once, as many as validate, in light and dark, without a request elsewhere`, async () => {
      const folder = temporaryFolder(name);
      cpSync(join(previewsFolder, name), folder, { recursive: true });
      // one of them also has the view of changes
      const against = name === 'editors' ? join(previewsFolder, 'files') : undefined;
      const served = await previewInProcess(folder, { against });
      try {
        await page.goto(served.url);
        await isDrawn(page);
        const state = (await (await fetch(`${served.url}state`)).json()) as PageState;
        const seen: string[] = [];
        const wrong: string[] = [];
        for (const hash of viewsOf(state)) {
          await goTo(page, hash);
          const more = page.getByRole('button', { name: 'Show advanced parameters' });
          if ((await more.count()) > 0) await more.click();
          seen.push(...(await page.locator('[data-finding]').evaluateAll(numbersOf)));
          wrong.push(...(await faultsOf(page, judged)).map((fault) => `${hash}: ${fault}`));
        }
        expect(wrong).to.deep.equal([]);
        expect(complaints).to.deep.equal([]);
        const { stdout } = await inProcess({ cwd: folder, format: 'json' }, (context) =>
          validate.run(context, [], parseArguments(validate, []).flags),
        );
        const { connectors } = JSON.parse(stdout);
        expect(seen.map(Number).sort((a, b) => a - b)).to.deep.equal(state.model.findings.map((_, index) => index));
        expect(state.model.counts).to.deep.equal(connectors[0].counts);
      } finally {
        // a page that is left open would look for its server
        await page.goto('about:blank');
        await served.close();
      }
    });
  }
});

/** Views are made of the same parts: axe looks at one where there is a part that it hasn't seen. */
async function faultsOf(page: Page, judged: Set<string>): Promise<string[]> {
  const parts = (await page.evaluate(partsOfPage)) as string[];
  const fresh = parts.filter((part) => !judged.has(part));
  if (fresh.length === 0) return [];
  for (const part of fresh) judged.add(part);
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await violations(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await violations(page, 'color-contrast');
  return [...light, ...dark.map((fault) => `dark: ${fault}`)];
}

/** Every element by its name, class, type and role. */
const partsOfPage = `(() => {
  const kind = (element) => [element.localName, element.className, element.type, element.getAttribute('role')].join(' ');
  return [...new Set([...document.body.querySelectorAll('*')].map(kind))];
})()`;

const viewsOf = ({ model, against }: PageState): string[] => [
  ...(against === null ? [] : ['changes']),
  'connector',
  'connection',
  'agent',
  'power-apps',
  ...model.operations.map(({ pointer }) => `operation=${encodeURIComponent(pointer)}`),
];

const numbersOf = (elements: { getAttribute: (name: string) => string | null }[]): string[] =>
  elements.map((element) => element.getAttribute('data-finding') ?? '');
