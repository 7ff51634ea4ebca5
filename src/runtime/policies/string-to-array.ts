import { type JsonObject, setOwn } from '../../connector/json/value.ts';
import type { RunPolicy } from '../policy-context.ts';
import { convertProperty } from './parents.ts';

export const runStringToArray: RunPolicy = (message, context) => {
  const delimiters = new Set(context.required('delimiterList'));
  const name = context.required('childPropertyName');
  convertProperty(message, context, (source) => {
    if (typeof source !== 'string') return undefined;
    return partedAt(source, delimiters).map((piece) => {
      const element: JsonObject = {};
      setOwn(element, name, piece);
      return element;
    });
  });
};

function partedAt(text: string, delimiters: ReadonlySet<string>): string[] {
  const pieces = [''];
  for (const character of text) {
    if (delimiters.has(character)) pieces.push('');
    else pieces[pieces.length - 1] += character;
  }
  return pieces;
}
