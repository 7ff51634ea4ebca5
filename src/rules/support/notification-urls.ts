import { fromPointer } from '../../connector/json/pointer.ts';
import { asObject, getOwn, isObject, type Json, type JsonObject } from '../../connector/json/value.ts';
import type { Location } from '../engine/location.ts';
import type { ConnectorModel, Operation } from '../engine/model.ts';
import { oncePerConnector } from '../engine/rule.ts';

/** The properties of a webhook's body into which the platform writes where notifications go. */

/** One object on the way to such a property. */
interface Level {
  value: JsonObject;
  place: Location;
  /** The property that leads on. */
  property: string;
}

export interface NotificationUrl {
  value: JsonObject;
  place: Location;
  /** From the body's schema down to the property. */
  levels: Level[];
  /** It, or something above it, is hidden from makers. */
  internal: boolean;
}

/** An operation that subscribes, rather than one that is polled. */
export const isSubscription = (operation: Operation): boolean =>
  operation.webhook && !(operation.method === 'get' && getOwn(operation.value, 'x-ms-trigger') === 'batch');

const known = oncePerConnector(() => new Map<Operation, NotificationUrl[]>());

/** The notification URLs in the body of an operation, found once. */
export function notificationUrls(operation: Operation, connector: ConnectorModel): NotificationUrl[] {
  const byOperation = known(connector);
  let found = byOperation.get(operation);
  if (found === undefined) {
    found = [];
    byOperation.set(operation, found);
    const body = operation.parameters.find((parameter) => parameter.in === 'body');
    if (body !== undefined) {
      const internal = getOwn(body.value, 'x-ms-visibility') === 'internal';
      new Search(connector, found).schema(getOwn(body.value, 'schema'), body.place.at('schema'), [], internal);
    }
  }
  return found;
}

/** More levels than a published subscription has. */
const maxLevels = 20;

/** Two uses of a schema tell that a body has a URL twice; how many there are can double with every level. */
const maxUses = 2;

class Search {
  private readonly connector: ConnectorModel;
  private readonly found: NotificationUrl[];
  /** What is being looked into: a schema within itself leads to nothing new. */
  private readonly open = new Set<JsonObject>();
  /** How often each was looked into. */
  private readonly uses = new Map<JsonObject, number>();

  constructor(connector: ConnectorModel, found: NotificationUrl[]) {
    this.connector = connector;
    this.found = found;
  }

  schema(start: Json | undefined, from: Location, levels: Level[], hidden: boolean): void {
    const value = this.connector.deref(start);
    if (value === undefined || levels.length > maxLevels || this.open.has(value)) return;
    const uses = this.uses.get(value) ?? 0;
    if (uses === maxUses) return;
    this.uses.set(value, uses + 1);
    const place = value === start ? from : this.placeOf(start, from);
    const internal = hidden || getOwn(value, 'x-ms-visibility') === 'internal';
    if (getOwn(value, 'x-ms-notification-url') === true) this.found.push({ value, place, levels, internal });
    this.open.add(value);
    const properties = getOwn(value, 'properties');
    for (const [property, schema] of Object.entries(isObject(properties) ? properties : {})) {
      this.schema(schema, place.at('properties', property), [...levels, { value, place, property }], internal);
    }
    const parts = getOwn(value, 'allOf');
    (Array.isArray(parts) ? parts : []).forEach((part, index) => {
      this.schema(part, place.at('allOf', index), levels, internal);
    });
    const items = getOwn(value, 'items');
    if (isObject(items)) this.schema(items, place.at('items'), levels, internal);
    this.open.delete(value);
  }

  /** Where the target of a `$ref` is. */
  private placeOf(value: Json | undefined, from: Location): Location {
    const target = getOwn(asObject(value), '$ref');
    const { root } = this.connector;
    return typeof target === 'string' && root !== undefined ? root.at(...fromPointer(target)) : from;
  }
}
