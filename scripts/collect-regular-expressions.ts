/** All regular expressions of our source code, as the TypeScript parser sees them. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** A regular expression of the sources, or a place that makes one of parts known only while running. */
export interface Expression {
  /** As a literal, flags included: `/^a+$/i`; of a made one the source code: `new RegExp(id, 'i')`. */
  text: string;
  /** Absent where it is made of parts that aren't constant. */
  pattern?: { source: string; flags: string };
  /** `src/validate/texts.ts:17`: of every use. */
  places: string[];
}

/** The expressions of these files, each once, in the order of their texts. `root` is what places are relative to. */
export function collectExpressions(files: readonly string[], root: string): Expression[] {
  const sources = new Sources();
  const found = new Map<string, Expression>();
  for (const file of files) {
    const source = sources.of(file);
    const visit = (node: ts.Node): void => {
      const expression = expressionAt(node, source, sources);
      if (expression !== undefined) {
        const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
        const place = `${relative(root, file).split(sep).join('/')}:${line}`;
        const known = found.get(expression.text);
        if (known === undefined) found.set(expression.text, { ...expression, places: [place] });
        else known.places.push(place);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return [...found.values()].sort((a, b) => (a.text < b.text ? -1 : 1));
}

/** What a node is: a literal, a call of `RegExp`, or neither. */
function expressionAt(
  node: ts.Node,
  source: ts.SourceFile,
  sources: Sources,
): Pick<Expression, 'text' | 'pattern'> | undefined {
  if (ts.isRegularExpressionLiteral(node)) return { text: node.text, pattern: parts(node.text) };
  if (!(ts.isNewExpression(node) || ts.isCallExpression(node)) || node.expression.getText(source) !== 'RegExp')
    return undefined;
  const [pattern, flags] = node.arguments ?? [];
  if (pattern === undefined) return undefined;
  const given = ts.isRegularExpressionLiteral(pattern)
    ? parts(pattern.text).source
    : constantText(pattern, source, sources);
  const givenFlags = flags === undefined ? '' : constantText(flags, source, sources);
  if (given === undefined || givenFlags === undefined) return { text: node.getText(source).replaceAll(/\s+/g, ' ') };
  const made = new RegExp(given, givenFlags);
  return { text: String(made), pattern: { source: made.source, flags: made.flags } };
}

/** A literal's source and flags. */
function parts(literal: string): { source: string; flags: string } {
  const end = literal.lastIndexOf('/');
  return { source: literal.slice(1, end), flags: literal.slice(end + 1) };
}

/** The text that an expression always has, or undefined where that isn't plain from the code. */
function constantText(node: ts.Expression, source: ts.SourceFile, sources: Sources): string | undefined {
  const text = (part: ts.Expression) => constantText(part, source, sources);
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return text(node.expression);
  if (ts.isTemplateExpression(node))
    return joined([
      node.head.text,
      ...node.templateSpans.flatMap((span) => [text(span.expression), span.literal.text]),
    ]);
  if (ts.isTaggedTemplateExpression(node) && node.tag.getText(source) === 'String.raw') {
    const raw = (part: ts.TemplateLiteralLikeNode) => part.rawText ?? part.text;
    const { template } = node;
    if (!ts.isTemplateExpression(template)) return raw(template);
    return joined([raw(template.head), ...template.templateSpans.flatMap((s) => [text(s.expression), raw(s.literal)])]);
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken)
    return joined([text(node.left), text(node.right)]);
  if (ts.isPropertyAccessExpression(node) && node.name.text === 'source' && ts.isIdentifier(node.expression)) {
    const value = sources.valueOf(node.expression.text, source);
    return value && ts.isRegularExpressionLiteral(value.node) ? parts(value.node.text).source : undefined;
  }
  if (!ts.isIdentifier(node)) return undefined;
  const value = sources.valueOf(node.text, source);
  return value && constantText(value.node, value.source, sources);
}

/** The texts as one, if all of them are known. */
function joined(texts: readonly (string | undefined)[]): string | undefined {
  return texts.includes(undefined) ? undefined : texts.join('');
}

/** Parsed files, and the values of their constants. */
class Sources {
  private readonly parsed = new Map<string, ts.SourceFile>();

  of(file: string): ts.SourceFile {
    const known = this.parsed.get(file);
    if (known !== undefined) return known;
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
    this.parsed.set(file, source);
    return source;
  }

  /** What a `const` of this name is set to: in the file itself, or in the one that it is imported from. */
  valueOf(name: string, source: ts.SourceFile): { node: ts.Expression; source: ts.SourceFile } | undefined {
    const values: ts.Expression[] = [];
    let from: string | undefined;
    const visit = (node: ts.Node): void => {
      if (ts.isVariableDeclaration(node) && node.name.getText(source) === name && node.initializer !== undefined)
        values.push(node.initializer);
      if (ts.isParameter(node) && node.name.getText(source) === name) values.push(ts.factory.createNull());
      if (ts.isImportDeclaration(node) && importsName(node, name))
        from = join(dirname(source.fileName), (node.moduleSpecifier as ts.StringLiteral).text);
      ts.forEachChild(node, visit);
    };
    visit(source);
    const [value] = values;
    if (value !== undefined) return values.length === 1 ? { node: value, source } : undefined;
    return from !== undefined && ts.sys.fileExists(from) ? this.valueOf(name, this.of(from)) : undefined;
  }
}

/** Whether an import brings this name, unchanged. */
function importsName(node: ts.ImportDeclaration, name: string): boolean {
  const named = node.importClause?.namedBindings;
  return (
    named !== undefined &&
    ts.isNamedImports(named) &&
    named.elements.some((e) => e.name.text === name && !e.propertyName)
  );
}

const checkout = fileURLToPath(new URL('..', import.meta.url));

/** The expressions of everything that is published, as source code. */
export function expressionsOfSources(): Expression[] {
  const files = ['src', 'generators'].flatMap((folder) =>
    readdirSync(join(checkout, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  return collectExpressions(files, checkout);
}
