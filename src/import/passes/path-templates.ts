import { freeName } from '../../language/words.ts';
import { decodeQuery } from '../../percent-encoding.ts';
import type { ReportCode } from '../report-codes.ts';

/** A variable of a path. */
export interface PathVariable {
  /** In the connector's path. */
  readonly name: string;
  /** What the source has between the braces, or the name in another notation. */
  readonly written: string;
  readonly mayHoldSlashes: boolean;
}

/** What a path of a connector can't say as the source does. */
export interface PathChange {
  readonly code: ReportCode;
  readonly message: string;
}

/** A path key of the source, taken apart into what a connector can use. */
export interface PathTemplate {
  /** Starts with `/`, has no query, fragment or wildcard; variables as `{name}`. */
  readonly path: string;
  /** The variables in their order. */
  readonly variables: readonly PathVariable[];
  /** Constant pairs that the source wrote into the path. */
  readonly query: readonly { name: string; value: string }[];
  readonly changes: readonly PathChange[];
}

/** The platform fills it with the connection. */
const reservedName = /^connectionid$/i;

/** Normalises a path: `pets/{+id}?kind=dog#new` → `/pets/{id}` with a pair `kind=dog`; `/pets/:id` → `/pets/{id}`. */
export function parsePath(source: string): PathTemplate {
  const [beforeFragment = ''] = source.split('#');
  const [rawPath = '', rawQuery = ''] = splitOnce(beforeFragment, '?');
  const changes: PathChange[] = [];
  const variables: PathVariable[] = [];
  const taken = new Set<string>();
  const place = (name: string, written: string, mayHoldSlashes: boolean): string => {
    const isReserved = reservedName.test(name);
    const usable = isReserved ? name.replace(/id$/i, 'Identifier') : name.replace(unusable, '_');
    const free = usable === name ? name : freeName(usable, (candidate) => taken.has(candidate));
    if (free !== name) {
      const reason = isReserved
        ? `The platform uses the name ${name} itself`
        : `A path cannot hold the name "${name}" as it is`;
      changes.push({ code: 'path-variable-renamed', message: `${reason}: the variable is called ${free} here.` });
    }
    taken.add(free);
    variables.push({ name: free, written, mayHoldSlashes });
    return `\u0001${free}\u0002`;
  };
  const inBraces = withoutQueries(withBraces(rawPath.trim(), changes), changes);
  if (/\{[.;/]/.test(inBraces)) changes.push({ code: 'path-notation', message: operatorsMoved });
  for (const [, written = ''] of inBraces.matchAll(variable)) taken.add(nameOf(written));
  const path = encoded(
    inBraces.replace(variable, (_, written: string) => {
      const name = nameOf(written);
      return name === '' ? '' : prefixOf(written, name) + place(name, written, holdsSlashes(written));
    }),
    changes,
  );
  return { path, variables, query: parseQuery(rawQuery), changes };
}

/** What would have to be encoded in a path. */
const unusable = /[\s<>"^`|\\]+/g;
const variable = /\{([^{}]*)\}/g;
const operator = /^[+./;?&#]?/;

function nameOf(written: string): string {
  return written
    .replace(operator, '')
    .replace(/\*$/, '')
    .replace(/[:=?][\s\S]*$/, '')
    .replace(/[/{}*]/g, '_')
    .trim();
}

const operatorsMoved = 'The signs that URI templates put before a value are in the path here.';

/** What a URI template puts before a value: `{.format}` is `.{format}`. */
function prefixOf(written: string, name: string): string {
  if (written.startsWith(';')) return `;${name}=`;
  return /^[./]/.exec(written)?.[0] ?? '';
}

/** `/orders{?page,size}`: what begins with a question mark is in the query, not in the path. */
function withoutQueries(path: string, changes: PathChange[]): string {
  const rest = path.replace(/\{[?&#][^{}]*\}/g, '');
  if (rest !== path)
    changes.push({ code: 'path-notation', message: `What ${path} has in the query is no part of the path here.` });
  return rest;
}

function holdsSlashes(written: string): boolean {
  return written.startsWith('+') || written.endsWith('*') || /:(?:\.[*+]|path)/.test(written);
}

/** Other notations of variables: `/:id`, `/<id>` and a wildcard as the last segment. */
function withBraces(path: string, changes: PathChange[]): string {
  const named = path
    .replace(/(?<=\/):([A-Za-z_]\w*)\??(?=$|[/.])/g, '{$1}')
    .replace(/<(?:\w+:)?([A-Za-z_][\w .-]*)>/g, (_, name: string) => `{${name.trim().replaceAll(' ', '_')}}`);
  if (named !== path)
    changes.push({ code: 'path-notation', message: `The variables of ${path} are written in braces here.` });
  const whole = named.replace(/\/\*{1,2}$/, named.includes('{path}') ? '/{rest*}' : '/{path*}');
  if (whole !== named)
    changes.push({ code: 'path-wildcard', message: `What ${path} has in place of the wildcard is a parameter here.` });
  return whole;
}

/** What no path may hold is encoded; each slash occurs once, the first one always. */
function encoded(path: string, changes: PathChange[]): string {
  const safe = path.replace(/[{}*\s<>"^`|\\]/g, (character) => encodeURIComponent(character).replace('*', '%2A'));
  if (safe !== path)
    changes.push({
      code: 'path-encoded',
      message: 'Characters that a path cannot hold are encoded: check that the API takes it like that.',
    });
  const braced = safe
    .replaceAll('\u0001', '{')
    .replaceAll('\u0002', '}')
    .replace(/\/{2,}/g, '/');
  return braced.startsWith('/') ? braced : `/${braced}`;
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function parseQuery(query: string): { name: string; value: string }[] {
  const pairs: { name: string; value: string }[] = [];
  for (const part of query.split('&')) {
    const [name, value] = splitOnce(part, '=');
    if (name !== '' && !/[{}]/.test(part)) pairs.push({ name: decodeQuery(name), value: decodeQuery(value) || 'true' });
  }
  return pairs;
}

/** The same for all paths that the platform cannot tell apart: case and names of variables don't count. */
export function pathKey(path: string): string {
  return path.replace(/\{[^{}]*\}/g, '{}').toLowerCase();
}

/** Variable names in the order of a template. */
export function variablesIn(path: string): string[] {
  return [...path.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? '');
}
