import { getOwn, type JsonObject } from '../../connector/json/value.ts';
import { policiesFor } from '../instances.ts';
import { matchOperation } from '../match-operation.ts';
import { type RuntimeRequest, urlOf, withoutSlashes } from '../message.ts';
import { findOperation, type RuntimeOperation } from '../operation.ts';
import { RunFailure } from '../run-failure.ts';
import { connectorOrigin, type PreparedRun, prepareRun, type RunOptions } from '../run-operation.ts';

/** Where a trigger goes on: at the address that an answer named. */

interface Place {
  /** It leads to the connector's own host, so that its definition and policies say where the request goes. */
  isConnector: boolean;
  origin: string;
  /** Without origin: encoded, begins with a slash. */
  path: string;
  query: string[];
}

/** What is run at a Location: with the policies, the code and the sign-in of the operation that it means. */
export interface NextRun {
  options: RunOptions;
  prepared: PreparedRun;
}

interface Ending {
  location: string;
  /** The request that was answered, as it left. */
  request: RuntimeRequest;
}

/**
 * The call of a polling trigger at a Location: the trigger's own request there.
 *
 * @throws RunFailure for a Location that credentials must not go to
 */
export function callAt(options: RunOptions, ending: Ending): NextRun {
  const { operation } = options;
  const prepared = prepareRun(options);
  const place = placeOf(ending, prepared.built.request.base, options.sendTo);
  const { rest, meant } = within(place, [ending.request.base, prepared.built.request.base], options, operation.method);
  if (meant !== undefined && meant.operation.id !== operation.id) {
    const { inner, skipUnknownPolicies, scriptOf } = options;
    prepared.policies = policiesFor(inner, meant.operation.id, { skipUnknown: skipUnknownPolicies });
    prepared.built.pathValues = meant.pathValues;
    return placed({ ...options, script: scriptOf?.(meant.operation.id) }, prepared, place, rest);
  }
  return placed(options, prepared, place, rest);
}

/**
 * The DELETE that ends a subscription: nothing but the connection goes with it. It runs as the operation of the connector
 * that it means; where there is none, with the trigger's sign-in and the policies of all operations.
 *
 * @throws RunFailure for a Location that credentials must not go to
 */
export function deleteAt(options: RunOptions, ending: Ending): NextRun {
  const { operation: trigger } = options;
  const { base } = prepareRun(options).built.request;
  const place = placeOf(ending, base, options.sendTo);
  const { rest, meant } = within(place, [ending.request.base, base], options, 'DELETE');
  const operation =
    meant === undefined ? unnamed(trigger, rest) : findOperation(trigger.definition, meant.operation.id);
  const script = meant === undefined ? undefined : options.scriptOf?.(operation.id);
  const next: RunOptions = { ...options, operation, inputs: {}, script };
  const prepared = prepareRun(next);
  const { request } = prepared.built;
  const accept = request.headers.get('accept') ?? 'application/json';
  Object.assign(request, { method: 'DELETE', headers: new Map([['accept', accept]]), body: undefined });
  prepared.built.problems = [];
  prepared.built.pathValues = meant?.pathValues ?? new Map();
  return placed(next, prepared, place, rest);
}

/** No id: only policies without a list of operations concern it. */
function unnamed(trigger: RuntimeOperation, path: string): RuntimeOperation {
  const security = getOwn(trigger.value, 'security');
  const value: JsonObject = { responses: { default: { description: '' } } };
  if (security !== undefined) value.security = security;
  return { ...trigger, id: '', kind: 'internal', method: 'DELETE', path, parameters: [], value };
}

function placed(options: RunOptions, prepared: PreparedRun, place: Place, rest: string): NextRun {
  const { request } = prepared.built;
  request.path = rest;
  request.query = place.query;
  if (place.isConnector) return { options, prepared };
  // an address of the API is where the request goes, whatever policies of host and route would make of it
  return { options: { ...options, pinned: { base: place.origin, path: place.path } }, prepared };
}

/** The path of a place as the definition writes it, and the operation that is there. */
function within(place: Place, bases: readonly string[], { operation }: RunOptions, method: string) {
  const paths = place.isConnector ? [place.path] : [...bases.flatMap((base) => below(base, place)), place.path];
  const found = paths.flatMap((path) => {
    const meant = matchOperation(operation.definition, method, path);
    // without an id nothing can say what is done there
    return meant === undefined || meant.operation.id === '' ? [] : [{ rest: path, meant }];
  });
  return found[0] ?? { rest: paths[0] ?? place.path, meant: undefined };
}

function below(base: string, { origin, path }: Place): string[] {
  const start = withoutSlashes(new URL(base).href);
  const address = `${origin}${path}`;
  return address.startsWith(`${start}/`) ? [address.slice(start.length)] : [];
}

function placeOf({ location, request }: Ending, base: string, sendTo: URL | undefined): Place {
  const from = urlOf(request);
  if (!URL.canParse(location, from)) throw new RunFailure(`Location: ${location} is not an address`);
  const url = new URL(location, from);
  const api = new URL(from).origin;
  const homes = [connectorOrigin, api, new URL(base).origin];
  const origin = url.origin === sendTo?.origin ? api : url.origin;
  if (!homes.includes(origin)) {
    throw new RunFailure(
      `Location leads to another origin, ${url.origin}, where the connection's credentials must not go`,
    );
  }
  const query = url.search.length > 1 ? url.search.slice(1).split('&') : [];
  return { isConnector: origin === connectorOrigin, origin, path: url.pathname, query };
}
