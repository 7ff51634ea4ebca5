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

const stringLiteral = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"');

/** The handler of an operation by a pattern. */
export function renderPattern(pattern: ScriptPattern, id: string, values: Readonly<Record<string, string>>): string {
  const path = values.path ?? '';
  const lists = (values.lists ?? '').split(',').filter((name) => name !== '');
  const placeholders: Record<string, string> = {
    __METHOD__: methodName(id),
    __PROPERTY__: stringLiteral(values.property ?? 'id'),
    __PATH__: stringLiteral(path),
    __VARIABLE__: /^[\s\S]*\{([^{}]+)\}/.exec(path)?.[1] ?? 'id',
    __LISTS__: lists.map((name) => `"${stringLiteral(name)}"`).join(', ') || '"ids"',
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
