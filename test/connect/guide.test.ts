import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { command } from '../../src/cli/commands/connect.ts';
import { asObject, type JsonObject } from '../../src/connector/json/value.ts';
import { splitCommandLine } from '../../src/operation/split-command-line.ts';
import { runLine } from '../support/command-line.ts';
import { checkout, writeTree } from '../support/folders.ts';
import {
  comeBack,
  type Machine,
  machineWith,
  planted,
  type Service,
  start,
  startService,
  usualTokens,
} from './support.ts';

/** Every command of the guide about connections, as it is printed, in order. */

const guide = readFileSync(join(checkout, 'docs', 'guides', 'connect.md'), 'utf8');
const lines = [...guide.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, text = '']) => text.trim().split('\n'));

describe('the guide about connections', function () {
  this.timeout(120_000);
  let service: Service;
  let machine: Machine;

  before(async () => {
    service = await startService();
    service.behaviour.tokens = [usualTokens()];
    machine = machineWith(
      {},
      {},
      {
        CONNECTOR_API_KEY: planted.apiKey,
        CONNECTOR_CLIENT_ID: 'contoso',
        CONNECTOR_CLIENT_SECRET: planted.clientSecret,
      },
    );
    await runLine('pp-connector new contoso-items --yes', machine.folder);
    machine.folder = join(machine.folder, 'contoso-items');
  });

  after(() => service.server.close());

  /** The API and the service of the guide are on this machine. */
  function bringHere(): void {
    const { host, origin } = service.origin;
    const definition = join(machine.folder, 'connector', 'apiDefinition.json');
    const properties = join(machine.folder, 'connector', 'apiProperties.json');
    const value = asObject(JSON.parse(readFileSync(definition, 'utf8')) as JsonObject);
    writeTree(machine.folder, {
      'connector/apiDefinition.json': JSON.stringify({ ...value, host, basePath: '/v1', schemes: ['http'] }),
      'connector/apiProperties.json': readFileSync(properties, 'utf8').replaceAll('https://login.contoso.com', origin),
    });
  }

  it('shows commands', () => {
    expect(lines.length).to.be.greaterThan(8);
  });

  for (const line of lines) {
    it(`runs: ${line}`, async () => {
      if (line.startsWith('pp-connector oauth ')) {
        await runLine(line, machine.folder);
        bringHere();
        return;
      }
      const started = start(splitCommandLine(line).slice(1), machine);
      void started.printed(/http\S*\/authorize\S*/).then(
        ([address]) => comeBack(new URL(address), { code: 'c0de' }),
        () => undefined,
      );
      const { status, stdout, stderr } = await started.ended;
      expect(status, `${stdout}\n${stderr}`).to.equal(0);
      expect(stdout + stderr)
        .to.not.equal('')
        .and.not.include('pl4nt3d');
    });
  }

  it('names the flags that there are', () => {
    const known = new Set(command.flags.map(({ name }) => name));
    const ofOthers = ['auth', 'in', 'header', 'authorization-url', 'token-url', 'scope', 'yes', 'global'];
    for (const [, flag = ''] of guide.matchAll(/--([a-z][a-z-]+)/g))
      expect([...known, ...ofOthers], flag).to.include(flag);
    for (const flag of known) if (flag !== 'no-browser') expect(guide, flag).to.include(`--${flag}`);
  });
});
