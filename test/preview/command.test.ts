import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parseArguments } from '../../src/cli/arguments.ts';
import { command } from '../../src/cli/commands/preview.ts';
import { temporaryFolder } from '../support/folders.ts';
import { inProcess } from '../support/in-process.ts';
import { previewsFolder } from './fixtures.ts';

const run = (folder: string, ...words: string[]) => {
  const { flags, positionals, format } = parseArguments(command, words);
  return inProcess({ cwd: folder }, (context) => command.run({ ...context, format }, positionals, flags));
};

describe('preview, where there are several connectors or none,', () => {
  it('names those that are below, and takes the one that is named', async () => {
    const folder = temporaryFolder('several');
    for (const name of ['letters', 'parcels'])
      cpSync(join(previewsFolder, 'editors'), join(folder, 'connectors', name), { recursive: true });
    writeFileSync(join(folder, 'pp-connector.json'), '{ "connectors": ["connectors/*"] }');
    const { status, stderr } = await run(folder, '--format', 'json');
    expect(status).to.equal(2);
    expect(stderr).to.include('connectors/letters').and.to.include('connectors/parcels');
    const { stdout } = await run(folder, 'connectors/letters', '--format', 'json');
    expect(JSON.parse(stdout).operations).to.have.length(2);
    mkdirSync(join(folder, 'connectors', 'parcels', 'pictures'));
    const inside = await run(join(folder, 'connectors', 'parcels', 'pictures'), '--format', 'json');
    expect(inside.status).to.equal(2);
    expect(inside.stderr).to.include('preview FOLDER');
  });

  it('says how many there are besides, and what to do where there is none', async () => {
    const folder = temporaryFolder('many');
    for (let number = 0; number < 20; number += 1) {
      mkdirSync(join(folder, `c${number}`));
      writeFileSync(join(folder, `c${number}`, 'apiDefinition.swagger.json'), '{}');
    }
    expect((await run(folder)).stderr)
      .to.include('20 connectors')
      .and.to.include('and 8 more');
    const { status, stderr } = await run(temporaryFolder('none'));
    expect(status).to.equal(2);
    expect(stderr).to.include('there is no definition of a connector here');
  });
});
