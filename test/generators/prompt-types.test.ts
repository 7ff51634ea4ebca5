import { expect } from 'chai';
import { asKnown, registerPrompts } from '../../generators/prompt-types.ts';

/** An adapter whose version of Yeoman has prompts of these types. */
function adapterWith(types: readonly string[]) {
  const registered: string[] = [];
  const promptModule = {
    prompts: Object.fromEntries(types.map((type) => [type, {}])),
    registerPrompt: (name: string) => registered.push(name),
  };
  return { adapter: { actualAdapter: { promptModule } }, registered };
}

describe('types of prompts', () => {
  const question = { type: 'select', name: 'auth', choices: ['none', 'basic'] };

  it('are ours, too, with the prompts of yo 6 and later', async () => {
    const { adapter, registered } = adapterWith(['input', 'select', 'checkbox']);
    expect(await registerPrompts(adapter)).to.equal(true);
    expect(registered).to.deep.equal(['part', 'paste']);
    expect(asKnown(question, adapter)).to.equal(question);
  });

  it('are those of yo 5 with its prompts: it knows no others, and calls a list otherwise', async () => {
    const { adapter, registered } = adapterWith(['input', 'list', 'checkbox']);
    expect(await registerPrompts(adapter)).to.equal(false);
    expect(registered).to.deep.equal([]);
    expect(asKnown(question, adapter)).to.deep.equal({ ...question, type: 'list' });
    expect(asKnown({ type: 'input' }, adapter)).to.deep.equal({ type: 'input' });
  });

  it('stay as they are where nothing is known of an adapter', async () => {
    expect(await registerPrompts({})).to.equal(false);
    expect(asKnown(question, {})).to.equal(question);
  });
});
