import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import fc from 'fast-check';
import ts from 'typescript';
import { letterPattern } from '../../src/language/letters.ts';

const sources = fileURLToPath(new URL('../../src', import.meta.url));

/** Both patterns of every call of `letterPattern` in the sources. */
function pairs(): { plain: RegExp; any: RegExp }[] {
  const found: { plain: RegExp; any: RegExp }[] = [];
  for (const name of readdirSync(sources, { recursive: true, encoding: 'utf8' })) {
    const text = name.endsWith('.ts') ? readFileSync(join(sources, name), 'utf8') : '';
    if (!text.includes('letterPattern(')) continue;
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && node.expression.getText() === 'letterPattern') {
        const [plain, any] = node.arguments.flatMap(literalsIn);
        if (plain === undefined || any === undefined) throw new Error(`${name}: ${node.getText()} has no two literals`);
        found.push({ plain: patternOf(plain), any: patternOf(any) });
      }
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true));
  }
  return found;
}

const literalsIn = (node: ts.Node): string[] =>
  ts.isRegularExpressionLiteral(node) ? [node.text] : node.getChildren().flatMap(literalsIn);

function patternOf(literal: string): RegExp {
  const end = literal.lastIndexOf('/');
  return new RegExp(literal.slice(1, end), literal.slice(end + 1));
}

const matches = (pattern: RegExp, text: string) =>
  [...text.matchAll(new RegExp(pattern.source, `${pattern.flags.replace('g', '')}g`))].map(({ index, 0: match }) => [
    index,
    match,
  ]);

describe('patterns about letters', () => {
  it('find the same in an ASCII text, whichever of the two is used', () => {
    const found = pairs();
    expect(found.length).to.be.greaterThan(10);
    const letters = fc.constantFrom(...'aAbZzs09_-.()\'" \t%', 'API', 'connector', 'k', 'S', '(');
    for (const { plain, any } of found) {
      expect(plain.global, `${plain} ${any}`).to.equal(any.global);
      const ascii = fc.oneof(fc.string({ unit: 'grapheme-ascii' }), fc.string({ unit: letters, maxLength: 12 }));
      fc.assert(
        fc.property(ascii, (text) => {
          expect(matches(plain, text), `${plain}`).to.deep.equal(matches(any, text));
        }),
        { seed: 1, numRuns: 300 },
      );
    }
  });

  it('know letters of any language', () => {
    const start = letterPattern(/^[a-z]/, () => /^\p{Ll}/u);
    expect(['über', 'uber', 'Über', '1'].map((text) => start(text).test(text))).to.deep.equal([
      true,
      true,
      false,
      false,
    ]);
  });
});
