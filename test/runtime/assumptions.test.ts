import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { assumptions } from '../../src/runtime/assumptions.ts';
import { checkout } from '../support/folders.ts';

describe('assumptions', () => {
  it('are those of docs/reference/runtime.md, in its order', () => {
    const page = readFileSync(join(checkout, 'docs', 'reference', 'runtime.md'), 'utf8');
    const table = page.slice(page.indexOf('## Assumptions'));
    const ids = [...table.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, id]) => id);
    expect(Object.keys(assumptions)).to.deep.equal(ids);
  });

  it('are sentences for people', () => {
    for (const [id, text] of Object.entries(assumptions)) expect(text, id).to.match(/^[A-Z].*\.$|^[a-z].*\.$/);
  });
});
