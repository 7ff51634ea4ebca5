import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Measured, measuredFile } from '../../scripts/measured.ts';
import { whyPublished } from '../../scripts/why-published.ts';
import { findConnectorFolders } from '../../src/connector/find-connectors.ts';
import { validatePath } from '../../src/rules/engine/validate-connector.ts';
import { ruleById } from '../../src/rules/families/catalogue.ts';
import { checkout, corpus } from '../support/folders.ts';

const measured: Measured = JSON.parse(readFileSync(join(checkout, measuredFile), 'utf8'));

describe('docs/reference/published-connectors.md', () => {
  it('has counts of rules that are there', () => {
    expect(Object.keys(measured.rules).filter((id) => !ruleById.has(id))).to.deep.equal([]);
    for (const [id, { found, errors }] of Object.entries(measured.rules)) {
      measured.corpora.forEach(({ connectors }, index) => {
        expect(found[index], id).to.be.within(errors[index] ?? 0, connectors);
      });
    }
  });

  it('explains every error that published connectors have', () => {
    const unexplained = Object.entries(measured.rules)
      .filter(([id, { errors }]) => errors.some((count) => count > 0) && whyPublished[id] === undefined)
      .map(([id]) => id);
    expect(unexplained, 'add the reason to scripts/why-published.ts, or make the rule a warning').to.deep.equal([]);
    expect(Object.keys(whyPublished).filter((id) => !ruleById.has(id))).to.deep.equal([]);
  });

  it('counts the errors of new connectors as they are found now', async function () {
    const folder = join(corpus, 'connectors-2025');
    if (!existsSync(folder)) return this.skip();
    const found = new Set<string>();
    for (const path of findConnectorFolders(folder)) {
      const { findings } = await validatePath(path, { cwd: checkout });
      for (const { rule, severity } of findings) if (severity === 'error') found.add(rule);
    }
    const last = measured.corpora.length - 1;
    const counted = Object.keys(measured.rules).filter((id) => (measured.rules[id]?.errors[last] ?? 0) > 0);
    expect([...found].sort(), 'run: npm run measure, then npm run sync').to.deep.equal(counted.sort());
  });
});
