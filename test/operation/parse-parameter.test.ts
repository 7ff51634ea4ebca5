import { expect } from 'chai';
import { UserError } from '../../src/errors.ts';
import type { NewParameter } from '../../src/operation/model.ts';
import { checkParameterText, parameterExamples, parseParameter } from '../../src/operation/parse-parameter.ts';

const understood: [string, NewParameter][] = [
  ['orderId:path', { name: 'orderId', in: 'path' }],
  ['top:query:integer=50', { name: 'top', in: 'query', type: 'integer', default: 50 }],
  ['since:query:date-time', { name: 'since', in: 'query', type: 'string', format: 'date-time' }],
  ['ids:query:int64[]', { name: 'ids', in: 'query', type: 'array', items: 'integer', format: 'int64' }],
  ['ids:query:integer[]=1,2', { name: 'ids', in: 'query', type: 'array', items: 'integer', default: [1, 2] }],
  [
    'status:query:string(open,closed):required:advanced',
    { name: 'status', in: 'query', type: 'string', enum: ['open', 'closed'], required: true, visibility: 'advanced' },
  ],
  ['level:query:integer(1,2)=2', { name: 'level', in: 'query', type: 'integer', enum: [1, 2], default: 2 }],
  [
    'X-Version:header:string:internal=2024-01-01',
    { name: 'X-Version', in: 'header', type: 'string', visibility: 'internal', default: '2024-01-01' },
  ],
  ['all:query:required', { name: 'all', in: 'query', required: true }],
  ['all:query:boolean:optional=false', { name: 'all', in: 'query', type: 'boolean', required: false, default: false }],
  ['filter[status]:query', { name: 'filter[status]', in: 'query' }],
  ['a\\:b:query', { name: 'a:b', in: 'query' }],
  ['q:query=a=b:c', { name: 'q', in: 'query', default: 'a=b:c' }],
  ['q:query=a\\|b', { name: 'q', in: 'query', default: 'a|b' }],
  ['q:query=', { name: 'q', in: 'query', default: '' }],
  ['when:query:string(a=1,b:2)', { name: 'when', in: 'query', type: 'string', enum: ['a=1', 'b:2'] }],
  [
    'top:query:integer|Number of Orders|How many (at most: all).',
    { name: 'top', in: 'query', type: 'integer', summary: 'Number of Orders', description: 'How many (at most: all).' },
  ],
  [
    'top:query:int32{1..100}=50',
    { name: 'top', in: 'query', type: 'integer', format: 'int32', minimum: 1, maximum: 100, default: 50 },
  ],
  ['margin:query:number{-0.5..}', { name: 'margin', in: 'query', type: 'number', minimum: -0.5 }],
  ['code:query:string{..8}:required', { name: 'code', in: 'query', type: 'string', maxLength: 8, required: true }],
  [
    'code:query:string{2..8}(ab,cd)[]',
    { name: 'code', in: 'query', type: 'array', items: 'string', minLength: 2, maxLength: 8, enum: ['ab', 'cd'] },
  ],
  ['top:query||Only a description (.', { name: 'top', in: 'query', description: 'Only a description (.' }],
];

const refused: [string, RegExp][] = [
  ['', /name of the parameter is missing/],
  ['top', /says no place/],
  ['top:querry', /place "querry" is not known.*did you mean query/],
  ['top:query:interger', /"interger" is neither a type.*did you mean integer/],
  ['top:query:integer:requird', /did you mean required/],
  ['top:query:integer=many', /default "many" is not of type integer/],
  ['top:query:integer(1,x)', /allowed value "x" is not of type integer/],
  ['top:query:boolean=yes', /default "yes" is not of type boolean/],
  ['top:query:required:optional', /contradicts/],
  ['id:path:optional', /always required/],
  ['top:query:integer{1-9}', /"\{1-9\}" are not limits; write them as \{1\.\.100\}/],
  ['top:query:integer{..}', /are not limits/],
  ['top:query|a|b|c', /more than two texts/],
  ['Authorization:header', /belongs to the authentication/],
];

describe('parseParameter', () => {
  for (const [text, parameter] of understood) {
    it(`reads ${text}`, () => expect(parseParameter(text)).to.deep.equal(parameter));
  }

  for (const [text, message] of refused) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(() => parseParameter(text)).to.throw(UserError, message);
      expect(() => parseParameter(text)).to.throw(`--param ${JSON.stringify(text)}: `);
      expect(checkParameterText(text)).to.match(message);
    });
  }

  it('reads the examples of its help', () => {
    for (const example of parameterExamples) expect(checkParameterText(example)).to.equal(true);
  });
});
