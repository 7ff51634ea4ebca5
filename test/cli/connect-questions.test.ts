import { expect } from 'chai';
import { askApplication, askParameters, askPasted, askSet } from '../../src/cli/prompts/connect-questions.ts';
import type { RunPrompts } from '../../src/cli/prompts/run-questions.ts';
import type { JsonObject } from '../../src/connector/json/value.ts';
import { declaredSets } from '../../src/runtime/connection/declared.ts';

/** Answers in order, and what was asked. */
function answers(...given: (string | undefined)[]): { prompts: RunPrompts; asked: string[] } {
  const asked: string[] = [];
  const prompts: RunPrompts = {
    one: async (message, choices, preset) => {
      asked.push(`${message} [${choices.map(({ value, name }) => `${value}=${name}`).join()}] ${preset}`);
      return given.shift() ?? '';
    },
    text: async (message, check) => {
      asked.push(message);
      for (;;) {
        const answer = given.shift() ?? '';
        const problem = check(answer);
        if (problem === true) return answer;
        asked.push(String(problem));
      }
    },
    secret: async (message) => {
      asked.push(`secret ${message}`);
      return given.shift();
    },
  };
  return { prompts, asked };
}

const parameter = (type: string, constraints: JsonObject, more: JsonObject = {}): JsonObject => ({
  type,
  ...more,
  uiDefinition: { displayName: `Label of ${type}`, description: '', constraints },
});

describe('questions of connect', () => {
  it('ask for what is required until it fits, and let the rest be empty', async () => {
    const [set] = declaredSets({
      connectionParameters: {
        key: parameter('securestring', { required: 'true' }),
        size: parameter('int', { required: 'true' }),
        flag: parameter('bool', {}),
        usual: parameter('string', { required: 'true' }, { defaultValue: 'eu' }),
        region: parameter('string', { allowedValues: [{ value: 'a', text: 'A' }, { value: 'b' }] }),
      },
    });
    const { prompts, asked } = answers(undefined, 'k', 'many', '', '12', '', '', 'b');
    expect(await askParameters(set?.parameters ?? [], prompts)).to.deep.equal({ key: 'k', size: '12', region: 'b' });
    expect(asked).to.deep.equal([
      'secret Label of securestring',
      'secret Label of securestring A value is required.',
      'Label of int',
      'This must be an integer.',
      'A value is required.',
      'Label of bool (optional)',
      'Label of string (empty: eu)',
      'Label of string (optional) [a=A,b=b] a',
    ]);
  });

  it('offer sets under their labels', async () => {
    const { prompts, asked } = answers('key');
    const sets = declaredSets({
      connectionParameterSets: {
        values: [
          { name: 'key', uiDefinition: { displayName: 'API key' }, parameters: {} },
          { name: 'oauth', uiDefinition: { displayname: 'Sign in' }, parameters: {} },
          { name: 'bare', parameters: {} },
        ],
      },
    });
    expect(await askSet(sets, prompts)).to.equal('key');
    expect(asked).to.deep.equal(['How do you connect? [key=API key,oauth=Sign in,bare=bare] key']);
  });

  it('ask for the application as far as it is not known, and for an address that can be read', async () => {
    const { prompts, asked } = answers('', 'id', undefined, 'x', 'https://contoso.com');
    expect(await askApplication({ id: true, secret: true }, prompts)).to.deep.equal({ id: 'id', secret: undefined });
    expect(await askApplication({ id: false, secret: false }, prompts)).to.deep.equal({
      id: undefined,
      secret: undefined,
    });
    expect(await askPasted((text) => text.startsWith('https') || 'no', prompts)).to.equal('https://contoso.com');
    expect(asked.filter((message) => message.startsWith('secret The address'))).to.have.length(2);
  });
});
