import { expect } from 'chai';
import ts from 'typescript';
import { sources } from './sources.ts';

/** What the linter has no rule for: where two spellings mean the same, the project has one. */

/** Path and line of every node that `isWrong`. */
function places(isWrong: (node: ts.Node, file: ts.SourceFile) => boolean): string[] {
  return sources
    .filter(({ path }) => !path.endsWith('.generated.ts'))
    .flatMap(({ path, file }) => {
      const found: string[] = [];
      const visit = (node: ts.Node): void => {
        if (isWrong(node, file)) {
          found.push(`${path}:${file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1}`);
        }
        ts.forEachChild(node, visit);
      };
      visit(file);
      return found;
    });
}

const steps = new Set([ts.SyntaxKind.PlusPlusToken, ts.SyntaxKind.MinusMinusToken]);

describe('style', () => {
  it('has "private" members, no names with "#"', () => {
    expect(places((node) => ts.isPrivateIdentifier(node))).to.deep.equal([]);
  });

  it('counts by "+= 1"', () => {
    const isStep = (node: ts.Node): boolean =>
      (ts.isPostfixUnaryExpression(node) || ts.isPrefixUnaryExpression(node)) && steps.has(node.operator);
    expect(places(isStep)).to.deep.equal([]);
  });

  it('says by @throws what a function throws', () => {
    const wrong = sources.filter(({ file }) => /^ *(?:\/\*)?\*.*\bThrows\b/m.test(file.text)).map(({ path }) => path);
    expect(wrong).to.deep.equal([]);
  });
});
