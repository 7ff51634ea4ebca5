import type { ConnectorParts } from '../authentication/authentication.ts';
import type { JsonObject } from '../connector/json/value.ts';
import type { ApiModel, SourceOperation, SourceWebhook } from './model.ts';
import type { ImportOptions } from './options.ts';
import type { OperationTexts } from './passes/operation-texts.ts';
import type { ConvertedOperation, ConvertedPaths } from './passes/operations.ts';
import type { Transport } from './passes/servers.ts';
import type { TriggerWish } from './passes/triggers.ts';
import type { Subscriptions } from './passes/webhooks.ts';
import type { LoadedSource } from './read/source.ts';
import type { Report } from './report.ts';
import type { Definition, Definitions } from './schemas/definitions.ts';
import type { Fit } from './schemas/shrink.ts';

/** What a conversion begins with. */
export interface Beginning {
  readonly source: LoadedSource;
  readonly options: ImportOptions;
  /** Every pass may add to it. */
  readonly report: Report;
  readonly model: ApiModel;
}

/** All that the passes of a conversion leave for each other. */
export interface Conversion extends Beginning {
  /** The operations that become part of the connector, in the order of the source. */
  readonly selected: readonly SourceOperation[];
  readonly transport: Transport;
  readonly info: JsonObject;
  readonly authentication: ConnectorParts;
  readonly ids: ReadonlyMap<SourceOperation, string>;
  readonly texts: ReadonlyMap<SourceOperation, OperationTexts>;
  /** Converts schemas as they are met; complete when `schemas` is there. */
  readonly definitions: Definitions;
  readonly triggers: TriggerWish;
  readonly converted: ConvertedPaths;
  /** What the triggers of callbacks get, by the operation that subscribes. */
  readonly notifications: ReadonlyMap<ConvertedOperation, JsonObject>;
  /** What the API sends, by webhook. */
  readonly contents: ReadonlyMap<SourceWebhook, JsonObject>;
  readonly subscriptions: Subscriptions;
  readonly schemas: readonly Definition[];
  /** Swagger 2.0; the passes after the one that makes it change it in place. */
  readonly definition: JsonObject;
  readonly paging: readonly JsonObject[];
  /** How the result is written. */
  readonly fit: Fit;
}

/** One step of a conversion: a function of what it needs, whose result is what it leaves. */
export interface Pass {
  readonly name: string;
  readonly needs: readonly (keyof Conversion)[];
  readonly leaves: readonly (keyof Conversion)[];
  run(state: Conversion): Partial<Conversion>;
}

/** A pass that sees nothing but what it names, and has to leave all that it names: the compiler checks both. */
export function pass<Need extends keyof Conversion, Left extends keyof Conversion>(
  name: string,
  needs: readonly Need[],
  leaves: readonly Left[],
  run: (state: Pick<Conversion, Need>) => [Left] extends [never] ? void : Pick<Conversion, Left>,
): Pass {
  return { name, needs, leaves, run: (state) => run(state) ?? {} };
}
