import { resolve } from '../../connector/follow.ts';
import {
  asArray,
  asObject,
  asString,
  getOwn,
  isObject,
  type Json,
  type JsonObject,
} from '../../connector/json/value.ts';
import {
  type Callee,
  type DynamicKind,
  dynamicForms,
  dynamicKinds,
  followPath,
  missingInput,
} from '../../rules/support/dynamic-references.ts';
import type { Report } from '../report.ts';
import type { ConvertedOperation } from './operations.ts';

/**
 * Dynamic values and schemas of a description that is a connector already, whose calls the service would refuse: what
 * an operation doesn't take is not supplied, and an extension goes that can't work.
 */
export function checkDynamicInputs(
  operations: readonly ConvertedOperation[],
  definition: JsonObject,
  report: Report,
): void {
  const callees = new Map(operations.map(({ value }) => [String(value.operationId), calleeOf(value, definition)]));
  const paths = asObject(definition.paths);
  for (const { source, path, value } of operations) {
    const caller = callees.get(String(value.operationId)) ?? { parameters: [] };
    const content = getOwn(paths[path], 'x-ms-notification-content') ?? {};
    for (const holder of holdersIn([value, content], definition)) {
      for (const kind of dynamicKinds) {
        const name = `x-ms-dynamic-${kind}`;
        const extension = holder[name];
        if (!isObject(extension)) continue;
        const calls = new Calls(extension, definition, dynamicForms[kind].modern ? 'parameterReference' : 'parameter');
        const target = callees.get(asString(extension.operationId) ?? '');
        for (const input of target === undefined ? [] : calls.keepKnown(target))
          report.lossy('dynamic-input', source.at, `${name}: ${String(extension.operationId)} takes no ${input}.`);
        const reason = calls.whyUseless(caller, target);
        if (reason === undefined) {
          addTwin(holder, kind, calls.referencesToBody(caller), report, source.at);
          continue;
        }
        delete holder[name];
        report.lossy('dynamic-dropped', source.at, `${name} is left out: ${reason}.`);
      }
    }
  }
}

/**
 * Only the newer of two forms can name a property of a body: an older one that does gets it beside it.
 *
 * `inBody`: references that mean a property of the body, as the newer form writes them.
 */
function addTwin(
  holder: JsonObject,
  kind: DynamicKind,
  inBody: ReadonlyMap<string, string>,
  report: Report,
  at: string,
): void {
  const { twin, modern, ...form } = dynamicForms[kind];
  const name = `x-ms-dynamic-${twin}`;
  if (modern || inBody.size === 0 || holder[name] !== undefined) return;
  const { operationId, parameters, ...old } = asObject(holder[`x-ms-dynamic-${kind}`]);
  const added: JsonObject = { operationId: operationId ?? '', parameters: {} };
  for (const [key, value] of Object.entries(asObject(parameters))) {
    const reference = asString(getOwn(value, 'parameter'));
    const argument: JsonObject =
      reference === undefined ? { value } : { parameterReference: inBody.get(reference) ?? reference };
    added.parameters = { ...asObject(added.parameters), [key]: argument };
  }
  const other = dynamicForms[twin];
  for (const part of ['collection', 'value', 'title'] as const) {
    const [from, to] = [form[part], other[part]];
    const path = from === undefined ? undefined : asString(old[from])?.replace(/(^|\/)properties$/, '');
    if (path !== undefined && path !== '' && to !== undefined) added[to] = path;
  }
  holder[name] = added;
  report.info('dynamic-twin', at, `${name} is added: only it can refer to a property of the body.`);
}

/** One extension with what it supplies. */
class Calls {
  private readonly extension: JsonObject;
  private readonly definition: JsonObject;
  private readonly referenceKey: string;

  constructor(extension: JsonObject, definition: JsonObject, referenceKey: string) {
    this.extension = extension;
    this.definition = definition;
    this.referenceKey = referenceKey;
  }

  /** Supplies only what the called operation takes. Returns the names of the rest. */
  keepKnown(target: Callee): string[] {
    const supplied = asObject(this.extension.parameters);
    const unknown = Object.keys(supplied).filter((key) => !this.takes(target, key));
    if (unknown.length > 0)
      this.extension.parameters = Object.fromEntries(
        Object.entries(supplied).filter(([key]) => !unknown.includes(key)),
      );
    return unknown;
  }

  /** Undefined for a call that can be made. */
  whyUseless(caller: Callee, target: Callee | undefined): string | undefined {
    const { capability, builtInOperation } = this.extension;
    if (target === undefined)
      return capability === undefined && builtInOperation === undefined ? 'it names no operation' : undefined;
    const supplied = asObject(this.extension.parameters);
    const needed = missingInput(supplied, target, this);
    if (needed !== undefined) return `nothing is supplied for ${needed}, which is required`;
    const lost = Object.values(supplied)
      .map((value) => asString(getOwn(value, this.referenceKey)))
      .find((reference) => reference !== undefined && !this.takes(caller, reference));
    return lost === undefined ? undefined : `it refers to ${lost}, which is no input`;
  }

  /** What it refers to in the body of the caller, with the name of the body. */
  referencesToBody({ parameters }: Callee): Map<string, string> {
    const body = parameters.find(({ in: place }) => place === 'body');
    const found = new Map<string, string>();
    for (const value of Object.values(asObject(this.extension.parameters))) {
      const reference = asString(getOwn(value, this.referenceKey));
      if (reference === undefined || body === undefined || parameters.some(({ name }) => name === reference)) continue;
      found.set(reference, reference.startsWith(`${body.name}/`) ? reference : `${body.name}/${reference}`);
    }
    return found;
  }

  deref(value: Json | undefined): JsonObject | undefined {
    return resolve(this.definition, value);
  }

  /** A parameter, or a property of the body with or without the name of the body. */
  private takes({ parameters }: Callee, input: string): boolean {
    return parameters.some(({ name, in: place, value }) => {
      if (name === input) return true;
      if (place !== 'body') return false;
      const paths = input.startsWith(`${name}/`) ? [input, input.slice(name.length + 1)] : [input];
      return paths.some((path) => followPath(this, getOwn(value, 'schema'), path, 'items') !== undefined);
    });
  }
}

function calleeOf(operation: JsonObject, definition: JsonObject): Callee {
  const parameters = asArray(operation.parameters)
    .map((parameter) => resolve(definition, parameter))
    .filter(isObject);
  return {
    parameters: parameters.map((value) => ({ name: String(value.name), in: asString(value.in), value })),
  };
}

/** Every object of a value and of the definitions that it leads to. */
function holdersIn(start: Json, definition: JsonObject): JsonObject[] {
  const found = new Set<JsonObject>();
  const queue: Json[] = [start];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (Array.isArray(next)) queue.push(...next);
    if (!isObject(next) || found.has(next)) continue;
    found.add(next);
    const target = next.$ref === undefined ? undefined : resolve(definition, next);
    if (target !== undefined) queue.push(target);
    for (const value of Object.values(next)) if (typeof value === 'object' && value !== null) queue.push(value);
  }
  return [...found];
}
