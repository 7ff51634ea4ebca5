import { PassThrough } from 'node:stream';
import checkbox from '@inquirer/checkbox';
import password from '@inquirer/password';
import select from '@inquirer/select';
import { expect } from 'chai';
import { isCancelled } from '../../../src/errors.ts';
import { unlessCancelled } from '../../../src/repository/questions/cancellation.ts';

type Terminal = { input: PassThrough; output: PassThrough };

const choices = [{ value: 'a' }, { value: 'b' }];
const prompts: Record<string, (terminal: Terminal) => Promise<unknown>> = {
  select: (terminal) => select({ message: 'One?', choices }, terminal),
  checkbox: (terminal) => checkbox({ message: 'Some?', choices }, terminal),
  password: (terminal) => password({ message: 'Secret?' }, terminal),
};

const outcome = (answer: Promise<unknown>): Promise<unknown> => answer.then(String, (error: unknown) => error);

describe('leaving at a question', () => {
  for (const [name, ask] of Object.entries(prompts)) {
    it(`is a decision, by Ctrl-C at ${name}`, async () => {
      const terminal = { input: new PassThrough(), output: new PassThrough() };
      const answer = outcome(unlessCancelled(ask(terminal)));
      terminal.input.write('\u0003');
      const error = await answer;
      expect(isCancelled(error)).to.equal(true);
      expect(error).to.include({ message: 'Cancelled; nothing was written', code: 130 });
      expect((error as Error).stack).to.not.include('\n');
    });
  }

  it('is one at the end of input, too, where nothing can bring an answer any more', async () => {
    const answer = outcome(unlessCancelled(new Promise(() => {})));
    process.emit('beforeExit', 0);
    expect(isCancelled(await answer)).to.equal(true);
  });

  it('leaves answers and other errors alone', async () => {
    expect(await unlessCancelled(Promise.resolve('yes'))).to.equal('yes');
    const failure = new Error('a full disk');
    expect(await outcome(unlessCancelled(Promise.reject(failure)))).to.equal(failure);
    expect(process.listenerCount('beforeExit')).to.equal(0);
  });
});
