import type { JsonObject } from '../../connector/json/value.ts';
import { describe } from '../../language/plain-text.ts';
import type { SourceMedia, SourceOperation, SourceResponse } from '../model.ts';
import type { Report } from '../report.ts';
import type { Definitions } from '../schemas/definitions.ts';
import { leaf } from '../schemas/flat-schema.ts';
import { chooseMedia, kindOfMedia } from './bodies.ts';

export interface ResponseContext {
  readonly definitions: Definitions;
  readonly report: Report;
  readonly operationId: string;
  /** Webhook subscriptions answer with the address to delete them at. */
  readonly keepsLocation: boolean;
}

export interface ConvertedResponses {
  responses: JsonObject;
  /** Media type of the answer where it is not that of the root. */
  produces: string | undefined;
}

/** Words for codes whose response has no description. */
const phrases: Readonly<Record<string, string>> = {
  '200': 'Success.',
  '201': 'Created.',
  '202': 'Accepted.',
  '204': 'No content.',
  '301': 'Moved permanently.',
  '302': 'Found.',
  '304': 'Not modified.',
  '400': 'Bad request.',
  '401': 'Unauthorized.',
  '403': 'Forbidden.',
  '404': 'Not found.',
  '405': 'Method not allowed.',
  '409': 'Conflict.',
  '410': 'Gone.',
  '412': 'Precondition failed.',
  '413': 'Content too large.',
  '415': 'Unsupported media type.',
  '422': 'Unprocessable content.',
  '429': 'Too many requests.',
  '500': 'Internal server error.',
  '501': 'Not implemented.',
  '502': 'Bad gateway.',
  '503': 'Service unavailable.',
  '504': 'Gateway timeout.',
  default: 'Any other answer.',
};
const textLimit = 500;

/** Responses of an operation → the same codes, one of them with a schema. */
export function convertResponses(
  operation: SourceOperation,
  sources: readonly SourceResponse[],
  context: ResponseContext,
): ConvertedResponses {
  const { report } = context;
  const main = chooseMain(sources);
  const responses: JsonObject = {};
  let produces: string | undefined;
  for (const source of sources) {
    const code = mainCode(source, source === main) ?? codeOf(source.code);
    if (code === undefined) {
      report.lossy('response-code', source.at, `${source.code} is not a status code.`);
      continue;
    }
    const response: JsonObject = {
      description: describe(source.description, textLimit) || (phrases[code] ?? 'Success.'),
    };
    reportParts(source, context);
    if (source === main) {
      const converted = mainSchema(source, context);
      if (converted !== undefined) {
        response.schema = converted.schema;
        produces = converted.produces;
      }
    } else loseSchemas(source, main, code, context);
    const location = context.keepsLocation
      ? source.headers.find((header) => header.name.toLowerCase() === 'location')
      : undefined;
    if (location !== undefined)
      response.headers = {
        Location: {
          type: 'string',
          description: describe(location.description, textLimit) || 'Address of the subscription.',
        },
      };
    if (Object.hasOwn(responses, code)) {
      report.lossy('response-extra', source.at, `Response ${source.code} is the same as ${code} here.`);
      if (source === main) responses[code] = response;
    } else responses[code] = response;
    if (source === main && source.code === 'default') {
      report.lossy('response-default', source.at, 'Only a default response is described; it stands for success here.');
      responses.default = { description: response.description ?? phrases.default ?? '' };
    }
  }
  if (!Object.keys(responses).some((code) => /^2/.test(code))) {
    responses['200'] = { description: 'The operation succeeded.' };
    report.info('response-added', operation.at, 'No successful response is described.');
  }
  return { responses: ordered(responses), produces };
}

/** Status codes first, in their order; `default` last. */
function ordered(responses: JsonObject): JsonObject {
  const { default: fallback, ...codes } = responses;
  return fallback === undefined ? codes : { ...codes, default: fallback };
}

/** The lowest successful response that says what it holds, else the lowest one, else `default`. */
function chooseMain(sources: readonly SourceResponse[]): SourceResponse | undefined {
  const successes = sources
    .filter(({ code }) => /^2(?:\d\d|XX)$/i.test(code))
    .sort((a, b) => numberOf(a.code) - numberOf(b.code));
  const described =
    successes.find(({ media }) => media.some(({ schema }) => schema !== undefined)) ??
    successes.find(({ media }) => media.length > 0) ??
    successes[0];
  return described ?? sources.find(({ code }) => code === 'default');
}

function numberOf(code: string): number {
  return Number(code.replace(/x/gi, '0'));
}

function mainCode(source: SourceResponse, isMain: boolean): string | undefined {
  return isMain && source.code === 'default' ? '200' : undefined;
}

/** `4XX` → 400; undefined for what is not a code at all. */
function codeOf(code: string): string | undefined {
  if (code === 'default') return code;
  const number = code.replace(/^([1-5])XX$/i, '$100');
  return /^[1-5]\d\d$/.test(number) ? number : undefined;
}

function reportParts(source: SourceResponse, context: ResponseContext): void {
  if (source.headers.length > 0)
    context.report.info(
      'response-headers',
      source.at,
      `Headers are not offered: ${source.headers.map(({ name }) => name).join(', ')}.`,
    );
  if (source.links) context.report.info('response-links', source.at, 'Links to other operations are not offered.');
}

function mainSchema(
  source: SourceResponse,
  context: ResponseContext,
): { schema: JsonObject; produces: string | undefined } | undefined {
  const { definitions, report } = context;
  const chosen =
    chooseMedia(
      source.media.filter(({ schema }) => schema !== undefined),
      definitions,
    ) ?? chooseMedia(source.media, definitions);
  if (chosen === undefined) return undefined;
  const { media, kind } = chosen;
  loseOthers(source, media, context);
  const flat = media.schema === undefined ? undefined : definitions.flat(leaf(media.schema));
  const isJson = media.type === 'application/json' || (kind === 'json' && !/json/.test(media.type));
  const produces = isJson || media.type.includes('*') ? undefined : media.type;
  if (kind === 'json') {
    if (media.schema === undefined) return undefined;
    if (isJson && media.type !== 'application/json' && !media.type.includes('*'))
      report.info('response-media', media.at, `An object is not ${media.type}: the answer is read as JSON.`);
    const schema = definitions.convert(leaf(media.schema), {
      hint: `${context.operationId}_response`,
      depth: 0,
      top: true,
    });
    return { schema, produces };
  }
  if (flat?.kind === 'file') return { schema: { type: 'file' }, produces };
  const isDescribed = flat !== undefined && (flat.kind === 'object' || flat.kind === 'array');
  if (kind === 'stream') report.lossy('response-stream', media.at, `A stream (${media.type}) arrives as one text.`);
  else if (isDescribed)
    report.lossy('response-text', media.at, `An answer in the format ${media.type} arrives as one text.`);
  if (media.schema !== undefined && (kind === 'stream' || isDescribed))
    definitions.lose(leaf(media.schema), kind === 'stream' ? 'response-stream' : 'response-text');
  else if (flat !== undefined) for (const key of flat.sources) definitions.markDescribed(key);
  const schema: JsonObject = kind === 'binary' ? { type: 'string', format: 'binary' } : { type: 'string' };
  return { schema, produces };
}

/** Other media types of the answer: one is enough as long as they say the same. */
function loseOthers(source: SourceResponse, chosen: SourceMedia, context: ResponseContext): void {
  const { flattener } = context.definitions;
  const key = chosen.schema === undefined ? '' : flattener.keyOf(leaf(chosen.schema));
  for (const media of source.media) {
    if (media === chosen || media.schema === undefined || flattener.keyOf(leaf(media.schema)) === key) continue;
    if (kindOfMedia(media, context.definitions) === 'binary') continue;
    context.report.lossy('response-media-dropped', media.at, `Answers in the format ${media.type} are not described.`);
    context.definitions.lose(leaf(media.schema), 'response-media-dropped');
  }
}

/** Only one response has a schema; what the others hold is not offered. */
function loseSchemas(
  source: SourceResponse,
  main: SourceResponse | undefined,
  code: string,
  context: ResponseContext,
): void {
  const { definitions, report } = context;
  const { flattener } = definitions;
  const shown = new Set(
    (main?.media ?? []).flatMap(({ schema }) => (schema === undefined ? [] : [flattener.keyOf(leaf(schema))])),
  );
  const isError = !code.startsWith('2');
  for (const media of source.media) {
    if (media.schema === undefined || shown.has(flattener.keyOf(leaf(media.schema)))) continue;
    const cause = isError ? 'response-error-schema' : 'response-extra';
    report.lossy(cause, media.at, `What response ${source.code} holds is not described.`);
    definitions.lose(leaf(media.schema), cause);
  }
}
