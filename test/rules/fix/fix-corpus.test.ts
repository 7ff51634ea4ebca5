import { chmodSync, cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { loadConnector } from '../../../src/connector/load.ts';
import { whatStops } from '../../../src/diff/what-stops.ts';
import { validatePath } from '../../../src/rules/engine/validate-connector.ts';
import { ruleById } from '../../../src/rules/families/catalogue.ts';
import { fixPath } from '../../../src/rules/fix/fix-path.ts';
import { corpus, snapshot, temporaryFolder } from '../../support/folders.ts';

/** What people publish has every slip there is: each connector is fixed in a copy. */
describe('fixes of published connectors', () => {
  const source = join(corpus, 'connectors');
  if (!existsSync(source)) {
    it.skip(`needs the published connectors in ${source}`);
    return;
  }
  const copy = temporaryFolder('connectors');
  before(() => {
    cpSync(source, copy, { recursive: true });
    // the originals may be read-only, and copies are like them
    for (const entry of readdirSync(copy, { recursive: true, withFileTypes: true })) {
      chmodSync(join(entry.parentPath, entry.name), entry.isFile() ? 0o644 : 0o755);
    }
  });
  const names = readdirSync(source).flatMap((group) =>
    readdirSync(join(source, group)).map((name) => join(group, name)),
  );

  for (const name of names) {
    for (const unsafe of [false, true]) {
      it(`${name}: ${unsafe ? 'all' : 'safe'} fixes are idempotent, and make nothing worse`, async () => {
        const path = join(copy, name);
        const options = { cwd: copy, unsafe, dryRun: false, stops: whatStops };
        const before = await validatePath(path, options);
        const wasStrict = jsonProblems(path);
        const first = await fixPath(path, options);
        const files = snapshot(path);
        expect(first.report.counts.error).to.be.at.most(before.counts.error);
        expect(first.report.findings.length).to.be.at.most(before.findings.length);
        const revealed = [...first.revealed.values()].reduce((sum, amount) => sum + amount, 0);
        expect(first.fixed - revealed).to.equal(before.findings.length - first.report.findings.length);
        expect((await validatePath(path, options)).counts).to.deep.equal(first.report.counts);
        expect(jsonProblems(path)).to.be.at.most(wasStrict);
        const promised = first.report.findings.filter(({ rule, fixable }) => fixable && isMade(rule, unsafe));
        expect(
          promised.map(({ rule }) => rule).filter((rule) => !first.leftOut.includes(rule) && !first.held.has(rule)),
        ).to.deep.equal([]);
        const second = await fixPath(path, options);
        expect(second.files).to.deep.equal([]);
        expect(snapshot(path)).to.deep.equal(files);
      });
    }
  }
});

/** Whether what is called fixable by a rule is fixed now. */
const isMade = (rule: string, unsafe: boolean): boolean => unsafe || ruleById.get(rule)?.fix === 'safe';

/** How many places of the JSON files aren't strict JSON. */
function jsonProblems(path: string): number {
  const { definition, properties, settings } = loadConnector(path);
  return [definition, properties, settings].reduce((sum, file) => sum + (file?.problems.length ?? 0), 0);
}
