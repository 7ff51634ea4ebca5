import { setImmediate } from 'node:timers/promises';
import { expect } from 'chai';
import { stopOnSignal, stopped } from '../../src/process/stop-signal.ts';
import { onTermination } from '../../src/process/termination.ts';

describe('a signal that ends this process', () => {
  const { kill } = process;
  /** Of libraries of other tests, which would end this process themselves. */
  let others: NodeJS.SignalsListener[] = [];
  let sent: unknown[] = [];
  let isCleaned = false;
  beforeEach(() => {
    sent = [];
    isCleaned = false;
    others = process.listeners('SIGTERM') as NodeJS.SignalsListener[];
    process.removeAllListeners('SIGTERM');
    process.kill = (_, signal) => {
      sent.push(signal);
      return true;
    };
    onTermination(() => {
      isCleaned = true;
    });
  });
  afterEach(() => {
    process.kill = kill;
    const left = process.listenerCount('SIGTERM');
    for (const listener of others) process.on('SIGTERM', listener);
    expect(left).to.equal(0);
  });

  it('cleans up, and ends it by the same signal', () => {
    process.emit('SIGTERM', 'SIGTERM');
    expect(isCleaned).to.equal(true);
    expect(sent).to.deep.equal(['SIGTERM']);
  });

  it('cleans up, and ends it by the same signal also beside a library that listens', () => {
    const listener = (): void => {};
    process.on('SIGTERM', listener);
    process.emit('SIGTERM', 'SIGTERM');
    process.off('SIGTERM', listener);
    expect(sent).to.deep.equal(['SIGTERM']);
  });

  it('cleans up, and leaves it to a server to come to its end', async () => {
    const ended = stopped();
    process.emit('SIGTERM', 'SIGTERM');
    await ended;
    expect(isCleaned).to.equal(true);
    expect(sent).to.deep.equal([]);
    await setImmediate();
  });

  it('cleans up, and is the first one for whoever counts them', () => {
    const controller = new AbortController();
    let again = 0;
    const release = stopOnSignal(controller, () => {
      again += 1;
    });
    process.emit('SIGTERM', 'SIGTERM');
    release();
    expect(isCleaned).to.equal(true);
    expect(controller.signal.aborted).to.equal(true);
    expect({ again, sent }).to.deep.equal({ again: 0, sent: [] });
  });
});
