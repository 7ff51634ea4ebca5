import { expect } from 'chai';
import fc from 'fast-check';
import { UserError } from '../../src/errors.ts';
import { addHandler, removeHandler, renameHandler } from '../../src/script/dispatcher.ts';
import { bareScript, escaped, renderPattern } from '../../src/script/patterns.ts';
import { scriptPatterns } from '../../src/script/script-pattern.ts';
import { readTemplate } from '../../src/templates.ts';
import { compile, findSdk, type LocalServer, runScript, serve } from './csharp-host.ts';

describe('a text inside of a C# string or comment', () => {
  it('stays on its line and in its quotes, whatever it is', () => {
    const texts = fc.string({
      unit: fc.oneof(
        fc.constantFrom('"', '\\', '\n', '\r', '\u0085', '\u2028', '\u202e', '\0'),
        fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
      ),
    });
    fc.assert(
      fc.property(texts, (text) => {
        const written = escaped(text);
        expect(written).to.not.match(/(?! )[\p{C}\p{Z}]/u);
        // every quote has an odd number of backslashes before it, and the end has none that is open
        expect(written.replaceAll(/\\(?:["\\]|u[\da-f]{4})/g, '')).to.not.match(/["\\]/);
        expect(JSON.parse(`"${written}"`)).to.equal(text);
      }),
      { seed: 20261128, numRuns: 2000 },
    );
  });
});

const values = { path: '/v1/hooks/{hookId}', strip: '0', rest: '/{hookId}', property: 'id', lists: '["ids","tags[]"]' };

const operations: Record<(typeof scriptPatterns)[number], string> = {
  transform: 'ListThings',
  split: 'CreateThing',
  location: 'OnThing',
  'repeat-query': 'FindThings',
  base64: 'GetPicture',
};

const withAll = (script: string): string =>
  scriptPatterns.reduce(
    (text, pattern) => addHandler(text, operations[pattern], renderPattern(pattern, operations[pattern], values)),
    script,
  );

const authors = `public class Helper { public string Brace = "{ class Script : ScriptBase {"; }

public class Script : ScriptBase
{
  // { a lone brace in a comment
  public override Task<HttpResponseMessage> ExecuteAsync()
  {
    return this.Context.SendAsync(this.Context.Request, this.CancellationToken);
  }
}
`;

describe('routing operations to code', () => {
  for (const [name, script] of Object.entries({
    bare: bareScript(),
    "the author's": authors,
    'one that signs in': readTemplate('oauth', 'script.csx'),
  })) {
    it(`${name}: adds, adds again, and removes without a trace`, () => {
      const once = withAll(script);
      expect(withAll(once)).to.equal(once);
      const removed = Object.values(operations).reduce((text, id) => removeHandler(text, id).text, once);
      expect(removed).to.equal(script);
    });
  }

  it('takes another id along', () => {
    const renamed = renameHandler(withAll(bareScript()), 'ListThings', 'FindAll');
    expect(renamed)
      .to.contain('case "FindAll":')
      .and.to.contain('HandleFindAllAsync()')
      .and.to.not.contain('ListThings');
    expect(removeHandler(renamed, 'FindAll')).to.deep.include({ kept: false });
  });

  it('signs in first, then handles', () => {
    const script = withAll(readTemplate('oauth', 'script.csx'));
    expect(script.indexOf('begin dispatch')).to.be.greaterThan(script.indexOf('Headers.Authorization ='));
  });

  const refused: [string, string, RegExp][] = [
    ['no class', 'public class Other { }', /no class "Script : ScriptBase"/],
    [
      'an arrow instead of a body',
      'public class Script : ScriptBase { public override Task<HttpResponseMessage> ExecuteAsync() => null; }',
      /with a body in braces/,
    ],
    ['half a region', `${bareScript()}// pp-connector:begin dispatch\n`, /don't form a pair/],
  ];
  for (const [name, script, message] of refused) {
    it(`refuses ${name}`, () => expect(() => addHandler(script, 'A', '')).to.throw(UserError, message));
  }
});

describe('the patterns, run', function () {
  this.timeout(120_000);
  let api: LocalServer;
  const programs: Record<string, string> = {};

  before(async function () {
    const sdk = findSdk();
    // without the .NET SDK there is nothing to compile with
    if (sdk === undefined) return this.skip();
    programs.bare = compile(sdk, withAll(bareScript()));
    programs.authors = compile(sdk, withAll(authors));
    programs.signsIn = compile(sdk, withAll(readTemplate('oauth', 'script.csx')));
    api = await serve(({ method, url }, response) => {
      if (url === '/token') return void response.end('{"access_token":"t"}');
      if (url === '/v1/picture') return void response.end(Buffer.from([0, 200, 255]));
      if (url === '/v1/text') return void response.end('plain');
      if (method === 'POST') return void response.writeHead(200).end('{"id":"a b"}');
      response.end(url?.startsWith('/v1/list') ? '[1,2]' : JSON.stringify({ url }));
    });
  });

  after(() => api?.close());

  for (const id of ['ListThings', Buffer.from('ListThings').toString('base64')]) {
    it(`changes the answer (${id})`, async () => {
      for (const program of [programs.bare, programs.authors]) {
        const [answer, text] = await runScript(program ?? '', [
          { operationId: id, url: `${api.url}/v1/list` },
          { operationId: id, url: `${api.url}/v1/text` },
        ]);
        expect(JSON.parse(answer?.body ?? '')).to.deep.equal({ items: [1, 2], count: 2 });
        expect(text?.body).to.equal('plain');
      }
    });
  }

  it('leaves other operations alone', async () => {
    const [answer] = await runScript(programs.bare ?? '', [{ operationId: 'GetOther', url: `${api.url}/v1/list` }]);
    expect(answer?.body).to.equal('[1,2]');
  });

  it('answers with two calls', async () => {
    const [answer] = await runScript(programs.bare ?? '', [
      { operationId: 'CreateThing', method: 'POST', url: `${api.url}/v1/things`, body: '{}' },
    ]);
    expect(JSON.parse(answer?.body ?? '')).to.deep.equal({ url: '/v1/things/a%20b' });
  });

  it('says where a subscription ends', async () => {
    const [answer] = await runScript(programs.bare ?? '', [
      { operationId: 'OnThing', method: 'POST', url: `${api.url}/v1/hooks`, body: '{}' },
    ]);
    expect(answer).to.include({ status: 201, location: `${api.url}/v1/hooks/a%20b` });
  });

  it('ends it at the connector, whatever the API was called by', async () => {
    const [answer] = await runScript(programs.bare ?? '', [
      {
        operationId: 'OnThing',
        method: 'POST',
        url: `${api.url}/v1/hooks`,
        originalUrl: 'https://flow.example/apim/things/0a1b/hooks/paid/?api-version=1',
        body: '{}',
      },
    ]);
    expect(answer).to.include({ status: 201, location: 'https://flow.example/apim/things/0a1b/hooks/paid/a%20b' });
  });

  it('repeats list parameters', async () => {
    const [answer] = await runScript(programs.bare ?? '', [
      { operationId: 'FindThings', url: `${api.url}/v1/find?ids=1,2%2C3&tags%5B%5D=a+b&q=x,y` },
    ]);
    expect(JSON.parse(answer?.body ?? '')).to.deep.equal({ url: '/v1/find?ids=1&ids=2&ids=3&tags%5B%5D=a%20b&q=x,y' });
  });

  it('answers with a file as text', async () => {
    const [answer] = await runScript(programs.bare ?? '', [
      { operationId: 'GetPicture', url: `${api.url}/v1/picture` },
    ]);
    expect(JSON.parse(answer?.body ?? '')).to.deep.equal({ id: 'AMj/' });
  });

  it('goes together with signing in', async () => {
    const headers = { 'x-cc-token-url': `${api.url}/token`, 'x-cc-client-id': 'id', 'x-cc-client-secret': 's' };
    api.requests.length = 0;
    const [answer] = await runScript(programs.signsIn ?? '', [
      { operationId: 'ListThings', url: `${api.url}/v1/list`, headers },
    ]);
    expect(JSON.parse(answer?.body ?? '')).to.deep.equal({ items: [1, 2], count: 2 });
    expect(api.requests.at(-1)?.headers.authorization).to.equal('Bearer t');
    expect(Object.keys(api.requests.at(-1)?.headers ?? {}).filter((name) => name.startsWith('x-cc-'))).to.deep.equal(
      [],
    );
  });
});
