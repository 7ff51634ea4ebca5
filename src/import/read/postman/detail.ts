import { type InferOptions, inferSchema } from '../../../connector/infer-schema.ts';
import { asObject, asString, isObject, type Json, type JsonObject, own } from '../../../connector/json/value.ts';
import type { Dropped, OperationDetail, SourceMedia, SourceParameter, SourceResponse } from '../../model.ts';
import { baseType } from '../openapi.ts';
import { child, elements, type Located, located } from '../source.ts';
import { asText, isUnsafeKey } from '../source-values.ts';
import { describedText, jsonBody, parseSample, type Request } from './request.ts';

/** Texts are a pass of their own, for every format of descriptions. */
const asModel: InferOptions = { nullable: true, texts: false };

export function detailOf(request: Request, others: readonly Request[]): OperationDetail {
  const all = [request, ...others];
  const dropped: Dropped[] = [];
  const parameters = parametersOf(all, dropped);
  return { parameters, body: bodyOf(all), responses: responsesOf(all), callbacks: [], dropped };
}

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

function parametersOf(requests: readonly Request[], dropped: Dropped[]): SourceParameter[] {
  const found = new Map<string, { parameter: SourceParameter; samples: Json[]; uses: number; disabled: boolean }>();
  const add = (
    place: 'path' | 'query' | 'header',
    name: string,
    at: string,
    entry: JsonObject,
    request: Request,
  ): void => {
    const key = `${place} ${name}`;
    const known = found.get(key);
    const isDisabled = entry.disabled === true;
    const sample = asString(entry.value);
    const samples =
      sample === undefined || sample === '' || /^\{\{.*\}\}$/.test(sample) || sample.startsWith('<') ? [] : [sample];
    if (known !== undefined) {
      known.samples.push(...samples);
      known.uses += isDisabled ? 0 : 1;
      known.disabled ||= isDisabled;
      return;
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
    found.set(key, { parameter, samples, uses: isDisabled ? 0 : 1, disabled: isDisabled });
  };
  for (const request of requests) {
    const { url, node, at } = request;
    const urlAt = `${at}/url`;
    for (const name of url.pathVariables) {
      const index = url.variables.findIndex(
        (variable) => asText(variable.key) === name || asText(variable.id) === name,
      );
      add('path', name, index < 0 ? urlAt : `${urlAt}/variable/${index}`, url.variables[index] ?? {}, request);
    }
    for (const [index, entry] of url.query.entries()) {
      const name = asText(entry.key);
      const plain = name?.replace(/[{}]/g, '').trim() ?? '';
      if (plain === '')
        dropped.push({ code: 'param-nameless', at: urlAt, message: 'A query parameter without a name.' });
      else if (!isUnsafeKey(plain))
        add(
          'query',
          plain,
          Array.isArray(own(node.value.url, 'query')) ? `${urlAt}/query/${index}` : urlAt,
          entry,
          request,
        );
    }
    for (const entry of elements(child(node, 'header'))) {
      const name = asText(own(entry.value, 'key'));
      if (name !== undefined && !credentialHeaders.has(name.toLowerCase()) && !isUnsafeKey(name))
        add('header', name.replace(/[{}]/g, ''), entry.at, asObject(entry.value), request);
    }
  }
  return [...found.values()].map(({ parameter, samples }) => ({
    ...parameter,
    schema: { ...parameter.schema, value: typeOfTexts(samples) },
  }));
}

/** The type that all texts can be read as. */
function typeOfTexts(samples: readonly Json[]): JsonObject {
  const texts = samples.map(String);
  if (texts.length === 0) return { type: 'string' };
  if (texts.every((text) => text === 'true' || text === 'false')) return { type: 'boolean' };
  if (texts.every((text) => /^-?(?:0|[1-9]\d{0,14})$/.test(text))) return { type: 'integer' };
  if (texts.every((text) => /^-?\d+\.\d+$/.test(text))) return { type: 'number' };
  return inferSchema(texts, asModel);
}

function bodyOf(requests: readonly Request[]): OperationDetail['body'] {
  const withBody = requests.filter(
    ({ node }) =>
      isObject(node.value.body) && asString(node.value.body.mode) !== undefined && node.value.body.mode !== 'none',
  );
  const [first] = withBody;
  if (first === undefined) return undefined;
  const mode = asString(own(first.node.value.body, 'mode')) ?? '';
  const same = withBody.filter(({ node }) => own(node.value.body, 'mode') === mode);
  const media = mediaOf(mode, same);
  return media === undefined
    ? undefined
    : { name: 'body', at: `${first.at}/body`, required: true, description: undefined, media: [media], extensions: {} };
}

/** Media type and schema of the bodies of one mode. */
function mediaOf(mode: string, requests: readonly Request[]): SourceMedia | undefined {
  const [first] = requests;
  if (first === undefined) return undefined;
  const at = `${first.at}/body`;
  const schema = (value: JsonObject): Located => located<Json>(value, `${at}/${mode}`, first.node.file);
  const media = (type: string, value: JsonObject | undefined, places?: ReadonlyMap<string, string>): SourceMedia => ({
    type,
    at: `${at}/${mode}`,
    schema: value === undefined ? undefined : schema(value),
    encoding: undefined,
    places,
  });
  switch (mode) {
    case 'raw': {
      const samples = requests.map(jsonBody).filter((sample) => sample !== undefined);
      const raws = requests.map(({ node }) => asText(own(node.value.body, 'raw'))).filter((raw) => raw !== undefined);
      if (raws.length === 0 && samples.length === 0) return undefined;
      if (samples.length > 0) return media('application/json', inferSchema(samples, asModel));
      const language = asString(own(own(own(first.node.value.body, 'options'), 'raw'), 'language'));
      return media(
        contentTypeOf(first) ??
          (language === 'xml' ? 'application/xml' : language === 'json' ? 'application/json' : 'text/plain'),
        language === 'json' ? {} : { type: 'string' },
      );
    }
    case 'urlencoded':
    case 'formdata': {
      const properties: JsonObject = {};
      const places = new Map<string, string>();
      for (const request of requests) {
        for (const entry of elements(child(child(request.node, 'body'), mode))) {
          const name = asText(own(entry.value, 'key'));
          if (name === undefined || isUnsafeKey(name) || properties[name] !== undefined) continue;
          const sample = asString(own(entry.value, 'value'));
          const description = describedText(own(entry.value, 'description'));
          const type: JsonObject =
            own(entry.value, 'type') === 'file'
              ? { type: 'string', format: 'binary' }
              : typeOfTexts(sample === undefined || sample === '' || sample.includes('{{') ? [] : [sample]);
          properties[name] = { ...type, ...(description === undefined ? {} : { description }) };
          places.set(name, entry.at);
        }
      }
      return media(
        mode === 'formdata' ? 'multipart/form-data' : 'application/x-www-form-urlencoded',
        { type: 'object', properties },
        places,
      );
    }
    case 'file':
      return media('application/octet-stream', { type: 'string', format: 'binary' });
    case 'graphql':
      return media('application/json', {
        type: 'object',
        required: ['query'],
        properties: { query: { type: 'string', title: 'Query' }, variables: { type: 'object' } },
      });
    default:
      return undefined;
  }
}

function contentTypeOf(request: Request): string | undefined {
  const header = elements(child(request.node, 'header')).find(
    (entry) => asText(own(entry.value, 'key'))?.toLowerCase() === 'content-type',
  );
  const value = asText(own(header?.value, 'value'));
  return value === undefined || value.includes('{') ? undefined : baseType(value);
}

/** Codes of all saved answers; the schema of success fits all of its JSON samples. */
function responsesOf(requests: readonly Request[]): SourceResponse[] {
  const byCode = new Map<
    string,
    { at: string; description: string | undefined; samples: Json[]; file: Located['file'] }
  >();
  for (const request of requests) {
    for (const response of elements(request.responses)) {
      const code = String(own(response.value, 'code') ?? '');
      if (!/^[1-5]\d\d$/.test(code)) continue;
      const known = byCode.get(code) ?? {
        at: response.at,
        description: asText(own(response.value, 'name')),
        samples: [],
        file: response.file,
      };
      const body = asString(own(response.value, 'body'));
      const sample = body === undefined || body.trim() === '' ? undefined : parseSample(body);
      if (sample !== undefined && typeof sample === 'object') known.samples.push(sample);
      byCode.set(code, known);
    }
  }
  const successes = [...byCode].filter(([code]) => code.startsWith('2'));
  const samples = successes.flatMap(([, { samples: list }]) => list);
  const [main] = successes
    .filter(([, { samples: list }]) => list.length > 0)
    .map(([code]) => code)
    .sort();
  return [...byCode].map(([code, { at, description, file }]) => {
    const media: SourceMedia[] =
      code === main
        ? [
            {
              type: 'application/json',
              at,
              schema: located<Json>(inferSchema(samples, asModel), at, file),
              encoding: undefined,
              places: undefined,
            },
          ]
        : [];
    return { code, at, description, media, headers: [], links: false };
  });
}
