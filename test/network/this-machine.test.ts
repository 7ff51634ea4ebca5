import { createServer, type Server } from 'node:http';
import { expect } from 'chai';
import { closeServer, listenHere, randomToken } from '../../src/network/this-machine.ts';

describe('servers of this machine', () => {
  const hint = 'take another one: --port NUMBER';
  const open: Server[] = [];
  const server = (): Server => {
    const made = createServer();
    open.push(made);
    return made;
  };
  afterEach(async () => {
    await Promise.all(open.splice(0).map((each) => closeServer(each)));
  });

  it('are reached by nobody else', async () => {
    const made = server();
    await listenHere(made, 0, { hint });
    expect(made.address()).to.include({ address: '127.0.0.1' });
  });

  it('say which port is in use, and what to do', async () => {
    const port = await listenHere(server(), 0, { hint });
    const problem = await listenHere(server(), port, { hint }).catch((error: unknown) => error);
    expect(problem).to.include({ message: `port ${port} of this machine is in use by another program`, hint });
  });

  it('take one of the next ports where they may', async () => {
    const port = await listenHere(server(), 0, { hint });
    const next = await listenHere(server(), port, { others: 20, hint });
    expect(next)
      .to.be.greaterThan(port)
      .and.at.most(port + 20);
    expect(randomToken())
      .to.match(/^[\w-]{32}$/)
      .and.not.equal(randomToken());
  });
});
