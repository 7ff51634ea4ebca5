import type { JsonObject } from '../../connector/json/value.ts';
import type { NewPolicy } from '../../policy/policies.ts';
import type { NewOperation } from '../model.ts';

/** What the definition says around an operation that is to be added. */
export interface KindContext {
  definition: JsonObject;
}

/** What an operation brings to the connector beside itself. */
export interface AdditionalKeys {
  /** Extensions of the operation. */
  operation?: JsonObject;
  /** Extensions of its path item. */
  pathItem?: JsonObject;
  /** Further operations, such as the end of a subscription. */
  operations?: NewOperation[];
  policies?: NewPolicy[];
  /** Values for the pattern of its script. */
  scriptValues?: Readonly<Record<string, string>>;
}

/** One kind of operation: everything that sets it apart from a plain action. */
export interface KindOfOperation {
  /** For prompts: a label, and after a colon a hint. */
  title: string;
  /** What a person is asked for by default. */
  method: string;
  /** Fills in what the kind always has. @throws UserError for answers that contradict it */
  prepare?: (operation: NewOperation, context: KindContext) => NewOperation;
  /** What comes along with the finished operation. */
  additionalKeys?: (operation: NewOperation, context: KindContext) => AdditionalKeys;
  /** Proposed from the id. */
  summary?: (id: string) => string;
  description?: (summary: string) => string;
}
