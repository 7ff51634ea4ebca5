import { expect } from 'chai';
import fc from 'fast-check';
import { asObject, isObject, type Json, type JsonObject } from '../../src/connector/json/value.ts';
import { isUserError } from '../../src/errors.ts';
import { declaredSets } from '../../src/runtime/connection/declared.ts';
import { resolveConnection } from '../../src/runtime/connection/resolve-connection.ts';
import { parseTemplate } from '../../src/runtime/expressions.ts';
import { findOperation } from '../../src/runtime/operation.ts';
import { prepareRun, type RunOptions, runOperation } from '../../src/runtime/run-operation.ts';
import { Secrets } from '../../src/runtime/secrets.ts';
import { answering, definitionOf, optionsOf, policy } from './runs.ts';
import { sampledInputs, sampledValues } from './sampled-inputs.ts';

/** What holds whatever comes in. */

const seeded = { seed: 14, numRuns: 300 };

describe('expressions', () => {
  const word = fc.constantFrom(
    '@',
    '{',
    '}',
    "'",
    '(',
    ')',
    ',',
    'body',
    '@body().a',
    "@headers('x')",
    "@{connectionParameters('p')}",
    '.b',
    "['c']",
    '[0]',
    ' text ',
    '@x',
    ':',
    '{@item().y}',
  );

  it('are parted from text so that together they are the text, or refused in words', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(word).map((words) => words.join('')),
        ),
        (text) => {
          try {
            const parts = parseTemplate(text);
            expect(parts.map((part) => (typeof part === 'string' ? part : part.source)).join('')).to.equal(text);
          } catch (error) {
            expect(isUserError(error), String(error)).to.equal(true);
          }
        },
      ),
      seeded,
    );
  });
});

describe('secrets', () => {
  const secret = fc
    .string({ minLength: 6, maxLength: 40, unit: 'grapheme' })
    .filter((text) => text.trim().length >= 6 && !/^[‹›\w]{0,9}$/.test(text));
  const around = fc.string({ maxLength: 12 });

  it('are found in every spelling, at every place', () => {
    fc.assert(
      fc.property(secret, around, around, (value, before, after) => {
        const secrets = new Secrets([{ label: 'key', value }]);
        const whole = `${before}${value}${after}`;
        const spelled = [
          whole,
          encodeURIComponent(whole),
          new URLSearchParams({ a: whole }).toString(),
          JSON.stringify({ a: whole }),
          JSON.stringify(JSON.stringify({ a: whole })),
          Buffer.from(value).toString('base64'),
          Buffer.from(`user:${value}`).toString('base64'),
          encodeURIComponent(Buffer.from(`xy${value}`).toString('base64')),
        ];
        for (const text of spelled) expect(secrets.text(text), text).to.contain('‹key›');
        expect(JSON.stringify(secrets.json({ a: [whole], b: { [whole]: whole } }))).not.to.contain(
          JSON.stringify(value).slice(1, -1),
        );
      }),
      seeded,
    );
  });
});

describe('definitions and policies of any shape', function () {
  this.timeout(60_000);
  const definition = definitionOf({
    method: 'post',
    definition: { securityDefinitions: { key: { type: 'apiKey', in: 'header', name: 'K' } }, security: [{ key: [] }] },
    operation: {
      consumes: ['application/json'],
      parameters: [
        { name: 'q', in: 'query', type: 'array', items: { type: 'string' }, collectionFormat: 'csv' },
        {
          name: 'body',
          in: 'body',
          required: true,
          schema: {
            type: 'object',
            required: ['a'],
            properties: {
              a: { type: 'string', default: 'x' },
              list: { type: 'array', items: { type: 'object', properties: { id: { type: 'string' } } } },
            },
          },
        },
      ],
      responses: {
        200: {
          description: 'OK',
          schema: { type: 'object', properties: { items: { type: 'array', items: { type: 'string' } } } },
        },
      },
    },
  });
  const inner: JsonObject = {
    connectionParameters: { api_key: { type: 'securestring', uiDefinition: { constraints: { required: 'true' } } } },
    policyTemplateInstances: [
      policy('setheader', { name: 'x', value: "@connectionParameters('api_key','')" }, 'Request'),
      policy(
        'setproperty',
        {
          newPropertyParentPathTemplate: '@body()',
          newPropertySubPathTemplate: 'b',
          propertyValuePathTemplate: '{@body().a}',
        },
        'Request',
      ),
      policy(
        'convertarraytoobject',
        {
          propertyParentPath: '@body()',
          propertySubPath: 'list',
          keyWithinCollectionPath: 'id',
          newPropertyPath: '@body().map',
        },
        'Request',
      ),
      policy('dynamichosturl', { urlTemplate: "https://@queryParameters('q').example.com" }),
      policy('routerequesttoendpoint', { newPath: '/x', httpMethod: 'PUT' }),
      policy('pollingtrigger', {
        triggerConfig: { a: '@{triggerBody().items[0]}' },
        triggerDataPath: '@triggerBody().items',
      }),
      policy('updatenextlink', { nextLinkPropertyName: 'next' }),
    ],
  };
  const odd = fc.constantFrom<Json>(
    null,
    true,
    0,
    -1.5,
    '',
    'text',
    '@',
    '{',
    [],
    {},
    [null],
    { $ref: '#/definitions/None' },
    { $ref: '#/paths' },
    '__proto__',
  );

  /** Replaces what is at a random place. */
  function mutated(root: JsonObject, place: number, value: Json): JsonObject {
    const copy = structuredClone(root);
    const places: [JsonObject | Json[], string | number][] = [];
    const collect = (at: Json): void => {
      const keys = Array.isArray(at) ? at.keys() : isObject(at) ? Object.keys(at) : [];
      for (const key of keys) {
        places.push([at as JsonObject, key]);
        collect((at as JsonObject)[key as string] ?? null);
      }
    };
    collect(copy);
    const [parent, key] = places[place % places.length] ?? [copy, 'x'];
    (parent as JsonObject)[key as string] = value;
    return copy;
  }

  async function attempt(changed: JsonObject, properties: JsonObject, send: RunOptions['send']): Promise<void> {
    const operation = findOperation(changed, 'Op');
    const further = sampledValues(declaredSets(properties)[0]?.parameters ?? []);
    const connection = resolveConnection({ inner: properties, setName: undefined, file: undefined, env: {}, further });
    const options: RunOptions = {
      ...optionsOf({}),
      operation,
      inner: properties,
      connection,
      inputs: sampledInputs(operation, 'all'),
      send,
    };
    const { trace } = await runOperation(options, prepareRun(options));
    expect(trace.steps.length).to.be.greaterThan(0);
  }

  it('run, or are refused in words', async () => {
    let ran = 0;
    await fc.assert(
      fc.asyncProperty(fc.nat(), odd, fc.boolean(), fc.boolean(), async (place, value, inDefinition, isDry) => {
        const changed = inDefinition ? mutated(definition, place, value) : definition;
        const properties = inDefinition ? inner : mutated(inner, place, value);
        const send = isDry ? undefined : answering({ items: ['a'], next: 'https://api.contoso.com/v1/x' }).send;
        try {
          await attempt(changed, asObject(properties), send);
          ran += 1;
        } catch (error) {
          expect(isUserError(error), error instanceof Error ? error.stack : String(error)).to.equal(true);
        }
      }),
      { ...seeded, numRuns: 1500 },
    );
    expect(ran).to.be.greaterThan(700);
  });
});
