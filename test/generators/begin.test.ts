import { readdirSync } from 'node:fs';
import { expect } from 'chai';
import { asObject } from '../../src/connector/json/value.ts';
import { readJson, readText, snapshot, temporaryFolder, writeTree } from '../support/folders.ts';
import { failureOf, generate } from '../support/generators.ts';

const command = `curl -X POST 'https://api.harbour.example/v2/orders/42/lines?expand=all' \\
  -H 'X-Auth-Token: sk_live_51H' \\
  -H 'Content-Type: application/json' -d '{ "sku": "A-1",

  "amount": 2 }'`;

const description = {
  openapi: '3.0.3',
  info: { title: 'Harbour', version: '1', description: 'Tells when high and low water come at each harbour.' },
  servers: [{ url: 'https://api.harbour.example/v2' }],
  components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Auth-Token' } } },
  security: [{ key: [] }],
  paths: {
    '/tides': { get: { operationId: 'ListTides', summary: 'List tides', responses: { 200: { description: 'ok' } } } },
  },
};

const definitionIn = (cwd: string) => readJson(cwd, 'connector/apiDefinition.json') as Record<string, unknown>;
const words = ['harbour'];

/** Picks these among the answers, then makes it. */
const picks = (...names: string[]) => {
  return () => names.shift() ?? '';
};

describe('what new begins with', () => {
  it('a curl command: one operation, the host, and how it signs in, but no key', async () => {
    const cwd = temporaryFolder();
    const { questions, log } = await generate('app', {
      cwd,
      words,
      answers: { have: 'curl', curl: command },
    });
    expect(questions.map(({ name }) => name)).to.deep.equal([
      'have',
      'curl',
      'profile',
      'title',
      'description',
      'publisher',
      'change',
    ]);
    expect(log).to.include('Read: 1 operation, API key in X-Auth-Token, at api.harbour.example/v2');
    const definition = definitionIn(`${cwd}/harbour`);
    expect(definition).to.include({ host: 'api.harbour.example', basePath: '/v2' });
    expect(Object.keys(asObject(definition.paths as never))).to.deep.equal(['/orders/{orderId}/lines']);
    expect(definition).to.have.nested.property('securityDefinitions.api_key.name', 'X-Auth-Token');
    expect(JSON.stringify(snapshot(cwd))).to.not.include('sk_live');
  });

  for (const [what, signIn, expected] of [
    ['Bearer', "-H 'Authorization: Bearer abc'", { auth: 'api-key', keyName: 'Authorization' }],
    ['a user', '-u me:secret', { auth: 'basic' }],
    ['a key in the address', "-G -d 'api_key=abc'", { auth: 'api-key' }],
    ['a token of its own', "-H 'X-Shopify-Access-Token: abc'", { auth: 'api-key' }],
    ['a private token', "-H 'PRIVATE-TOKEN: abc'", { auth: 'api-key' }],
    ['what is no credential', "-H 'Idempotency-Key: 1' -H 'X-Csrf-Token: 1'", { auth: 'none' }],
    ['nothing', '', { auth: 'none' }],
  ] as const) {
    it(`a curl command that signs in by ${what}, without a terminal`, async () => {
      const cwd = temporaryFolder();
      writeTree(cwd, { 'call.txt': `curl https://api.harbour.example/tides ${signIn}` });
      await generate('app', { cwd, words, flags: { curl: 'call.txt' } });
      const { securityDefinitions = {} } = definitionIn(`${cwd}/harbour`);
      const schemes = JSON.stringify(securityDefinitions);
      expect(schemes).to.match({ none: /^\{\}$/, basic: /"basic"/, 'api-key': /"apiKey"/ }[expected.auth]);
      expect(JSON.stringify(snapshot(`${cwd}/harbour`))).to.not.match(/\babc\b|secret"/);
    });
  }

  it('a description: what it says is shown, and not asked', async () => {
    const cwd = temporaryFolder();
    writeTree(cwd, { 'api.json': JSON.stringify(description) });
    const { questions, log } = await generate('app', { cwd, words, answers: { have: 'api', api: 'api.json' } });
    expect(log).to.include('Read: Harbour, 1 operation, API key in X-Auth-Token, at api.harbour.example/v2');
    expect(questions.map(({ name }) => name)).to.deep.equal(['have', 'api', 'profile', 'publisher', 'change']);
  });

  it('a description that says nothing about signing in: that is asked', async () => {
    const cwd = temporaryFolder();
    const { security: _, components: __, ...open } = description;
    writeTree(cwd, { 'api.json': JSON.stringify(open) });
    const { questions } = await generate('app', { cwd, words, flags: { api: 'api.json' }, answers: {} });
    expect(questions.map(({ name }) => name)).to.deep.equal(['profile', 'publisher', 'auth', 'change']);
  });

  it('a connector', async () => {
    const cwd = temporaryFolder();
    await generate('app', { cwd, words: ['old'], flags: { title: 'Old Harbour', host: 'api.harbour.example' } });
    const { log } = await generate('app', { cwd, words, answers: { have: 'from', from: 'old' } });
    expect(log).to.include('Read: Old Harbour, 3 operations, no sign-in, at api.harbour.example');
  });

  it('nothing at all, without the sample', async () => {
    for (const generation of [{ flags: { empty: true } }, { answers: { have: 'empty' } }]) {
      const cwd = temporaryFolder();
      await generate('app', { cwd, words, ...generation });
      const definition = definitionIn(`${cwd}/harbour`);
      expect(definition.paths).to.deep.equal({});
      expect(definition).to.not.have.property('definitions');
      expect(readText(`${cwd}/harbour`, 'README.md')).to.not.match(/[Ii]tems?\b/);
    }
  });

  it('is one thing only', async () => {
    const cwd = temporaryFolder();
    const { message } = await failureOf('app', { cwd, flags: { empty: true, curl: 'curl https://a.example/b' } });
    expect(message).to.equal("--curl and --empty can't be given together");
    expect(readdirSync(cwd)).to.deep.equal([]);
  });

  it('is asked again, after a mistake', async () => {
    const cwd = temporaryFolder();
    const commands = ['wget https://a.example', 'curl https://a.example/tides'];
    const { log } = await generate('app', {
      cwd,
      words,
      answers: { have: 'curl' },
      reply: { curl: () => commands.shift() },
    });
    expect(log).to.include('--curl: this is a command for');
    expect(definitionIn(`${cwd}/harbour`)).to.include({ host: 'a.example' });
  });
});

describe('the answers, once more before anything is written', () => {
  it('can be put right; what followed from them follows', async () => {
    const cwd = temporaryFolder();
    const titles = ['Harbor', 'Harbour'];
    const { questions } = await generate('app', {
      cwd,
      words,
      answers: { host: 'api.harbour.example' },
      reply: { change: picks('title'), title: () => titles.shift() },
    });
    expect(questions.filter(({ name }) => name === 'description')).to.have.length(1);
    const { info } = definitionIn(`${cwd}/harbour`) as { info: Record<string, string> };
    expect(info).to.include({
      title: 'Harbour',
      description: 'Lists, reads and creates the items that Harbour manages.',
    });
  });

  it('ask what a new answer makes necessary, and forget what it makes needless', async () => {
    const cwd = temporaryFolder();
    const kinds = ['api-key', 'basic'];
    const profiles = ['verified', 'custom'];
    const { questions } = await generate('app', {
      cwd,
      words,
      answers: { website: 'https://harbour.example', keyName: 'X-Tide' },
      reply: { change: picks('auth', 'profile'), auth: () => kinds.shift(), profile: () => profiles.shift() },
    });
    expect(questions.map(({ name }) => name)).to.include.members(['website', 'keyName']);
    const definition = definitionIn(`${cwd}/harbour`);
    expect(definition).to.not.have.property('x-ms-connector-metadata');
    expect(JSON.stringify(definition.securityDefinitions)).to.include('basic').and.not.include('X-Tide');
  });

  it('of a repository that is there are all that is asked', async () => {
    const cwd = temporaryFolder();
    await generate('app', { cwd, flags: { title: 'Harbour', host: 'api.harbour.example' } });
    const { questions, log } = await generate('app', {
      cwd,
      answers: { publisher: 'Harbour Office' },
      reply: { change: picks('publisher') },
    });
    expect(questions.map(({ name }) => name)).to.deep.equal(['change', 'publisher', 'change']);
    expect(log).to.include('It is: Harbour, 3 operations');
    expect(readText(cwd, 'connector/apiProperties.json')).to.include('Harbour Office');
  });
});
