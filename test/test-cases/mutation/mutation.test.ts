import { expect } from 'chai';
import { asObject, getOwn } from '../../../src/connector/json/value.ts';
import { isCorpusThere } from '../../runtime/published.ts';
import { definitionOf, policy } from '../../runtime/runs.ts';
import { hostForTests } from '../../support/dotnet.ts';
import type { Files } from './change.ts';
import { codeBy, connectorsWithCode } from './code.ts';
import { chosenConnectors, goldenConnectors } from './connectors.ts';
import { type Measured, measure } from './measure.ts';

/**
 * Changes connectors at random, and wants generated tests to notice what can be noticed. This is a sample; `npm run mutations`
 * does the whole.
 */

const text = { type: 'string' };

/** With policies of both directions. */
const ordering = (): Files => ({
  definition: definitionOf({
    method: 'post',
    operation: {
      parameters: [
        { name: 'top', in: 'query', type: 'integer', default: 50, required: true },
        { name: 'tags', in: 'query', type: 'array', items: text, collectionFormat: 'multi' },
        {
          name: 'order',
          in: 'body',
          required: true,
          schema: {
            type: 'object',
            required: ['name'],
            properties: { name: text, kind: { ...text, enum: ['a', 'b'] } },
          },
        },
      ],
      responses: {
        200: { description: 'OK', schema: { type: 'object', required: ['id'], properties: { id: text, tags: text } } },
        404: { description: 'Not found' },
      },
    },
  }),
  inner: {
    connectionParameters: { hostUrl: text },
    policyTemplateInstances: [
      policy('dynamichosturl', { urlTemplate: "@connectionParameters('hostUrl')/api" }),
      policy('setheader', { name: 'x-version', value: '1', 'exists-action': 'override' }),
      policy('setheader', { name: 'x-version', value: '2', 'exists-action': 'override' }),
      policy('setqueryparameter', { name: 'source', value: "@headers('x-version')", 'exists-action': 'override' }),
      policy('setheader', { name: 'x-seen', value: 'yes' }, 'Response'),
    ],
  },
});

/** Tests of all operations are planned and run for each change: a part of them shows the same. */
const withFewPaths = (files: Files): Files => {
  const paths = Object.entries(asObject(getOwn(files.definition, 'paths'))).slice(0, 6);
  return { ...files, definition: { ...files.definition, paths: Object.fromEntries(paths) } };
};

const missed = (list: readonly Measured[]): string =>
  list
    .filter(({ isCaught }) => !isCaught)
    .map(({ connector, kind, at }) => `${connector}: ${kind}: ${at}`)
    .join('\n');

function expectMost(list: readonly Measured[], least: number): void {
  expect(list.length, 'changes with an effect').to.be.at.least(least);
  const share = list.filter(({ isCaught }) => isCaught).length / list.length;
  expect(share, missed(list)).to.be.at.least(0.9);
}

const options = { seed: 'sample', most: 10, situations: 4 };

describe('what generated tests notice', function () {
  this.timeout(30_000);

  it('nine of ten changes of policies and of the definition', async () => {
    expectMost(await measure('ordering', ordering(), { ...options, most: 30 }), 50);
  });

  it('nine of ten in golden repositories', async () => {
    const list: Measured[] = [];
    for (const { name, files } of goldenConnectors().filter((_, index) => index % 4 === 0)) {
      list.push(...(await measure(name, files, options)));
    }
    expectMost(list, 30);
  });

  it('nine of ten in a published connector', async function () {
    if (!isCorpusThere) this.skip();
    const list: Measured[] = [];
    for (const { name, files } of chosenConnectors(['nimflow'])) {
      list.push(...(await measure(name, withFewPaths(files), { ...options, most: 6, situations: 2 })));
    }
    expectMost(list, 10);
  });

  describe('of code', () => {
    const dotnet = hostForTests();
    const parts = ['script', 'definition'] as const;

    it('nine of ten', async () => {
      const list: Measured[] = [];
      for (const { name, files } of connectorsWithCode()) {
        list.push(...(await measure(name, files, { ...options, most: 4, parts, codeOf: codeBy(dotnet.host()) })));
      }
      expectMost(list, 15);
    });
  });
});
