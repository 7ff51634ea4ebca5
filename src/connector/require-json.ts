import { UserError } from '../errors.ts';
import { shellPath } from '../process/command.ts';
import { lineAndColumn } from './json/locate.ts';
import { toPointer } from './json/pointer.ts';
import { getOwn, isObject, type JsonObject } from './json/value.ts';
import type { JsonFile } from './source-file.ts';
import { wrappedDefinition } from './wrapped-definition.ts';

/** What commands demand of the JSON files of a connector before they use them: to read, to write, or as a definition. */

/**
 * Commands that write refuse what isn't strict JSON: an edit could lose what the reader guessed at.
 *
 * @throws UserError with the place of the first problem
 */
export function requireStrictJson(file: JsonFile, hint = 'repair the file yourself, then run the command again'): void {
  const problem = file.problems[0];
  if (problem !== undefined)
    throw new UserError(`${placeOf(file, problem.offset, file.path)}: ${problem.message}`, { hint });
}

/** @throws UserError where it isn't strict JSON, or no object */
export function requireStrictObject(file: JsonFile, hint = 'repair the file, then run the command again'): JsonObject {
  requireStrictJson(file);
  if (isObject(file.value)) return file.value;
  throw new UserError(`${file.path}: must hold a JSON object`, { hint });
}

/** The object that a file holds; undefined where there is none, or the reader only guesses what follows a break. */
export const reliableObject = (file: JsonFile | undefined): JsonObject | undefined =>
  file !== undefined && !file.unreliable && isObject(file.value) ? file.value : undefined;

/**
 * Commands that read take what has harmless slips, such as comments: nothing is lost of it.
 *
 * @param name of the file for the user
 * @throws UserError with the place of the first problem that makes it unreliable
 */
export function requireReliable(file: JsonFile, name = file.path): JsonObject {
  const value = reliableObject(file);
  if (value !== undefined) return value;
  const problem = file.problems.find(({ harmless }) => !harmless);
  const place = placeOf(file, problem?.offset ?? 0, name);
  throw new UserError(`${place}: ${problem?.message ?? 'must hold a JSON object'}`, {
    hint: `repair it first; all that is wrong: pp-connector validate ${shellPath(name)}`,
  });
}

/**
 * A definition that is read as Swagger 2.0.
 *
 * @param name of the file for the user
 * @param hint what to do with OpenAPI 3 instead
 * @throws UserError where it can't be relied on, lies inside of something else, or is OpenAPI 3
 */
export function requireSwagger(
  file: JsonFile,
  name = file.path,
  hint = `convert it first: pp-connector import ${shellPath(name)}`,
): JsonObject {
  const definition = requireReliable(file, name);
  const wrapped = wrappedDefinition(definition);
  if (wrapped !== undefined) {
    throw new UserError(`${name}: the definition lies deeper in the file, at "${toPointer(wrapped)}"`, {
      hint: 'make it the whole content of the file first',
    });
  }
  const version = getOwn(definition, 'openapi');
  if (typeof version !== 'string' || getOwn(definition, 'swagger') !== undefined) return definition;
  throw new UserError(`${name}: this is OpenAPI ${version}, and connectors are Swagger 2.0`, { hint });
}

function placeOf({ text }: JsonFile, offset: number, name: string): string {
  const { line, column } = lineAndColumn(text, offset);
  return `${name}:${line}:${column}`;
}
