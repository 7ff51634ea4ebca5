import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the platform may do, where nobody knows what it does. */
export interface Behaviour {
  responsePolicies: 'after' | 'before';
  requestPolicies: 'before' | 'after';
  failures: readonly number[];
  nullPath: 'fail' | 'empty';
  missingSource: 'nothing' | 'null';
  newPathQuery: 'both' | 'new';
  tokenBody: 'none' | 'same';
  tokenCached: boolean;
  tokenFailure: 'fail' | 'send';
  append: 'comma' | 'second';
  withoutKey: 'left out' | 'empty key';
  replace: 'text' | 'pattern';
  nextLink: 'own' | 'kept';
  scriptSeconds: number;
  operationId: 'plain' | 'base64';
  deleteCredentials: boolean;
  nulls: 'dropped' | 'kept';
  internalOptional: boolean;
}

// biome-ignore lint/suspicious/noExplicitAny: JSON of the probe, and what the echo service makes of it
export type Json = any;

interface Operation {
  id: string;
  method: string;
  path: string;
  parameters: Json[];
}

interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Json;
}

const prefix = 'x-ms-apimTemplateParameter.';
const gateway = 'https://gateway.azure-apihub.example';

/** Plays the platform between the flows of the probe and its echo service: policies and script, in the given behaviour. */
export class StandIn {
  private readonly operations = new Map<string, Operation>();
  private readonly policies: Json[];
  /** By the address that they come from. */
  private readonly tokens = new Map<string, string>();
  private readonly address: string;
  private readonly behaviour: Behaviour;

  constructor(folder: string, address: string, behaviour: Behaviour) {
    this.address = address;
    this.behaviour = behaviour;
    const read = (name: string): Json => JSON.parse(readFileSync(join(folder, name), 'utf8'));
    for (const [path, item] of Object.entries<Json>(read('apiDefinition.swagger.json').paths)) {
      for (const [method, operation] of Object.entries<Json>(item)) {
        if (operation.operationId === undefined) continue;
        const { operationId: id, parameters = [] } = operation;
        this.operations.set(id, { id, method: method.toUpperCase(), path, parameters });
      }
    }
    this.policies = read('apiProperties.json').properties.policyTemplateInstances;
  }

  /** Runs flows one after the other, their actions in the order of the file. */
  async run(flows: Json[]): Promise<void> {
    for (const flow of flows) {
      const { triggers, actions } = flow.properties.definition;
      for (const { type } of Object.values<Json>(triggers))
        if (type === 'OpenApiConnectionWebhook') await this.subscribe();
      const outputs = new Map<string, Answer | undefined>();
      for (const [name, { inputs }] of this.inOrder(actions)) {
        if (inputs.host === undefined) continue;
        outputs.set(name, await this.call(inputs.host.operationId, this.evaluated(inputs.parameters, outputs)));
      }
    }
  }

  private inOrder(actions: Record<string, Json>): [string, Json][] {
    const done = new Set<string>();
    const all = Object.entries(actions);
    const ordered: [string, Json][] = [];
    while (ordered.length < all.length) {
      const next = all.find(
        ([name, { runAfter }]) => !done.has(name) && Object.keys(runAfter).every((before) => done.has(before)),
      );
      if (next === undefined) throw new Error('the actions wait for each other');
      done.add(next[0]);
      ordered.push(next);
    }
    return ordered;
  }

  private evaluated(parameters: Json, outputs: ReadonlyMap<string, Answer | undefined>): Json {
    const evaluate = (text: Json): Json =>
      typeof text !== 'string'
        ? text
        : text.replace(/@\{outputs\('(\w+)'\)\?\['(\w+)'\]\}/g, (_, name: string, key: string) => {
            const answer = outputs.get(name);
            if (answer === undefined) return '';
            return key === 'statusCode'
              ? String(answer.status)
              : JSON.stringify(key === 'body' ? answer.body : answer.headers);
          });
    return Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, evaluate(value)]));
  }

  /** @returns undefined when the action fails without an answer */
  private async call(id: string, inputs: Json): Promise<Answer | undefined> {
    const operation = this.operations.get(id);
    if (operation === undefined) throw new Error(`there is no operation ${id}`);
    const query = new URLSearchParams();
    for (const { in: place, name, required, default: value, 'x-ms-visibility': visibility } of operation.parameters) {
      if (place !== 'query') continue;
      const isOptionalInternal = visibility === 'internal' && !required && this.behaviour.internalOptional;
      const given = inputs[name] ?? (isOptionalInternal ? value : undefined);
      if (given !== undefined) query.set(name, String(given));
    }
    const fields = Object.entries(inputs).filter(([key]) => key.startsWith('body/'));
    const body =
      fields.length === 0
        ? undefined
        : JSON.stringify(Object.fromEntries(fields.map(([key, value]) => [key.slice('body/'.length), value])));
    const request = {
      path: operation.path,
      query: query.toString(),
      headers: { 'x-probe-key': 'k' } as Record<string, string>,
      body,
    };
    const policies = this.policies.filter(({ parameters }) =>
      parameters['x-ms-apimTemplate-operationName'].includes(id),
    );
    for (const policy of policies) if (!(await this.beforeRequest(policy, request))) return undefined;
    const answer = await this.answerOf(operation, request, policies);
    return answer && this.received(answer);
  }

  /** @returns false when the action fails here */
  private async beforeRequest({ templateId, parameters }: Json, request: Json): Promise<boolean> {
    const value = (key: string): string => parameters[`${prefix}${key}`];
    if (templateId === 'setheader' && parameters['x-ms-apimTemplate-policySection'] === 'Request') {
      request.headers[value('name')] = value('value');
    } else if (templateId === 'routerequesttoendpoint') {
      const [path, fixed] = value('newPath').split('?');
      request.path = path;
      request.query = this.behaviour.newPathQuery === 'both' ? `${fixed}&${request.query}` : fixed;
    } else if (templateId === 'setqueryparameter') {
      const [name, added] = [value('name'), value('value')];
      const query = new URLSearchParams(request.query);
      if (this.behaviour.append === 'second') query.append(name, added);
      else query.set(name, `${query.get(name)},${added}`);
      request.query = query.toString();
    } else if (templateId === 'setvaluefromurl') {
      const url = `${this.address}${value('parameterValueUrl')}`;
      if (this.tokens.has(url) && this.behaviour.tokenCached) return true;
      const method = value('httpMethod');
      const withBody = method === 'POST' && this.behaviour.tokenBody === 'same' ? { body: request.body } : {};
      const response = await fetch(url, { method, ...withBody });
      if (!response.ok) return this.behaviour.tokenFailure === 'send';
      const { access_token: token }: Json = await response.json();
      this.tokens.set(url, token);
      request.headers['x-probe-token'] = token;
    }
    return true;
  }

  private async answerOf({ id, method }: Operation, request: Json, policies: Json[]): Promise<Answer | undefined> {
    const send = async (): Promise<Answer> => {
      const url = `${this.address}${request.path}${request.query === '' ? '' : `?${request.query}`}`;
      const body = request.body === undefined ? {} : { body: request.body };
      const response = await fetch(url, { method, headers: request.headers, ...body });
      return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.json() };
    };
    const isAfter = this.behaviour.responsePolicies === 'after';
    const script = id.startsWith('Script');
    const policed = async (): Promise<Answer | undefined> => this.afterAnswer(await send(), policies);
    if (!script) return policed();
    const answered = await this.scripted(id, request, isAfter ? send : policed);
    return answered && isAfter ? this.afterAnswer(answered, policies) : answered;
  }

  /** What script.csx does. */
  private async scripted(
    id: string,
    request: Json,
    send: () => Promise<Answer | undefined>,
  ): Promise<Answer | undefined> {
    const answer = (body: Json): Answer => ({ status: 200, headers: {}, body });
    if (id === 'ScriptTime') {
      const seconds = Number(new URLSearchParams(request.query).get('seconds'));
      return seconds <= this.behaviour.scriptSeconds ? answer({ waited: seconds }) : undefined;
    }
    if (id === 'ScriptFacts') {
      return answer({
        operationId: this.behaviour.operationId === 'plain' ? id : Buffer.from(id).toString('base64'),
        requestHost: new URL(this.address).host,
        originalHost: new URL(gateway).host,
        policyHeader: this.behaviour.requestPolicies === 'before' ? request.headers['x-probe-request'] : '',
      });
    }
    const response = await send();
    if (response === undefined) return undefined;
    const body = { ...response.body, seenByScript: response.headers['x-probe-order'] };
    return { ...response, headers: { ...response.headers, 'x-probe-order': 'script' }, body };
  }

  private afterAnswer(answer: Answer, policies: Json[]): Answer | undefined {
    const { body, headers, status } = answer;
    for (const { templateId, parameters } of policies) {
      const value = (key: string): string => parameters[`${prefix}${key}`];
      const section = parameters['x-ms-apimTemplate-policySection'];
      if (templateId === 'setheader' && section !== 'Request') {
        if (section === 'Failure' && !this.behaviour.failures.includes(status)) continue;
        const isPath = value('value').startsWith('@body()');
        if (isPath && this.behaviour.nullPath === 'fail') return undefined;
        headers[value('name')] = isPath ? '' : value('value');
      } else if (templateId === 'setproperty') {
        if (this.behaviour.missingSource === 'null') body.copy = '';
      } else if (templateId === 'convertarraytoobject') {
        const isKept = (item: Json): boolean => item.id !== undefined || this.behaviour.withoutKey !== 'left out';
        body.byId = Object.fromEntries(body.items.filter(isKept).map((item: Json) => [item.id ?? '', item]));
      } else if (templateId === 'stringreplace') {
        const source = value('sourceString');
        const pattern = this.behaviour.replace === 'text' ? source : new RegExp(source, 'g');
        body.replaced = body.text.replaceAll(pattern, value('replacementString'));
      } else if (templateId === 'updatenextlink' && this.behaviour.nextLink === 'own') {
        body.next = `${gateway}/next?link=${encodeURIComponent(body.next)}`;
      }
    }
    return answer;
  }

  private received(answer: Answer): Answer {
    if (this.behaviour.nulls === 'kept') return answer;
    const body = Object.fromEntries(Object.entries(answer.body).filter(([, value]) => value !== null));
    return { ...answer, body };
  }

  /** Subscribes, and ends the subscription where the API says. */
  private async subscribe(): Promise<void> {
    const headers = { 'x-probe-key': 'k' };
    const body = JSON.stringify({ callbackUrl: `${gateway}/callback` });
    const response = await fetch(`${this.address}/hooks`, { method: 'POST', headers, body });
    const location = response.headers.get('location') ?? '';
    await fetch(location, { method: 'DELETE', headers: this.behaviour.deleteCredentials ? headers : {} });
  }
}
