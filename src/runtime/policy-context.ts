import type { Json } from '../connector/json/value.ts';
import { UserError } from '../errors.ts';
import type { Assumed, AssumptionId } from './assumptions.ts';
import { type FunctionName, parseTemplate } from './expressions.ts';
import type { Message, RuntimeAnswer, RuntimeRequest } from './message.ts';
import { evaluate, fillInOrFail, insertedText, type Scope } from './values.ts';

/** What a policy may use while it runs. */
export interface PolicySurroundings {
  /** The request as it is at this moment; also while its answer is worked on. */
  request: RuntimeRequest;
  connection: Scope['connection'];
  assumed: Assumed;
  /** Values of the operation's own path, encoded, by name. */
  pathValues: ReadonlyMap<string, string>;
  /** The method before any policy. */
  originalMethod: string;
  /** Sends a request of the policy's own; undefined in a dry run. */
  call: ((request: RuntimeRequest) => Promise<RuntimeAnswer>) | undefined;
  /** Called with what came from elsewhere: it may be secret. */
  fetched: (value: string) => void;
  /** Where the connector itself is reached, for links that lead through it. */
  connectorOrigin: string;
  /** Of a polling trigger: query parameters for the next call. Changed in place. */
  poll: { state: Record<string, string> | undefined };
}

/** An instance of a policy template while it runs on a message. */
export class PolicyContext {
  readonly around: PolicySurroundings;
  private readonly parameters: Readonly<Record<string, Json>>;
  /** Words about what happened beside changes, for people. */
  note: string | undefined;

  /** @param parameters without prefix */
  constructor(parameters: Readonly<Record<string, Json>>, around: PolicySurroundings) {
    this.parameters = parameters;
    this.around = around;
  }

  assume(id: AssumptionId): void {
    this.around.assumed.add(id);
  }

  raw(name: string): Json | undefined {
    return Object.hasOwn(this.parameters, name) ? this.parameters[name] : undefined;
  }

  /** A parameter as text; without it, or with a value of another type, the preset. */
  text(name: string, preset = ''): string {
    const value = this.raw(name);
    return typeof value === 'string'
      ? value
      : typeof value === 'number' || typeof value === 'boolean'
        ? String(value)
        : preset;
  }

  /** @throws UserError when the instance lacks it */
  required(name: string): string {
    const value = this.raw(name);
    if (typeof value !== 'string' || value === '') throw new UserError(`it has no parameter ${name}`);
    return value;
  }

  scope(message: Message, item?: Json): Scope {
    const { request, connection } = this.around;
    const scope: Scope = { message, request, connection };
    if (item !== undefined) scope.item = item;
    return scope;
  }

  /** A parameter with all its expressions filled in; a path that ends at nothing ends the run. */
  filled(name: string, message: Message): string {
    return fillInOrFail(parseTemplate(this.text(name)), this.scope(message), this.around.assumed);
  }

  /**
   * A value for a property: a bare path keeps its type, everything else is text.
   *
   * @throws NoValue (`isNoValue`) for a path that ends at nothing
   */
  propertyValue(name: string, message: Message, item: Json | undefined): Json {
    const template = parseTemplate(this.text(name), ofBodies);
    const scope = this.scope(message, item);
    const [first] = template;
    if (template.length === 1 && typeof first === 'object' && !first.inBraces) return evaluate(first, scope);
    return template.map((part) => (typeof part === 'string' ? part : insertedText(evaluate(part, scope)))).join('');
  }

  /** The variables of the operation's own path, put into another one. */
  withPathValues(text: string): string {
    return text.replaceAll(/\{([^{}]*)\}/g, (found, name: string) => this.around.pathValues.get(name) ?? found);
  }
}

/** The value of a property takes nothing else: docs/reference/policy-templates.md#expressions. */
const ofBodies: ReadonlySet<FunctionName> = new Set(['body', 'item']);

/** What a policy template does. It changes the message in place. */
export type RunPolicy = (message: Message, context: PolicyContext) => void | Promise<void>;
