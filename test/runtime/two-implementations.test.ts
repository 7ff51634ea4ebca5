import { expect } from 'chai';
import { getOwn, type Json, type JsonObject, setOwn } from '../../src/connector/json/value.ts';
import { declaredSets, isGiven } from '../../src/runtime/connection/declared.ts';
import { resolveConnection } from '../../src/runtime/connection/resolve-connection.ts';
import { findOperation, type RuntimeOperation } from '../../src/runtime/operation.ts';
import type { Client } from '../../src/runtime/request/build-body.ts';
import { prepareRun, type RunOptions, runOperation } from '../../src/runtime/run-operation.ts';
import { Secrets } from '../../src/runtime/secrets.ts';
import type { RequestStep } from '../../src/runtime/trace.ts';
import { isCorpusThere, type PublishedConnector, publishedConnectors } from './published.ts';
import { sampledInputs, sampledValues } from './sampled-inputs.ts';
import { type Sent, secondImplementation } from './second-implementation.ts';

/** The engine beside an implementation that was written without it. */

const oddTexts = ['Ada Lovelace', 'a/b&c=d', 'Zürich', '50%', 'x,y;z', "it's", '2026-01-31T10:00:00+02:00', 'true'];

/** The same sequence each time. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state;
  };
}

/** Other texts in place of the samples, and some optional inputs less. */
function varied(operation: RuntimeOperation, inputs: JsonObject, random: () => number): JsonObject {
  const text = (value: Json): Json => (value === 'example' ? (oddTexts[random() % oddTexts.length] ?? value) : value);
  const change = (value: Json): Json => {
    if (Array.isArray(value)) return [...value, ...value].map(change);
    if (typeof value !== 'object' || value === null) return text(value);
    const result: JsonObject = {};
    for (const [key, inner] of Object.entries(value)) setOwn(result, key, change(inner));
    return result;
  };
  const kept = Object.entries(inputs).filter(
    ([name]) => operation.parameters.find((one) => one.name === name)?.required === true || random() % 3 > 0,
  );
  return Object.fromEntries(
    kept.map(([name, value]) => [name, getOwn(value, 'base64') === undefined ? change(value) : value]),
  );
}

async function engine(
  { inner }: PublishedConnector,
  operation: RuntimeOperation,
  inputs: JsonObject,
  values: Record<string, string>,
  client: Client,
): Promise<RequestStep | undefined> {
  const connection = resolveConnection({ inner, setName: undefined, file: undefined, env: {}, further: values });
  const options: RunOptions = {
    operation,
    inner,
    connection,
    inputs,
    readFile: (name) => ({ bytes: Buffer.from(name), name }),
    client,
    nulls: 'drop',
    skipUnknownPolicies: true,
    send: undefined,
    isMock: false,
    sendTo: undefined,
    secrets: new Secrets(),
  };
  const prepared = prepareRun(options);
  // inputs that nobody could give aren't compared
  if (prepared.built.problems.length > 0) return undefined;
  const step = (await runOperation(options, prepared)).trace.steps.at(-1);
  return step?.step === 'ready' ? step : undefined;
}

/** What differs; texts of URLs as Node reads them. */
function difference(first: RequestStep, second: Sent): string | undefined {
  const url = (text: string): string =>
    new URL(text.replaceAll('‹setvaluefromurl›', encodeURIComponent('‹setvaluefromurl›'))).href;
  const pairs: [string, Json, Json][] = [
    ['method', first.method, second.method],
    ['url', url(first.url), url(second.url)],
    ['headers', sorted(first.headers), sorted(second.headers)],
    ['body', bodyOf(first), second.body],
  ];
  const found = pairs.find(([, one, other]) => JSON.stringify(canonical(one)) !== JSON.stringify(canonical(other)));
  return found === undefined
    ? undefined
    : `${found[0]}: ${JSON.stringify(found[1])} / ${JSON.stringify(found[2])}`.slice(0, 600);
}

const sorted = (headers: Record<string, string>): string =>
  Object.entries(headers)
    .map(
      ([name, value]) =>
        `${name}: ${value.replace(/; boundary=.*/, '').replace(/^Basic [\w+/]+=*$/, 'Basic ‹username:password›')}`,
    )
    .sort()
    .join('\n');

/** Of a form with files the names of its parts. */
function bodyOf({ body, headers }: RequestStep): Json {
  if (!String(headers['content-type']).startsWith('multipart/form-data'))
    return getOwn(body, 'base64') === undefined ? body : body;
  const text =
    typeof body === 'string' ? body : Buffer.from(String(getOwn(body, 'base64')), 'base64').toString('latin1');
  return {
    multipart: [...text.matchAll(/form-data; name="([^"]*)"/g)].map(([, name = '']) =>
      Buffer.from(name, typeof body === 'string' ? 'utf8' : 'latin1').toString(),
    ),
  };
}

const canonical = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, canonical(inner)]),
  );
};

describe('two implementations', function () {
  this.timeout(120_000);

  it('send the same for operations of published connectors', async function () {
    if (!isCorpusThere) this.skip();
    const random = numbers(14);
    const differences: string[] = [];
    let compared = 0;
    for (const connector of publishedConnectors()) {
      const { definition, inner, name } = connector;
      const values = sampledValues((declaredSets(inner)[0]?.parameters ?? []).filter(isGiven));
      for (const id of connector.operationIds) {
        const operation = findOperation(definition, id);
        const all = sampledInputs(operation, 'all');
        const samples: [JsonObject, Client][] = [
          [sampledInputs(operation, 'required'), 'flow'],
          [all, 'flow'],
          [varied(operation, all, random), 'flow'],
          [varied(operation, all, random), 'app'],
        ];
        for (const [inputs, client] of samples) {
          const first = await engine(connector, operation, structuredClone(inputs), values, client);
          if (first === undefined) continue;
          compared += 1;
          const second = secondImplementation({
            definition: structuredClone(definition),
            inner,
            id,
            inputs: structuredClone(inputs),
            values,
            client,
          });
          const differs = difference(first, second);
          if (differs !== undefined) differences.push(`${name} ${id} (${client}) ${differs}`);
        }
      }
    }
    expect(compared).to.be.greaterThan(2000);
    const share = 1 - differences.length / compared;
    expect(
      share,
      `${compared} compared, ${differences.length} differ:\n${differences.slice(0, 25).join('\n')}`,
    ).to.equal(1);
  });
});
