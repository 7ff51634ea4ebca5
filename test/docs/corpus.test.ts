import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { loadConnector } from '../../src/connector/load.ts';
import type { Profile } from '../../src/connector/profile.ts';
import { documentFiles, factsOf } from '../../src/docs/document-files.ts';
import { RuleConfiguration } from '../../src/rules/engine/rule-configuration.ts';
import { runRules } from '../../src/rules/engine/run.ts';
import { family as readme } from '../../src/rules/families/readme.ts';
import { documented, templates } from './support.ts';

const corpus = fileURLToPath(new URL('../../../shared/corpus/connectors', import.meta.url));

const folders: [string, Profile][] = [
  ['certified-connectors', 'verified'],
  ['independent-publisher-connectors', 'independent'],
  ['custom-connectors', 'custom'],
];

/** Documents made from nothing for published connectors, whose definitions hold everything that people write. */
describe('documents of published connectors', () => {
  if (!existsSync(corpus)) {
    it.skip(`needs the published connectors in ${corpus}`);
    return;
  }
  for (const [folder, profile] of folders) {
    if (!existsSync(join(corpus, folder))) continue;
    for (const name of readdirSync(join(corpus, folder))) {
      it(`${name} (${profile})`, async () => {
        const published = loadConnector(join(corpus, folder, name));
        if (published.definition === undefined || published.definition.unreliable) return;
        const bare = { ...published, readme: undefined, intro: undefined };
        const texts = documentFiles(bare, { profile, templates });
        const complete = documented(bare, texts);
        expect(documentFiles(complete, { profile, templates }).size, 'changed by a second run').to.equal(0);
        for (const { summary } of factsOf(bare, profile).operations) {
          expect(complete.readme?.text).to.contain(summary.replaceAll('<', '\\<'));
        }
        for (const text of texts.values()) expect(text.length).to.be.lessThan(1_000_000);
        const settings = new RuleConfiguration(new Set(), undefined, new Map());
        const findings = await runRules(complete, { profile, subject: 'folder', rules: readme.rules, settings });
        expect(findings.map((finding) => `${finding.rule}: ${finding.message}`)).to.deep.equal([]);
      });

      it(`${name}: blocks are added to its own README, and nothing is lost`, () => {
        const published = loadConnector(join(corpus, folder, name));
        if (published.definition === undefined || published.readme === undefined) return;
        expect(documentFiles({ ...published, intro: undefined }, { profile: 'custom', templates }).size).to.equal(0);
        const texts = documentFiles(published, { profile: 'custom', templates, insert: true });
        const complete = documented(published, texts);
        expect(documentFiles(complete, { profile: 'custom', templates, insert: true }).size).to.equal(0);
        const after = (complete.readme?.text ?? '').split(/\r?\n/);
        let at = 0;
        for (const line of published.readme.text.split(/\r?\n/)) {
          at = after.indexOf(line, at) + 1;
          expect(at, line).to.be.greaterThan(0);
        }
      });
    }
  }
});
