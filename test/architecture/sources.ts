import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';
import { checkout } from '../support/folders.ts';

/** A module of the project. */
export interface Source {
  /** Relative to the checkout, with `/`. */
  path: string;
  file: ts.SourceFile;
}

/** All modules of the command line and the generators, parsed. */
export const sources: readonly Source[] = ['src', 'generators'].flatMap(modulesIn);

/** What is around them: the build, the bench, the action, the editor's extension. */
export const tools: readonly Source[] = ['scripts', 'bench', 'action', 'editors', 'packages'].flatMap(modulesIn);

function modulesIn(folder: string): Source[] {
  return filesIn(folder)
    .filter((path) => /\.(?:tsx?|[cm]?js)$/.test(path))
    .sort()
    .map((path) => ({
      path,
      file: ts.createSourceFile(path, readFileSync(join(checkout, path), 'utf8'), ts.ScriptTarget.Latest, true),
    }));
}

/** What is installed or built isn't ours. Links aren't followed: the bench makes one among its packages that leads back here. */
function filesIn(folder: string): string[] {
  return readdirSync(join(checkout, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isFile()) return [path];
    return entry.isDirectory() && !['node_modules', 'dist'].includes(entry.name) ? filesIn(path) : [];
  });
}

export interface Import {
  from: string;
  to: string;
  /** 1-based. */
  line: number;
  /** Only types, which are gone at run time. */
  isType: boolean;
}

/** Every import of one module of the project by another one, also `import()`. */
export const imports: readonly Import[] = sources.flatMap(({ path, file }) => {
  const found: Import[] = [];
  const visit = (node: ts.Node): void => {
    const [specifier, isType] = importOf(node) ?? [];
    if (specifier?.startsWith('.') && /\.tsx?$/.test(specifier)) {
      const line = file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
      found.push({ from: path, to: posix.join(posix.dirname(path), specifier), line, isType: isType ?? false });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
});

function importOf(node: ts.Node): [specifier: string, isType: boolean] | undefined {
  if (ts.isImportDeclaration(node)) {
    const { importClause: clause, moduleSpecifier } = node;
    const names = clause?.namedBindings && ts.isNamedImports(clause.namedBindings) ? clause.namedBindings.elements : [];
    const isType =
      clause?.phaseModifier === ts.SyntaxKind.TypeKeyword ||
      (clause?.name === undefined && names.length > 0 && names.every(({ isTypeOnly }) => isTypeOnly));
    return [(moduleSpecifier as ts.StringLiteral).text, isType];
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) {
    return [(node.moduleSpecifier as ts.StringLiteral).text, node.isTypeOnly];
  }
  const [argument] = ts.isCallExpression(node) ? node.arguments : [];
  const isCall = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
  if (isCall && argument !== undefined && ts.isStringLiteral(argument)) return [argument.text, false];
  return undefined;
}
