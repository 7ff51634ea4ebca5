import { fromPointer } from '../../connector/json/pointer.ts';
import { decodePercent } from '../../percent-encoding.ts';

/** `…#/components/schemas/Pet` → Pet; files by their stem; deeper targets by the words that say something. */
export function nameOfTarget(key: string, hint: string): string {
  const [file = '', fragment = ''] = key.split('#');
  const tokens = fromPointer(fragment);
  if ((tokens.length === 3 && tokens[0] === 'components') || (tokens.length === 2 && tokens[0] === 'definitions'))
    return usableDefinitionName(tokens.at(-1) ?? hint);
  const telling = tokens.filter(
    (token) =>
      !/^(?:\d+|schema|schemas|items|properties|content|definitions|\$defs|components|allOf|oneOf|anyOf|application.json|responses|paths|requestBody|parameters)$/.test(
        token,
      ),
  );
  if (fragment === '' || telling.length === 0) {
    const stem = /(?<![^/])([^/]+?)(?:\.[a-z]+)?$/i.exec(file)?.[1];
    return usableDefinitionName(stem === undefined ? hint : decodePercent(stem));
  }
  return usableDefinitionName(
    telling.length > 1 && tokens.length > 3
      ? telling
          .slice(-2)
          .join('_')
          .replace(/^[/_]+/, '')
      : (telling.at(-1) ?? hint),
  );
}

/** A name of a definition: characters that references cannot hold become `_`. */
export function usableDefinitionName(name: string): string {
  const clean = name.replace(/[^A-Za-z0-9_.-]/g, '_').slice(0, 120);
  return clean === '' || clean === '__proto__' ? 'Definition' : clean;
}
