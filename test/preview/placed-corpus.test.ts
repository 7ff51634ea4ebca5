import { expect } from 'chai';
import type { PlacedFinding } from '../../src/preview/placed-finding.ts';
import { readPartly, readPreview } from '../../src/preview/read-preview.ts';
import type { FormModel } from '../../src/runtime/form/form-model.ts';
import { isCorpusThere, publishedFolders } from '../runtime/published.ts';

describe('the findings of published connectors', function () {
  this.timeout(120_000);
  before(function () {
    if (!isCorpusThere) this.skip();
  });

  it('are shown once each: those of operations and of the connection there, at a place that the page draws once', async () => {
    const wrong: string[] = [];
    let seen = 0;
    for (const folder of publishedFolders()) {
      const options = { cwd: folder };
      // some are broken, as a page shows them from the start
      const preview = (await readPartly(folder, options)) ?? (await readPreview(folder, options));
      const { model, findings, connector } = preview;
      expect(model.findings.length, folder).to.equal(findings.length);
      model.findings.forEach((finding, index) => {
        seen += 1;
        const times = drawn(finding, model);
        const isOfDefinition = findings[index]?.file === connector.definition?.path;
        const isOfProperties = findings[index]?.file === connector.properties?.path;
        const isInside =
          (isOfDefinition && model.operations.some(({ pointer }) => isBelow(finding.pointer, pointer))) ||
          (isOfProperties && /^\/properties\/connectionParameter(?:s|Sets)\//.test(finding.pointer));
        if (times !== 1 || (isInside && finding.home.in === 'connector'))
          wrong.push(`${folder}: ${finding.rule} ${finding.pointer}: ${times} times, ${JSON.stringify(finding.home)}`);
      });
    }
    expect(wrong.slice(0, 20)).to.deep.equal([]);
    expect(seen).to.be.greaterThan(1000);
  });
});

const isBelow = (pointer: string, other: string): boolean => pointer === other || pointer.startsWith(`${other}/`);

/** How often the page draws the place of a finding. */
function drawn({ home }: PlacedFinding, { operations, connection }: FormModel): number {
  if (home.in === 'connector') return 1;
  if (home.in === 'connection') {
    if (home.set === '' && home.key === '') return 1;
    const sets = connection.sets.filter(({ name }) => name === home.set);
    if (home.key === '') return connection.choice === null ? 0 : sets.length;
    return sets.flatMap(({ fields }) => fields.filter(({ key }) => key === home.key)).length;
  }
  const found = operations.filter(({ pointer }) => pointer === home.operation);
  if (home.part === 'operation') return found.length;
  return found.flatMap(({ fields, outputs }): { key: string }[] =>
    (home.part === 'field' ? fields : outputs).filter(({ key }) => key === home.key),
  ).length;
}
