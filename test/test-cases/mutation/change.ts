import { below, fromPointer } from '../../../src/connector/json/pointer.ts';
import { asArray, asObject, isObject, type Json, type JsonObject } from '../../../src/connector/json/value.ts';

/** Mistakes that somebody may make in a connector: each is one small change at one place. */

export interface Files {
  definition: JsonObject;
  /** `properties` of apiProperties.json. */
  inner: JsonObject;
  script?: string;
}

export type Part = 'definition' | 'policies' | 'script';

export interface Change {
  kind: string;
  /** A pointer into the part, or a line of the script. */
  at: string;
  /** Changes a copy in place. */
  apply: (files: Files) => void;
}

/** All places where mistakes of a kind can be made. */
export type Kind = (files: Files) => Omit<Change, 'kind'>[];

/** @throws Error where there is nothing: the change isn't one of these files */
export function at(root: Json, pointer: string): JsonObject {
  let value: Json | undefined = root;
  for (const key of fromPointer(`#${pointer}`)) {
    value = Array.isArray(value) ? value[Number(key)] : isObject(value) ? value[key] : undefined;
  }
  if (!isObject(value)) throw new Error(`there is no object at ${pointer}`);
  return value;
}

/** All objects below a value, with their pointers. */
export function* objectsBelow(value: Json, pointer = ''): Generator<{ pointer: string; node: JsonObject }> {
  if (Array.isArray(value)) {
    for (const [index, inner] of asArray(value).entries()) yield* objectsBelow(inner, below(pointer, index));
  } else if (isObject(value)) {
    yield { pointer, node: value };
    for (const [key, inner] of Object.entries(asObject(value))) yield* objectsBelow(inner, below(pointer, key));
  }
}
