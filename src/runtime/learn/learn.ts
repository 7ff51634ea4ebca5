import { below, fromPointer } from '../../connector/json/pointer.ts';
import { asArray, asObject, getOwn, isObject, type Json, type JsonObject, setOwn } from '../../connector/json/value.ts';
import { definitionsInUse } from '../../connector/used-definitions.ts';
import type { Body } from '../message.ts';
import type { RuntimeOperation } from '../operation.ts';
import { checkAnswer, checkBody, withoutNulls } from '../schema-check.ts';
import { nameOfStatus } from '../status-text.ts';
import { notificationSchema } from '../triggers/webhook.ts';
import { inferWhole } from './infer.ts';
import { SchemaLearner } from './learn-schema.ts';
import type { Learned, Observation } from './observation.ts';

/** Shared schemas may be changed in one place and used in another: a few rounds until nothing is new. */
const mostRounds = 5;

/**
 * Changes a definition so that what was observed fits: its undocumented statuses, missing properties, wrong types, nulls.
 * Whatever fits already stays as it is, and so does what was never observed; no value becomes part of the definition,
 * but for words of enums.
 *
 * @param operation of a definition that may be changed in place
 * @param isSecret whether a word must not be written
 */
export function learn(
  operation: RuntimeOperation,
  observations: readonly Observation[],
  isSecret: (text: string) => boolean = () => false,
): Learned {
  const learned: Learned = { lessons: [], left: [] };
  let shared: Set<string> | undefined;
  const ofRequests = (): Set<string> => {
    shared ??= definitionsOfRequests(operation.definition);
    return shared;
  };
  const learner = new SchemaLearner(operation.schemas, learned, { ofRequests, isSecret });
  for (let round = 0; round < mostRounds; round += 1) {
    const before = learner.changes + learned.lessons.length;
    new ResponseLearner(operation, learner, learned).all(observations);
    if (learner.changes + learned.lessons.length === before) break;
  }
  return learned;
}

/** Whether an observation is what a definition says by now. */
export function isAsDeclared(operation: RuntimeOperation, { status, body }: Observation): boolean {
  const given: Body | undefined = body?.kind === 'json' ? { kind: 'json', value: withoutNulls(body.value) } : body;
  if (status !== undefined) {
    const isPoll = operation.kind === 'trigger' && operation.method === 'GET';
    return checkAnswer(operation, { status, body: given }, { isPoll }).length === 0;
  }
  const view = notificationSchema(operation);
  return view === undefined || checkBody(operation.schemas, view, given).length === 0;
}

/** Names of definitions that bodies of requests lead to. */
function definitionsOfRequests(definition: JsonObject): Set<string> {
  const parameters = asObject(getOwn(definition, 'parameters'));
  const paths: JsonObject = {};
  for (const [path, item] of Object.entries(asObject(getOwn(definition, 'paths')))) {
    const lists = [
      getOwn(item, 'parameters'),
      ...Object.values(asObject(item)).map((operation) => getOwn(operation, 'parameters')),
    ];
    setOwn(
      paths,
      path,
      lists.flatMap((list) => asArray(list)),
    );
  }
  return definitionsInUse({ paths, parameters, definitions: getOwn(definition, 'definitions') ?? {} });
}

class ResponseLearner {
  private readonly operation: RuntimeOperation;
  private readonly learner: SchemaLearner;
  private readonly learned: Learned;

  constructor(operation: RuntimeOperation, learner: SchemaLearner, learned: Learned) {
    this.operation = operation;
    this.learner = learner;
    this.learned = learned;
  }

  all(observations: readonly Observation[]): void {
    const statuses = [...new Set(observations.map(({ status }) => status))];
    for (const status of statuses) {
      const same = observations.filter((observation) => observation.status === status);
      if (status === undefined) this.notifications(same);
      else this.answers(status, same);
    }
  }

  private notifications(observations: readonly Observation[]): void {
    const { schemas, definition } = this.operation;
    const view = notificationSchema(this.operation);
    if (view === undefined) return;
    const path = fromPointer(view.pointer);
    const key = path.pop() ?? '';
    const parent = path.reduce<Json>((at, name) => getOwn(at, name) ?? {}, definition);
    const site = { holder: asObject(parent), key, pointer: view.pointer, name: '' };
    const values = this.jsonOf(observations, schemas.types(view), view.pointer);
    this.learner.learn(site, values, '');
  }

  private answers(status: number, observations: readonly Observation[]): void {
    const { operation } = this;
    const isPoll = operation.kind === 'trigger' && operation.method === 'GET';
    if (isPoll && status === 202) return;
    const responses = this.responses();
    const key = [String(status), 'default'].find((name) => getOwn(responses, name) !== undefined);
    const pointer = below(operation.pointer, 'responses', key ?? String(status));
    const values = observations.flatMap(({ body }) => (body?.kind === 'json' ? [body.value] : []));
    if (key === undefined && (status < 100 || status > 599)) {
      this.leave(pointer, `${status} is not a status that a definition can have`);
      return;
    }
    if (key === undefined) {
      const response: JsonObject = { description: nameOfStatus(status) || `Status ${status}` };
      const schema = this.wantsSchema(status) && values.length > 0 ? inferWhole(nameOf(operation), values) : undefined;
      if (schema !== undefined) response.schema = schema;
      setOwn(responses, String(status), response);
      const message = `new response ${status}${schema === undefined ? '' : ', with a schema'}`;
      this.learned.lessons.push({ kind: 'status', pointer, at: '', message });
      return;
    }
    const view = operation.schemas.view(getOwn(responses, key), pointer);
    if (isObject(getOwn(view.node, 'schema'))) this.schema(view, observations);
    else if (key !== 'default' && this.wantsSchema(status) && values.length > 0) {
      setOwn(view.node, 'schema', inferWhole(nameOf(operation), values));
      this.learned.lessons.push({
        kind: 'schema',
        pointer: below(view.pointer, 'schema'),
        at: '',
        message: 'has a schema now',
      });
    }
  }

  private responses(): JsonObject {
    const { value } = this.operation;
    const found = getOwn(value, 'responses');
    if (isObject(found)) return found;
    const made: JsonObject = {};
    setOwn(value, 'responses', made);
    return made;
  }

  /** One answer alone has a schema: that of a success. */
  private wantsSchema(status: number): boolean {
    if (status < 200 || status > 299) return false;
    const { schemas, pointer } = this.operation;
    return !Object.entries(this.responses()).some(
      ([key, response]) =>
        /^2\d\d$/.test(key) &&
        getOwn(schemas.view(response, below(pointer, 'responses', key)).node, 'schema') !== undefined,
    );
  }

  private schema(response: { node: JsonObject; pointer: string }, observations: readonly Observation[]): void {
    const { schemas } = this.operation;
    const pointer = below(response.pointer, 'schema');
    const view = schemas.view(getOwn(response.node, 'schema'), pointer);
    const values = this.jsonOf(observations, schemas.types(view), pointer);
    this.learner.learn({ holder: response.node, key: 'schema', pointer, name: nameOf(this.operation) }, values, '');
  }

  private leave(pointer: string, message: string): void {
    const isKnown = this.learned.left.some((left) => left.pointer === pointer && left.message === message);
    if (!isKnown) this.learned.left.push({ pointer, at: '', message });
  }

  private jsonOf(observations: readonly Observation[], types: readonly string[], pointer: string): Json[] {
    return observations.flatMap(({ body }) => {
      if (body?.kind === 'json') return [body.value];
      const isFile = types.includes('file') || types.includes('string') || types.length === 0;
      const seen = body === undefined ? 'no body' : body.kind === 'text' ? 'text that is not JSON' : 'bytes';
      const message = `${seen} came, where ${types.join(' or ')} is declared`;
      if (!isFile) this.leave(pointer, message);
      return [];
    });
  }
}

/** What an answer without a name is about: the last part of the path that is none of its variables. */
const nameOf = ({ path }: RuntimeOperation): string =>
  path
    .split('/')
    .filter((part) => part !== '' && !part.includes('{'))
    .at(-1) ?? '';
