import type { Json, JsonObject } from '../connector/json/value.ts';
import type { Client } from '../runtime/request/build-body.ts';
import type { NullHandling } from '../runtime/schema-check.ts';

/** Tests of a connector, as `schemas/connector-test.schema.json` describes their files. */

export interface Place {
  /** Absolute. */
  path: string;
  /** From 1. */
  line: number;
  column: number;
}

export interface TestFile {
  /** Absolute. */
  path: string;
  operation: string;
  operationPlace: Place;
  cases: TestCase[];
}

export interface TestCase extends Scene {
  name: string;
  place: Place;
  connection?: JsonObject;
  connectionSet?: string;
  inputs?: JsonObject;
  calls?: number;
  switches?: {
    client?: Client;
    null?: NullHandling;
    operationId?: 'plain' | 'base64';
    responsePolicies?: 'after-script' | 'before-script';
  };
  /** Of a poll, from the call before. */
  state?: JsonObject;
  steps?: Step[];
}

/** What the API answers, and what is expected then. */
export interface Scene {
  /** One answer, a list in order, or names of files relative to that of the test. */
  api?: GivenAnswer | GivenAnswer[];
  expect?: Expectation;
}

export type GivenAnswer =
  | string
  | { status?: number; headers?: Record<string, string | number | boolean>; body?: Json };

export interface Expectation {
  sent?: ExpectedRequest | ExpectedRequest[];
  result?: ExpectedResult;
  error?: string;
  misfit?: string[];
  assumptions?: string[];
  state?: JsonObject;
}

/** A header that is null must not be there. */
export type ExpectedHeaders = Record<string, string | number | boolean | null>;

export interface ExpectedRequest {
  method?: string;
  url?: string;
  /** A subset. */
  headers?: ExpectedHeaders;
  /** The whole of it. */
  body?: Json;
}

export interface ExpectedResult {
  status?: number;
  fits?: boolean;
  headers?: ExpectedHeaders;
  /** A subset. */
  body?: Json;
}

/** A part of the life of a trigger. */
export interface Step extends Scene {
  kind: 'subscribe' | 'event' | 'unsubscribe' | 'poll';
  /** Of an event: what the API sends. */
  event?: Json;
  place: Place;
}

export type Outcome = 'passed' | 'failed' | 'skipped';

export interface CaseResult {
  name: string;
  operation: string;
  outcome: Outcome;
  /** Why it failed or was skipped; its first line says it all. Empty where it passed. */
  message: string;
  place: Place;
  milliseconds: number;
}

export interface FileResult {
  /** Absolute. */
  path: string;
  cases: CaseResult[];
}
