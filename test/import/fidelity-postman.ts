import { asArray, asObject, asString, getOwn, isObject, type JsonObject } from '../../src/connector/json/value.ts';
import type { ImportResult } from '../../src/import/import-description.ts';
import { child, elements, type LoadedSource, type Located, located } from '../../src/import/read/source.ts';

/** Headers that Postman writes by itself, or that only the platform sets. */
const ofTheClient =
  /^(?:accept-encoding|cache-control|connection|content-length|content-type|cookie|host|postman-token|user-agent)$/i;

/** What of a Postman collection is neither in the result nor in the report: requests, parameters, bodies. */
export function measureCollection(source: LoadedSource, { definition, report }: ImportResult): { missing: string[] } {
  const root = located(source.root.root, '', source.root);
  const collection = isObject(getOwn(root.value, 'collection')) ? (child(root, 'collection') ?? root) : root;
  const pointers = report.entries.map(({ pointer }) => pointer);
  /** At the place itself, or for the whole body that it is in. */
  const isReported = (at: string): boolean =>
    pointers.some((pointer) => pointer === at || (pointer.endsWith('/body') && at.startsWith(`${pointer}/`)));
  const requests = requestsIn(child(collection, 'item'));
  const reported = requests.filter(({ at }) =>
    report.entries.some(({ severity, pointer, code }) => {
      const isGone = severity === 'dropped' || code === 'postman-variants';
      return isGone && (pointer === at || pointer === at.replace(/\/request$/, ''));
    }),
  );
  const missing: string[] = [];
  const operations = operationsOf(definition);
  if (operations.length + reported.length < requests.length)
    missing.push(`${requests.length - reported.length - operations.length} requests`);
  const names = new Set(operations.flatMap(namesOf));
  for (const request of requests) {
    if (reported.includes(request)) continue;
    for (const { name, at } of parametersIn(request))
      if (!names.has(name.toLowerCase()) && !isReported(at)) missing.push(`${name} ${at}`);
  }
  return { missing };
}

function requestsIn(list: Located | undefined): Located[] {
  return elements(list).flatMap((item) => {
    if (Array.isArray(getOwn(item.value, 'item'))) return requestsIn(child(item, 'item'));
    return [child(item, 'request') ?? item];
  });
}

function parametersIn(request: Located): { name: string; at: string }[] {
  const lists = [
    child(child(request, 'url'), 'query'),
    child(request, 'header'),
    child(child(request, 'body'), 'urlencoded'),
    child(child(request, 'body'), 'formdata'),
  ];
  const mode = asString(getOwn(getOwn(request.value, 'body'), 'mode'));
  return lists.flatMap((list) =>
    elements(list)
      .filter(({ at }) => !/\/body\//.test(at) || at.includes(`/body/${mode ?? ''}/`))
      .map(({ value, at }) => ({ key: getOwn(value, 'key') ?? '', at }))
      .map(({ key, at }) => ({ name: typeof key === 'object' ? '?' : String(key).replace(/[{}]/g, '').trim(), at }))
      .filter(({ name }) => name !== '' && !ofTheClient.test(name)),
  );
}

function operationsOf(definition: JsonObject): JsonObject[] {
  return Object.values(asObject(definition.paths)).flatMap((item) =>
    Object.entries(asObject(item)).flatMap(([key, value]) => (key.startsWith('x-') ? [] : [asObject(value)])),
  );
}

function namesOf(operation: JsonObject): string[] {
  return asArray(operation.parameters).map((parameter) => String(getOwn(parameter, 'name')).toLowerCase());
}
