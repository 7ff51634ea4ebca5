import { methods } from '../../connector/facts/methods.ts';
import { UserError } from '../../errors.ts';
import { quote } from '../../quote.ts';
import { fitForUrl } from '../message.ts';
import type { RunPolicy } from '../policy-context.ts';

export const runRouteRequest: RunPolicy = (message, context) => {
  if (message.kind !== 'request') return;
  context.required('newPath');
  const [path = '', query] = splitOnce(fitForUrl(context.withPathValues(context.filled('newPath', message))), '?');
  message.path = `/${path.replace(/^\/+/, '')}`;
  if (query !== undefined && query !== '') {
    if (message.query.length > 0) context.assume('query-in-new-path');
    message.query.push(...query.split('&'));
  }
  message.method = routedMethod(context.text('httpMethod')) ?? message.method;
};

/** The method that a value of `httpMethod` asks for; undefined: the original one. */
export function routedMethod(httpMethod: string): string | undefined {
  const method = httpMethod.trim();
  if (method === '' || /^@?\{?Request\.OriginalHTTPMethod\}?$/i.test(method)) return undefined;
  if ((methods as readonly string[]).includes(method.toLowerCase())) return method.toUpperCase();
  throw new UserError(`httpMethod: ${quote(method)} is not a method`, {
    hint: 'allowed are GET, POST, PUT, PATCH, DELETE, OPTIONS, HEAD and @Request.OriginalHTTPMethod',
  });
}

function splitOnce(text: string, sign: string): [string, string | undefined] {
  const at = text.indexOf(sign);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
