import { expect } from 'chai';
import { asObject, getOwn, isObject, type Json, type JsonObject } from '../../src/connector/json/value.ts';
import { isUserError } from '../../src/errors.ts';
import { declaredSets, isGiven } from '../../src/runtime/connection/declared.ts';
import { resolveConnection } from '../../src/runtime/connection/resolve-connection.ts';
import { policiesFor } from '../../src/runtime/instances.ts';
import { queryName, urlOf } from '../../src/runtime/message.ts';
import { mocked } from '../../src/runtime/mock.ts';
import { findOperation, type RuntimeOperation } from '../../src/runtime/operation.ts';
import { type BuiltRequest, buildRequest } from '../../src/runtime/request/build-request.ts';
import { prepareRun, type RunOptions, runOperation } from '../../src/runtime/run-operation.ts';
import { isInternal, type SchemaView } from '../../src/runtime/schema.ts';
import { Secrets } from '../../src/runtime/secrets.ts';
import { isCorpusThere, publishedConnectors } from './published.ts';
import { sampledInputs, sampledValues } from './sampled-inputs.ts';

/** Every operation of the published connectors beside the checkout. */

const options = {
  client: 'flow',
  notificationUrl: 'https://connector.invalid/n',
  readFile: () => ({ bytes: Buffer.from('x'), name: 'x' }),
} as const;

describe('operations of published connectors', function () {
  this.timeout(60_000);
  before(function () {
    if (!isCorpusThere) this.skip();
  });

  it('become requests with everything that is required, nothing that is internal and optional, in declared places', () => {
    const wrong: string[] = [];
    let count = 0;
    for (const { name, definition, operationIds } of publishedConnectors()) {
      for (const id of operationIds) {
        const operation = findOperation(definition, id);
        for (const which of ['required', 'all'] as const) {
          const inputs = sampledInputs(operation, which);
          const built = buildRequest(operation, inputs, options);
          count += 1;
          wrong.push(...faultsOf(operation, inputs, built).map((fault) => `${name} ${id} (${which}): ${fault}`));
        }
      }
    }
    expect(wrong.slice(0, 40).join('\n')).to.equal('');
    expect(count).to.be.greaterThan(2000);
  });

  it('run all of their policies, or say which template nobody documents', async () => {
    const refused: string[] = [];
    const misfits: string[] = [];
    const templates = new Map<string, number>();
    for (const { name, definition, inner, operationIds } of publishedConnectors()) {
      for (const id of operationIds) {
        try {
          const { trace } = await runHere(definition, inner, id, false);
          const answered = await runHere(definition, inner, id, true);
          if (answered.trace.error !== undefined) refused.push(`${name} ${id}: ${answered.trace.error}`);
          if (answered.exitStatus !== 0) misfits.push(`${name} ${id}: ${JSON.stringify(answered.trace.steps.at(-1))}`);
          if (trace.error !== undefined) refused.push(`${name} ${id}: ${trace.error}`);
          for (const { template } of policiesFor(inner, id, { skipUnknown: true }))
            templates.set(template, (templates.get(template) ?? 0) + 1);
        } catch (error) {
          if (!isUserError(error)) throw error;
          refused.push(`${id}: ${error.message}`);
        }
      }
    }
    expect(refused).to.deep.equal([
      'UpdateUser: policy 5 (Move Properties on User Update): no documentation says what the template "moveproperties" does',
    ]);
    expect(misfits.map((text) => text.slice(0, 400)).join('\n')).to.equal('');
    expect([...templates.keys()]).to.include.members([
      'dynamichosturl',
      'setheader',
      'routerequesttoendpoint',
      'convertarraytoobject',
      'setvaluefromurl',
    ]);
  });
});

/** In a dry run, or with an answer by the definition, which has to fit it. */
async function runHere(definition: JsonObject, inner: JsonObject, id: string, isMock: boolean) {
  const operation = findOperation(definition, id);
  const further = sampledValues((declaredSets(inner)[0]?.parameters ?? []).filter(isGiven));
  const connection = resolveConnection({ inner, setName: undefined, file: undefined, env: {}, further });
  const run: RunOptions = {
    operation,
    inner,
    connection,
    inputs: inputsFor(operation),
    readFile: options.readFile,
    client: 'flow',
    nulls: 'drop',
    skipUnknownPolicies: false,
    send: isMock ? mocked(operation) : undefined,
    isMock,
    sendTo: undefined,
    secrets: new Secrets(connection.secrets),
  };
  return runOperation(run, prepareRun(run));
}

/** Asite takes the address of its API as an input. */
function inputsFor(operation: RuntimeOperation): JsonObject {
  const inputs = sampledInputs(operation, 'all');
  const isAsite =
    String(getOwn(operation.definition, 'host')).endsWith('.asite.com') && Object.hasOwn(inputs, 'projectId');
  return isAsite ? { ...inputs, projectId: 'https://asite.example.com' } : inputs;
}

/** What the contract of requests forbids. */
function faultsOf(operation: RuntimeOperation, inputs: JsonObject, { request, problems }: BuiltRequest): string[] {
  const faults = problems.map(({ key, message }) => `${key} ${message}`);
  const url = urlOf(request);
  if (!URL.canParse(url) || new URL(url).href !== new URL(new URL(url).href).href) faults.push(`${url} is no URL`);
  if (/[{}\s]/.test(url)) faults.push(`${url} has a variable left`);
  const query = new Set(request.query.map(queryName));
  for (const { name, in: location, node, required } of operation.parameters) {
    const hidden = isInternal(node);
    const isExpected = hidden ? required && getOwn(node, 'default') !== undefined : Object.hasOwn(inputs, name);
    const isSent =
      location === 'query'
        ? query.has(queryName(name))
        : location === 'header'
          ? request.headers.has(name.toLowerCase())
          : undefined;
    // these come from produces and consumes, too
    if (isSent === undefined || ['accept', 'content-type'].includes(name.toLowerCase())) continue;
    if (isSent !== isExpected) faults.push(`${location} ${name} is ${isSent ? 'sent' : 'missing'}`);
  }
  const declared = operation.parameters.flatMap(({ name, in: location }) =>
    location === 'query' ? [queryName(name)] : [],
  );
  for (const name of query)
    if (!declared.includes(name) && !operation.path.includes('?')) faults.push(`${name} is declared nowhere`);
  const body = operation.parameters.find((parameter) => parameter.in === 'body');
  if (body !== undefined && request.body?.kind === 'json') {
    const view = operation.schemas.view(getOwn(body.node, 'schema'), `${body.pointer}/schema`);
    faults.push(...bodyFaults(operation, view, request.body.value, body.name, false));
  }
  return faults;
}

function bodyFaults(
  operation: RuntimeOperation,
  view: SchemaView,
  value: Json,
  key: string,
  isHidden: boolean,
): string[] {
  const { schemas } = operation;
  if (Array.isArray(value))
    return value.flatMap((element, index) =>
      bodyFaults(operation, schemas.below(view, 'items'), element, `${key}/${index}`, isHidden),
    );
  if (!isObject(value)) return [];
  const faults: string[] = [];
  const required = schemas.required(view);
  for (const [name, property] of schemas.properties(view)) {
    const isThere = Object.hasOwn(value, name);
    const hidden = isHidden || isInternal(property.node);
    if (isThere && getOwn(property.node, 'readOnly') === true) faults.push(`${key}/${name} is read-only`);
    if (isThere && hidden && !required.has(name) && getOwn(property.node, 'x-ms-notification-url') !== true)
      faults.push(`${key}/${name} is internal and optional`);
    if (!isThere && !hidden && required.has(name) && getOwn(property.node, 'readOnly') !== true)
      faults.push(`${key}/${name} is required`);
    if (isThere)
      faults.push(...bodyFaults(operation, property, asObject(value)[name] ?? null, `${key}/${name}`, hidden));
  }
  if (schemas.others(view) === undefined)
    for (const name of Object.keys(value))
      if (!schemas.properties(view).has(name)) faults.push(`${key}/${name} is declared nowhere`);
  return faults;
}
