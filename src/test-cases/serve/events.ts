import { getOwn, isObject, type Json } from '../../connector/json/value.ts';
import type { RuntimeOperation } from '../../runtime/operation.ts';
import type { SchemaView } from '../../runtime/schema.ts';
import type { SentValues } from './check-request.ts';
import { bodyView } from './resources.ts';

/** Who wants to hear of events, and where. */
export interface Subscriber {
  operationId: string;
  url: string;
  /** The path where the subscription is ended, in lower case. */
  location: string;
}

const key = 'x-ms-notification-url';

/** The address that a request subscribes; undefined: it subscribes nobody. */
export function subscribedUrl(operation: RuntimeOperation, { query, headers, body }: SentValues): string | undefined {
  for (const { name, in: location, node } of operation.parameters) {
    if (getOwn(node, key) !== true) continue;
    const value = location === 'header' ? headers[name.toLowerCase()] : query.get(name);
    if (value) return value;
  }
  const view = bodyView(operation);
  return view === undefined || body?.kind !== 'json' ? undefined : urlIn(operation, view, body.value, 0);
}

/** Nobody's request is deeper; a schema may contain itself. */
const deepest = 20;

function urlIn(operation: RuntimeOperation, view: SchemaView, value: Json, depth: number): string | undefined {
  if (getOwn(view.node, key) === true && typeof value === 'string') return value;
  if (!isObject(value) || depth > deepest) return undefined;
  for (const [name, property] of operation.schemas.properties(view)) {
    const inner = getOwn(value, name);
    const found = inner === undefined ? undefined : urlIn(operation, property, inner, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * Whether a notification may go to an address: one of this machine, or an origin that the user named. Whoever subscribes
 * could otherwise have this machine ask any address of its network.
 */
export function mayNotify(url: string, origins: readonly string[]): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, origin } = new URL(url);
  if (origins.includes(origin)) return true;
  const isHttp = protocol === 'http:' || protocol === 'https:';
  return isHttp && (hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname));
}
