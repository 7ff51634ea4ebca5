/** A path key of the source, taken apart into what a connector can use. */
export interface PathTemplate {
  /** Starts with `/`, has no query, fragment or wildcard; variables as `{name}`. */
  readonly path: string;
  /** Names of the variables in their order, with the way they are written in the source. */
  readonly variables: readonly { name: string; written: string; mayHoldSlashes: boolean }[];
  /** Constant pairs that the source wrote into the path. */
  readonly query: readonly { name: string; value: string }[];
}

/** Normalises a path: `pets/{+id}?kind=dog#new` → `/pets/{id}` with a pair `kind=dog`. */
export function parsePath(source: string): PathTemplate {
  const [beforeFragment = ''] = source.split('#');
  const [rawPath = '', rawQuery = ''] = splitOnce(beforeFragment, '?');
  const variables: { name: string; written: string; mayHoldSlashes: boolean }[] = [];
  const withVariables = rawPath.trim().replace(/\{([^{}]*)\}/g, (_, written: string) => {
    const operator = /^[+./;?&#]?/.exec(written)?.[0] ?? '';
    const name = written
      .slice(operator.length)
      .replace(/\*$/, '')
      .replace(/[:=?][\s\S]*$/, '')
      .replace(/[/{}*]/g, '_')
      .trim();
    if (name === '') return '';
    variables.push({
      name,
      written,
      mayHoldSlashes: operator === '+' || written.endsWith('*') || /:(?:\.[*+]|path)/.test(written),
    });
    return `\u0001${name}\u0002`;
  });
  const path = withVariables
    .replace(/[{}*\s]/g, (character) => encodeURIComponent(character).replace('*', '%2A'))
    .replaceAll('\u0001', '{')
    .replaceAll('\u0002', '}')
    .replace(/\/{2,}/g, '/');
  return { path: path.startsWith('/') ? path : `/${path}`, variables, query: parseQuery(rawQuery) };
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function parseQuery(query: string): { name: string; value: string }[] {
  const pairs: { name: string; value: string }[] = [];
  for (const part of query.split('&')) {
    const [name, value] = splitOnce(part, '=');
    if (name !== '' && !/[{}]/.test(part)) pairs.push({ name: decode(name), value: decode(value) || 'true' });
  }
  return pairs;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/** The same for all paths that the platform cannot tell apart: case and names of variables don't count. */
export function pathKey(path: string): string {
  return path.replace(/\{[^{}]*\}/g, '{}').toLowerCase();
}

/** Variable names in the order of a template. */
export function variablesIn(path: string): string[] {
  return [...path.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? '');
}
