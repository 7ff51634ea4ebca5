import { getOwn, isObject, type Json, type JsonObject } from '../../connector/json/value.ts';
import type { RuntimeOperation } from '../../runtime/operation.ts';
import type { SchemaView } from '../../runtime/schema.ts';
import { plainName } from './resources.ts';

/** Lists: where they are in an answer, which records a query means, and how they are cut into pages. */

/** Names that APIs have for the list in an answer. */
const usual: readonly string[] = ['value', 'items', 'data', 'results', 'records', 'list', 'entries'];

/** Where the list is in an answer: empty for the whole of it; undefined: there is none. */
export function listPath({ schemas }: RuntimeOperation, view: SchemaView): string[] | undefined {
  if (schemas.isType(view, 'array')) return [];
  const found = below(view, 2);
  return found.find((path) => usual.includes(plainName(path.at(-1) ?? ''))) ?? found[0];

  /** Nearer ones first. */
  function below(at: SchemaView, depth: number): string[][] {
    const properties = [...schemas.properties(at)];
    const lists = properties.filter(([, property]) => isListOfObjects(property)).map(([name]) => [name]);
    const deeper = depth <= 1 ? [] : properties.filter(([, property]) => schemas.isType(property, 'object'));
    return [
      ...lists,
      ...deeper.flatMap(([name, property]) => below(property, depth - 1).map((path) => [name, ...path])),
    ];
  }
  function isListOfObjects(property: SchemaView): boolean {
    return schemas.isType(property, 'array') && schemas.properties(schemas.below(property, 'items')).size > 0;
  }
}

const sizes = new Set(['top', 'limit', 'perpage', 'pagesize', 'count', 'maxresults', 'size', 'take', 'maxpagesize']);
const offsets = new Set(['skip', 'offset', 'start', 'startat', 'startindex']);
const pages = new Set(['page', 'pagenumber', 'pageno']);
const tokens = new Set(['cursor', 'pagetoken', 'skiptoken', 'continuationtoken', 'nexttoken', 'after']);
const ofPaging = (name: string): boolean => [sizes, offsets, pages, tokens].some((names) => names.has(plainName(name)));

/** The marks that the links of the service itself carry. */
const ownOffset = '__skip';

export interface Page {
  elements: Json[];
  /** Of all that were found. */
  total: number;
  /** Where the next page begins; undefined: this is the last one. */
  next: number | undefined;
}

/** The elements that a query asks for: those that are equal in all it names, and of them the page. */
export function cutPage(elements: readonly Json[], query: URLSearchParams): Page {
  const found = elements.filter((element) => !isObject(element) || isMeant(element, query));
  const number = (names: ReadonlySet<string>): number | undefined => {
    const [, text] = [...query].find(([name, value]) => names.has(plainName(name)) && /^\d{1,9}$/.test(value)) ?? [];
    return text === undefined ? undefined : Number(text);
  };
  const size = number(sizes);
  const page = number(pages);
  const token = query.get(ownOffset) ?? number(tokens) ?? number(offsets);
  const start =
    token !== undefined
      ? Number(token) || 0
      : page === undefined || size === undefined
        ? 0
        : Math.max(0, page - 1) * size;
  const end = size === undefined ? found.length : start + size;
  const isLast = end >= found.length || size === 0;
  return { elements: found.slice(start, end), total: found.length, next: isLast ? undefined : end };
}

function isMeant(record: JsonObject, query: URLSearchParams): boolean {
  const names = new Map(Object.keys(record).map((name) => [plainName(name), name]));
  const isEqual = (name: string, wanted: string): boolean => {
    const key = names.get(plainName(name));
    const value = key === undefined ? undefined : getOwn(record, key);
    return value === undefined || typeof value === 'object' || String(value).toLowerCase() === wanted.toLowerCase();
  };
  const asked = [...query].filter(([name, value]) => value !== '' && !ofPaging(name) && plainName(name) !== 'filter');
  return (
    asked.every(([name, value]) => isEqual(name, value)) &&
    equalities(query).every(([name, value]) => isEqual(name, value))
  );
}

/** Of OData: `status eq 'open' and total eq 5`. What else a filter can say is left alone. */
function equalities(query: URLSearchParams): [name: string, value: string][] {
  const text = query.get('$filter') ?? '';
  return text.split(/ and /i).flatMap((part): [string, string][] => {
    const words = part.trim().split(' ');
    const [name = '', operator = '', ...rest] = words;
    if (operator.toLowerCase() !== 'eq' || rest.length === 0) return [];
    const value = rest.join(' ');
    const isQuoted = value.length > 1 && value.startsWith("'") && value.endsWith("'");
    return [[name, isQuoted ? value.slice(1, -1).replaceAll("''", "'") : value]];
  });
}

const totals = new Set(['total', 'totalcount', 'count', 'odatacount', 'totalitems', 'totalresults', 'totalrecords']);
const mores = new Set(['hasmore', 'more', 'hasnext', 'hasnextpage']);
const links = new Set(['nextlink', 'odatanextlink', 'next', 'nexturl', 'nextpageurl', 'nextpage']);

export interface DescribedPage {
  /** What the answer says around the list. */
  answer: JsonObject;
  /** The schema of it. */
  view: SchemaView;
  page: Page;
  /** As it was asked for, absolute. */
  url: URL;
}

/** Puts right what an answer says of its list: how many there are, whether there are more, and where. */
export function describePage(operation: RuntimeOperation, { answer, view, page, url }: DescribedPage): void {
  const { schemas } = operation;
  const link = getOwn(getOwn(operation.value, 'x-ms-pageable'), 'nextLinkName');
  const required = schemas.required(view);
  for (const [name, property] of schemas.properties(view)) {
    const plain = plainName(name);
    const isNumber = schemas.isType(property, 'integer') || schemas.isType(property, 'number');
    if (isNumber && totals.has(plain)) answer[name] = page.total;
    else if (schemas.isType(property, 'boolean') && mores.has(plain)) answer[name] = page.next !== undefined;
    else if (schemas.isType(property, 'string') && (name === link || links.has(plain))) {
      if (page.next !== undefined) answer[name] = nextUrl(url, page.next);
      else if (required.has(name)) answer[name] = '';
      else delete answer[name];
    }
  }
}

function nextUrl(url: URL, next: number): string {
  const following = new URL(url);
  following.searchParams.set(ownOffset, String(next));
  return following.href;
}
