import { valueAt } from '../../connector/json/value.ts';
import { UserError } from '../../errors.ts';
import { quote } from '../../quote.ts';
import { parseBodyPath, parseTemplate } from '../expressions.ts';
import { encodedList, fitForUrl, type Message, queryName, queryPart, type RuntimeRequest, urlOf } from '../message.ts';
import { isThere } from '../paths.ts';
import type { PolicyContext, RunPolicy } from '../policy-context.ts';
import { RunFailure } from '../run-failure.ts';
import { bodyJson, insertedText } from '../values.ts';

/** In a dry run the place of a value that only the call would bring. */
export const dryPlaceholder = '‹setvaluefromurl›';

export const runSetValueFromUrl: RunPolicy = async (message, context) => {
  const target = targetOf(context);
  const path = parseBodyPath(context.required('parameterValuePathTemplate'));
  const request = requestOf(message, context);
  const { call } = context.around;
  if (call === undefined) {
    context.assume('setvaluefromurl-dry');
    context.note = `would call ${request.method} ${urlOf(request)}`;
    place(message, target, dryPlaceholder);
    return;
  }
  context.assume('setvaluefromurl-cache');
  if (request.method !== 'GET') context.assume('setvaluefromurl-body');
  const answer = await call(request);
  if (answer.status < 200 || answer.status > 299) {
    throw new RunFailure(`${request.method} ${urlOf(request)} answered ${answer.status}, so there is no value`);
  }
  const value = valueAt(bodyJson(answer), path.path);
  if (!isThere(value)) {
    throw new RunFailure(
      `the answer of ${request.method} ${urlOf(request)} has nothing at ${context.text('parameterValuePathTemplate')}`,
    );
  }
  context.around.fetched(insertedText(value));
  place(message, target, insertedText(value));
};

interface Target {
  kind: 'header' | 'query';
  name: string;
}

/** @throws UserError for anything but a header or a parameter of the query */
function targetOf(context: PolicyContext): Target {
  const text = context.required('parameterTemplate');
  const [expression, ...others] = parseTemplate(text.trim());
  if (typeof expression === 'object' && others.length === 0) {
    const [name] = expression.arguments;
    if (typeof name === 'string' && expression.name === 'headers') return { kind: 'header', name };
    if (typeof name === 'string' && expression.name === 'queryParameters') return { kind: 'query', name };
  }
  throw new UserError(`parameterTemplate: ${quote(text)} can't be set`, {
    hint: "write @headers('NAME') or @queryParameters('NAME')",
  });
}

/** Relative to the base of this moment, with the headers of this moment. */
function requestOf(message: Message, context: PolicyContext): RuntimeRequest {
  const { request } = context.around;
  const filled = fitForUrl(context.withPathValues(context.filled('parameterValueUrl', message)));
  const method = (context.text('httpMethod') || 'GET').trim().toUpperCase();
  if (!['GET', 'POST', 'PUT'].includes(method)) {
    throw new UserError(`httpMethod: ${quote(method)} is not allowed; allowed are GET, POST and PUT`);
  }
  const isWhole = /^https?:\/\//i.test(filled);
  const { base, rest } = isWhole ? wholeAddress(filled) : { base: request.base, rest: filled };
  const [path = '', ...query] = rest.split('?');
  const parts = query.join('?').split('&');
  return {
    kind: 'request',
    method,
    base,
    path: `/${path.replace(/^\/+/, '')}`,
    query: parts.filter((part) => part !== ''),
    headers: new Map(request.headers),
    body: undefined,
  };
}

/** An address that an expression brought along. */
function wholeAddress(url: string): { base: string; rest: string } {
  const [base = ''] = /^https?:\/\/[^/?#]*/i.exec(url) ?? [];
  return { base, rest: url.slice(base.length) };
}

function place(message: Message, { kind, name }: Target, value: string): void {
  if (kind === 'header') {
    message.headers.set(name.toLowerCase(), value);
    return;
  }
  if (message.kind !== 'request') return;
  const others = message.query.filter((part) => queryName(part) !== queryName(name));
  message.query = [...others, queryPart(name, encodedList(value))];
}
