import { strings } from '../connector/json/value.ts';
import type { ScriptPattern } from '../operation/model.ts';
import { readTemplate } from '../repository/templates.ts';

/** Ready pieces of C#: templates with a few placeholders. */

export const bareScript = (): string => readTemplate('operation', 'script.csx');

export const operationNames = (): string => readTemplate('operation', 'operation-names.csx').trimEnd();

/** What the patterns do, for help and prompts. */
export const patternTitles: Readonly<Record<ScriptPattern, string>> = {
  transform: 'change the answer',
  split: 'answer with two calls',
  location: 'say where the subscription of a webhook ends',
  'repeat-query': 'send a list as one query parameter per item',
  base64: 'answer with a file as text in base64',
};

/** The method that handles an operation. */
export const methodName = (id: string): string => `Handle${id.replaceAll(/[^A-Za-z0-9_]/g, '_')}Async`;

/**
 * A text inside of a C# string or comment, on its line: quotes and backslashes, and all that ends a line or can't be seen,
 * are escaped.
 */
export const escaped = (text: string): string =>
  text.replaceAll(/["\\]/g, '\\$&').replaceAll(/(?! )[\p{C}\p{Z}]/gu, (character) =>
    character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );

/** The handler of an operation by a pattern. @param values `lists` is a JSON array of names */
export function renderPattern(pattern: ScriptPattern, id: string, values: Readonly<Record<string, string>>): string {
  const path = values.path ?? '';
  const lists = strings(JSON.parse(values.lists ?? '[]')).filter((name) => name !== '');
  const placeholders: Record<string, string> = {
    __METHOD__: methodName(id),
    __PROPERTY__: escaped(values.property ?? 'id'),
    __PATH__: escaped(path),
    __VARIABLE__: escaped(/^[\s\S]*\{([^{}]+)\}/.exec(path)?.[1] ?? 'id'),
    __LISTS__: lists.map((name) => `"${escaped(name)}"`).join(', ') || '"ids"',
  };
  return readTemplate('operation', `${pattern}.csx`)
    .trimEnd()
    .replaceAll(/__[A-Z]+__/g, (name) => placeholders[name] ?? name);
}

/** Whether a handler is still as the pattern made it, whatever its values were. */
export function isUnchanged(code: string, patterns: readonly ScriptPattern[]): boolean {
  return patterns.some((pattern) => {
    const parts = readTemplate('operation', `${pattern}.csx`)
      .trimEnd()
      .split(/__[A-Z]+__/);
    return new RegExp(`^${parts.map(literally).join('[^\\n]*')}$`).test(code);
  });
}

const literally = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
