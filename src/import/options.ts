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
  /** Query arrays: `auto` as the API declares them; `csv` and `string` write all of them that way. */
  arrays?: 'auto' | 'csv' | 'string';
  /** Longest distance of a definition from an operation, counted in references. */
  maxDepth?: number;
  /** Largest size of the written definition, in bytes. */
  maxBytes?: number;
  /** Values of Postman variables, by name. */
  variables?: ReadonlyMap<string, string>;
}
