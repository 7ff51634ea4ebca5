import { isObject, type Json, valueAt } from '../connector/json/value.ts';
import { UserError } from '../errors.ts';
import { quote } from '../quote.ts';
import type { Assumed } from './assumptions.ts';
import type { Expression, Template } from './expressions.ts';
import { type Message, queryName, queryValue, type RuntimeRequest } from './message.ts';
import { isThere } from './paths.ts';
import { RunFailure } from './run-failure.ts';

/** What expressions can read. */
export interface Scope {
  message: Message;
  /** Query and headers of the request stay readable while its answer is worked on. */
  request: RuntimeRequest;
  connection: ConnectionValues;
  /** The element, where the parent is a list. */
  item?: Json;
  /** What a polling trigger looks at. */
  triggerBody?: Json;
}

/** Values of connection parameters as policies read them. */
export interface ConnectionValues {
  /** The set that the connection uses. */
  set: string | undefined;
  /** Declared in any set, or outside of sets. */
  isDeclared: (name: string) => boolean;
  /** Its value, else the default that it is declared with. */
  read: (name: string) => string | undefined;
}

/** The value of a path came through null, or to nothing: callers decide whether that ends the run. */
class NoValue extends Error {
  override readonly name = 'NoValue';
}

export const isNoValue = (error: unknown): error is NoValue => error instanceof Error && error.name === 'NoValue';

export const bodyJson = (message: Message): Json | undefined =>
  message.body?.kind === 'json' ? message.body.value : undefined;

/** A value within text: objects and lists as JSON. */
export const insertedText = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** @throws NoValue (`isNoValue`) for a path that ends at nothing */
export function evaluate(expression: Expression, scope: Scope): Json {
  const [first, second] = expression.arguments;
  const name = typeof first === 'string' ? first : '';
  const preset = typeof second === 'string' ? second : undefined;
  switch (expression.name) {
    case 'connectionParameters':
      return connectionValue(expression, scope.connection);
    case 'headers':
      return scope.message.headers.get(name.toLowerCase()) ?? preset ?? '';
    case 'queryParameters':
      return queryOf(scope.request, name) ?? preset ?? '';
    default: {
      const roots = { body: bodyJson(scope.message), item: scope.item, triggerBody: scope.triggerBody };
      const value = valueAt(roots[expression.name], expression.path);
      if (!isThere(value)) throw new NoValue(`${expression.source} has no value`);
      return value;
    }
  }
}

function queryOf({ query }: RuntimeRequest, name: string): string | undefined {
  const part = query.find((candidate) => queryName(candidate).toLowerCase() === name.toLowerCase());
  return part === undefined ? undefined : queryValue(part);
}

/**
 * The third argument limits the parameter to one set, or has its name in each of several sets
 * (docs/reference/policy-templates.md#expressions).
 */
function connectionValue(
  { arguments: [first, second, third], source }: Expression,
  connection: ConnectionValues,
): string {
  const preset = typeof second === 'string' ? second : undefined;
  const set = connection.set ?? '';
  if (typeof third === 'string' && third !== set) return preset ?? '';
  const perSet = isObject(third);
  const name = perSet ? (Object.hasOwn(third, set) ? String(third[set]) : undefined) : first;
  if (name === undefined && perSet) return preset ?? '';
  if (typeof name !== 'string') throw new UserError(`${source} names no connection parameter`);
  const value = connection.read(name) ?? preset;
  if (value !== undefined) return value;
  if (connection.isDeclared(name)) return '';
  throw new UserError(`${source}: there is no connection parameter ${quote(name)}, and no default`, {
    hint: 'declare it in apiProperties.json, or give the expression a default',
  });
}

/** A text with all values inserted as they are. @throws NoValue (`isNoValue`) for a path that ends at nothing */
export const fillIn = (template: Template, scope: Scope): string =>
  template.map((part) => (typeof part === 'string' ? part : insertedText(evaluate(part, scope)))).join('');

/** The same, where a path that ends at nothing ends the run. */
export function fillInOrFail(template: Template, scope: Scope, assumed: Assumed): string {
  try {
    return fillIn(template, scope);
  } catch (error) {
    if (!isNoValue(error)) throw error;
    assumed.add('null-path');
    throw new RunFailure(`${error.message}: the path leads through null or to nothing`);
  }
}
