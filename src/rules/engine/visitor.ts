import type { JsonObject } from '../../connector/json/value.ts';
import type { JsonFile } from '../../connector/source-file.ts';
import type { Compilation } from '../../script/compilation.ts';
import type { ScriptFile } from '../parsers/csharp.ts';
import type { MarkdownFile } from '../parsers/markdown.ts';
import type { PictureFile } from '../parsers/png.ts';
import type { Location } from './location.ts';
import type {
  ConnectionParameter,
  ConnectorModel,
  Operation,
  Parameter,
  PathItem,
  Policy,
  Reference,
  Response,
  Schema,
} from './model.ts';
import type { Report } from './rule.ts';

type Visit<T> = (node: T, report: Report, connector: ConnectorModel) => void;

/** An object of a JSON file together with where it is. */
export interface Located<T = JsonObject> {
  value: T;
  place: Location;
}

/** A script with what the compiler says of it. */
export interface CompiledScript {
  file: ScriptFile;
  result: Compilation;
}

/** Everything a rule can look at. One walk over the connector calls all rules. */
export interface Visitor {
  /** Once, first: the whole connector, for whatever spans several things. */
  connector?: (connector: ConnectorModel, report: Report) => void;
  /** Each JSON file that is there (definition, properties, settings, config), as text: encoding, syntax, layout. */
  jsonFile?: Visit<JsonFile>;
  icon?: Visit<PictureFile>;
  script?: Visit<ScriptFile>;
  /** What the compiler says of the script, where somebody asked it. */
  compilation?: Visit<CompiledScript>;
  readme?: Visit<MarkdownFile>;
  intro?: Visit<MarkdownFile>;

  /** The definition's root object. */
  root?: Visit<Located>;
  /** The root object of a definition that is OpenAPI 3 and doesn't claim to be Swagger; nothing else of it is shown. */
  unsupported?: Visit<Located>;
  /** `info`, when it is an object. */
  info?: Visit<Located>;
  pathItem?: Visit<PathItem>;
  operation?: Visit<Operation>;
  /** Every declared parameter once: shared ones, those of path items, those of operations; never a `$ref`. */
  parameter?: Visit<Parameter>;
  /** Every declared response once: shared ones and those of operations; never a `$ref`. */
  response?: Visit<Response>;
  /** Every schema object once where it is written, also `items` of parameters; never a `$ref`. */
  schema?: Visit<Schema>;
  /**
   * By keyword: every schema and every declared parameter that has the keyword. The cheap way to look at one keyword,
   * since there are far more schemas than anything else.
   */
  keyword?: Record<string, Visit<Schema | Parameter>>;
  /** Every `$ref`, of schemas, parameters and responses. */
  reference?: Visit<Reference>;
  /** Every object of the definition that can carry `x-ms-…` keys, the root, info, path items and all above included. */
  extensible?: Visit<Located>;

  /** The `properties` object of apiProperties.json. */
  properties?: Visit<Located>;
  /** Each connection parameter, of `connectionParameters` and of every set. */
  connectionParameter?: Visit<ConnectionParameter>;
  /** Each entry of `policyTemplateInstances` that is an object. */
  policy?: Visit<Policy>;
  /** settings.json, when it is an object. */
  settings?: Visit<Located>;
}

/** The names of `Visitor`, in the order of the walk. */
export const visitorEvents = [
  'connector',
  'jsonFile',
  'icon',
  'script',
  'compilation',
  'readme',
  'intro',
  'root',
  'unsupported',
  'info',
  'pathItem',
  'operation',
  'parameter',
  'response',
  'schema',
  'keyword',
  'reference',
  'extensible',
  'properties',
  'connectionParameter',
  'policy',
  'settings',
] as const satisfies readonly (keyof Visitor)[];
