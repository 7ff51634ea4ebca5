import { expect } from 'chai';
import { asObject, type JsonObject } from '../../src/connector/json/value.ts';
import { runImportCommand } from '../import/run-command.ts';
import { readJson, snapshot, temporaryFolder, writeTree } from '../support/folders.ts';
import { failureOf, generate } from '../support/generators.ts';

/** `new --api`: a connector that is made of an API description. */

const operation = (id: string, tag: string): JsonObject => ({
  operationId: id,
  summary: `List ${id}`,
  tags: [tag],
  responses: { '200': { description: 'All.', schema: { type: 'string' } } },
});

const swagger = (count: number, parts: JsonObject = {}): JsonObject => ({
  swagger: '2.0',
  info: { title: 'Harbour Tides', version: '1', description: 'Tells when the tides of the harbours come.' },
  host: 'api.tides.example',
  paths: Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `/things${index}`,
      { get: operation(`Things${index}`, index % 6 === 0 ? 'First' : 'Others') },
    ]),
  ),
  ...parts,
});

const signIns: JsonObject = {
  securityDefinitions: {
    clientKey: { type: 'apiKey', in: 'header', name: 'X-Client' },
    login: { type: 'basic' },
  },
  security: [{ clientKey: [] }, { login: [] }],
};

const postman: JsonObject = {
  info: { name: 'Harbour Tides', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
  item: [{ name: 'List tides', request: { method: 'GET', url: '{{host}}/v1/tides' } }],
};

const repositoryOf = (description: JsonObject): string =>
  writeTree(temporaryFolder(), { 'api.json': JSON.stringify(description) });

const definitionIn = (cwd: string): JsonObject => asObject(readJson(cwd, 'q/connector/apiDefinition.json'));
const pathsIn = (cwd: string): string[] => Object.keys(asObject(definitionIn(cwd).paths));
const words = ['q'];

describe('new --api', () => {
  it('takes the flags of import, and remembers them for the next import, which changes nothing', async () => {
    const cwd = repositoryOf(swagger(300, signIns));
    const flags = { api: 'api.json', tags: ['First'], excludeOperations: ['Things0'], auth: 'basic' };
    await generate('app', { cwd, words, flags });
    expect(pathsIn(cwd)).to.have.length(49).and.not.include('/things0');
    expect(Object.keys(asObject(definitionIn(cwd).securityDefinitions))).to.deep.equal(['login']);
    const made = snapshot(cwd);
    const { status, err } = await runImportCommand(`${cwd}/q`, '../api.json');
    expect(status, err).to.equal(0);
    expect(snapshot(cwd)).to.deep.equal(made);
  });

  it('takes a security scheme by its name, and a kind that the description does not have', async () => {
    const cwd = repositoryOf(swagger(2, signIns));
    await generate('app', { cwd, words, flags: { api: 'api.json', auth: 'login' } });
    expect(Object.keys(asObject(definitionIn(cwd).securityDefinitions))).to.deep.equal(['login']);
    await generate('app', { cwd, words: ['other'], flags: { api: 'api.json', auth: 'entra' } });
    expect(JSON.stringify(readJson(cwd, 'other/connector/apiProperties.json'))).to.include('"aad');
  });

  it('writes the report where it is wished, and says where', async () => {
    const cwd = repositoryOf(swagger(2, signIns));
    const { log } = await generate('app', { cwd, words, flags: { api: 'api.json', report: 'reports/made.json' } });
    expect(asObject(asObject(readJson(cwd, 'reports/made.json')).result)).to.include({ operations: 2 });
    expect(Object.keys(snapshot(`${cwd}/q/api`))).to.deep.equal(['api.json']);
    expect(log).to.include('The whole report: reports/made.json');
  });

  for (const [what, flags, message] of [
    ['a flag without a description', { tags: ['First'] }, /^--tags is about an API description, and none is given$/],
    ['a tag that nothing has', { api: 'api.json', tags: ['Last'] }, /No operation has the tag "Last"/],
    ['a number that is none', { api: 'api.json', maxDepth: 'deep' }, /^--max-depth: "deep" is not a whole number/],
    ['a word that is not a choice', { api: 'api.json', arrays: 'some' }, /^--arrays: "some" is not allowed/],
    ['a scheme that is not there', { api: 'api.json', auth: 'other' }, /"other"/],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const cwd = repositoryOf(swagger(2, signIns));
      const before = snapshot(cwd);
      expect((await failureOf('app', { cwd, words, flags: { ...flags } })).message).to.match(message);
      expect(snapshot(cwd)).to.deep.equal(before);
    });
  }

  it('asks which part of a large API is wanted, and says how much is chosen', async () => {
    const cwd = repositoryOf(swagger(300));
    const answers = { have: 'api', api: 'api.json', part: ['First'] };
    const { questions } = await generate('app', { cwd, words, flags: {}, answers });
    const part = questions.find(({ name }) => name === 'part');
    expect(part?.message).to.include('300 operations');
    const { tally } = part as unknown as { tally: import('../../src/repository/questions/prompts.ts').Tally };
    expect(tally.describe(['First'])).to.match(/^Chosen: 50 operations of at most 256, about \d+ of 900 KB$/);
    expect(tally.check([])).to.match(/300 operations are too many/);
    expect(pathsIn(cwd)).to.have.length(50);
  });

  it('asks for the sign-in once, and for a host that is missing', async () => {
    const cwd = repositoryOf(swagger(2, signIns));
    const { questions } = await generate('app', {
      cwd,
      words,
      answers: { have: 'api', api: 'api.json', choice: 'login' },
    });
    expect(questions.map(({ name }) => name))
      .to.include('choice')
      .and.not.include('auth');
    expect(Object.keys(asObject(definitionIn(cwd).securityDefinitions))).to.deep.equal(['login']);
    const collection = repositoryOf(postman);
    await generate('app', {
      cwd: collection,
      words,
      answers: { have: 'api', api: 'api.json', text: 'api.tides.example' },
    });
    expect(definitionIn(collection)).to.include({ host: 'api.tides.example' });
  });

  it('asks again for a file that is not there', async () => {
    const cwd = repositoryOf(swagger(2));
    const names = ['missing.json', 'api.json'];
    const { log } = await generate('app', {
      cwd,
      words,
      answers: { have: 'api' },
      reply: { api: () => names.shift() },
    });
    expect(log).to.include('there is no such file');
    expect(pathsIn(cwd)).to.have.length(2);
  });
});
