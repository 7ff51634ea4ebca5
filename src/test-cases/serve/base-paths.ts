import { asArray, asObject, asString, getOwn, type JsonObject } from '../../connector/json/value.ts';
import { isUserError } from '../../errors.ts';
import { parameterPrefix } from '../../policy/instance-keys.ts';
import { parseTemplate } from '../../runtime/expressions.ts';
import { policiesFor } from '../../runtime/instances.ts';
import { matchSegment } from '../../runtime/match-operation.ts';
import { fitForUrl } from '../../runtime/message.ts';
import { declaredAddress } from '../../runtime/operation.ts';

/** One way to read the path of a request: what is the API's, and what is an operation's. */
export interface Split {
  /** Without a slash at the end: where the paths of operations are appended. */
  base: string;
  /** As the definition writes it. */
  path: string;
  /** Whether an operation's requests come below this base. */
  isOf: (operationId: string) => boolean;
}

/** What a policy makes the base of: the segments of its path, `{}` for what the connection says. */
interface DynamicBase {
  /** Of the policy in the array of all. */
  index: number;
  segments: readonly string[];
  /** The host ends with a value of the connection, which may bring a path of its own. */
  isOpen: boolean;
}

const dynamicHost = 'dynamichosturl';

/** Segments that a value of a connection may bring. */
const deepest = 8;

/** Where below its host an API is: the base path of the definition, or what policies make of the connection instead. */
export class BasePaths {
  private readonly declared: string;
  private readonly inner: JsonObject;
  private readonly dynamic: readonly DynamicBase[];

  /** @param inner `properties` of apiProperties.json */
  constructor(definition: JsonObject, inner: JsonObject) {
    this.declared = declaredAddress(definition).basePath.replace(/\/$/, '');
    this.inner = inner;
    this.dynamic = asArray(getOwn(inner, 'policyTemplateInstances')).flatMap((policy, index) => {
      if (asString(getOwn(policy, 'templateId'))?.toLowerCase() !== dynamicHost) return [];
      const parameters = asObject(getOwn(policy, 'parameters'));
      return dynamicBase(index, asString(getOwn(parameters, `${parameterPrefix}urlTemplate`)) ?? '');
    });
  }

  /** Whether requests may name any host, since the connection says which. */
  get isHostOpen(): boolean {
    return this.dynamic.length > 0;
  }

  /** Likely ones first: those of policies, that of the definition, none (as people type it), those that bring a path. */
  splits(pathname: string): Split[] {
    const { declared } = this;
    const isBelow = declared !== '' && pathname.toLowerCase().startsWith(`${declared.toLowerCase()}/`);
    const isOf = (): boolean => true;
    return [
      ...this.dynamic.flatMap((one) => this.split(one, pathname, 0)),
      ...(isBelow ? [{ base: declared, path: pathname.slice(declared.length), isOf }] : []),
      { base: declared, path: pathname, isOf },
      ...this.dynamic
        .filter(({ isOpen }) => isOpen)
        .flatMap((one) => Array.from({ length: deepest }, (_, index) => this.split(one, pathname, index + 1)).flat()),
    ];
  }

  /** @param skipped segments that come from the connection */
  private split({ index, segments }: DynamicBase, pathname: string, skipped: number): Split[] {
    const [, ...given] = pathname.split('/');
    const end = skipped + segments.length;
    const isMet = segments.every((segment, at) => matchSegment(segment, given[skipped + at] ?? '', new Map()));
    if (!isMet || end >= given.length) return [];
    const written = (parts: readonly string[]): string => parts.map((part) => `/${part}`).join('');
    const isOf = (id: string): boolean => this.policyOf(id) === index;
    return [{ base: written(given.slice(0, end)), path: written(given.slice(end)), isOf }];
  }

  /** Of several policies the last one decides. */
  private policyOf(operationId: string): number | undefined {
    const policies = policiesFor(this.inner, operationId, { skipUnknown: true });
    return policies.findLast(({ template }) => template === dynamicHost)?.index;
  }
}

/** @returns nothing for a template that no request can be made of */
function dynamicBase(index: number, urlTemplate: string): DynamicBase[] {
  let address: string;
  try {
    address = parseTemplate(urlTemplate.trim())
      .map((part) => (typeof part === 'string' ? fitForUrl(part).replace(/[{}]/g, encodeURIComponent) : '{}'))
      .join('');
  } catch (error) {
    if (!isUserError(error)) throw error;
    return [];
  }
  const [start = ''] = address.split(/[?#]/, 1);
  const [host = '', ...segments] = start.replace(/^https?:\/\//i, '').split('/');
  while (segments.at(-1) === '') segments.pop();
  return [{ index, segments, isOpen: host.endsWith('{}') }];
}
