import { expect } from 'chai';
import { isUserError } from '../../src/errors.ts';
import { thisPlatform } from '../../src/process/platform.ts';
import { runProgram } from '../../src/process/run-program.ts';

describe('running a program', () => {
  it('that writes a secret in two parts to one stream, and to the other one between them: it is replaced', async () => {
    const script =
      "process.stdout.write('sec'); setTimeout(() => console.error('x'), 200); setTimeout(() => console.log('ret'), 400)";
    const { output } = await runProgram(process.execPath, ['-e', script], {
      host: thisPlatform(),
      cwd: process.cwd(),
      input: 'ignore',
      secrets: ['secret'],
    });
    expect(output).to.equal('x\n***\n');
  });

  it('that the system refuses to start: an error for people, not one of Node', async () => {
    // no system takes an argument of so many characters
    const run = runProgram(process.execPath, ['x'.repeat(8_000_000)], {
      host: thisPlatform(),
      cwd: process.cwd(),
      input: 'ignore',
    });
    const error: unknown = await run.catch((reason: unknown) => reason);
    expect(isUserError(error) && error.message).to.match(/could not be started \(/);
  });
});
