import type { JsonObject } from '../../connector/json/value.ts';
import type { GivenAnswer, TestCase } from '../model.ts';

/** A case that is to be written: what it does. What is expected is what the connector does now. */
export interface Draft {
  /** What is promised. */
  name: string;
  inputs: JsonObject;
  api: GivenAnswer | GivenAnswer[];
  connectionSet?: string;
  switches?: NonNullable<TestCase['switches']>;
  /** Leaves everything out of the expectation but what it is about. */
  keeps?: (expect: JsonObject) => JsonObject;
}

/** A case as it is written to a file. */
export type WrittenCase = JsonObject & { name: string };
