import type { Json, JsonObject } from '../connector/json/value.ts';
import type { References } from './read/references.ts';
import type { Located } from './read/source.ts';
import type { ReportCode } from './report-codes.ts';

/**
 * What every reader makes of its format, and all that the converter knows of a source.
 * Schemas stay source nodes in the JSON Schema dialect; everything around them is the same for all formats.
 */
export interface ApiModel {
  readonly format: 'swagger' | 'openapi' | 'postman';
  readonly version: string;
  readonly references: References;
  readonly info: Located | undefined;
  readonly servers: readonly SourceServer[];
  readonly tags: readonly string[];
  readonly operations: readonly SourceOperation[];
  /** Dropped before there was an operation to select: methods that Swagger 2.0 doesn't know, requests that don't fit. */
  readonly dropped: readonly Dropped[];
  readonly securitySchemes: ReadonlyMap<string, SourceScheme>;
  /** Requirements for operations that state none themselves. */
  readonly security: readonly Requirement[] | undefined;
  readonly webhooks: readonly SourceWebhook[];
  /** Schemas by name, in source order: names and order of the definitions. */
  readonly components: Located | undefined;
  /** Known `x-ms-*` members of the root. */
  readonly extensions: JsonObject;
  /** Vendor keys and other members of the root that have no place in the result. */
  readonly leftovers: readonly string[];
}

/** A message that the API sends without saying which operation asks for it. */
export interface SourceWebhook {
  readonly name: string;
  readonly at: string;
  readonly summary: string | undefined;
  readonly description: string | undefined;
  readonly schema: Located | undefined;
}

export interface Dropped {
  readonly code: ReportCode;
  readonly at: string;
  readonly message: string;
}

export interface SourceServer {
  readonly url: string;
  readonly at: string;
  readonly description: string | undefined;
  readonly variables: readonly ServerVariable[];
}

export interface ServerVariable {
  readonly name: string;
  readonly value: string;
  readonly allowed: readonly string[];
  readonly description: string | undefined;
  readonly at: string;
}

export interface SourceOperation {
  readonly method: string;
  /** The key of the path item as written. */
  readonly path: string;
  readonly at: string;
  readonly pathAt: string;
  readonly operationId: string | undefined;
  readonly summary: string | undefined;
  readonly description: string | undefined;
  readonly tags: readonly string[];
  readonly deprecated: boolean;
  readonly security: readonly Requirement[] | undefined;
  readonly servers: readonly SourceServer[] | undefined;
  readonly extensions: JsonObject;
  /** Notification content of the path item, when the source is a connector already. */
  readonly notification: Located | undefined;
  /** The costly part, read for selected operations only. */
  detail(): OperationDetail;
}

export interface OperationDetail {
  readonly parameters: readonly SourceParameter[];
  readonly body: SourceBody | undefined;
  readonly responses: readonly SourceResponse[];
  readonly callbacks: readonly SourceCallback[];
  readonly dropped: readonly Dropped[];
}

export type ParameterPlace = 'path' | 'query' | 'header' | 'cookie';

export interface SourceParameter {
  readonly name: string;
  readonly in: ParameterPlace;
  readonly at: string;
  readonly required: boolean;
  readonly deprecated: boolean;
  readonly description: string | undefined;
  readonly summary: string | undefined;
  readonly style: string;
  readonly explode: boolean;
  readonly allowReserved: boolean;
  /** The value is a document of this media type instead of a plain value. */
  readonly media: string | undefined;
  readonly schema: Located;
  readonly extensions: JsonObject;
  /** The first plain example, as text. */
  readonly example?: string | undefined;
}

export interface SourceBody {
  readonly name: string;
  readonly at: string;
  readonly required: boolean;
  readonly description: string | undefined;
  readonly media: readonly SourceMedia[];
  readonly extensions: JsonObject;
}

export interface SourceMedia {
  /** Lower case, without parameters. */
  readonly type: string;
  readonly at: string;
  readonly schema: Located | undefined;
  readonly encoding: Located | undefined;
  /** Pointers of the properties of a form where they are not members of `schema` in the source, by name. */
  readonly places: ReadonlyMap<string, string> | undefined;
}

export interface SourceResponse {
  readonly code: string;
  readonly at: string;
  readonly description: string | undefined;
  readonly media: readonly SourceMedia[];
  readonly headers: readonly SourceHeader[];
  readonly links: boolean;
}

export interface SourceHeader {
  readonly name: string;
  readonly at: string;
  readonly description: string | undefined;
}

export interface SourceCallback {
  readonly name: string;
  readonly expression: string;
  readonly at: string;
  readonly method: string;
  readonly summary: string | undefined;
  readonly description: string | undefined;
  readonly schema: Located | undefined;
}

/** One alternative: all schemes in it apply together, each with its scopes. */
export type Requirement = ReadonlyMap<string, readonly string[]>;

export interface SourceScheme {
  readonly name: string;
  readonly at: string;
  readonly type: string;
  readonly in: string | undefined;
  readonly parameter: string | undefined;
  readonly scheme: string | undefined;
  /** Word before an API key, such as `Token`; `scheme` has it of HTTP schemes. */
  readonly prefix?: string;
  readonly description: string | undefined;
  readonly openIdConnectUrl: string | undefined;
  readonly flows: readonly SourceFlow[];
}

export interface SourceFlow {
  readonly kind: 'authorizationCode' | 'implicit' | 'password' | 'clientCredentials' | 'other';
  readonly at: string;
  readonly authorizationUrl: string | undefined;
  readonly tokenUrl: string | undefined;
  readonly refreshUrl: string | undefined;
  readonly scopes: readonly [string, string][];
}

/** Members of an operation or path that a connector understands and that the source may already state. */
export const operationExtensions: readonly string[] = [
  'x-ms-visibility',
  'x-ms-trigger',
  'x-ms-trigger-hint',
  'x-ms-trigger-metadata',
  'x-ms-pageable',
  'x-ms-api-annotation',
  'x-ms-no-generic-test',
  'x-ms-openai-data',
  'x-ms-capabilities',
  'x-ms-safe-operation',
  'x-ms-operation-context',
  'x-ms-agentic-protocol',
];

/** The same for parameters and schemas. */
export const valueExtensions: readonly string[] = [
  'x-ms-summary',
  'x-ms-visibility',
  'x-ms-dynamic-values',
  'x-ms-dynamic-list',
  'x-ms-dynamic-schema',
  'x-ms-dynamic-properties',
  'x-ms-dynamic-tree',
  'x-ms-enum-values',
  'x-ms-editor',
  'x-ms-editor-options',
  'x-ms-media-kind',
  'x-ms-notification-url',
  'x-ms-test-value',
  'x-ms-trigger-value',
  'x-ms-url-encoding',
];

export const rootExtensions: readonly string[] = [
  'x-ms-connector-metadata',
  'x-ms-capabilities',
  'x-ms-docs',
  'x-ms-openai-manifest',
  'x-ms-openai-data',
];

export const infoExtensions: readonly string[] = [
  'x-ms-api-annotation',
  'x-ms-deployment-version',
  'x-ms-keywords',
  'x-ms-openai-published-to-copilots',
];

/** The members of `source` with one of these names, in the order of the list. */
export function pickExtensions(source: JsonObject, names: readonly string[]): JsonObject {
  const picked: JsonObject = {};
  if (!Object.keys(source).some((key) => key.startsWith('x-'))) return picked;
  for (const name of names) {
    const value: Json | undefined = source[name];
    if (value !== undefined && value !== null) picked[name] = value;
  }
  return picked;
}
