import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Node, Parser } from '@vscode/tree-sitter-wasm';
import type { TextFile } from '../../connector/source-file.ts';
import { packageRoot } from '../../templates.ts';

/** C# scripts by their structure: what the rules about script.csx ask for, read from a real syntax tree. */

export interface Method {
  name: string;
  /** The type it returns, without blanks. */
  returns: string;
  modifiers: string[];
  parameters: number;
  offset: number;
}

export interface TypeDeclaration {
  kind: 'class' | 'interface' | 'struct' | 'record' | 'enum';
  name: string;
  modifiers: string[];
  /** Base class and interfaces, without blanks. */
  bases: string[];
  methods: Method[];
  /** Inside another type. */
  nested: boolean;
  offset: number;
  end: number;
}

export interface Using {
  /** What is after `using`, `using static` or the `=` of an alias, without blanks. */
  name: string;
  isStatic: boolean;
  isAlias: boolean;
  offset: number;
}

export interface Named {
  name: string;
  offset: number;
}

export interface Directive extends Named {
  end: number;
}

export interface Script {
  usings: Using[];
  types: TypeDeclaration[];
  namespaces: Named[];
  /** `#r` and `#load`, which the compiler of C# scripts knows and the service doesn't. */
  directives: Directive[];
  /** `new X(…)`, also `X x = new(…)`. */
  creations: Named[];
  /** Texts that are compared with `Context.OperationId`: `==`, `!=`, `Equals`, `switch`. */
  operationIds: Named[];
}

/** Reads as much as can be read; a mistake in one place doesn't hide the others. */
export type ParseScript = (text: string) => Script;

/** script.csx with its structure. */
export interface ScriptFile extends TextFile {
  readonly parsed: Script;
}

export async function loadCSharpParser(): Promise<ParseScript> {
  const [{ default: treeSitter }, { brotliDecompressSync }] = await Promise.all([
    import('@vscode/tree-sitter-wasm'),
    import('node:zlib'),
  ]);
  const readWasm = (name: string) => readGrammar(name, brotliDecompressSync);
  const init = treeSitter.Parser.init as unknown as (options: { wasmBinary: Uint8Array }) => Promise<void>;
  await init.call(treeSitter.Parser, { wasmBinary: readWasm('tree-sitter.wasm') });
  const language = await treeSitter.Language.load(readWasm('tree-sitter-c-sharp.wasm'));
  const parser = new treeSitter.Parser();
  parser.setLanguage(language);
  return (text) => readScript(text, parser);
}

/** Published packages hold the grammar compressed, once for all bundles (5 MB become 0.2); a checkout has the dependency. */
function readGrammar(name: string, decompress: (bytes: Buffer) => Buffer): Uint8Array {
  const packed = join(packageRoot, 'dist', 'grammars', `${name}.br`);
  if (existsSync(packed)) return decompress(readFileSync(packed));
  return readFileSync(createRequire(import.meta.url).resolve(`@vscode/tree-sitter-wasm/wasm/${name}`));
}

function readScript(text: string, parser: Parser): Script {
  const tree = parser.parse(text);
  if (tree === null) throw new Error('the C# parser was cancelled');
  try {
    return new Reader(text).read(tree.rootNode);
  } finally {
    tree.delete();
  }
}

const typeKinds: Readonly<Record<string, TypeDeclaration['kind']>> = {
  class_declaration: 'class',
  interface_declaration: 'interface',
  struct_declaration: 'struct',
  record_declaration: 'record',
  enum_declaration: 'enum',
};

class Reader {
  private readonly text: string;
  private readonly script: Script = {
    usings: [],
    types: [],
    namespaces: [],
    directives: [],
    creations: [],
    operationIds: [],
  };

  constructor(text: string) {
    this.text = text;
  }

  read(root: Node): Script {
    // without recursion: generated scripts nest deeply
    const open: { node: Node; owner: TypeDeclaration | undefined }[] = [{ node: root, owner: undefined }];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      const owner = this.visit(next.node, next.owner) ?? next.owner;
      for (const child of next.node.namedChildren.toReversed()) if (child !== null) open.push({ node: child, owner });
    }
    this.directives(root);
    return this.script;
  }

  /** Notes what a node says; a type declaration is returned as the owner of what is below it. */
  private visit(node: Node, owner: TypeDeclaration | undefined): TypeDeclaration | undefined {
    const { script } = this;
    const kind = typeKinds[node.type];
    if (kind !== undefined) {
      const type: TypeDeclaration = {
        kind,
        name: textOf(node.childForFieldName('name')),
        modifiers: modifiers(node),
        bases: baseTypes(node),
        methods: [],
        nested: owner !== undefined,
        offset: node.startIndex,
        end: node.endIndex,
      };
      script.types.push(type);
      return type;
    }
    switch (node.type) {
      case 'using_directive':
        this.using(node);
        break;
      case 'namespace_declaration':
      case 'file_scoped_namespace_declaration':
        script.namespaces.push({ name: textOf(node.childForFieldName('name')), offset: node.startIndex });
        break;
      case 'method_declaration':
        owner?.methods.push({
          name: textOf(node.childForFieldName('name')),
          returns: withoutBlanks(textOf(node.childForFieldName('returns'))),
          modifiers: modifiers(node),
          parameters: children(node.childForFieldName('parameters'), 'parameter').length,
          offset: node.startIndex,
        });
        break;
      case 'object_creation_expression':
        this.creation(node.childForFieldName('type'), node);
        break;
      case 'implicit_object_creation_expression':
        this.creation(declaredType(node), node);
        break;
      case 'binary_expression':
        this.comparison(node);
        break;
      case 'invocation_expression':
        this.equals(node);
        break;
      case 'switch_statement':
      case 'switch_expression':
        this.switch(node);
        break;
    }
    return undefined;
  }

  private using(node: Node): void {
    const parts = children(node, 'identifier', 'qualified_name', 'alias_qualified_name', 'generic_name');
    const name = parts.at(-1);
    if (name === undefined) return;
    this.script.usings.push({
      name: withoutBlanks(name.text),
      isStatic: node.children.some((child) => child?.type === 'static'),
      isAlias: node.children.some((child) => child?.type === '='),
      offset: node.startIndex,
    });
  }

  private creation(type: Node | null, at: Node): void {
    if (type !== null) this.script.creations.push({ name: withoutBlanks(type.text), offset: at.startIndex });
  }

  private comparison(node: Node): void {
    const operator = node.childForFieldName('operator')?.type;
    if (operator !== '==' && operator !== '!=') return;
    const sides = [node.childForFieldName('left'), node.childForFieldName('right')];
    if (sides.some(isOperationId)) for (const side of sides) this.operationId(side);
  }

  /** `string.Equals(Context.OperationId, "X")`, `Context.OperationId.Equals("X")`, `"X".Equals(Context.OperationId)`. */
  private equals(node: Node): void {
    const callee = node.childForFieldName('function');
    if (callee?.type !== 'member_access_expression' || textOf(callee.childForFieldName('name')) !== 'Equals') return;
    const values = [
      callee.childForFieldName('expression'),
      ...children(node.childForFieldName('arguments'), 'argument').map((argument) => argument.namedChildren.at(-1)),
    ];
    if (values.some(isOperationId)) for (const value of values) this.operationId(value);
  }

  private switch(node: Node): void {
    const subject = node.type === 'switch_statement' ? node.childForFieldName('value') : node.namedChildren[0];
    if (!isOperationId(subject)) return;
    const body = node.childForFieldName('body') ?? node;
    for (const branch of children(body, 'switch_section', 'switch_expression_arm')) {
      for (const pattern of children(
        branch,
        'constant_pattern',
        'or_pattern',
        'parenthesized_pattern',
        'string_literal',
      ))
        this.pattern(pattern);
    }
  }

  private pattern(node: Node): void {
    if (node.type === 'string_literal') this.operationId(node);
    else for (const child of node.namedChildren) if (child !== null) this.pattern(child);
  }

  private operationId(node: Node | null | undefined): void {
    if (node?.type === 'parenthesized_expression') this.operationId(node.namedChildren[0]);
    else if (node?.type === 'string_literal') {
      this.script.operationIds.push({ name: node.text.slice(1, -1), offset: node.startIndex });
    }
  }

  private directives(root: Node): void {
    for (const found of this.text.matchAll(/^[ \t]*#[ \t]*(r|load)\b.*$/gm)) {
      const offset = found.index + found[0].indexOf('#');
      const at = root.descendantForIndex(offset, offset + 1);
      // the same characters inside a text or a comment mean nothing
      if (at !== null && /string|comment/.test(at.type)) continue;
      this.script.directives.push({ name: found[1] ?? '', offset, end: found.index + found[0].length });
    }
  }
}

const textOf = (node: Node | null | undefined): string => node?.text ?? '';

const withoutBlanks = (text: string): string => text.replaceAll(/\s+/g, '');

const children = (node: Node | null, ...types: string[]): Node[] =>
  (node?.namedChildren ?? []).filter((child): child is Node => child !== null && types.includes(child.type));

const modifiers = (node: Node): string[] => children(node, 'modifier').map((modifier) => modifier.text);

function baseTypes(node: Node): string[] {
  const [list] = children(node, 'base_list');
  return (list?.namedChildren ?? []).map((base) => withoutBlanks(textOf(base)));
}

/** The type of the variable, field or property that a `new(…)` initialises. */
function declaredType(node: Node): Node | null {
  for (let at = node.parent; at !== null; at = at.parent) {
    if (at.type === 'variable_declaration' || at.type === 'property_declaration') return at.childForFieldName('type');
    if (at.type !== 'variable_declarator' && at.type !== 'equals_value_clause') return null;
  }
  return null;
}

function isOperationId(node: Node | null | undefined): boolean {
  if (node?.type === 'parenthesized_expression') return isOperationId(node.namedChildren[0]);
  return node?.type === 'member_access_expression' && /^(this\.)?Context\.OperationId$/.test(withoutBlanks(node.text));
}
