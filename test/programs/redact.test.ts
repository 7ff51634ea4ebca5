import { expect } from 'chai';
import { masked, Redactor } from '../../src/programs/redact.ts';

const pass = (secrets: string[], ...chunks: (string | Buffer)[]): string => {
  const redactor = new Redactor(secrets);
  const parts = chunks.map((chunk) => redactor.push(Buffer.from(chunk)));
  return Buffer.concat([...parts, redactor.end()]).toString('utf8');
};

describe('Redactor', () => {
  it('replaces a secret wherever it stands', () => {
    expect(pass(['s3cr3t'], 'a s3cr3t b s3cr3t')).to.equal('a *** b ***');
  });

  it('replaces one that is split over chunks, at every place', () => {
    const text = 'before s3cr3t-ü after';
    const bytes = Buffer.from(text);
    for (let at = 0; at <= bytes.length; at += 1) {
      expect(pass(['s3cr3t-ü'], bytes.subarray(0, at), bytes.subarray(at))).to.equal('before *** after');
    }
    expect(pass(['s3cr3t-ü'], ...[...bytes].map((byte) => Buffer.from([byte])))).to.equal('before *** after');
  });

  it('knows a secret in JSON and in a URL', () => {
    expect(pass(['a"b&c'], '{"x":"a\\"b&c"} ?x=a%22b%26c')).to.equal('{"x":"***"} ?x=***');
  });

  it('lets everything else pass at once, byte for byte', () => {
    const redactor = new Redactor(['s3cr3t']);
    const bytes = Buffer.from([0xff, 0x00, 0xc3, 0xbc, 0x0d, 0x0a]);
    expect(redactor.push(bytes)).to.deep.equal(bytes);
    expect(redactor.push(Buffer.from('Enter code: '))).to.deep.equal(Buffer.from('Enter code: '));
    expect(redactor.push(Buffer.from('yes'))).to.deep.equal(Buffer.from('ye'));
    expect(redactor.end().toString()).to.equal('s');
  });

  it('without secrets changes nothing', () => {
    expect(pass([''], 'text')).to.equal('text');
  });
});

describe('masked', () => {
  it('takes every secret out of a text for people', () => {
    expect(masked('a s3cr3t b s3cr3t, other', ['s3cr3t', '', 'other'])).to.equal('a *** b ***, ***');
  });
});
