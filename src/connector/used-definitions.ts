import { fromPointer } from './json/pointer.ts';
import { asObject, getOwn, isObject, type Json, type JsonObject } from './json/value.ts';

/**
 * Names of the definitions that operations use, directly, through other definitions, or through shared parameters and
 * responses. Every `$ref` below `paths` counts, wherever it is, so that nothing is called unused that isn't.
 */
export function definitionsInUse(definition: JsonObject): Set<string> {
  const used = new Set<string>();
  const seen = new Set<string>();
  const open: Json[] = [getOwn(definition, 'paths') ?? null];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (Array.isArray(value)) {
      for (const item of value) if (typeof item === 'object' && item !== null) open.push(item);
      continue;
    }
    if (!isObject(value)) continue;
    for (const key in value) {
      const item = value[key];
      if (typeof item === 'object' && item !== null) open.push(item);
      else if (key === '$ref' && typeof item === 'string' && !seen.has(item)) {
        seen.add(item);
        const [section, name] = fromPointer(item);
        if (section === undefined || name === undefined || !item.startsWith('#')) continue;
        if (section === 'definitions') used.add(name);
        const target = getOwn(asObject(getOwn(definition, section)), name);
        if (target !== undefined && section !== 'paths' && !seen.has(`${section} ${name}`)) {
          seen.add(`${section} ${name}`);
          open.push(target);
        }
      }
    }
  }
  return used;
}
