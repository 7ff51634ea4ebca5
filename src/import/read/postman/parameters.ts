import { asObject, asString, getOwn, type Json, type JsonObject } from '../../../connector/json/value.ts';
import type { Dropped, SourceParameter } from '../../model.ts';
import { child, elements, located } from '../source.ts';
import { asText, isUnsafeKey } from '../source-values.ts';
import { inferAsModel } from './infer.ts';
import { describedText, type Request } from './request.ts';

const credentialHeaders: ReadonlySet<string> = new Set([
  'cookie',
  'host',
  'content-length',
  'user-agent',
  'connection',
  'accept-encoding',
  'postman-token',
  'cache-control',
]);

/** A parameter of one request, as it is written there. */
interface Written {
  readonly place: 'path' | 'query' | 'header';
  readonly name: string;
  readonly at: string;
  readonly entry: JsonObject;
}

/** The parameters of all requests to one operation; their types fit all values that were written. */
export function parametersOfRequests(requests: readonly Request[], dropped: Dropped[]): SourceParameter[] {
  const found = new Map<string, { parameter: SourceParameter; samples: Json[] }>();
  for (const request of requests) {
    const written = [...inPath(request), ...inQuery(request, dropped), ...inHeaders(request, dropped)];
    for (const { place, name, at, entry } of written) {
      const known = found.get(`${place} ${name}`);
      if (known !== undefined) {
        known.samples.push(...samplesOf(entry));
        continue;
      }
      const parameter: SourceParameter = {
        name,
        in: place,
        at,
        required: place === 'path',
        deprecated: false,
        description: describedText(entry.description),
        summary: undefined,
        style: place === 'query' ? 'form' : 'simple',
        explode: place === 'query',
        allowReserved: false,
        media: undefined,
        schema: located<Json>({}, at, request.node.file),
        extensions: {},
      };
      found.set(`${place} ${name}`, { parameter, samples: samplesOf(entry) });
    }
  }
  return [...found.values()].map(({ parameter, samples }) => ({
    ...parameter,
    schema: { ...parameter.schema, value: typeOfTexts(samples) },
  }));
}

/** The value of a parameter, unless it is a variable or a hint what to write. */
function samplesOf({ value }: JsonObject): Json[] {
  const sample = asString(value);
  return sample === undefined || sample === '' || /^\{\{.*\}\}$/.test(sample) || sample.startsWith('<') ? [] : [sample];
}

function inPath({ url, at }: Request): Written[] {
  return url.pathVariables.map((name) => {
    const index = url.variables.findIndex((variable) => asText(variable.key) === name || asText(variable.id) === name);
    return {
      place: 'path',
      name,
      at: index < 0 ? `${at}/url` : `${at}/url/variable/${index}`,
      entry: url.variables[index] ?? {},
    };
  });
}

function inQuery({ url, node, at }: Request, dropped: Dropped[]): Written[] {
  const isListed = Array.isArray(getOwn(node.value.url, 'query'));
  const result: Written[] = [];
  for (const [index, entry] of url.query.entries()) {
    const name = withoutBraces(asText(entry.key) ?? '').trim();
    const place = isListed ? `${at}/url/query/${index}` : `${at}/url`;
    if (name === '' || isUnsafeKey(name))
      dropped.push({ code: 'param-nameless', at: place, message: 'A query parameter without a name.' });
    else result.push({ place: 'query', name, at: place, entry });
  }
  return result;
}

function inHeaders({ node }: Request, dropped: Dropped[]): Written[] {
  const result: Written[] = [];
  for (const { value, at } of elements(child(node, 'header'))) {
    const name = withoutBraces(asText(getOwn(value, 'key')) ?? '').trim();
    if (name === '' || isUnsafeKey(name))
      dropped.push({ code: 'param-nameless', at, message: 'A header without a name.' });
    else if (!credentialHeaders.has(name.toLowerCase()))
      result.push({ place: 'header', name, at, entry: asObject(value) });
  }
  return result;
}

const withoutBraces = (name: string): string => name.replace(/[{}]/g, '');

/** The type that all texts can be read as. */
export function typeOfTexts(samples: readonly Json[]): JsonObject {
  const texts = samples.map(String);
  if (texts.length === 0) return { type: 'string' };
  if (texts.every((text) => text === 'true' || text === 'false')) return { type: 'boolean' };
  if (texts.every((text) => /^-?(?:0|[1-9]\d{0,14})$/.test(text))) return { type: 'integer' };
  if (texts.every((text) => /^-?\d+\.\d+$/.test(text))) return { type: 'number' };
  return inferAsModel(texts);
}
