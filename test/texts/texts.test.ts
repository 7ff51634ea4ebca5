import { expect } from 'chai';
import fc from 'fast-check';
import { derivedSites, textSites, updatedRecord } from '../../src/connector/derived-texts.ts';
import { clone, type JsonObject } from '../../src/connector/json/value.ts';
import { exampleDefinition } from '../../src/rules/examples/example-files.ts';
import { printRows, readRows } from '../../src/texts/formats.ts';
import { applyRows, derivedRows, type TextRow } from '../../src/texts/rows.ts';

const definition = exampleDefinition as JsonObject;
const record = updatedRecord(definition, undefined, () => true);
const rows = derivedRows(definition, record);

/** The rows with another text for one of them. */
const withText = (name: string, text: string): TextRow[] =>
  rows.map((row) => (row.name === name && row.kind === 'parameter-description' ? { ...row, text } : row));

describe('texts for a writer', () => {
  for (const format of ['json', 'csv', 'markdown']) {
    it(`come back as they were in ${format}, whatever they hold`, () => {
      fc.assert(
        fc.property(fc.stringMatching(/^[\w",;|\\. '`-]{1,40}$/), (text) => {
          const given = rows.map((row) => ({ ...row, text: text.trim() || 'Text.' }));
          const back = readRows(printRows(given, format), 'texts');
          expect(back.map((row) => ({ ...row, text: row.text.trim().replaceAll(/ +/g, ' ') }))).to.deep.equal(
            given.map((row) => ({ ...row, text: row.text.replaceAll(/ +/g, ' ') })),
          );
        }),
        { seed: 3, numRuns: 100 },
      );
    });
  }

  it('are read as spreadsheets of other countries write them', () => {
    const csv = '\uFEFFOwner;Kind;Name;Place;Text;Note\r\nA;operation-summary;;/x;"One; two";mine\r\n;;;;;\r\n';
    expect(readRows(csv, 'a.csv')).to.deep.equal([
      { owner: 'A', kind: 'operation-summary', name: '', place: '/x', text: 'One; two' },
    ]);
  });

  const bad: [string, string, RegExp][] = [
    ['no columns', 'a,b\n1,2\n', /a\.csv: there is no column "owner"/],
    ['a comma without quotes', 'owner,kind,name,place,text\nA,operation-summary,,/x,One, two\n', /row 2 has 6 cells/],
    ['another kind', 'owner,kind,name,place,text\nA,title,,/x,One\n', /row 2: kind is "title"/],
    ['broken JSON', '[{', /is not valid JSON/],
    ['JSON of something else', '{}', /must hold a list/],
    ['JSON without a text', '[{"kind":"operation-summary"}]', /entry 1: "owner" must be a text/],
  ];
  for (const [name, text, message] of bad)
    it(`are refused with ${name}`, () => expect(() => readRows(text, 'a.csv')).to.throw(message));
});

describe('texts from a writer', () => {
  it('change nothing but themselves, and are forgotten as made', () => {
    const changed = clone(definition);
    const result = applyRows(changed, record, withText('region', 'The region to look at.'));
    expect(result.written.map(({ text }) => text)).to.deep.equal(['The region to look at.']);
    expect(result.refused).to.deep.equal([]);
    expect(textSites(changed).filter(({ text }) => text === 'The region to look at.')).to.have.lengthOf(1);
    expect(derivedSites(changed, record)).to.have.lengthOf(rows.length - 1);
  });

  it('are found again when parameters have moved', () => {
    const moved = clone(definition);
    const { get } = (moved.paths as Record<string, JsonObject>)['/stations'] ?? {};
    (get as JsonObject).parameters = [{ name: 'first' }, ...((get as JsonObject).parameters as JsonObject[])];
    const { written } = applyRows(moved, record, withText('region', 'The region to look at.'));
    expect(written.map(({ place }) => place)).to.deep.equal(['/paths/~1stations/get/parameters/1/description']);
  });

  it('never replace what somebody has edited, and say so', () => {
    const edited = clone(definition);
    applyRows(edited, record, withText('region', 'Mine.'));
    const { written, refused } = applyRows(edited, record, withText('region', 'The region to look at.'));
    expect(written).to.deep.equal([]);
    expect(refused.map(({ why }) => why)).to.deep.equal(['somebody has edited it meanwhile: "Mine."']);
  });

  it('may be blank, and are refused where there is no such text or there are two', () => {
    const [first] = withText('region', 'One.').filter(({ text }) => text === 'One.');
    if (first === undefined) throw new Error('no row');
    const given = [first, { ...first, text: 'Two.' }, { ...first, name: 'other' }, { ...first, text: ' ' }];
    const { written, refused, blank } = applyRows(clone(definition), record, given);
    expect([written.length, refused.length, blank]).to.deep.equal([1, 2, 1]);
  });
});
