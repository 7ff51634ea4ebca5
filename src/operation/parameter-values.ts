import type { Json } from '../connector/json/value.ts';
import { firstRepeated } from '../first-repeated.ts';
import { limitKeywords, type NewParameter, type ScalarType } from './model.ts';

/** Values of parameters: read from text, and checked against the type. */

/**
 * The value that `text` writes in the given type.
 *
 * @returns undefined when the text is no such value
 */
export function readValue(text: string, type: ScalarType): Json | undefined {
  if (type === 'string') return text;
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : undefined;
  if (!/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text)) return undefined;
  const value = Number(text);
  return type === 'number' || Number.isSafeInteger(value) ? value : undefined;
}

/** Whether a value has the type. */
function hasType(value: Json, type: ScalarType): boolean {
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}

/** The type of the values that people choose from: that of the items for an array. */
export const valueType = (parameter: NewParameter): ScalarType => {
  if (parameter.type === 'array') return parameter.items ?? 'string';
  return parameter.type === undefined || parameter.type === 'file' ? 'string' : parameter.type;
};

/** What is wrong with the default and the allowed values of a parameter; undefined: nothing. */
export function valueProblem(parameter: NewParameter): string | undefined {
  const type = valueType(parameter);
  const allowed = parameter.enum;
  const limit = limitProblem(parameter, type);
  if (limit !== undefined) return limit;
  const stranger = Object.keys(parameter.enumNames ?? {}).find(
    (text) => !allowed?.some((value) => String(value) === text),
  );
  if (stranger !== undefined)
    return `names the value ${JSON.stringify(stranger)}, which is not among the allowed values`;
  if (allowed !== undefined) {
    if (allowed.length === 0) return 'has an empty list of allowed values';
    const wrong = allowed.find((value) => !hasType(value, type));
    if (wrong !== undefined) return `allows ${JSON.stringify(wrong)}, which is not of type ${type}`;
    const twice = firstRepeated(allowed);
    if (twice !== undefined) return `allows ${JSON.stringify(twice)} twice`;
  }
  if (parameter.default === undefined) return undefined;
  const values = parameter.type === 'array' ? parameter.default : [parameter.default];
  if (!Array.isArray(values)) return `has the default ${JSON.stringify(values)}, which is not a list`;
  const wrong = values.find((value) => !hasType(value, type));
  if (wrong !== undefined) return `has the default ${JSON.stringify(wrong)}, which is not of type ${type}`;
  const beyond = values.find((value) => !isWithin(parameter, value));
  if (beyond !== undefined) return `has the default ${JSON.stringify(beyond)}, which is beyond its limits`;
  const other = values.find((value) => allowed?.includes(value) === false);
  if (other === undefined) return undefined;
  return `has the default ${JSON.stringify(other)}, which is not among the allowed values ${JSON.stringify(allowed)}`;
}

/** Limits belong to a type, and the lower one isn't above the upper one. */
function limitProblem(parameter: NewParameter, type: ScalarType): string | undefined {
  const ofNumbers = type === 'integer' || type === 'number';
  const strange = limitKeywords.find(
    (key) =>
      parameter[key] !== undefined &&
      (key === 'minimum' || key === 'maximum' ? !ofNumbers : type !== 'string' || parameter.type === 'file'),
  );
  if (strange !== undefined) return `can't have ${strange}: it is of type ${type}`;
  const [least, most] = limitsOf(parameter);
  return least > most ? `has limits that nothing can meet: ${least} is more than ${most}` : undefined;
}

const limitsOf = ({ minimum, maximum, minLength, maxLength }: NewParameter): [number, number] => [
  minimum ?? minLength ?? -Infinity,
  maximum ?? maxLength ?? Infinity,
];

function isWithin(parameter: NewParameter, value: Json): boolean {
  const [least, most] = limitsOf(parameter);
  const size = typeof value === 'string' ? [...value].length : Number(value);
  return typeof value === 'boolean' || (size >= least && size <= most);
}
