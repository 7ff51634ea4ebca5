import { spawn, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { expect } from 'chai';
import { buildOnce, program } from '../support/cli.ts';
import { readJson, readText, temporaryFolder, writeTree } from '../support/folders.ts';

/** A terminal for a program: `script` of util-linux. */
const hasTerminal =
  process.platform === 'linux' && spawnSync('script', ['-qefc', 'true', '/dev/null'], { timeout: 5000 }).status === 0;

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

const keys = { enter: '\r', down: '\u001B[B', escape: '\u001B', erase: '\u007F' };

/** What stands on the screen before a key is pressed, and the keys. */
type Step = readonly [screen: RegExp, ...typed: string[]];

/**
 * Runs a command on a terminal and types as a person would: each time that the next thing is on the screen. Every question
 * that is left at the end gets Enter.
 */
async function atTheKeyboard(words: readonly string[], cwd: string, steps: readonly Step[]) {
  buildOnce();
  const line = [process.execPath, program, ...words].map(quoted).join(' ');
  const env = { ...process.env, CI: '', NO_COLOR: '1', TERM: 'xterm', COLUMNS: '100' };
  const child = spawn('script', ['-qefc', line, '/dev/null'], { cwd, env, timeout: 90_000 });
  const left = [...steps];
  let said = '';
  let seen = 0;
  child.stdin.on('error', () => {});
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  let quiet = 0;
  const timer = setInterval(() => {
    const [step] = left;
    if (step === undefined) {
      quiet += 1;
      if (quiet % 3 === 0) child.stdin.write(keys.enter);
      return;
    }
    const [screen, ...typed] = step;
    if (!screen.test(said.slice(seen))) return;
    seen = said.length;
    const [first = '', ...more] = typed;
    child.stdin.write(first);
    if (more.length > 0) left[0] = [/(?:)/, ...more];
    else left.shift();
  }, 150);
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
  clearInterval(timer);
  return { status, said, missed: left.map(([screen]) => String(screen)) };
}

/** A description of 300 operations under five tags. */
function large(): string {
  const paths: Record<string, unknown> = {};
  for (const tag of ['Berths', 'Boats', 'Crews', 'Harbours', 'Tides'])
    for (let number = 1; number <= 30; number += 1) {
      const responses = { '200': { description: 'Done.' } };
      const thing = `${tag.toLowerCase()} of pier ${number}`;
      paths[`/pier${number}/${tag.toLowerCase()}`] = {
        get: { tags: [tag], summary: `List the ${thing}`, operationId: `list${tag}${number}`, responses },
        post: { tags: [tag], summary: `Add one to the ${thing}`, operationId: `add${tag}${number}`, responses },
      };
    }
  return JSON.stringify({
    openapi: '3.0.3',
    info: {
      title: 'Harbour Master',
      version: '1',
      description: 'Knows the boats and crews of every harbour of the coast.',
    },
    servers: [{ url: '/v1' }],
    components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Harbour-Key' } } },
    security: [{ key: [] }],
    paths,
  });
}

(hasTerminal ? describe : describe.skip)('at the keyboard, without a flag', function () {
  this.timeout(120_000);

  it('a large API without a host becomes a connector of the parts that are wanted, with a README of them', async () => {
    const cwd = temporaryFolder();
    writeTree(cwd, { 'harbour.json': large() });
    const { status, said, missed } = await atTheKeyboard(['new'], cwd, [
      [/Folder of the connector/, 'harbour', keys.enter],
      [/begin with\?[\s\S]*select/, keys.down, keys.enter],
      [/Where is it\?/, 'harbor.json', keys.enter],
      // a wrong name is asked again, and the right one proposed
      [/did you mean harbour\.json[\s\S]*select/, keys.enter],
      [/Where is it\?/, 'harbour.json', keys.enter],
      // more than a connector takes isn't accepted
      [/300 operations\. Which[\s\S]*go on/, keys.enter],
      [/too many/, 'boat', ' ', keys.escape],
      [/[\s\S]/, 'cre', ' ', keys.enter],
      [/[Hh]ost/, 'api.harbour.example', keys.enter],
    ]);
    expect(missed, said).to.deep.equal([]);
    expect(status, said).to.equal(0);
    const folder = `${cwd}/harbour`;
    expect(readJson(folder, 'connector/apiDefinition.json')).to.include({
      host: 'api.harbour.example',
      basePath: '/v1',
    });
    expect(readJson(folder, 'connector/apiDefinition.json')).to.have.nested.property('securityDefinitions.key');
    const readme = readText(folder, 'README.md');
    expect(readme).to.match(/^# Harbour Master$/m);
    expect(readme).to.include('Knows the boats and crews of every harbour of the coast.');
    expect(readme).to.include('### List the boats of pier 1\n').and.to.include('### Add one to the crews of pier 30\n');
    expect(readme).to.not.match(/tides of pier|berths of pier|undefined|Items/);
    expect(readdirSync(folder)).to.include.members(['README.md', 'connector', 'api']);
  });
});
