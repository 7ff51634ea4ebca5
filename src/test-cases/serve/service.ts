import { methods } from '../../connector/facts/methods.ts';
import { isObject, type Json } from '../../connector/json/value.ts';
import { listOperations } from '../../connector/operations.ts';
import { nearest } from '../../did-you-mean.ts';
import { decodePercent } from '../../percent-encoding.ts';
import { bodyOfAnswer } from '../../runtime/answer.ts';
import { matchOperation } from '../../runtime/match-operation.ts';
import { type Body, isJsonType } from '../../runtime/message.ts';
import { operationOf, type RuntimeOperation } from '../../runtime/operation.ts';
import { isRunFailure } from '../../runtime/run-failure.ts';
import { Schemas } from '../../runtime/schema.ts';
import { checkBody } from '../../runtime/schema-check.ts';
import type { Incoming } from '../../runtime/send.ts';
import { notificationSchema } from '../../runtime/triggers/webhook.ts';
import { endPath } from '../life.ts';
import type { Subject } from '../subject.ts';
import { BasePaths } from './base-paths.ts';
import { checkRequest, type SentValues } from './check-request.ts';
import { mayNotify, type Subscriber, subscribedUrl } from './events.ts';
import { mostRecords } from './memory.ts';
import { merged, Records } from './records.ts';
import { type Place, recordPlace } from './resources.ts';
import { type Sample, Samples } from './samples.ts';

export interface ServiceOptions {
  /** The same one gives the same answers. */
  seed: string;
  /** By operation in lower case. */
  recorded: ReadonlyMap<string, readonly Incoming[]>;
  /** Origins besides this machine that notifications may go to. */
  eventsTo: readonly string[];
}

/** A request to the service. */
export interface Asked {
  /** In capitals. */
  method: string;
  /** As it was asked for, absolute. */
  url: URL;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  body: Buffer;
}

/** What is to be sent to those who subscribed. */
export interface Event {
  to: readonly string[];
  body: Json;
}

export interface Reply {
  answer: Incoming;
  /** The operation that was meant. */
  operationId?: string;
  /** Has to be sent before the answer, which then says what became of it. */
  event?: Event;
}

/** A request that an operation takes. */
interface Found<Sent = unknown> {
  operation: RuntimeOperation;
  /** Of the API, as it was asked for: begins the addresses that answers name. */
  base: string;
  place: Place;
  /** A text says why it can't be read. */
  sent: Sent;
}

export const eventsPath = '/__events/';

/** A mock of the API that a definition describes: a request in, an answer out; what was sent is remembered. */
export class MockService {
  private readonly subject: Subject;
  private readonly options: ServiceOptions;
  private readonly samples: Samples;
  private readonly records: Records;
  private readonly bases: BasePaths;
  private readonly operations: ReadonlyMap<object, RuntimeOperation>;
  private readonly subscribers: Subscriber[] = [];
  private subscriptions = 0;

  constructor(subject: Subject, options: ServiceOptions) {
    this.subject = subject;
    this.options = options;
    this.bases = new BasePaths(subject.definition, subject.inner);
    const schemas = new Schemas(subject.definition);
    const found = listOperations(subject.definition);
    this.operations = new Map(found.map((one) => [one.value, operationOf(subject.definition, one, schemas)]));
    this.samples = new Samples(options.recorded, options.seed);
    this.records = new Records([...this.operations.values()], this.samples);
  }

  /** Whether requests may name any host, since the connection says which. */
  get isHostOpen(): boolean {
    return this.bases.isHostOpen;
  }

  answer(asked: Asked): Reply {
    if (asked.url.pathname.startsWith(eventsPath)) return this.fire(asked);
    const ended = asked.method === 'DELETE' ? this.unsubscribe(asked.url.pathname) : false;
    const found = this.find(asked);
    if (found === undefined) return { answer: ended ? empty(204) : this.unknown(asked) };
    const { operation, sent } = found;
    const reply = (answer: Incoming): Reply => ({
      operationId: operation.id,
      answer: asked.method === 'HEAD' ? { ...answer, body: Buffer.alloc(0) } : answer,
    });
    if (typeof sent === 'string') return reply(refusal(400, sent));
    const wanted = wantedStatus(asked);
    if (wanted !== undefined) return reply(this.withStatus(operation, wanted));
    const findings = checkRequest(operation, sent);
    if (findings.length > 0) {
      return reply(
        refusal(400, `this is not a request that ${operation.id} takes`, {
          findings: findings.map((finding) => ({ ...finding })),
        }),
      );
    }
    const subscriber = subscribedUrl(operation, sent);
    const answer = this.act({ ...found, sent }, asked);
    return reply(subscriber === undefined || answer.status > 299 ? answer : this.subscribe(found, subscriber, answer));
  }

  private find(asked: Asked): Found<SentValues | string> | undefined {
    const { url, method } = asked;
    for (const { base, path, isOf } of this.bases.splits(url.pathname)) {
      const query = url.search.slice(1);
      const match = (as: string) => matchOperation(this.subject.definition, as, path, query);
      const matched = match(method) ?? (method === 'HEAD' ? match('GET') : undefined);
      const operation = matched === undefined ? undefined : this.operations.get(matched.operation.value);
      if (matched === undefined || operation === undefined || !isOf(operation.id)) continue;
      const values = new Map([...matched.pathValues].map(([name, value]) => [name, decodePercent(value)]));
      const place = recordPlace(operation.path.split('?', 1)[0] ?? '', path, values);
      return { operation, base, place, sent: sentValues(asked, values) };
    }
    return undefined;
  }

  private unknown({ method, url }: Asked): Incoming {
    const splits = this.bases.splits(url.pathname);
    const allowed = methods.filter((name) =>
      splits.some(({ path, isOf }) => {
        const matched = matchOperation(this.subject.definition, name, path);
        return matched !== undefined && isOf(matched.operation.id);
      }),
    );
    if (allowed.length > 0) {
      const allow = allowed.map((name) => name.toUpperCase()).join(', ');
      const refused = refusal(405, `no operation has the method ${method} here, but ${allow}`);
      return { ...refused, headers: { ...refused.headers, allow } };
    }
    const known = [...this.operations.values()].map(({ path }) => path);
    const near = [...splits.map(({ path }) => path), url.pathname]
      .map((path) => nearest(path, known))
      .find((path) => path !== undefined);
    return refusal(404, `no operation has this path${near === undefined ? '' : `; the nearest one is ${near}`}`);
  }

  private withStatus(operation: RuntimeOperation, status: number): Incoming {
    const sample = this.samples.forStatus(operation, status);
    if (sample !== undefined) return sample.answer;
    return status === 204 || status === 304
      ? empty(status)
      : refusal(status, `${operation.id} declares no answer for ${status}`);
  }

  private act(found: Found<SentValues>, asked: Asked): Incoming {
    const { operation, place, sent } = found;
    const sample = this.samples.success(operation);
    const act = this.records.recordActionOf(operation);
    const { id } = place;
    if (act === 'list' && id === undefined)
      return answerOf(sample, this.records.list(operation, sample, place, asked.url));
    if (act === 'create') return this.create(found, sample);
    if (act === undefined || id === undefined) return sample.answer;
    const at = { ...place, id };
    const { memory } = this.records;
    if (memory.isGone(place.collection, id) && act !== 'replace') return this.missing(operation, id);
    if (act !== 'read' && memory.isFull && memory.find(place.collection, id) === undefined) return full();
    if (act === 'remove') {
      memory.remove(place.collection, id);
      return sample.answer;
    }
    let record = this.records.read(operation, at);
    if (act !== 'read' && sent.body?.kind === 'json' && isObject(sent.body.value)) {
      const body = this.records.contentOf(operation, sent.body.value);
      record = act === 'change' ? merged(record, body) : this.records.replaced(operation, at, body);
      memory.keep(place.collection, id, record);
    }
    return answerOf(sample, this.records.answered(operation, sample, record, place.variable));
  }

  private create({ operation, base, place, sent: { body } }: Found<SentValues>, sample: Sample): Incoming {
    if (body?.kind !== 'json' || !isObject(body.value)) return sample.answer;
    const { memory } = this.records;
    if (memory.isFull) return full();
    const { id, record } = this.records.create(operation, place, body.value);
    if (memory.find(place.collection, id) !== undefined) {
      const conflict = this.samples.forStatus(operation, 409);
      if (conflict !== undefined && conflict.key === '409') return conflict.answer;
    }
    memory.keep(place.collection, id, record);
    const reader = this.records.recordTemplate(operation);
    const variable = reader === undefined ? undefined : /\{([^{}]+)\}[^{}]*$/.exec(reader.path)?.[1];
    const answer = answerOf(sample, this.records.answered(operation, sample, record, variable));
    if (reader === undefined || answer.status !== 201) return answer;
    const location = `${base}${place.collection}/${encodeURIComponent(id)}`;
    return { ...answer, headers: { ...answer.headers, location } };
  }

  private missing(operation: RuntimeOperation, id: string): Incoming {
    return this.samples.forStatus(operation, 404)?.answer ?? refusal(404, `${id} was deleted`);
  }

  private subscribe({ operation, base }: Omit<Found, 'sent'>, url: string, answer: Incoming): Incoming {
    if (this.subscribers.length >= mostRecords) return full();
    this.subscriptions += 1;
    const location = answer.headers.location ?? `${base}${endPath(operation, String(this.subscriptions))}`;
    this.subscribers.push({ operationId: operation.id, url, location: location.toLowerCase() });
    return { ...answer, headers: { ...answer.headers, location } };
  }

  /** @returns whether there was a subscription */
  private unsubscribe(path: string): boolean {
    const at = this.subscribers.findIndex(({ location }) => location === path.toLowerCase());
    if (at >= 0) this.subscribers.splice(at, 1);
    return at >= 0;
  }

  private fire({ method, url, headers, body }: Asked): Reply {
    if (method !== 'POST') return { answer: refusal(405, 'an event is fired by POST') };
    const id = decodePercent(url.pathname.slice(eventsPath.length));
    const operation = [...this.operations.values()].find((one) => one.id.toLowerCase() === id.toLowerCase());
    if (operation === undefined) return { answer: refusal(404, `there is no operation ${id}`) };
    const to = this.subscribers.filter(({ operationId }) => operationId === operation.id).map((one) => one.url);
    if (to.length === 0) return { answer: refusal(409, `nobody has subscribed to ${operation.id}`) };
    const given = bodyOf(body, headers['content-type']);
    if (typeof given === 'string') return { answer: refusal(400, given) };
    if (given !== undefined && given.kind !== 'json') return { answer: refusal(400, 'an event is JSON') };
    const view = notificationSchema(operation);
    const findings = view === undefined || given === undefined ? [] : checkBody(operation.schemas, view, given);
    if (findings.length > 0) {
      return {
        answer: refusal(400, `this is not what ${operation.id} notifies of`, {
          findings: findings.map((finding) => ({ ...finding })),
        }),
      };
    }
    const refused = to.find((address) => !mayNotify(address, this.options.eventsTo));
    if (refused !== undefined) {
      return {
        answer: refusal(403, `${refused} is not on this machine; start with --events-to ORIGIN where it is meant`),
      };
    }
    const event = { to, body: given?.kind === 'json' ? given.value : (this.samples.notification(operation) ?? {}) };
    return { answer: empty(200), operationId: operation.id, event };
  }
}

function sentValues({ url, headers, body }: Asked, path: ReadonlyMap<string, string>): SentValues | string {
  const type = headers['content-type'] ?? '';
  const read = bodyOf(body, type);
  if (typeof read === 'string') return read;
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(type);
  return {
    path,
    query: url.searchParams,
    headers,
    form: isForm ? new URLSearchParams(body.toString()) : undefined,
    body: read,
  };
}

/** @returns a text that says why it can't be read */
function bodyOf(bytes: Buffer, type: string | undefined): Body | undefined | string {
  let body: Body | undefined;
  try {
    body = bodyOfAnswer(bytes, type);
  } catch (error) {
    if (!isRunFailure(error)) throw error;
    return error.message;
  }
  const isBroken = body?.kind === 'text' && isJsonType(type ?? '');
  return isBroken ? `the body is not JSON, as its content-type (${type}) says` : body;
}

/** `Prefer: code=404`, or `__code=404` in the query. */
function wantedStatus({ url, headers }: Asked): number | undefined {
  const text = url.searchParams.get('__code') ?? /(?:^|[;,\s])code\s*=\s*"?(\d+)/i.exec(headers.prefer ?? '')?.[1];
  const status = Number(text ?? 0);
  return Number.isInteger(status) && status >= 200 && status <= 599 ? status : undefined;
}

const empty = (status: number): Incoming => ({ status, statusText: '', headers: {}, body: Buffer.alloc(0) });

const full = (): Incoming => refusal(507, `this service keeps ${mostRecords} records; start it anew`);

/** What the service itself says, as JSON. */
export function refusal(status: number, message: string, more: Record<string, Json> = {}): Incoming {
  const body = Buffer.from(JSON.stringify({ error: { message, ...more } }));
  return { status, statusText: '', headers: { 'content-type': 'application/json' }, body };
}

function answerOf({ answer, json }: Sample, value: Json | undefined): Incoming {
  return value === undefined || value === json ? answer : { ...answer, body: Buffer.from(JSON.stringify(value)) };
}
