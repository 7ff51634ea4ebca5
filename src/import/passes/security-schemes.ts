import { asString, getOwn, type JsonObject } from '../../connector/json/value.ts';
import type { ApiModel, Requirement, SourceFlow, SourceOperation, SourceScheme } from '../model.ts';

/** What a security scheme of the description means to a connector. */
export type SchemeKind =
  | 'code'
  | 'key-header'
  | 'bearer'
  | 'basic'
  | 'key-query'
  | 'implicit'
  | 'openid'
  | 'two-legged'
  | 'cookie'
  | 'unsupported';

/** Best first. What comes after `openid` has no form on the platform. */
const ranks: readonly SchemeKind[] = [
  'code',
  'key-header',
  'bearer',
  'basic',
  'key-query',
  'implicit',
  'openid',
  'two-legged',
  'cookie',
  'unsupported',
];
const usable: ReadonlySet<SchemeKind> = new Set(ranks.slice(0, ranks.indexOf('openid') + 1));

export const isUsable = (scheme: SourceScheme): boolean => usable.has(schemeKind(scheme));

/** An API key: what a policy can send beside another sign-in. */
export const isKey = (scheme: SourceScheme): boolean => ['key-header', 'key-query'].includes(schemeKind(scheme));

export const byRank = (schemes: readonly SourceScheme[]): SourceScheme[] =>
  [...schemes].sort((a, b) => ranks.indexOf(schemeKind(a)) - ranks.indexOf(schemeKind(b)));

const keyKinds: Readonly<Record<string, SchemeKind>> = { header: 'key-header', query: 'key-query' };
const httpKinds: Readonly<Record<string, SchemeKind>> = { basic: 'basic', bearer: 'bearer' };

export function schemeKind(scheme: SourceScheme): SchemeKind {
  switch (scheme.type) {
    case 'apiKey':
      return keyKinds[scheme.in ?? ''] ?? 'cookie';
    case 'http':
      return (Object.hasOwn(httpKinds, scheme.scheme ?? '') && httpKinds[scheme.scheme ?? '']) || 'unsupported';
    case 'oauth2':
      if (flowOf(scheme, 'authorizationCode') !== undefined) return 'code';
      return flowOf(scheme, 'implicit') === undefined ? 'two-legged' : 'implicit';
    case 'openIdConnect':
      return 'openid';
    default:
      return 'unsupported';
  }
}

export const flowOf = (scheme: SourceScheme, kind: SourceFlow['kind']): SourceFlow | undefined =>
  scheme.flows.find((flow) => flow.kind === kind);

/** What `--auth` calls the kinds of schemes, beside their names: the words of `oauth --auth`, and our own. */
const optionWords: Readonly<Record<string, readonly SchemeKind[]>> = {
  'api-key': ['key-header', 'key-query'],
  oauth2: ['code', 'implicit', 'openid'],
  entra: ['code', 'implicit', 'openid'],
  'client-credentials': ['two-legged'],
};

/** Whether `--auth` means this scheme: by its name, or by the kind that it is. */
export function isMeant(scheme: SourceScheme, wanted: string): boolean {
  const kind = schemeKind(scheme);
  const words = Object.hasOwn(optionWords, wanted) ? (optionWords[wanted] ?? []) : [];
  return scheme.name === wanted || kind === wanted || words.includes(kind);
}

/** Whether a security definition of Swagger 2.0 is what a connector has of such a scheme. */
export function isWrittenAs(scheme: SourceScheme, definition: JsonObject): boolean {
  const kind = schemeKind(scheme);
  const [type, place, name] = ['type', 'in', 'name'].map((key) => asString(getOwn(definition, key)));
  if (type === 'oauth2') return ['code', 'implicit', 'openid'].includes(kind);
  if (type !== 'apiKey') return type === kind;
  if (kind === 'bearer') return place === 'header' && name?.toLowerCase() === 'authorization';
  return isKey(scheme) && place === scheme.in && name?.toLowerCase() === scheme.parameter?.toLowerCase();
}

/** What the operations and the description as a whole say about signing in. */
export interface Declared {
  /** All requirements that apply; those of the root where an operation states none. */
  readonly requirements: readonly Requirement[];
  /** Schemes to choose from, in the order in which they are met. */
  readonly schemes: readonly SourceScheme[];
  /** They are declared but nothing applies them: a description that forgot `security`, or has it empty. */
  readonly isAssumed: boolean;
}

/**
 * The schemes that the operations ask for. Where nothing asks for any, and at least one operation leaves it to the
 * root, those that are declared: portals export `security: []`, and people forget the section.
 */
export function declaredSchemes(model: ApiModel, operations: readonly SourceOperation[]): Declared {
  const requirements = operations.flatMap((operation) => operation.security ?? model.security ?? []);
  const names = new Set(requirements.flatMap((requirement) => [...requirement.keys()]));
  const schemes = [...names].map((name) => model.securitySchemes.get(name)).filter((scheme) => scheme !== undefined);
  const isForgotten =
    schemes.length === 0 &&
    model.securitySchemes.size > 0 &&
    (names.size > 0 ||
      ((model.security ?? []).length === 0 && operations.some(({ security }) => security === undefined)));
  return isForgotten
    ? { requirements, schemes: [...model.securitySchemes.values()], isAssumed: true }
    : { requirements, schemes, isAssumed: false };
}
