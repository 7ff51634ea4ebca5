import { inferSchema } from '../../../connector/infer-schema.ts';
import type { Json, JsonObject } from '../../../connector/json/value.ts';

/** A schema that fits all samples. Texts are a pass of their own, for every format of descriptions. */
export const inferAsModel = (samples: readonly Json[]): JsonObject =>
  inferSchema(samples, { nullable: true, texts: false });
