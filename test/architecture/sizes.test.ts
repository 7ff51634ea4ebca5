import { expect } from 'chai';
import ts from 'typescript';
import { type Source, sources, tools } from './sources.ts';

/** In lines. What is longer has several ideas, and is read by nobody. */
const longestFunction = 60;
const longestFile = 400;

/**
 * Families of rules may be long, since the examples in them are their tests. What a program has written is read by
 * programs.
 */
const mayBeLong = /^src\/rules\/families\/|\.generated\.ts$/;

function* tooLong({ path, file }: Source): Generator<string> {
  if (mayBeLong.test(path)) return;
  const lineAt = (offset: number): number => file.getLineAndCharacterOfPosition(offset).line;
  if (lineAt(file.end) > longestFile) yield path;
  const open: ts.Node[] = [file];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (isFunction(node) && lineAt(node.end) - lineAt(node.getStart(file)) >= longestFunction)
      yield `${path} ${node.name?.getText(file) ?? `line ${lineAt(node.pos) + 1}`}`;
    open.push(...node.getChildren(file));
  }
}

const isFunction = (node: ts.Node): node is ts.FunctionLikeDeclaration =>
  ts.isFunctionLike(node) && 'body' in node && node.body !== undefined;

/** Names of functions that a module exports, also as constants. */
function exportedFunctions({ file }: Source): string[] {
  return file.statements.flatMap((statement) => {
    const isExported =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    if (!isExported) return [];
    // of an overloaded one, the one with the body
    if (ts.isFunctionDeclaration(statement)) return statement.name && statement.body ? [statement.name.text] : [];
    if (!ts.isVariableStatement(statement)) return [];
    return statement.declarationList.declarations
      .filter(({ initializer }) => initializer !== undefined && isFunction(initializer))
      .map(({ name }) => name.getText(file));
  });
}

describe('modules', () => {
  it(`have at most ${longestFile} lines, and functions of at most ${longestFunction}`, () => {
    expect([...sources, ...tools].flatMap((source) => [...tooLong(source)]).sort()).to.deep.equal([]);
  });

  it('export no function under the name of another one: one idea has one home', () => {
    const twice = [sources, tools].flatMap((group) => {
      const homes = new Map<string, string[]>();
      for (const source of group)
        for (const name of exportedFunctions(source)) homes.set(name, [...(homes.get(name) ?? []), source.path]);
      const shared = [...homes].filter(([, paths]) => paths.length > 1);
      return shared.map(([name, paths]) => `${name}: ${paths.join(', ')}`);
    });
    expect(twice).to.deep.equal([]);
  });
});
