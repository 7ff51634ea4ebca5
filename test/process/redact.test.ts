import { expect } from 'chai';
import { masked, Redactor } from '../../src/process/redact.ts';

const pass = (secrets: string[], ...chunks: (string | Buffer)[]): string => {
  const redactor = new Redactor(secrets);
  const parts = chunks.map((chunk) => redactor.push(Buffer.from(chunk)));
  return Buffer.concat([...parts, redactor.end()]).toString('utf8');
};

describe('Redactor', () => {
  it('replaces a secret wherever it is', () => {
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

  it('knows a secret as .NET, forms and XML write it', () => {
    const secret = 'a"b&c+d\\ü ~';
    const net = 'a\\u0022b\\u0026c\\u002Bd\\\\\\u00FC ~';
    const ascii = 'a\\"b&c+d\\\\\\u00fc ~';
    const form = 'a%22b%26c%2Bd%5C%C3%BC+%7E';
    const lower = 'a%22b%26c%2bd%5c%c3%bc%20~';
    const xml = 'a&quot;b&amp;c+d\\ü ~';
    for (const spelling of [net, ascii, form, lower, xml]) expect(pass([secret], spelling)).to.equal('***');
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
    expect(masked('abcdef', ['abc', 'abcdef'])).to.equal('***');
  });
});
