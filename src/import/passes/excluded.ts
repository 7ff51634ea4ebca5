import { getOwn } from '../../connector/json/value.ts';
import { shellWord } from '../../process/command.ts';
import type { ApiModel, SourceOperation } from '../model.ts';
import type { ImportOptions } from '../options.ts';

/** What no action wants, and is left out unless the user names it. */

/** Paths of the service itself, at its root or below its version, that machines ask whether it is alive. */
const monitoring =
  /^(?:\/(?:api|rest|v\d+(?:\.\d+)?))*\/(?:\.well-known\/[^/]+|health(?:z|check)?|livez|readyz|liveness|readiness)\/?$/i;
const metrics = /^(?:\/(?:api|rest|v\d+(?:\.\d+)?))*\/metrics\/?$/i;
/** Tokens are the business of the connection. */
const signIn = /(?:^|\/)(?:oauth2?\/(?:access_)?token|oauth2?\/authorize|connect\/token)\/?$/i;
const bareMethods: ReadonlySet<string> = new Set(['head', 'options', 'trace']);

/** Where the sign-in of a description asks for tokens (POST) and sends people to (GET), as paths. */
export type SignInPaths = ReadonlyMap<'get' | 'post', readonly string[]>;

export function signInPathsOf({ securitySchemes }: ApiModel): SignInPaths {
  const flows = [...securitySchemes.values()].flatMap((scheme) => scheme.flows);
  const pathsOf = (addresses: readonly (string | undefined)[]): string[] =>
    addresses
      .filter((address) => address !== undefined)
      .map(pathOf)
      .filter((path) => path !== '/');
  return new Map([
    ['get', pathsOf(flows.map(({ authorizationUrl }) => authorizationUrl))],
    ['post', pathsOf(flows.flatMap(({ tokenUrl, refreshUrl }) => [tokenUrl, refreshUrl]))],
  ]);
}

/** `https://login.contoso.com/oauth/token?x=1` and `oauth/token` are `/oauth/token`. */
function pathOf(address: string): string {
  const base = 'https://relative.invalid';
  return URL.canParse(address, base) ? new URL(address, base).pathname.replace(/\/$/, '').toLowerCase() || '/' : '/';
}

/** Why an operation is left out by default. */
export interface Exclusion {
  readonly reason: string;
  /** The flags that keep it, and everything else that is selected. */
  readonly keep: string;
  /** What becomes of it where it stays. */
  readonly consequence?: string;
}

/** Why an operation is left out by default; undefined when it is not. */
export function whyExcluded(
  operation: SourceOperation,
  options: ImportOptions,
  signInPaths: SignInPaths,
): Exclusion | undefined {
  if (operation.deprecated && options.includeDeprecated !== true)
    return { reason: 'deprecated', keep: '--include-deprecated', consequence: 'marked so here' };
  const reason = purposeOf(operation, signInPaths);
  return reason === undefined ? undefined : { reason, keep: flagsFor(operation, options) };
}

/** One of the lists of what is wanted is enough for an operation, and the first of them leaves out all others. */
function flagsFor({ method, path }: SourceOperation, options: ImportOptions): string {
  const named = [...(options.operations ?? []), `${method.toUpperCase()} ${path}`];
  const everything = hasWishes(options) ? '' : '--paths "/**" ';
  const list = named.join(',');
  // the report is read on any system: double quotes wherever they change nothing
  return `${everything}--operations ${/^[\w ,./{}:@*-]+$/.test(list) ? `"${list}"` : shellWord(list, 'linux')}`;
}

/** Whether the user says which operations are wanted: then others aren't. */
export const hasWishes = ({ tags = [], paths = [], operations = [] }: ImportOptions): boolean =>
  tags.length + paths.length + operations.length > 0;

/** What an operation is for that no action is. */
function purposeOf(operation: SourceOperation, signInPaths: SignInPaths): string | undefined {
  const { method, path } = operation;
  if (bareMethods.has(method)) return `${method.toUpperCase()} has nothing to show`;
  if (signIn.test(path) || isOfSignIn(operation, signInPaths)) return 'it serves sign-in';
  return monitoring.test(path) || (metrics.test(path) && !answersData(operation)) ? 'it serves monitoring' : undefined;
}

/** Whether an operation is the address that the sign-in names: with its whole path, or all of it below the base path. */
function isOfSignIn({ method, path }: SourceOperation, signInPaths: SignInPaths): boolean {
  const own = path.replace(/\/$/, '').toLowerCase();
  const paths = method === 'get' || method === 'post' ? (signInPaths.get(method) ?? []) : [];
  return own !== '' && paths.some((signInPath) => signInPath === own || signInPath.endsWith(own));
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
