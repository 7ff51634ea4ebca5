import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { reportCodes } from '../../src/import/report-codes.ts';
import { checkout } from '../support/folders.ts';

const page = readFileSync(join(checkout, 'docs/reference/import-mapping.md'), 'utf8');
const section = /## Codes\n(.*?)\n## /s.exec(page)?.[1] ?? '';

function sourcesOfImport(): string {
  const folder = join(checkout, 'src/import');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('report-codes.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
}

describe('import: the codes of the report', () => {
  it('are on the page about the import, in the same words', () => {
    const rows = [...section.matchAll(/^\| `([^`]+)` \| ([^|]+?) \|/gm)].map(([, code, phrase]) => [code, phrase]);
    expect(Object.fromEntries(rows)).to.deep.equal(reportCodes);
    expect(rows).to.have.lengthOf(Object.keys(reportCodes).length);
  });

  it('are all in use', () => {
    const sources = sourcesOfImport();
    expect(Object.keys(reportCodes).filter((code) => !sources.includes(`'${code}'`))).to.deep.equal([]);
  });

  it('name nothing else on the page', () => {
    const names = new Set([...page.matchAll(/`([a-z]+(?:-[a-z0-9.]+)+)`/g)].map(([, name]) => name ?? ''));
    const refusals = /## Refusals\n(.*)/s.exec(page)?.[1] ?? '';
    const unknown = [...names].filter((name) => !(name in reportCodes) && !refusals.includes(`\`${name}\``));
    // words of the formats and of the platform
    expect(unknown.filter((name) => !/^(?:date-time|your-domain|x-|-)/.test(name))).to.deep.equal([]);
  });
});
