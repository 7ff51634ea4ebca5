import ejs from 'ejs';
import { strings } from '../connector/json/value.ts';
import { readTemplate } from '../templates.ts';
import type { ScriptPattern } from './script-pattern.ts';

/** Ready pieces of C#; where something varies, the template is EJS. */

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

/** What varies in a template, as it shall be in the code. */
type PatternData = Record<'method' | 'property' | 'path' | 'variable' | 'lists' | 'strip' | 'rest', string>;

const render = (pattern: ScriptPattern, data: PatternData): string =>
  ejs.render(readTemplate('operation', `${pattern}.csx.ejs`), data, { escape: String }).trimEnd();

/** The handler of an operation by a pattern. @param values `lists` is a JSON array of names */
export function renderPattern(pattern: ScriptPattern, id: string, values: Readonly<Record<string, string>>): string {
  const path = values.path ?? '';
  const lists = strings(JSON.parse(values.lists ?? '[]')).filter((name) => name !== '');
  return render(pattern, {
    method: methodName(id),
    property: escaped(values.property ?? 'id'),
    path: escaped(path),
    variable: escaped(/^[\s\S]*\{([^{}]+)\}/.exec(path)?.[1] ?? 'id'),
    strip: String(Number(values.strip ?? 0)),
    rest: escaped(values.rest ?? path),
    lists: lists.map((name) => `"${escaped(name)}"`).join(', ') || '"ids"',
  });
}

/** No text of a template. */
const hole = '\0';

/** Whether a handler is still as the pattern made it, whatever its values were. */
export function isUnchangedHandler(code: string, patterns: readonly ScriptPattern[]): boolean {
  const holes: PatternData = {
    method: hole,
    property: hole,
    path: hole,
    variable: hole,
    lists: hole,
    strip: hole,
    rest: hole,
  };
  return patterns.some((pattern) => {
    const parts = render(pattern, holes).split(hole);
    return new RegExp(`^${parts.map(literally).join('[^\\n]*')}$`).test(code);
  });
}

const literally = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
