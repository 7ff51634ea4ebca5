import type { Json, JsonObject } from '../connector/json/value.ts';
import type { ScriptPattern } from '../script/script-pattern.ts';
import type { DynamicReference } from './dynamic.ts';
import type { OperationKind } from './kinds/catalogue.ts';

/** What an author says about an operation that is to be added. */

/** Levels of `x-ms-visibility`; none of them means normal. */
export const visibilities = ['important', 'advanced', 'internal'] as const;
export type Visibility = (typeof visibilities)[number];

/** Where a parameter is sent; the body is a thing of its own. `formData` is for uploads. */
export const parameterPlaces = ['path', 'query', 'header', 'formData'] as const;
export type ParameterPlace = (typeof parameterPlaces)[number];

export const scalarTypes = ['string', 'integer', 'number', 'boolean'] as const;
export type ScalarType = (typeof scalarTypes)[number];

export interface NewParameter {
  name: string;
  in: ParameterPlace;
  /** Default `string`. An array is sent as one value, its items parted by commas; a file only in `formData`. */
  type?: ScalarType | 'array' | 'file';
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
  /** What makers see instead of an allowed value, by its text. */
  enumNames?: Readonly<Record<string, string>>;
  /** How a path variable is encoded; default `single`, `double` when ids contain slashes or percent signs. */
  encoding?: 'single' | 'double';
  /** Limits of a number. */
  minimum?: number;
  maximum?: number;
  /** Limits of a text's length. */
  minLength?: number;
  maxLength?: number;
  /** Regular expression that a text must match. */
  pattern?: string;
  /** Extensions that nothing above stands for, such as `x-ms-test-value`. */
  extensions?: Readonly<Record<string, Json>>;
}

/** Keywords that limit a parameter's value. */
export const limitKeywords = ['minimum', 'maximum', 'minLength', 'maxLength', 'pattern'] as const;

export interface NewBody {
  /** Swagger 2.0 schema. */
  schema: JsonObject;
  /** Default true. */
  required?: boolean;
  /** Media type; default `application/json`. */
  mediaType?: string;
}

export interface NewResponse {
  /** Three digits, 200 to 299; default `200`. */
  status?: string;
  /** Default: one sentence for success. */
  description?: string;
  /** Swagger 2.0 schema; without one the operation has no outputs. */
  schema?: JsonObject;
  /** What the API answers otherwise: descriptions by status, three digits or `default`. */
  others?: Readonly<Record<string, string>>;
}

/** The schema of an answer that is a file. */
export const fileSchema: JsonObject = {
  type: 'string',
  format: 'binary',
  'x-ms-summary': 'File Content',
  description: 'The content of the file.',
};

/** `status` of `x-ms-api-annotation` (docs/reference/openapi-extensions.md#revisions). */
export const stages = ['Preview', 'Production'] as const;
export type Stage = (typeof stages)[number];

/** How a webhook's `Location` header comes to be (docs/reference/openapi-extensions.md#webhook-trigger). */
export const locationWays = ['api', 'policy', 'script'] as const;
export type LocationWay = (typeof locationWays)[number];

export interface WebhookPart {
  /** Path of the property that takes the notification URL, such as `config/url`; default `callbackUrl`. */
  notificationUrl?: string;
  /** What the API sends to that URL. */
  notification?: { schema: JsonObject; description?: string };
  /** Fixed values of the subscription, by path: internal, required, sent as they are. */
  bodyValues?: Readonly<Record<string, Json>>;
  /** `x-ms-trigger-hint` */
  hint?: string;
  /** Path of the DELETE that ends the subscription; default: the trigger's path and one variable. */
  unsubscribePath?: string;
  unsubscribeId?: string;
  /** Variables of that path only; whatever isn't said about them is a text. */
  unsubscribeParameters?: NewParameter[];
  /** Default `api`: the API answers with it. */
  location?: LocationWay;
  /** `policy`: the URL, which may have `@connectionParameters(…)`. */
  locationUrl?: string;
  /** `script`: property of the answer that identifies the subscription; default `id`. */
  locationProperty?: string;
}

export const pollingForms = ['policy', 'protocol'] as const;
export type PollingForm = (typeof pollingForms)[number];

export interface PollingPart {
  /** Default `policy`: the API is an ordinary list; `protocol`: it answers 202 with Location and Retry-After. */
  form?: PollingForm;
  /** Query parameter that takes the state; default `since`. */
  stateParameter?: string;
  /** Property of the newest item that becomes the state, such as `created`. */
  statePath?: string;
  /** What the parameter is given, with `{state}` in it: `created gt {state}`; default: the state alone. */
  stateTemplate?: string;
  /** Path of the list in the answer; default: the first list that the response schema has. */
  itemsPath?: string;
  hint?: string;
}

export const uploadForms = ['multipart', 'raw', 'base64'] as const;
export type UploadForm = (typeof uploadForms)[number];

export interface FilePart {
  /** Default `multipart`. */
  form?: UploadForm;
  /** Form field or body property that holds the file; default `file`, in JSON `content`. */
  field?: string;
  /** Of a raw upload, default `application/octet-stream`; of a download, default: what the API sends. */
  mediaType?: string;
}

/** An internal operation that a dynamic reference calls, made when it isn't there. */
export interface NewHelper {
  id: string;
  method: string;
  path: string;
}

export interface NewOperation {
  kind: OperationKind;
  id: string;
  /** In any case; default: what the kind usually has. */
  method?: string;
  /** Below the base path, with variables in braces: `/orders/{orderId}`. */
  path: string;
  /** Default: made from the id. */
  summary?: string;
  /** Default: made from the summary. */
  description?: string;
  visibility?: Visibility;
  /** In the order in which people see them. Path variables that are missing here are added in front. */
  parameters?: NewParameter[];
  /** Request body. */
  body?: NewBody;
  /** The response for success. */
  response?: NewResponse;
  webhook?: WebhookPart;
  polling?: PollingPart;
  file?: FilePart;
  /** Property at the root of the response that holds the URL of the next page. */
  nextLink?: string;
  /** Path of the API where it isn't `path`: a policy routes the request there. */
  apiPath?: string;
  dynamic?: DynamicReference[];
  /** Paths of open objects that are shown as an editor of keys and values, such as `body/labels`. */
  dictionaries?: string[];
  helpers?: NewHelper[];
  script?: ScriptPattern;
  /** Whether it may still change. */
  stage?: Stage;
  /** Extensions that nothing above stands for, such as `x-ms-no-generic-test`. */
  extensions?: Readonly<Record<string, Json>>;
}
