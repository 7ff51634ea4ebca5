import { expect } from 'chai';
import { UserError } from '../../src/errors.ts';
import type { NewOperation } from '../../src/operation/model.ts';
import { readCurl } from '../../src/operation/read-curl.ts';
import { splitCommandLine } from '../../src/operation/split-command-line.ts';

const definition = {
  host: 'api.contoso.com',
  basePath: '/v1',
  securityDefinitions: { key: { type: 'apiKey', in: 'query', name: 'code' } },
};

/** Method, path, parameters and the properties of the body. */
const shortly = (operation: NewOperation): string =>
  [
    `${operation.method} ${operation.path}`,
    ...(operation.parameters ?? []).map(({ name, in: place, type }) => `${place} ${name}:${type ?? 'string'}`),
    ...(operation.body === undefined
      ? []
      : [`body ${Object.keys((operation.body.schema.properties ?? {}) as object).join(',')}`]),
  ].join('; ');

const understood: [string, string, string][] = [
  ['a plain GET', 'curl https://api.contoso.com/v1/orders', 'get /orders'],
  ['-X and quotes', `curl -X DELETE 'https://api.contoso.com/v1/orders/42'`, 'delete /orders/{orderId}'],
  ['glued flags', `curl -XPUT "https://api.contoso.com/v1/orders/42" -d'{"a":1}'`, 'put /orders/{orderId}; body a'],
  [
    'lines',
    `curl --request POST \\\n  --url https://api.contoso.com/v1/orders \\\n  --header 'content-type: application/json' \\\n  --data '{"name":"it'\\''s","n":1}'`,
    'post /orders; body name,n',
  ],
  [
    'ANSI quotes',
    `curl https://api.contoso.com/v1/orders --data-raw $'{"name":"a\\u0021"}'`,
    'post /orders; body name',
  ],
  [
    '--flag=value',
    `curl --request=PATCH --json='{"a":true}' https://api.contoso.com/v1/orders/1`,
    'patch /orders/{orderId}; body a',
  ],
  [
    'headers without authentication',
    `curl https://api.contoso.com/v1/orders -H 'Authorization: Bearer x' -H "X-Api-Key: y" -H 'Accept: */*' -H 'X-Trace: 7' -u a:b`,
    'get /orders; header X-Trace:integer',
  ],
  [
    'query parameters without keys',
    `curl 'https://api.contoso.com/v1/orders?page=2&open=true&since=2024-01-01&ids=1&ids=2&tags%5B%5D=x&code=s&access_token=t'`,
    'get /orders; query page:integer; query open:boolean; query since:string; query ids:array; query tags:string',
  ],
  [
    '-G',
    `curl -G https://api.contoso.com/v1/orders --data-urlencode 'q=a b' -d top=5`,
    'get /orders; query q:string; query top:integer',
  ],
  [
    'a form',
    `curl https://api.contoso.com/v1/token -d grant=x -d n=1`,
    'post /token; formData grant:string; formData n:integer',
  ],
  [
    'an upload',
    `curl -F 'file=@a.png' -F 'title=x' https://api.contoso.com/v1/files`,
    'post /files; formData file:file; formData title:string',
  ],
  ['a raw upload', `curl -T a.bin https://api.contoso.com/v1/files/f`, 'put /files/f'],
  [
    'variables of all kinds',
    `curl https://api.contoso.com/v1/users/:user/orders/{orderId}/lines/$LINE_ID/x/<y>`,
    'get /users/{user}/orders/{orderId}/lines/{lineId}/x/{y}',
  ],
  [
    'ids of all kinds',
    `curl https://api.contoso.com/v1/a/6f9619ff-8b86-d011-b42d-00c04fc964ff/bs/cus_9s6XKzkNRiz8i3/v2`,
    'get /a/{aId}/bs/{bId}/v2',
  ],
  ['a host that is a placeholder', `curl https://{host}/v1/orders`, 'get /orders'],
  [
    'cmd',
    `curl -X POST "https://api.contoso.com/v1/orders" ^\r\n  -H "Content-Type: application/json" ^\r\n  -d "{\\"name\\": \\"a b\\", \\"n\\": 1}"`,
    'post /orders; body name,n',
  ],
  [
    'cmd with carets',
    `curl ^"https://api.contoso.com/v1/orders^?a=1^&b=2^" ^\n  -H ^"X-T: 1^"`,
    'get /orders; query a:integer; query b:integer; header X-T:integer',
  ],
  ['a prompt in front', `$ curl https://api.contoso.com/v1/orders | jq .`, 'get /orders'],
];

const refused: [string, RegExp][] = [
  ['wget https://api.contoso.com', /not a curl command/],
  ['curl -v', /no URL/],
  ['curl https://other.contoso.com/x', /at other\.contoso\.com, the connector at api\.contoso\.com/],
  ['curl https://api.contoso.com/x -d @body.json', /--curl: the body is in a file/],
  ["curl https://api.contoso.com/x -H 'Content-Type: application/xml' -d '<a/>'", /neither JSON nor a form/],
];

describe('readCurl', () => {
  for (const [name, text, expected] of understood) {
    it(`reads ${name}`, () => expect(shortly(readCurl(text, definition))).to.equal(expected));
  }
  for (const [text, message] of refused) {
    it(`refuses ${text}`, () => expect(() => readCurl(text, definition)).to.throw(UserError, message));
  }
  it('keeps nothing of what is secret', () => {
    const text = JSON.stringify(
      readCurl(
        `curl -u ann:s3cret 'https://api.contoso.com/v1/o?code=s3cret' -H 'Cookie: s3cret' -H 'Authorization: s3cret'`,
        definition,
      ),
    );
    expect(text).to.not.contain('s3cret');
  });
  it('splits words', () =>
    expect(splitCommandLine(`a "b \\" c" 'd e'f\\ g ''`)).to.deep.equal(['a', 'b " c', 'd ef g', '']));
});
