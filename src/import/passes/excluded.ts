import { getOwn } from '../../connector/json/value.ts';
import type { SourceOperation } from '../model.ts';
import type { ImportOptions } from '../options.ts';

/** What no action wants, and is left out unless the user names it. */

/** Paths of the service itself, at its root or below its version, that machines ask whether it is alive. */
const monitoring =
  /^(?:\/(?:api|rest|v\d+(?:\.\d+)?))*\/(?:\.well-known\/[^/]+|health(?:z|check)?|livez|readyz|liveness|readiness)\/?$/i;
const metrics = /^(?:\/(?:api|rest|v\d+(?:\.\d+)?))*\/metrics\/?$/i;
/** Tokens are the business of the connection. */
const signIn = /(?:^|\/)(?:oauth2?\/(?:access_)?token|oauth2?\/authorize|connect\/token)\/?$/i;
const bareMethods: ReadonlySet<string> = new Set(['head', 'options', 'trace']);

/** Why an operation is left out by default; undefined when it is not. */
export function whyExcluded(operation: SourceOperation, options: ImportOptions): string | undefined {
  const { method, path } = operation;
  if (operation.deprecated && options.includeDeprecated !== true) return 'deprecated (--include-deprecated keeps it)';
  const keep = `(--operations "${method.toUpperCase()} ${path}" keeps it)`;
  if (bareMethods.has(method)) return `${method.toUpperCase()} has nothing to show ${keep}`;
  if (signIn.test(path)) return `it serves sign-in ${keep}`;
  return monitoring.test(path) || (metrics.test(path) && !answersData(operation))
    ? `it serves monitoring ${keep}`
    : undefined;
}

/** Metrics with members of their own are what the API is about; those for a monitoring system are a text. */
function answersData(operation: SourceOperation): boolean {
  const media = operation.detail().responses.flatMap((response) => response.media);
  return media.some(
    ({ type, schema }) =>
      /json/.test(type) &&
      ['$ref', 'properties', 'items', 'allOf', 'oneOf', 'anyOf'].some(
        (key) => getOwn(schema?.value, key) !== undefined,
      ),
  );
}
