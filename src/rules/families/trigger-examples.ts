import type { JsonObject } from '../../connector/json/value.ts';

/** The example connector with a change of its webhook. */
export const ofHook = (value: JsonObject): { definition: JsonObject } => ({
  definition: { paths: { '/hooks': { post: value } } },
});

export const inHook = (key: string): string => `definition#/paths/~1hooks/post/${key}`;
