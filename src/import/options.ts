import type { Present } from './present.ts';

/** A webhook of the description with the operation that subscribes to it. */
export interface WebhookPair {
  name: string;
  /** Its id, or `POST /hooks`. */
  operation: string;
  /** The property of its body that takes the address; inner ones are written `hook.url`. */
  property: string;
}

/** What the user can decide about a conversion. Everything has a default that needs no question. */
export interface ImportOptions {
  /** Replaces the host of the chosen server; the base path stays. */
  host?: string;
  /** Index of the server to use, from 0. */
  server?: number;
  /** Keep a server that has only http. */
  allowHttp?: boolean;
  /** Name of the security scheme to use, or `none`. */
  auth?: string;
  tags?: readonly string[];
  /** Patterns such as `/orders/*` or `/admin/**`. */
  paths?: readonly string[];
  /** Ids, or `GET /orders/{id}`. */
  operations?: readonly string[];
  excludeTags?: readonly string[];
  excludePaths?: readonly string[];
  excludeOperations?: readonly string[];
  includeDeprecated?: boolean;
  /** Turn callbacks into webhook triggers. */
  triggers?: boolean;
  /** Webhooks to make triggers of. */
  webhooks?: readonly WebhookPair[];
  /**
   * Query arrays: `auto` as the API declares them; `csv` and `string` write all of them that way; `script`: lists, of
   * which a script repeats the name.
   */
  arrays?: 'auto' | 'csv' | 'string' | 'script';
  /** Quote the first scalar example of a parameter in its description. */
  examples?: boolean;
  /** Only the definition is written: whatever takes policies or connection parameters is reported as lost. */
  definitionOnly?: boolean;
  /** Take Swagger 2.0 that passes all rules as it is. */
  keep?: boolean;
  /** Longest distance of a definition from an operation, counted in references. */
  maxDepth?: number;
  /** Largest size of the written definition, in bytes. */
  maxBytes?: number;
  /** Values of Postman variables, by name. */
  variables?: ReadonlyMap<string, string>;
  /** What the connector has that is refreshed; undefined: a conversion by itself. */
  present?: Present | undefined;
}
