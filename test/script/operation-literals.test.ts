import { expect } from 'chai';
import { operationLiterals, renameLiterals } from '../../src/script/operation-literals.ts';

describe('ids of operations in a script', () => {
  const decisive: [name: string, text: (literal: string) => string][] = [
    ['a comparison', (id) => `if (Context.OperationId == ${id}) { }`],
    ['one from the other side', (id) => `if (${id} != this.Context.OperationId) { }`],
    ['Equals', (id) => `if (name.Equals(${id}, StringComparison.Ordinal) || ${id}.Equals(name)) { }`],
    ['cases', (id) => `switch (name) { case "Other": case ${id}: break; }`],
    ['arms', (id) => `var x = name switch { // the first\n ${id} => 1, "B" or ${id} => 2, _ => 3 };`],
    ['patterns', (id) => `if (name is ${id} or "B" && name is not ${id}) { }`],
    ['a verbatim text', (id) => `if (name == @${id}) { }`],
    ['line ends of Windows', (id) => `a;\r\nif (name ==\r\n ${id}) { }\r\n`],
  ];
  for (const [name, text] of decisive) {
    it(`are found and renamed in ${name}`, () => {
      const before = text('"GetItem"');
      expect(renameLiterals(before, 'GetItem', 'ReadItem')).to.equal(text('"ReadItem"'));
      const found = operationLiterals(before, new Set(['GetItem']));
      expect(found.map(({ offset }) => before.slice(offset, offset + 7))).to.deep.equal(found.map(() => 'GetItem'));
      expect(found.every(({ isDecisive }) => isDecisive)).to.equal(true);
    });
  }

  it('are left alone where nothing is decided by them, in comments and in other texts', () => {
    const text = `var a = body["GetItem"]; Log("GetItem"); // == "GetItem"
/* case "GetItem": */ var b = "== \\"GetItem\\""; var d = """GetItem"""; var e = "GetItems";`;
    expect(renameLiterals(text, 'GetItem', 'X')).to.equal(text);
    expect(
      operationLiterals(text, new Set(['GetItem'])).map(({ offset }) => text.slice(offset - 6, offset)),
    ).to.deep.equal(['body["', ' Log("'].map((start) => start.slice(-6)));
  });

  it('are found in no time in what never ends', () => {
    const text = '"'.repeat(50_000) + '/*'.repeat(50_000);
    expect(operationLiterals(text, new Set(['GetItem']))).to.deep.equal([]);
  });
});
