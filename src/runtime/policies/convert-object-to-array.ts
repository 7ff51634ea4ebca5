import { isObject, type Json, type JsonObject, setOwn } from '../../connector/json/value.ts';
import type { RunPolicy } from '../policy-context.ts';
import { convertProperty } from './parents.ts';

export const runObjectToArray: RunPolicy = (message, context) => {
  const keyName = context.text('keyName') || 'key';
  const valueName = context.text('valueName') || 'value';
  convertProperty(message, context, (source): Json | undefined => {
    if (!isObject(source)) return undefined;
    return Object.entries(source).map(([key, value]) => {
      const element: JsonObject = {};
      setOwn(element, keyName, key);
      setOwn(element, valueName, structuredClone(value));
      return element;
    });
  });
};
