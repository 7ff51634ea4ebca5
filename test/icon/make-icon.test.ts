import { expect } from 'chai';
import fc from 'fast-check';
import { PNG } from 'pngjs';
import { initials, makeIcon } from '../../src/icon/make-icon.ts';

/** Colour type in the header of a PNG: 2 has no alpha channel. */
const colorType = (png: Buffer): number => png.readUInt8(25);

const pixel = ({ data, width }: PNG, x: number, y: number): number[] => [
  ...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4),
];

describe('the icon that is made', () => {
  it('is a square PNG of 230 pixels without alpha channel', () => {
    const icon = makeIcon('Contoso Weather', '#0b6a3f');
    const { width, height } = PNG.sync.read(icon);
    expect([width, height, colorType(icon)]).to.deep.equal([230, 230, 2]);
  });

  it('has the brand colour around the letters, which cover at most 70 % of a side', () => {
    const image = PNG.sync.read(makeIcon('Contoso Weather', '#0b6a3f'));
    const margin = Math.floor(230 * 0.15);
    for (let at = 0; at < 230; at += 1) {
      for (const [x, y] of [
        [at, 0],
        [0, at],
        [at, 229],
        [229, at],
        [at, margin - 1],
        [margin - 1, at],
      ] as const) {
        expect(pixel(image, x, y), `${x},${y}`).to.deep.equal([0x0b, 0x6a, 0x3f, 255]);
      }
    }
  });

  it('has letters that can be seen, on dark and on light colours', () => {
    for (const [color, letter] of [
      ['#0b6a3f', 255],
      ['#f5f0c0', 32],
    ] as const) {
      const { data } = PNG.sync.read(makeIcon('W', color));
      const found = data.filter((value, index) => index % 4 === 0 && value === letter).length;
      expect(found, color).to.be.greaterThan(300);
    }
  });

  it('is the same each time, and another one for another name or colour', () => {
    expect(makeIcon('Contoso', '#0b6a3f').equals(makeIcon('Contoso', '#0b6a3f'))).to.equal(true);
    expect(makeIcon('Contoso', '#0b6a3f').equals(makeIcon('Fabrikam', '#0b6a3f'))).to.equal(false);
    expect(makeIcon('Contoso', '#0b6a3f').equals(makeIcon('Contoso', '#0b6a40'))).to.equal(false);
  });

  it('has the initials of the first two words', () => {
    const expected: [string, string][] = [
      ['Contoso Weather', 'CW'],
      ['contoso', 'C'],
      ['Contoso (Weather) Stations', 'CW'],
      ['Übersetzer Élan', 'UE'],
      ['3D Printing', '3P'],
      ['天気', 'C'],
      ['', 'C'],
    ];
    for (const [title, letters] of expected) expect(initials(title), title).to.equal(letters);
  });

  it('has one for every title', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (title) => /^[A-Z0-9]{1,2}$/.test(initials(title))));
  });

  it('can draw every letter and digit', () => {
    const empty = PNG.sync.read(makeIcon('', '#000000')).data;
    for (const letter of 'ABDEFGHIJKLMNOPQRSTUVWXYZ0123456789') {
      const { data } = PNG.sync.read(makeIcon(letter, '#000000'));
      expect(
        data.some((value, index) => index % 4 !== 3 && value === 255),
        letter,
      ).to.equal(true);
      expect(data.equals(empty), `${letter} is not a C`).to.equal(false);
    }
  });
});
