import { getOwn, type JsonObject } from '../../connector/json/value.ts';
import { isAscii } from '../../language/letters.ts';
import { maxTitleLength, titleCase } from '../../language/words.ts';
import type { Location } from '../engine/location.ts';
import type { Operation, Parameter } from '../engine/model.ts';
import type { Fix } from '../engine/rule.ts';
import type { Visitor } from '../engine/visitor.ts';

/**
 * Rules about what makers read: they look at visible operations and visible parameters only, as the service does,
 * and at texts that are there; that one is missing is another rule's finding.
 */

/** What is wrong with a text; `better` is the text that the fix writes. */
export interface TextProblem {
  message: string;
  better?: string | undefined;
}

/** A text that isn't blank; undefined when it is missing or something else. */
export function filledText(value: JsonObject, key: string): string | undefined {
  const text = getOwn(value, key);
  return typeof text === 'string' && text.trim() !== '' ? text : undefined;
}

/** A parameter whose texts makers read: bodies are flattened into their properties and need none of their own. */
export const hasTexts = (parameter: Parameter): boolean => parameter.visible && parameter.in !== 'body';

/** Checks one text of every visible operation. */
export const operationText = (
  key: 'summary' | 'description',
  check: (text: string, operation: Operation) => TextProblem | undefined,
): Visitor => ({
  operation: (operation, report) => {
    const text = operation.visible ? filledText(operation.value, key) : undefined;
    const problem = text === undefined ? undefined : check(text, operation);
    if (problem === undefined) return;
    const at = operation.place.at(key);
    report(at, problem.message, problem.better === undefined ? [] : { op: 'set', at, value: problem.better });
  },
});

/** Checks one text of every visible parameter that isn't a body. */
export const parameterText = (
  key: 'x-ms-summary' | 'description',
  check: (text: string, parameter: Parameter) => TextProblem | undefined,
): Visitor => ({
  parameter: (parameter, report) => {
    const text = hasTexts(parameter) ? filledText(parameter.value, key) : undefined;
    const problem = text === undefined ? undefined : check(text, parameter);
    if (problem === undefined) return;
    const at = parameter.place.at(key);
    report(at, problem.message, problem.better === undefined ? [] : { op: 'set', at, value: problem.better });
  },
});

/** Adds a label. Thousands of properties may want one, so it is made when it is written. */
class LabelFix {
  readonly op = 'set';
  readonly at: Location;
  private readonly name: string;

  constructor(at: Location, name: string) {
    this.at = at;
    this.name = name;
  }

  get value(): string {
    return titleCase(this.name);
  }
}

/** Whether an ASCII text of at most 80 characters comes out of a name. */
const hasLabel = (name: string): boolean => name.length <= maxTitleLength && isAscii(name) && /[a-z0-9]/i.test(name);

/** The label that a name says: `station_id` → `Station ID`; undefined where none comes out. */
export const proposedLabel = (name: string): string | undefined => (hasLabel(name) ? titleCase(name) : undefined);

/** The fix that adds the label that a name says, where one comes out. */
export const addLabel = (at: Location, name: string): Fix[] => (hasLabel(name) ? [new LabelFix(at, name)] : []);
