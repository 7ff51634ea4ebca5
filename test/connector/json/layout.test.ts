import { expect } from 'chai';
import fc from 'fast-check';
import { compactLength } from '../../../src/connector/json/layout.ts';

describe('the length of a JSON text without blanks', () => {
  it('is that of the same values on one line, whatever the indentation', () => {
    const indentation = fc.constantFrom('', ' ', '    ', '\t', '\r\n');
    fc.assert(
      fc.property(fc.json({ maxDepth: 3 }), indentation, (compact, indent) => {
        const text = JSON.stringify(JSON.parse(compact), null, indent);
        expect(compactLength(text)).to.equal(JSON.stringify(JSON.parse(compact)).length);
      }),
      { seed: 21, numRuns: 50 },
    );
  });

  it('counts the blanks inside strings, also after an escaped quote', () => {
    expect(compactLength('{ "a" : "\\" b " }')).to.equal(13);
  });
});
