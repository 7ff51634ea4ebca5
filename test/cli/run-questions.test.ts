import { expect } from 'chai';
import { askConnection, askInputs, confirmSending, type RunPrompts } from '../../src/cli/prompts/run-questions.ts';
import { asObject, type JsonObject } from '../../src/connector/json/value.ts';
import { UserError } from '../../src/errors.ts';
import { declaredSets } from '../../src/runtime/connection/declared.ts';
import { findOperation } from '../../src/runtime/operation.ts';
import type { RunScript } from '../../src/runtime/script/run-script.ts';
import { answering, definitionOf, keyParameter, optionsOf } from '../runtime/runs.ts';

interface Asked {
  message: string;
  choices?: string[];
}

/** Answers in order; what `check` refuses is kept, and the next answer is given. */
function answers(...given: string[]): { prompts: RunPrompts; asked: Asked[]; refused: string[] } {
  const asked: Asked[] = [];
  const refused: string[] = [];
  const next = (): string => given.shift() ?? '';
  const prompts: RunPrompts = {
    one: async (message, choices) => {
      asked.push({ message, choices: choices.map(({ value, name }) => `${value}=${name}`) });
      return next();
    },
    text: async (message, check) => {
      asked.push({ message });
      for (;;) {
        const answer = next();
        const problem = check(answer);
        if (problem === true) return answer;
        refused.push(String(problem));
      }
    },
    secret: async (message) => {
      asked.push({ message: `secret ${message}` });
      return next();
    },
  };
  return { prompts, asked, refused };
}

const dynamic: JsonObject = {
  operationId: 'ListProjects',
  'value-collection': 'data/items',
  'value-path': 'id',
  'value-title': 'name',
  parameters: { area: { parameter: 'area' }, all: true },
};
const parameters: JsonObject[] = [
  {
    name: 'area',
    in: 'query',
    required: true,
    type: 'string',
    'x-ms-summary': 'Area',
    description: 'Where it is.',
    enum: ['n', 's'],
    'x-ms-enum-values': [{ value: 'n', displayName: 'North' }],
  },
  {
    name: 'project',
    in: 'query',
    required: true,
    type: 'string',
    'x-ms-summary': 'Project',
    'x-ms-dynamic-values': dynamic,
  },
  { name: 'top', in: 'query', required: true, type: 'integer' },
  {
    name: 'order',
    in: 'body',
    required: true,
    schema: {
      type: 'object',
      required: ['rush', 'scan'],
      properties: { rush: { type: 'boolean', title: 'Rush' }, scan: { type: 'string', format: 'byte', title: 'Scan' } },
    },
  },
];
const missing = ['area', 'project', 'top', 'order/rush', 'order/scan'];

function wantedOptions(send?: ReturnType<typeof answering>['send']) {
  const definition = definitionOf({ method: 'post', operation: { parameters } });
  asObject(definition.paths)['/projects'] = {
    get: {
      operationId: 'ListProjects',
      parameters: [
        { name: 'area', in: 'query', type: 'string' },
        { name: 'all', in: 'query', type: 'boolean' },
      ],
      responses: { 200: { description: 'OK' } },
    },
  };
  return { ...optionsOf({}), operation: findOperation(definition, 'Op'), send };
}

describe('questions of invoke', () => {
  it('ask for inputs by their labels, offer what the API has, and files by path', async () => {
    const { send, asked: sent } = answering({ data: { items: [{ id: 7, name: 'Bridge' }] } });
    const { prompts, asked, refused } = answers('n', '7', '', 'many', '5', 'true', 'scan.pdf');
    const inputs = await askInputs({ options: wantedOptions(send), missing, codeOf: async () => undefined, prompts });
    expect(inputs).to.deep.equal({
      area: 'n',
      project: '7',
      top: 5,
      order: { rush: true, scan: { file: 'scan.pdf' } },
    });
    expect(asked).to.deep.equal([
      { message: 'Area (Where it is.)', choices: ['n=North', 's=s'] },
      { message: 'Project', choices: ['7=Bridge'] },
      { message: 'top' },
      { message: 'Rush', choices: ['true=Yes', 'false=No'] },
      { message: 'Scan, the path of a file' },
    ]);
    expect(refused).to.have.length(2);
    expect(sent.map(({ url }) => url)).to.deep.equal(['https://api.contoso.com/v1/projects?area=n&all=true']);
  });

  it('offer what the code of an operation makes of the answer, and run no other code', async () => {
    const { send } = answering({ rows: [7] });
    const run: RunScript = async ({ operationId, request }, events) => {
      const { rows } = JSON.parse((await events.send(request)).body.toString()) as { rows: number[] };
      const items = rows.map((id) => ({ id, name: `${operationId} ${id}` }));
      const body = Buffer.from(JSON.stringify({ data: { items } }));
      const answer = { status: 200, statusText: 'OK', headers: { 'content-type': 'application/json' }, body };
      return { answer, milliseconds: 1, hasReadOperationId: true };
    };
    const code = { run, operationIdForm: 'plain', responsePolicies: 'after-script', timeout: 5000 } as const;
    const ofOther: RunScript = async () => {
      throw new Error('this is the code of the operation that is asked for');
    };
    const options = { ...wantedOptions(send), script: { ...code, run: ofOther } };
    for (const [codeOf, choices] of [
      [async () => code, ['7=ListProjects 7']],
      [async () => undefined, undefined],
    ] as const) {
      const { prompts, asked } = answers('7');
      await askInputs({ options, missing: ['project'], codeOf, prompts });
      expect(asked).to.deep.equal([{ message: 'Project', ...(choices === undefined ? {} : { choices }) }]);
    }
  });

  it('ask for text where the API has nothing to offer, can not be asked, or fails', async () => {
    const refused = async (): Promise<never> => {
      throw new UserError('script.csx was not run');
    };
    const none = async (): Promise<undefined> => undefined;
    for (const [send, codeOf] of [
      [undefined, none],
      [answering({ status: 500 }).send, none],
      [answering({ data: {} }).send, none],
      [answering({}).send, refused],
    ] as const) {
      const { prompts, asked } = answers('7');
      await askInputs({ options: wantedOptions(send), missing: ['project'], codeOf, prompts });
      expect(asked).to.deep.equal([{ message: 'Project' }]);
    }
  });

  it('ask for the connection, secrets without echo', async () => {
    const [set] = declaredSets({
      connectionParameters: {
        tenant: { type: 'string', uiDefinition: { displayName: 'Tenant', tooltip: 'Yours' } },
        api_key: keyParameter,
        region: { type: 'string', uiDefinition: { constraints: { allowedValues: [{ text: 'Europe', value: 'eu' }] } } },
      },
    });
    const { prompts, asked } = answers('contoso', 'k', 'eu');
    expect(await askConnection(set?.parameters ?? [], prompts)).to.deep.equal({
      tenant: 'contoso',
      api_key: 'k',
      region: 'eu',
    });
    expect(asked).to.deep.equal([
      { message: 'Tenant (Yours)' },
      { message: 'secret api_key' },
      { message: 'region', choices: ['eu=Europe'] },
    ]);
  });

  it('ask before something is changed', async () => {
    expect(await confirmSending('Op', 'POST', answers('no').prompts)).to.equal(false);
    expect(await confirmSending('Op', 'POST', answers('yes').prompts)).to.equal(true);
  });
});
