import { expect } from 'chai';
import fc from 'fast-check';
import { WholeLines } from '../../src/process/whole-lines.ts';
import { shownBytes } from '../../src/shown.ts';

/** What is seen of chunks, each piece judged for itself. */
function seen(chunks: readonly Buffer[], judge: (piece: Buffer) => Buffer): Buffer {
  const lines = new WholeLines();
  const pieces = [...chunks.map((chunk) => lines.push(chunk)), lines.end()];
  return Buffer.concat(pieces.map(judge));
}

const parts = fc.constantFrom(
  ...[
    '##',
    '#',
    'vso[',
    'task.x]',
    ':',
    '::',
    'error',
    ' ',
    '\n',
    '\r',
    '\r\n',
    '\u001b',
    '\u001b[',
    '31m',
    '[2J',
    'ä',
    '\u202e',
  ],
  ...['Enter code: ', '\t', '\u009b', '€', '😀'],
);

describe('the output of a program, as it comes', () => {
  it('is shown completely, and in order', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 20 })), (arrays) => {
        const chunks = arrays.map((array) => Buffer.from(array));
        expect(seen(chunks, (piece) => piece)).to.deep.equal(Buffer.concat(chunks));
      }),
      { seed: 20261128, numRuns: 500 },
    );
  });

  it('commands nothing and steers nothing, wherever it is cut', () => {
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 12 }), fc.array(fc.nat(40), { maxLength: 6 }), (words, cuts) => {
        const bytes = Buffer.from(words.join(''));
        const at = [0, ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length];
        const chunks = at.slice(1).map((end, index) => bytes.subarray(at[index], end));
        const text = seen(chunks, shownBytes).toString();
        expect(text).to.not.match(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e]/);
        expect(text).to.not.match(/^\s*::|##[\w.-]*\[/m);
      }),
      { seed: 20261128, numRuns: 5000 },
    );
  });

  it('is steered by no bytes between others that are not UTF-8', () => {
    const bytes = Buffer.concat([Buffer.from([0xff]), Buffer.from('\u202e\u009b\u2066ä')]);
    expect(shownBytes(bytes).toString('latin1')).to.equal('\xff???\xc3\xa4');
  });

  it('asks at once', () => {
    const lines = new WholeLines();
    expect(lines.push(Buffer.from('one\nEnter the code: ')).toString()).to.equal('one\nEnter the code: ');
  });
});
