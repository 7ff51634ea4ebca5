import { asString, getOwn, type Json } from '../../../connector/json/value.ts';
import type { Dropped, OperationDetail, SourceMedia, SourceResponse } from '../../model.ts';
import { elements, type Located, located } from '../source.ts';
import { asText } from '../source-values.ts';
import { bodyOfRequests } from './bodies.ts';
import { inferAsModel } from './infer.ts';
import { parametersOfRequests } from './parameters.ts';
import { parseSample, type Request } from './request.ts';

export function detailOf(request: Request, others: readonly Request[]): OperationDetail {
  const all = [request, ...others];
  const dropped: Dropped[] = [];
  const parameters = parametersOfRequests(all, dropped);
  return { parameters, body: bodyOfRequests(all, dropped), responses: responsesOf(all), callbacks: [], dropped };
}

/** Codes of all saved answers; the schema of success fits all of its JSON samples. */
function responsesOf(requests: readonly Request[]): SourceResponse[] {
  const byCode = new Map<
    string,
    { at: string; description: string | undefined; samples: Json[]; file: Located['file'] }
  >();
  for (const request of requests) {
    for (const response of elements(request.responses)) {
      const code = String(getOwn(response.value, 'code') ?? '');
      if (!/^[1-5]\d\d$/.test(code)) continue;
      const known = byCode.get(code) ?? {
        at: response.at,
        description: asText(getOwn(response.value, 'name')),
        samples: [],
        file: response.file,
      };
      const body = asString(getOwn(response.value, 'body'));
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
              schema: located<Json>(inferAsModel(samples), at, file),
              encoding: undefined,
              places: undefined,
            },
          ]
        : [];
    return { code, at, description, media, headers: [], links: false };
  });
}
