import type { Json, JsonObject } from '../connector/json.ts';

/** What an author says about an operation that is to be added. */

/** Methods that an operation may have, in lower case as in the definition. */
export const methods = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options'] as const;
export type Method = (typeof methods)[number];

/** Levels of `x-ms-visibility`; none of them means normal. */
export const visibilities = ['important', 'advanced', 'internal'] as const;
export type Visibility = (typeof visibilities)[number];

/** Where a parameter is sent; the body is a thing of its own. */
export const parameterPlaces = ['path', 'query', 'header'] as const;
export type ParameterPlace = (typeof parameterPlaces)[number];

export const scalarTypes = ['string', 'integer', 'number', 'boolean'] as const;
export type ScalarType = (typeof scalarTypes)[number];

export interface NewParameter {
  name: string;
  in: ParameterPlace;
  /** Default `string`. An array is sent as one value, its items parted by commas. */
  type?: ScalarType | 'array';
  /** One of the formats that the platform knows, or none; of an array: of its items. */
  format?: string;
  /** Type of an array's items; default `string`. */
  items?: ScalarType;
  /** Default false. A path parameter is always required, and so is an internal one with a default. */
  required?: boolean;
  /** `x-ms-summary`; default: the name as a title. */
  summary?: string;
  /** Default: made from the summary. */
  description?: string;
  visibility?: Visibility;
  /** Of the parameter's type, and one of `enum` where there is one. */
  default?: Json;
  /** Allowed values, of the parameter's type. */
  enum?: Json[];
}

export interface NewBody {
  /** Swagger 2.0 schema. */
  schema: JsonObject;
  /** Default true. */
  required?: boolean;
}

export interface NewResponse {
  /** Three digits, 200 to 299; default `200`. */
  status?: string;
  /** Default: one sentence for success. */
  description?: string;
  /** Swagger 2.0 schema; without one the operation has no outputs. */
  schema?: JsonObject;
}

/** An action: called by a flow or app, answers at once. */
export interface NewAction {
  kind: 'action';
  id: string;
  /** In any case. */
  method: string;
  /** Below the base path, with variables in braces: `/orders/{orderId}`. */
  path: string;
  /** Default: made from the id. */
  summary?: string;
  /** Default: made from the summary. */
  description?: string;
  visibility?: Visibility;
  /** In the order in which people see them. Path variables that are missing here are added in front. */
  parameters?: NewParameter[];
  /** JSON request body. */
  body?: NewBody;
  /** The JSON response for success. */
  response?: NewResponse;
}

/** One member per kind of operation. */
export type NewOperation = NewAction;
