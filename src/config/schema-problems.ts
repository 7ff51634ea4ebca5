import type { ErrorObject } from 'ajv';
import type { Json } from '../connector/json/value.ts';
import { nearest } from '../did-you-mean.ts';

/** What is wrong with a file of ours, by its schema. */
export interface SchemaProblem {
  /** JSON pointer of the value, of the unknown key where it is one. */
  pointer: string;
  /** What is there, what is allowed. */
  message: string;
}

type Validate = ((value: unknown) => boolean) & { errors?: ErrorObject[] | null };

/**
 * All problems, in the order of the schema; none for a valid value.
 *
 * @param compiled a schema, compiled by `npm run sync`
 * @param file how the file is called
 */
export function schemaProblems(compiled: unknown, value: Json | undefined, file: string): SchemaProblem[] {
  const validate = compiled as Validate;
  if (validate(value)) return [];
  // a value that fits none of several forms is one problem, not one for each form
  const errors = (validate.errors ?? []).filter(
    ({ schemaPath, keyword }) =>
      // which branch of a condition was taken says nothing: its own problems are there, too
      keyword !== 'if' && !/\/oneOf\/\d/.test(schemaPath) && !schemaPath.startsWith('#/definitions/'),
  );
  return errors.map((error) => describe(error, file));
}

function describe(error: ErrorObject, file: string): SchemaProblem {
  const { keyword, instancePath: pointer, params, parentSchema, data } = error;
  const name = pointer === '' ? file : `"${pointer.slice(1).replaceAll('/', '.')}"`;
  if (keyword === 'additionalProperties') {
    const key = String(params.additionalProperty);
    const known = Object.keys((parentSchema?.properties as object | undefined) ?? {});
    const guess = nearest(key, known);
    const allowed = guess === undefined ? `; allowed are: ${known.join(', ')}` : `; did you mean "${guess}"?`;
    return {
      pointer: `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
      message: `${name} has the unknown key "${key}"${allowed}`,
    };
  }
  if (keyword === 'enum')
    return {
      pointer,
      message: `${name} is ${JSON.stringify(data)}; allowed are: ${(params.allowedValues as unknown[]).join(', ')}`,
    };
  if (keyword === 'type')
    return { pointer, message: `${name} must be of type ${String(params.type)}, not ${typeName(data)}` };
  if (keyword === 'pattern') {
    return {
      pointer,
      message: `${name} is ${JSON.stringify(data)}; what it must be: ${String(parentSchema?.description)}`,
    };
  }
  if (keyword === 'oneOf')
    return {
      pointer,
      message: `${name} must be off, info, warning or error, or an object with "severity" and "reason"`,
    };
  return { pointer, message: `${name} ${error.message ?? 'is not valid'}` };
}

const typeName = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);
