import type { Json, JsonObject } from '../../connector/json/value.ts';
import type { Located } from '../read/source.ts';
import type { Report } from '../report.ts';
import type { ReportCode } from '../report-codes.ts';

/**
 * A schema as one expression over source nodes. Properties that meet in `allOf` or in a union are not merged
 * until somebody looks at them, so recursive schemas need no special care.
 */
export type Expression = Leaf | Group;

export interface Leaf {
  readonly op: 'leaf';
  readonly node: Located;
}

export interface Group {
  /** `all`: the value fits every part; `any`: it fits one of them. */
  readonly op: 'all' | 'any';
  readonly parts: readonly Expression[];
  readonly at: string;
  /** How many merged objects this group is inside of; 0 for what the source itself combines. */
  readonly level: number;
}

export function leaf(node: Located): Leaf {
  return { op: 'leaf', node };
}

export function placeOf(expression: Expression): string {
  return expression.op === 'leaf' ? expression.node.at : expression.at;
}

export type ScalarKind = 'string' | 'number' | 'integer' | 'boolean' | 'file';
/** `untyped`: says nothing about the type; `never`: `false`; `null`: only null; `cut`: refers to itself. */
export type Kind = ScalarKind | 'object' | 'array' | 'untyped' | 'never' | 'null' | 'cut';

/** One level of a schema with references, `allOf` and unions resolved, in the terms of Swagger 2.0. */
export interface Flat {
  kind: Kind;
  at: string;
  nullable: boolean;
  title: string | undefined;
  description: string | undefined;
  readOnly: boolean;
  deprecated: boolean;
  format: string | undefined;
  pattern: string | undefined;
  enum: Json[] | undefined;
  /** Display names of enum values, by JSON text of the value. */
  enumNames: Map<string, string>;
  default: Json | undefined;
  /** `minimum`, `maxLength` … by keyword; numbers, or booleans for the exclusive ones. */
  bounds: JsonObject;
  properties: Map<string, Expression>;
  required: Set<string>;
  /** Schema of values in an object used as a map; true: anything. */
  additional: Expression | true | undefined;
  items: Expression | undefined;
  extensions: JsonObject;
  /** The definition that this level is, when it is one and nothing but one. */
  definition: DefinitionKey | undefined;
  /** Keys of the components whose content went into this level. */
  sources: Set<string>;
}

export interface DefinitionKey {
  readonly key: string;
  readonly expression: Expression;
}

export function emptyFlat(kind: Kind, at: string): Flat {
  return {
    kind,
    at,
    nullable: false,
    title: undefined,
    description: undefined,
    readOnly: false,
    deprecated: false,
    format: undefined,
    pattern: undefined,
    enum: undefined,
    enumNames: new Map(),
    default: undefined,
    bounds: {},
    properties: new Map(),
    required: new Set(),
    additional: undefined,
    items: undefined,
    extensions: {},
    definition: undefined,
    sources: new Set(),
  };
}

export function isScalar(kind: Kind): kind is ScalarKind {
  return kind === 'string' || kind === 'number' || kind === 'integer' || kind === 'boolean' || kind === 'file';
}

/** True for a level that restricts nothing: at most texts and other annotations. */
export function isAnnotation(flat: Flat): boolean {
  return flat.kind === 'untyped' && isBare(flat);
}

/** True for a level that says no more than its type. */
export function isBare(flat: Flat): boolean {
  return (
    flat.properties.size === 0 &&
    flat.required.size === 0 &&
    flat.enum === undefined &&
    flat.format === undefined &&
    flat.pattern === undefined &&
    flat.items === undefined &&
    flat.additional === undefined &&
    Object.keys(flat.bounds).length === 0
  );
}

/** A level that can be changed without touching the one it was made of. */
export function copyFlat(flat: Flat): Flat {
  return {
    ...flat,
    properties: new Map(flat.properties),
    required: new Set(flat.required),
    enumNames: new Map(flat.enumNames),
    sources: new Set(flat.sources),
  };
}

/** What putting levels together needs of its surroundings. */
export interface LevelContext {
  readonly report: Report;
  group(op: 'all' | 'any', parts: readonly Expression[], at: string): Expression;
  /** Notes a schema that the result doesn't describe; `cause` is the code of the entry at the place where it happened. */
  onLost(expression: Expression, cause: ReportCode): void;
}
