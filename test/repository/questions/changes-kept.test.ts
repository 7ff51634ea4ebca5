import { expect } from 'chai';
import fc from 'fast-check';
import { policyTemplates } from '../../../src/policy/templates.ts';
import { operation, policy } from '../../operation/support.ts';
import { snapshot, temporaryFolder, writeTree } from '../../support/folders.ts';
import { generate } from '../../support/generators.ts';

/** What `operation` and `policy` have written survives every later run, whatever was answered. */

const sample = { 'sample.json': '{ "id": "o-1", "total": 12.5, "created": "2024-05-01T10:00:00Z", "tags": ["a"] }' };

const phrase = fc.constantFrom(
  'Orders of today',
  'It is "so"',
  "O'Neill & Sons",
  'Costs $1 <b>',
  'a=b; c|d, e',
  '{id}',
);

const parameter = fc
  .record({
    name: fc.constantFrom('top', '$filter', 'x-trace', 'state[]', 'a.b'),
    place: fc.constantFrom('query', 'header'),
    type: fc.constantFrom('string', 'int32', 'boolean', 'date-time', 'string[]', 'string(s=>Small,l=>Large)'),
    required: fc.boolean(),
  })
  .map(({ name, place, type, required }) => `${name}:${place}:${type}${required ? ':required' : ''}`);

const common = {
  summary: fc.constantFrom('Orders of today', 'It is "so", say they', 'O’Neill sons', 'Costs (all)', 'a=b; c|d, e'),
  description: phrase.map((text) => `${text}.`),
  visibility: fc.constantFrom('none', 'important', 'advanced'),
  param: fc.uniqueArray(parameter, { maxLength: 3, selector: (text) => text.split(':')[0] }),
};

const body = { requestSample: fc.constant('sample.json'), responseSample: fc.constant('sample.json') };

/** Answers of one run: a kind, what it needs, and any of what every kind takes. */
const operationAnswers = fc.oneof(
  fc.record(
    { method: fc.constantFrom('get', 'delete'), path: fc.constantFrom('/orders', '/orders/{orderId}'), ...common },
    { requiredKeys: ['path'] },
  ),
  fc.record(
    { method: fc.constantFrom('post', 'put', 'patch'), path: fc.constant('/orders/{orderId}'), ...common, ...body },
    { requiredKeys: ['method', 'path', 'requestSample'] },
  ),
  fc.record(
    {
      kind: fc.constantFrom('paging', 'internal', 'download', 'upload', 'webhook', 'polling'),
      path: fc.constant('/events'),
      id: fc.constant('WhenOrders'),
      notificationSample: fc.constant('sample.json'),
      responseSample: fc.constant('sample.json'),
      statePath: fc.constantFrom('created', 'id'),
      script: fc.constantFrom('transform', 'split', 'base64'),
      ...common,
    },
    { requiredKeys: ['kind', 'path', 'id', 'responseSample'] },
  ),
);

/** Values of parameters that could be taken for something else. */
const value = fc.constantFrom('X-Key', '/all', '@body().name', "@headers('If-Match')", 'a=b', '"q"', '401', '$1', 'ä');

const policyAnswers = fc.constantFrom(...Object.values(policyTemplates)).chain((template) =>
  fc.record(
    {
      template: fc.constant(template.templateId),
      title: phrase,
      set: fc.tuple(
        ...template.parameters.map(({ name, example, choices, type }) =>
          (choices
            ? fc.constantFrom(...choices)
            : type
              ? fc.constant(example)
              : fc.oneof(fc.constant(example), value)
          ).map((text) => `${name}=${text}`),
        ),
      ),
      ...(template.sections.length === 0 ? {} : { section: fc.constantFrom(...template.sections) }),
      operations: fc.subarray(['CreateItem', 'GetItem', 'ListItems'], { minLength: 1 }),
    },
    { requiredKeys: template.forAll ? ['template', 'title', 'set'] : ['template', 'title', 'set', 'operations'] },
  ),
);

/** Runs it twice and then every other generator; what is refused has written nothing. @returns whether it was taken */
async function survives(cwd: string, run: () => Promise<string>): Promise<boolean> {
  const before = snapshot(cwd);
  let isTaken = true;
  await run().catch(() => {
    isTaken = false;
  });
  const made = snapshot(cwd);
  if (!isTaken) {
    expect(made, 'after a refusal').to.deep.equal(before);
    return false;
  }
  expect(await run()).to.contain('nothing to change');
  for (const id of ['app', 'oauth'] as const) {
    await generate(id, { cwd });
    expect(snapshot(cwd), `after ${id}`).to.deep.equal(made);
  }
  return true;
}

describe('every answer of operation', function () {
  this.timeout(120_000);

  it('survives a second run, and those of the other generators', async () => {
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(operationAnswers, async (flags) => {
        const cwd = temporaryFolder();
        await generate('app', { cwd });
        writeTree(cwd, sample);
        if (await survives(cwd, () => operation(cwd, flags))) taken += 1;
      }),
      { numRuns: 8, seed: 12 },
    );
    expect(taken).to.be.greaterThan(3);
  });
});

describe('every answer of policy', function () {
  this.timeout(120_000);

  it('survives a second run, and those of the other generators', async () => {
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(policyAnswers, async (flags) => {
        const cwd = temporaryFolder();
        await generate('app', { cwd });
        if (await survives(cwd, () => policy(cwd, flags))) taken += 1;
      }),
      { numRuns: 8, seed: 12 },
    );
    expect(taken).to.be.greaterThan(3);
  });
});
