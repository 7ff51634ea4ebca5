import { asString, getOwn, isObject, type Json, type JsonObject } from '../../../connector/json/value.ts';
import type { Dropped, OperationDetail, SourceMedia } from '../../model.ts';
import { baseType } from '../openapi/content.ts';
import { child, elements, type Located, located } from '../source.ts';
import { asText, isUnsafeKey } from '../source-values.ts';
import { graphqlSchema } from './graphql.ts';
import { inferAsModel } from './infer.ts';
import { typeOfTexts } from './parameters.ts';
import { describedText, jsonBody, type Request } from './request.ts';

/** The body of the requests that send one in the same mode as the first of them; those of other modes are `dropped`. */
export function bodyOfRequests(requests: readonly Request[], dropped: Dropped[]): OperationDetail['body'] {
  const withBody = requests.filter(
    ({ node }) =>
      isObject(node.value.body) && asString(node.value.body.mode) !== undefined && node.value.body.mode !== 'none',
  );
  const [first] = withBody;
  if (first === undefined) return undefined;
  const mode = asString(getOwn(first.node.value.body, 'mode')) ?? '';
  const same = withBody.filter(({ node }) => getOwn(node.value.body, 'mode') === mode);
  for (const { name, at } of withBody.filter((request) => !same.includes(request)))
    dropped.push({
      code: 'body-media-dropped',
      at: `${at}/body`,
      message: `The body of ${name} has another form than that of ${first.name}: only the latter is offered.`,
    });
  const media = mediaOf(mode, same, dropped);
  return media === undefined
    ? undefined
    : { name: 'body', at: `${first.at}/body`, required: true, description: undefined, media: [media], extensions: {} };
}

type MediaMaker = (type: string, value: JsonObject | undefined, places?: ReadonlyMap<string, string>) => SourceMedia;

/** Media type and schema of the bodies of one mode. */
function mediaOf(mode: string, requests: readonly Request[], dropped: Dropped[]): SourceMedia | undefined {
  const [first] = requests;
  if (first === undefined) return undefined;
  const at = `${first.at}/body`;
  const schema = (value: JsonObject): Located => located<Json>(value, `${at}/${mode}`, first.node.file);
  const media: MediaMaker = (type, value, places) => ({
    type,
    at: `${at}/${mode}`,
    schema: value === undefined ? undefined : schema(value),
    encoding: undefined,
    places,
  });
  switch (mode) {
    case 'raw':
      return rawMedia(requests, media);
    case 'urlencoded':
    case 'formdata':
      return formMedia(mode, requests, media, dropped);
    case 'file':
      return media('application/octet-stream', { type: 'string', format: 'binary' });
    case 'graphql':
      return media('application/json', graphqlSchema(requests));
    default:
      dropped.push({ code: 'body-media-dropped', at, message: `A body of the kind "${mode}" is not known.` });
      return undefined;
  }
}

/** JSON where one of the requests has it; otherwise what the first one says that it is. */
function rawMedia(requests: readonly Request[], media: MediaMaker): SourceMedia | undefined {
  const [first] = requests;
  const samples = requests.map(jsonBody).filter((sample) => sample !== undefined);
  const raws = requests.map(({ node }) => asText(getOwn(node.value.body, 'raw'))).filter((raw) => raw !== undefined);
  if (raws.length === 0 && samples.length === 0) return undefined;
  if (samples.length > 0) return media('application/json', inferAsModel(samples));
  const language = asString(getOwn(getOwn(getOwn(first?.node.value.body, 'options'), 'raw'), 'language'));
  return media(
    contentTypeOf(first) ??
      (language === 'xml' ? 'application/xml' : language === 'json' ? 'application/json' : 'text/plain'),
    language === 'json' ? {} : { type: 'string' },
  );
}

function formMedia(
  mode: 'urlencoded' | 'formdata',
  requests: readonly Request[],
  media: MediaMaker,
  dropped: Dropped[],
): SourceMedia {
  const properties: JsonObject = {};
  const places = new Map<string, string>();
  for (const request of requests) {
    for (const entry of elements(child(child(request.node, 'body'), mode))) {
      const name = asText(getOwn(entry.value, 'key'));
      if (name === undefined || isUnsafeKey(name)) {
        dropped.push({ code: 'param-nameless', at: entry.at, message: 'A field of a form without a name.' });
        continue;
      }
      if (Object.hasOwn(properties, name)) continue;
      const sample = asString(getOwn(entry.value, 'value'));
      const description = describedText(getOwn(entry.value, 'description'));
      const type: JsonObject =
        getOwn(entry.value, 'type') === 'file'
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

function contentTypeOf(request: Request | undefined): string | undefined {
  const header = elements(child(request?.node, 'header')).find(
    (entry) => asText(getOwn(entry.value, 'key'))?.toLowerCase() === 'content-type',
  );
  const value = asText(getOwn(header?.value, 'value'));
  return value === undefined || value.includes('{') ? undefined : baseType(value);
}
