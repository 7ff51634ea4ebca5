import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { clearProgress, startProgress, startWaiting } from '../src/progress.ts';

const erase = '\r\u001b[K';

/** A stream that keeps what it got. */
const stream = (isTTY: boolean) => {
  const written: string[] = [];
  return { isTTY, columns: 20, written, write: (text: string) => written.push(text) };
};

describe('a progress line', () => {
  it('is written over, cut to the width, and leaves no trace', () => {
    const terminal = stream(true);
    let now = 0;
    const progress = startProgress(3, terminal, () => now);
    progress.step('one');
    progress.step('two, too soon to be read');
    now = 100;
    progress.step('three, with a long name');
    progress.end();
    expect(terminal.written).to.deep.equal([`${erase}1/3 one`, `${erase}3/3 three, with a l`, erase]);
  });

  it('goes before anything else is written, and comes back', () => {
    const terminal = stream(true);
    let now = 0;
    const progress = startProgress(2, terminal, () => now);
    progress.step('one');
    clearProgress();
    clearProgress();
    now = 100;
    progress.step('two');
    progress.end();
    expect(terminal.written).to.deep.equal([`${erase}1/2 one`, erase, `${erase}2/2 two`, erase]);
  });

  it('is only for terminals, and for more than one thing', () => {
    const pipe = stream(false);
    const terminal = stream(true);
    for (const progress of [startProgress(2, pipe), startProgress(1, terminal)]) {
      progress.step('one');
      progress.end();
    }
    startWaiting('reading', () => pipe)();
    expect([...pipe.written, ...terminal.written]).to.deep.equal([]);
  });

  it('about waiting begins after a second', async () => {
    const terminal = stream(true);
    const stop = startWaiting('reading', () => terminal);
    await wait(500);
    expect(terminal.written).to.deep.equal([]);
    await wait(900);
    stop();
    stop();
    expect(terminal.written).to.deep.equal([`${erase}reading … 1 s`, erase]);
  });
});
