import { expect } from 'chai';
import { decode } from '../../src/connector/source-file.ts';
import { decodeWindows1252 } from '../../src/connector/windows-1252.ts';

describe('Windows-1252', () => {
  it('has quotes, dashes and the euro where Latin-1 has control characters', () => {
    const bytes = Buffer.from([0x93, 0x61, 0x92, 0x73, 0x94, 0x20, 0x96, 0x20, 0x80, 0x31, 0xe9]);
    expect(decodeWindows1252(bytes)).to.equal('“a’s” – €1é');
    expect(decode({ role: 'definition', path: '/c/x.json', bytes })).to.deep.include({
      text: '“a’s” – €1é',
      encoding: 'windows-1252',
    });
  });

  it('gives every byte one character', () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
    expect(new Set(decodeWindows1252(bytes)).size).to.equal(256);
  });
});
