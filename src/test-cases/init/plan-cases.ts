import { asObject, deepEqual, getOwn, isObject, type Json, type JsonObject } from '../../connector/json/value.ts';
import { isUserError } from '../../errors.ts';
import { declaredSets } from '../../runtime/connection/declared.ts';
import { parseTemplate, type Template } from '../../runtime/expressions.ts';
import { type PolicyInstance, policiesFor, runsOn } from '../../runtime/instances.ts';
import { bodyParameter, type RuntimeOperation } from '../../runtime/operation.ts';
import { connectorOrigin } from '../../runtime/run-operation.ts';
import type { PolicyStep } from '../../runtime/trace.ts';
import type { RunContext } from '../case-options.ts';
import { declaredKeys } from '../coverage.ts';
import type { Subject } from '../subject.ts';
import { answerFor, answersOfRun, statusOf, successKey } from './answers-of.ts';
import type { Draft, WrittenCase } from './draft.ts';
import { type DynamicUse, readParts } from './dynamic-values.ts';
import { answerForCode, withToken } from './plan-code-cases.ts';
import { planLife } from './plan-life.ts';
import { prepareFor } from './policy-sources.ts';
import { sampleInputs } from './sample-inputs.ts';
import { type Snapshot, type Surroundings, sentOf, snapshot } from './snapshot.ts';

/** What is known while the cases of all operations are planned. */
export interface Planning {
  subject: Subject;
  uses: readonly DynamicUse[];
  /** Policies that have a case of their own, by their place in the array. */
  shown: Set<number>;
  /** What runs the code of the connector; undefined: nothing does. */
  code: RunContext['code'];
}

export interface PlannedCases {
  cases: WrittenCase[];
  /** What could not be tested, in words. */
  notes: string[];
}

/**
 * The cases of an operation that is one request and its answer.
 *
 * @param path absolute: of the file that they will be in
 */
export async function planCases(operation: RuntimeOperation, path: string, planning: Planning): Promise<PlannedCases> {
  return new Planner(operation, path, planning).all();
}

class Planner {
  private readonly operation: RuntimeOperation;
  private readonly path: string;
  private readonly planning: Planning;
  private readonly policies: PolicyInstance[];
  private readonly hasCode: boolean;
  /** Of the API, to the code: what the definition promises is what the code makes of it. */
  private answer: Draft['api'] | undefined;
  private readonly cases: WrittenCase[] = [];
  private readonly notes: string[] = [];

  constructor(operation: RuntimeOperation, path: string, planning: Planning) {
    this.operation = operation;
    this.path = path;
    this.planning = planning;
    this.hasCode = planning.subject.hasCode(operation.id);
    this.policies = policiesFor(planning.subject.inner, operation.id, { skipUnknown: true });
  }

  async all(): Promise<PlannedCases> {
    const { operation } = this;
    const key = successKey(operation);
    const required = this.withAddresses(sampleInputs(operation, 'required'));
    const all = this.withAddresses(sampleInputs(operation, 'all'));
    const draft = { name: Object.keys(required).length === 0 ? 'needs no input' : 'sends the required inputs' };
    if (this.hasCode)
      this.answer = await answerForCode({ ...draft, inputs: required, api: this.api(key) }, this.around);
    const first = await this.add({ ...draft, inputs: required, api: this.api(key) });
    if (first === undefined) return { cases: this.cases, notes: this.notes };
    if (this.hasCode) await this.addIdInBase64(required, key);
    const second = await this.addAllInputs(required, all, key);
    await this.addDefaultsOfApps(required, first, key);
    for (const other of declaredKeys(operation)) if (other !== key) await this.addStatus(other, required);
    await this.addSets(required, key);
    for (const run of [second, first]) await this.addPolicies(run);
    await this.addLife(required, first);
    await this.addUses(required, key);
    return { cases: this.cases, notes: this.notes };
  }

  /** An input that says where the request goes is an address. */
  private withAddresses(inputs: JsonObject): JsonObject {
    for (const { template, parameters } of this.policies) {
      if (template !== 'dynamichosturl') continue;
      const [start] = templateOf(parameters.urlTemplate);
      const name = typeof start === 'object' && typeof start.arguments[0] === 'string' ? start.arguments[0] : '';
      const given = Object.keys(inputs).find((key) => key.toLowerCase() === name.toLowerCase());
      if (given !== undefined && typeof inputs[given] === 'string')
        inputs[given] = `https://${hostLabel(given)}.example.com`;
    }
    return inputs;
  }

  private api(key: string): Draft['api'] {
    const { subject } = this.planning;
    if (this.answer !== undefined && key === successKey(this.operation)) return this.answer;
    const answer = answerFor(this.operation, key, this.policies);
    return answersOfRun(this.hasCode ? withToken(answer, subject.connector) : answer, this.policies);
  }

  private get around(): Surroundings {
    const { operation, path, hasCode, planning } = this;
    return { subject: planning.subject, operation, path, ...(hasCode ? { code: planning.code } : {}) };
  }

  /** @returns undefined, and notes why, where it can't be run */
  private async add(draft: Draft): Promise<(Snapshot & { draft: Draft }) | undefined> {
    const { operation } = this;
    const result = await snapshot(draft, this.around);
    if ('reason' in result) {
      this.notes.push(`${operation.id}: "${draft.name}" can't be run: ${result.reason}`);
      return undefined;
    }
    if (this.hasCode && result.run.trace.error !== undefined) {
      this.notes.push(
        `${operation.id}: "${draft.name}": ${result.run.trace.error}; give a test an answer of the real API`,
      );
      return undefined;
    }
    this.cases.push(result.case);
    return { ...result, draft };
  }

  /** The platform gives some code its operation's id in Base64. */
  private async addIdInBase64(inputs: JsonObject, key: string): Promise<void> {
    const switches = { operationId: 'base64' } as const;
    await this.add({ name: 'runs its code when its id comes in Base64', inputs, api: this.api(key), switches });
  }

  private async addAllInputs(required: JsonObject, all: JsonObject, key: string) {
    if (deepEqual(required, all) && !this.policies.some((policy) => runsOn(policy, 'request'))) return undefined;
    const prepared = this.prepared(all);
    const draft = { name: 'sends all inputs', api: this.api(key) };
    if (deepEqual(prepared, required)) return undefined;
    const before = this.notes.length;
    const done = await this.add({ ...draft, inputs: prepared });
    if (done !== undefined || deepEqual(prepared, all)) return done;
    // what a policy looks for isn't what the definition allows
    this.notes.splice(before);
    return this.add({ ...draft, inputs: all });
  }

  /** With what the policies of the request look for in the body. */
  private prepared(inputs: JsonObject): JsonObject {
    const body = bodyParameter(this.operation);
    const value = body === undefined ? undefined : getOwn(inputs, body.name);
    if (body === undefined || value === undefined || typeof value !== 'object') return inputs;
    const changed = structuredClone(inputs);
    for (const policy of this.policies) {
      if (runsOn(policy, 'request')) prepareFor(policy, changed[body.name] as Json, '');
    }
    return changed;
  }

  /** Apps send defaults that flows leave out. */
  private async addDefaultsOfApps(inputs: JsonObject, flow: Snapshot, key: string): Promise<void> {
    const result = await snapshot(
      { name: 'sends all defaults for an app', inputs, api: this.api(key), switches: { client: 'app' } },
      this.around,
    );
    if ('reason' in result || deepEqual(sentOf(result.run.trace), sentOf(flow.run.trace))) return;
    this.cases.push(result.case);
  }

  private async addStatus(key: string, inputs: JsonObject): Promise<void> {
    const status = statusOf(this.operation, key);
    const name = key === 'default' ? 'passes on any other status as declared' : `passes on ${status} as declared`;
    await this.add({ name, inputs, api: this.api(key), keeps: (expect) => ({ ...omitSent(expect) }) });
  }

  private async addSets(inputs: JsonObject, key: string): Promise<void> {
    const [, ...others] = declaredSets(this.planning.subject.inner).flatMap(({ name }) => name ?? []);
    for (const connectionSet of others) {
      await this.add({ name: `signs in by ${connectionSet}`, inputs, api: this.api(key), connectionSet });
    }
  }

  private async addLife(inputs: JsonObject, { run }: Snapshot): Promise<void> {
    const { operation, planning } = this;
    const isSubscription = JSON.stringify(sentOf(run.trace)).includes(notificationAddress);
    const life = await planLife(inputs, isSubscription, this.around);
    if (life === undefined) return;
    if ('reason' in life) this.notes.push(`${operation.id}: its life can't be run: ${String(life.reason)}`);
    else this.cases.push(life);
    for (const { index, template } of this.policies) if (template === 'pollingtrigger') planning.shown.add(index);
  }

  /** A case of its own for each policy that is at work in a run, with nothing but what it changes. */
  private async addPolicies(seen: (Snapshot & { draft: Draft }) | undefined): Promise<void> {
    if (seen === undefined || seen.run.trace.error !== undefined) return;
    const { steps } = seen.run.trace;
    const answered = steps.findIndex(({ step }) => step === 'answer');
    for (const [index, step] of steps.entries()) {
      if (step.step !== 'policy' || step.changed.length === 0 || this.planning.shown.has(step.index)) continue;
      this.planning.shown.add(step.index);
      const name = this.unused(policyPromise(step));
      await this.add({ ...seen.draft, name, keeps: (expect) => partsOf(expect, step, index > answered) });
    }
  }

  private unused(name: string): string {
    const names = new Set(this.cases.map((one) => one.name));
    let candidate = name;
    for (let count = 2; names.has(candidate); count += 1) candidate = `${name} (${count})`;
    return candidate;
  }

  private async addUses(inputs: JsonObject, key: string): Promise<void> {
    for (const use of this.planning.uses) {
      if (use.operationId.toLowerCase() !== this.operation.id.toLowerCase()) continue;
      const parts = [use.collection.join('/'), ...use.paths.map((path) => path.join('/'))].filter(
        (part) => part !== '',
      );
      const name = this.unused(`has what ${use.extension} reads: ${parts.join(', ') || 'the whole answer'}`);
      let hasParts = true;
      const { length } = this.cases;
      await this.add({
        name,
        inputs,
        api: this.api(key),
        keeps: (expect) => {
          const body = bodyOf(expect, this.api(key));
          const read = body === undefined ? undefined : readParts(use, body);
          hasParts = read !== undefined;
          return {
            result: { ...(getOwn(expect, 'result') as JsonObject), ...(read === undefined ? {} : { body: read }) },
          };
        },
      });
      if (hasParts) continue;
      this.cases.splice(length);
      this.notes.push(`${this.operation.id}: its answer doesn't have what ${use.extension} reads: ${parts.join(', ')}`);
    }
  }
}

/** What the platform puts into a subscription. */
const notificationAddress = `${connectorOrigin}/notifications`;

const hostLabel = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '') || 'host';

/** Nothing of a template that nobody can read. */
function templateOf(value: Json | undefined): Template {
  try {
    return typeof value === 'string' ? parseTemplate(value) : [];
  } catch (error) {
    if (!isUserError(error)) throw error;
    return [];
  }
}

function omitSent({ sent: _, ...rest }: JsonObject): JsonObject {
  return rest;
}

/** The body of the result, which isn't repeated where it is the API's. */
function bodyOf(expect: JsonObject, api: Draft['api']): Json | undefined {
  const result = getOwn(expect, 'result');
  const own_ = getOwn(result, 'body');
  if (own_ !== undefined) return own_;
  const last = [api].flat().at(-1);
  return typeof last === 'object' ? last.body : undefined;
}

/** `“Tenant” sets the URL`. */
function policyPromise({ title, template, changed }: PolicyStep): string {
  const [first] = changed;
  const what = (first?.what ?? '').split('/', 3);
  const target =
    what[0] === 'headers'
      ? `the header ${what[1]}`
      : what[0] === 'body'
        ? 'the body'
        : what[0] === 'url'
          ? 'the URL'
          : `the ${what[0]}`;
  return `policy ${title === '' ? template : `“${title.replaceAll(/\s+/g, ' ')}”`} changes ${target}`;
}

/** Of what is expected only that which a policy changed. */
function partsOf(expect: JsonObject, { changed }: PolicyStep, isAnswer: boolean): JsonObject {
  const headers = changed.flatMap(({ what, to }) =>
    what.startsWith('headers/') ? [[what.slice(8), to] as const] : [],
  );
  if (isAnswer) {
    const result = getOwn(expect, 'result') as JsonObject;
    return { result: headers.length === 0 ? result : { ...result, headers: Object.fromEntries(headers) } };
  }
  const sent = [getOwn(expect, 'sent') ?? {}].flat().filter(isObject);
  const last = sent.at(-1);
  const kept: JsonObject = {};
  for (const [name] of headers)
    kept.headers = { ...asObject(kept.headers), [name]: getOwn(getOwn(last, 'headers'), name) ?? null };
  for (const { what } of changed) {
    const [kind = ''] = what.split('/', 1);
    if (kind !== 'headers') kept[kind] = getOwn(last, kind) ?? null;
  }
  return { sent: sent.length <= 1 ? kept : [...sent.slice(0, -1).map(() => ({})), kept], ...endingOf(expect) };
}

/** What would be taken for granted otherwise. */
function endingOf({ result }: JsonObject): JsonObject {
  const { status, fits } = asObject(result);
  return fits === true ? {} : { result: { status: status ?? 0, fits: fits ?? false } };
}
