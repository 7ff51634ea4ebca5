import { asString, type JsonObject } from '../../connector/json/value.ts';
import { isOfLists, type Place } from '../../language/field-names.ts';
import { describeField, isFrameOfAnswer } from '../../language/field-texts.ts';
import { phraseOf } from '../../language/words.ts';
import type { Position } from './definitions.ts';
import type { Expression } from './flat-schema.ts';
import type { Flattener } from './flatten.ts';

/** What is known around a property. */
interface Surroundings {
  position: Position;
  /** All properties of the object, itself among them. */
  siblings: ReadonlyMap<string, Expression>;
  flattener: Flattener;
}

/**
 * A description of a property that its source doesn't describe, where the name says more than the label.
 *
 * @param schema as it is written in the result
 */
export function derivedText(name: string, schema: JsonObject, surroundings: Surroundings): string | undefined {
  const { type, format, enum: choices } = schema;
  const { hint, owner } = surroundings.position;
  return describeField({
    name,
    type: asString(type),
    format: asString(format),
    owner: isFrameOfAnswer(hint, name) ? undefined : owner,
    place: placeOf(name, surroundings),
    ...(Array.isArray(choices) ? { choices } : {}),
  });
}

/** Names of objects that divide a list, or ask for a part of one. */
const dividing =
  /(?:pag(?:e|ing|ination|er)s?|links?|meta(?:data)?|list|search|query|filter|cursor|options|collection|results)$/i;

/** Whether a property says how a list is divided: by the name of its object, or since the list is beside several of them. */
function placeOf(name: string, { position, siblings, flattener }: Surroundings): Place {
  if (!isOfList(name)) return 'property';
  if (dividing.test(position.hint)) return 'list';
  const isDivided = siblings.size <= 2 || [...siblings.keys()].filter(isOfList).length > 1;
  const isBesideList = [...siblings.values()].some((expression) => flattener.flatten(expression).kind === 'array');
  return isDivided && isBesideList ? 'list' : 'property';
}

const isOfList = (name: string): boolean => isOfLists(phraseOf(name).toLowerCase());
