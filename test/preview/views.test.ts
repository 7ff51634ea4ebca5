import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { parseArguments } from '../../src/cli/arguments.ts';
import { command as validate } from '../../src/cli/commands/validate.ts';
import type { PageState } from '../../src/preview/page-state.ts';
import { temporaryFolder } from '../support/folders.ts';
import { inProcess } from '../support/in-process.ts';
import { previewNames, previewsFolder } from './fixtures.ts';
import { previewInProcess } from './in-process.ts';
import { goTo, isBrowserThere, openBrowser, openPage, violations } from './page.ts';

/** Every view of every connector that shows what there is. */
describe('the page of preview shows', function () {
  this.timeout(120_000);
  let browser: Browser;
  before(async function () {
    if (!isBrowserThere) this.skip();
    browser = await openBrowser();
  });
  after(() => browser?.close());

  for (const name of previewNames) {
    it(`${name}: each finding once, as many as validate, in light and dark, without a request elsewhere`, async () => {
      const folder = temporaryFolder(name);
      cpSync(join(previewsFolder, name), folder, { recursive: true });
      const served = await previewInProcess(folder);
      try {
        const { page, complaints } = await openPage(browser, served.url);
        const state = (await (await fetch(`${served.url}state`)).json()) as PageState;
        const seen: string[] = [];
        const wrong: string[] = [];
        for (const hash of viewsOf(state)) {
          await goTo(page, hash);
          const more = page.getByRole('button', { name: 'Show advanced parameters' });
          if ((await more.count()) > 0) await more.click();
          seen.push(...(await page.locator('[data-finding]').evaluateAll(numbersOf)));
          await page.emulateMedia({ colorScheme: 'light' });
          wrong.push(...(await violations(page)).map((fault) => `${hash}: ${fault}`));
          await page.emulateMedia({ colorScheme: 'dark' });
          wrong.push(...(await violations(page, 'color-contrast')).map((fault) => `${hash}, dark: ${fault}`));
        }
        expect(wrong).to.deep.equal([]);
        expect(complaints).to.deep.equal([]);
        const { stdout } = await inProcess({ cwd: folder, format: 'json' }, (context) =>
          validate.run(context, [], parseArguments(validate, []).flags),
        );
        const { connectors } = JSON.parse(stdout);
        expect(seen.map(Number).sort((a, b) => a - b)).to.deep.equal(state.model.findings.map((_, index) => index));
        expect(state.model.counts).to.deep.equal(connectors[0].counts);
        await page.close();
      } finally {
        await served.close();
      }
    });
  }
});

const viewsOf = ({ model }: PageState): string[] => [
  'connector',
  'connection',
  'agent',
  'power-apps',
  ...model.operations.map(({ pointer }) => `operation=${encodeURIComponent(pointer)}`),
];

const numbersOf = (elements: { getAttribute: (name: string) => string | null }[]): string[] =>
  elements.map((element) => element.getAttribute('data-finding') ?? '');
