import { expect } from 'chai';
import type { JsonObject } from '../../../src/connector/json/value.ts';
import { type Connector, connectorFrom } from '../../../src/connector/load.ts';
import { decode, parseJson } from '../../../src/connector/source-file.ts';
import { Location } from '../../../src/rules/engine/location.ts';
import type { Fix } from '../../../src/rules/engine/rule.ts';
import type { Finding } from '../../../src/rules/engine/run.ts';
import { chooseFixes } from '../../../src/rules/fix/choose-fixes.ts';
import { applyFixes } from '../../../src/rules/fix/fix.ts';
import { fixConnector } from '../../../src/rules/fix/fix-connector.ts';
import { finding } from '../reporters/sample-report.ts';

const path = '/c/apiDefinition.swagger.json';

/** A connector of a definition alone. */
function definition(content: string | Buffer | JsonObject): Connector {
  const isJson = typeof content === 'object' && !Buffer.isBuffer(content);
  const bytes = Buffer.from(isJson ? JSON.stringify(content, null, 2) : content);
  const location = { layout: 'file' as const, root: '/c', assets: '/c', files: { definition: path }, others: [] };
  return connectorFrom(location, [{ role: 'definition', path, bytes }]);
}

const fileOf = ({ definition: file }: Connector) => {
  if (file === undefined) throw new Error('there is a definition');
  return file;
};
const placeIn = (connector: Connector, ...keys: (string | number)[]) => new Location(fileOf(connector)).at(...keys);
const textAfter = (connector: Connector, fixes: Fix[]): string =>
  (applyFixes(fixes).get(path) ?? fileOf(connector).bytes).toString();
const valueAfter = (connector: Connector, fixes: Fix[]): unknown => JSON.parse(textAfter(connector, fixes));

describe('fixes', () => {
  it('change as few characters as possible', () => {
    const text = '{\r\n\t"b" : 1.50,\r\n\t"a" : { "x":"\\u00e9", "y": [ 1,2 ] } ,\r\n\t"c": true\r\n}\r\n';
    const connector = definition(text);
    const at = (...keys: string[]) => placeIn(connector, ...keys);
    expect(textAfter(connector, [{ op: 'set', at: at('c'), value: false }])).to.equal(text.replace('true', 'false'));
    expect(textAfter(connector, [{ op: 'set', at: at('d'), value: 1 }])).to.equal(
      text.replace('true\r\n', 'true,\r\n\t"d": 1\r\n'),
    );
    expect(textAfter(connector, [{ op: 'rename', at: at('a', 'x'), to: 'z' }])).to.include('"b" : 1.50');
  });

  it('do not spoil each other’s places', () => {
    const connector = definition({ list: ['a', 'b', 'c'], old: { deep: 1 } });
    const fixes: Fix[] = [
      { op: 'remove', at: placeIn(connector, 'list', 0) },
      { op: 'rename', at: placeIn(connector, 'old'), to: 'new' },
      { op: 'remove', at: placeIn(connector, 'list', 2) },
      { op: 'set', at: placeIn(connector, 'old', 'deep'), value: 2 },
      { op: 'set', at: placeIn(connector, 'added', 'below'), value: 3 },
    ];
    expect(valueAfter(connector, fixes)).to.deep.equal({ list: ['b'], new: { deep: 2 }, added: { below: 3 } });
  });

  it('never rename onto a key that is there', () => {
    const connector = definition({ a: 1, b: 2 });
    expect(valueAfter(connector, [{ op: 'rename', at: placeIn(connector, 'a'), to: 'b' }])).to.deep.equal({
      a: 1,
      b: 2,
    });
  });

  it('treat __proto__ as a name like any other', () => {
    const connector = definition('{ "__proto__": { "x": 1 }, "constructor": 2 }');
    const set: Fix = { op: 'set', at: placeIn(connector, '__proto__', 'x'), value: 5 };
    expect(textAfter(connector, [set])).to.equal('{ "__proto__": { "x": 5 }, "constructor": 2 }');
    expect(({} as { x?: number }).x).to.equal(undefined);
  });

  it('keep the encoding of the file', () => {
    const text = '{ "title": "ü" }';
    const little = Buffer.from(`\uFEFF${text}`, 'utf16le');
    const big = Buffer.from(little).swap16();
    for (const bytes of [Buffer.from(`\uFEFF${text}`), little, big]) {
      const connector = definition(bytes);
      const changed = applyFixes([{ op: 'set', at: placeIn(connector, 'title'), value: 'ä' }]).get(path);
      const now = decode({ role: 'definition', path, bytes: changed ?? Buffer.alloc(0) });
      expect(now.text).to.equal(text.replace('ü', 'ä'));
      expect([now.encoding, now.bom]).to.deep.equal([fileOf(connector).encoding, true]);
    }
  });

  it('leave alone what may be Windows-1252, until it has become UTF-8', () => {
    const connector = definition(Buffer.from('{ "title": "ü" }', 'latin1'));
    expect(applyFixes([{ op: 'set', at: placeIn(connector, 'title'), value: 'ä' }]).size).to.equal(0);
  });

  it('edit strict JSON only', () => {
    const connector = definition('{ "a": 1, }');
    expect(applyFixes([{ op: 'set', at: placeIn(connector, 'a'), value: 2 }]).size).to.equal(0);
    expect(chooseFixes([finding({ fixes: [{ op: 'set', at: placeIn(connector, 'a'), value: 2 }] })])).to.deep.equal([]);
  });

  describe('that are applied together', () => {
    const connector = definition({ a: { b: { c: 1 } }, d: [1, 2] });
    const set = (...keys: (string | number)[]): Fix => ({ op: 'set', at: placeIn(connector, ...keys), value: 0 });
    const chosen = (...groups: Fix[][]): number[] => {
      const findings = groups.map((fixes, line) => finding({ line, fixes }));
      return chooseFixes(findings).map(({ line }) => line);
    };

    it('do not change the same value, or one inside the other', () => {
      expect(chosen([set('a', 'b')], [set('a', 'b')], [set('a')], [set('a', 'b', 'c')], [set('d')])).to.deep.equal([
        0, 4,
      ]);
    });

    it('may change neighbours', () => {
      expect(chosen([set('d', 0)], [set('d', 1)], [set('a', 'x')], [set('a', 'y')])).to.deep.equal([0, 1, 2, 3]);
    });

    it('belong together when they are of one finding', () => {
      expect(chosen([set('d', 0)], [set('a'), set('d', 0)], [set('a', 'b')])).to.deep.equal([0, 2]);
      expect(chosen([set('a'), set('a', 'b')])).to.deep.equal([0]);
    });
  });

  describe('of a connector', () => {
    type Validate = (value: JsonObject, place: Location) => Partial<Finding>[];
    const run = async (start: JsonObject, validate: Validate, wanted = (_rule: string) => true) => {
      let rounds = 0;
      const result = await fixConnector(definition(start), {
        wanted,
        validate: async (connector) => {
          rounds += 1;
          const value = parseJson(fileOf(connector)).value as JsonObject;
          return validate(value, new Location(fileOf(connector))).map((values) => finding(values));
        },
      });
      return { ...result, rounds, value: fileOf(result.connector).value };
    };
    const set = (at: Location, value: number): Fix => ({ op: 'set', at, value });

    it('go on until nothing is left that can be fixed', async () => {
      const result = await run({ n: 3 }, ({ n }, root) =>
        Number(n) > 0 ? [{ fixes: [set(root.at('n'), Number(n) - 1)] }, {}] : [],
      );
      expect(result).to.deep.include({ value: { n: 0 }, fixed: 2, leftOut: [] });
      expect(result.changes.map((change) => change.path)).to.deep.equal([path]);
    });

    it('end after ten rounds at the latest', async () => {
      const result = await run({ n: 0 }, ({ n }, root) => [{ fixes: [set(root.at('n'), Number(n) + 1)] }]);
      expect(result.value).to.deep.equal({ n: 10 });
      expect(result.rounds).to.equal(11);
    });

    it('are left out rule by rule where they would make more findings', async () => {
      const result = await run({ good: 1, bad: 1 }, ({ good, bad }, root) => [
        ...(good === 1 ? [{ rule: 'a', fixes: [set(root.at('good'), 0)] }] : []),
        ...(bad === 1
          ? [{ rule: 'b', fixes: [set(root.at('bad'), 0)] }]
          : [{ rule: 'c' }, { rule: 'c' }, { rule: 'c' }]),
      ]);
      expect(result).to.deep.include({ value: { good: 0, bad: 1 }, fixed: 1, leftOut: ['b'] });
    });

    it('are counted rule by rule, beside what they bring to light', async () => {
      const result = await run({ a: 1, b: 1 }, ({ a, b }, root) => [
        ...(a === 1 ? [{ rule: 'a', fixes: [set(root.at('a'), 0)] }] : [{ rule: 'c' }]),
        ...(b === 1 ? [{ rule: 'b', fixes: [set(root.at('b'), 0)] }] : []),
      ]);
      expect(result).to.deep.include({ fixed: 2, revealed: new Map([['c', 1]]) });
    });

    it('are no longer promised where they were left out', async () => {
      const { findings, leftOut } = await run({ bad: 1 }, ({ bad }, root) =>
        bad === 1 ? [{ rule: 'b', fixes: [set(root.at('bad'), 0)] }] : [{ rule: 'c' }, { rule: 'c' }],
      );
      expect(leftOut).to.deep.equal(['b']);
      expect(findings.map(({ rule, fixable, fixes }) => ({ rule, fixable, fixes }))).to.deep.equal([
        { rule: 'b', fixable: false, fixes: [] },
      ]);
    });

    it('are left out where an error would take the place of a warning', async () => {
      const result = await run({ n: 1 }, ({ n }, root) => [
        n === 1 ? { severity: 'warning', fixes: [set(root.at('n'), 0)] } : { severity: 'error' },
      ]);
      expect(result).to.deep.include({ value: { n: 1 }, fixed: 0 });
      expect(result.changes).to.deep.equal([]);
    });

    it('end where two rules undo each other’s work, always at the same place', async () => {
      const validate: Validate = ({ n }, root) => [{ fixes: [set(root.at('n'), 1 - Number(n))] }];
      const first = await run({ n: 0 }, validate);
      expect(first.value).to.deep.equal({ n: 0 });
      expect((await run({ n: 1 }, validate)).value).to.deep.equal({ n: 1 });
    });

    it('are those that are wanted', async () => {
      const result = await run(
        { n: 1 },
        ({ n }, root) => (n === 1 ? [{ fixes: [set(root.at('n'), 0)] }] : []),
        () => false,
      );
      expect(result.changes).to.deep.equal([]);
    });
  });
});
