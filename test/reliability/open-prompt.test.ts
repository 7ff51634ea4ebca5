import { spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { devUrl, writeSample } from '../deploy/sample.ts';
import { Portal } from '../download/portal.ts';
import { exampleRepository } from '../operation/support.ts';
import { buildOnce, cli, program } from '../support/cli.ts';
import { readText, temporaryFolder, writeTree } from '../support/folders.ts';
import { commitAll, git, gitEnvironment, hasGit, initialise } from '../support/git.ts';

/** A terminal for a program: `script` of util-linux. */
const hasTerminal =
  process.platform === 'linux' && spawnSync('script', ['-qefc', 'true', '/dev/null'], { timeout: 5000 }).status === 0;

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

/** Runs a command on a terminal, does something while its first question is open, then takes what is proposed. */
async function atTheQuestion(words: readonly string[], cwd: string, question: RegExp, meanwhile: () => void) {
  buildOnce();
  const line = [process.execPath, program, ...words].map(quoted).join(' ');
  const env = { ...process.env, ...gitEnvironment, CI: '', NO_COLOR: '1', TERM: 'xterm' };
  const child = spawn('script', ['-qefc', line, '/dev/null'], { cwd, env, timeout: 60_000 });
  let said = '';
  let isOpen = false;
  let timer: NodeJS.Timeout | undefined;
  child.stdin.on('error', () => {});
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    if (isOpen || !question.test(said)) return;
    isOpen = true;
    meanwhile();
    // whatever is asked after it, too
    timer = setInterval(() => child.stdin.write('\r'), 300);
  });
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
  clearInterval(timer);
  return { status, said, isOpen };
}

const api = (title: string): string =>
  JSON.stringify({
    openapi: '3.0.3',
    info: { title, version: '1' },
    servers: [{ url: 'https://tides.contoso.com' }],
    paths: { '/tides': { get: { operationId: 'ListTides', responses: { 200: { description: 'OK' } } } } },
  });

(hasTerminal ? describe : describe.skip)('while a question is open', function () {
  this.timeout(120_000);

  /** A repository in which the next import has a conflict. */
  function repository(): string {
    const cwd = temporaryFolder();
    expect(cli(['new', '.', '--yes', '--title', 'Harbour Tides'], { cwd }).status).to.equal(0);
    writeTree(cwd, { 'api.json': api('Tides of Contoso') });
    expect(cli(['import', 'api.json', '--yes'], { cwd }).status).to.equal(0);
    const definition = JSON.parse(readText(cwd, 'connector/apiDefinition.json'));
    definition.info.title = 'Mine';
    writeTree(cwd, { 'connector/apiDefinition.json': JSON.stringify(definition, null, 2), 'api.json': api('Theirs') });
    return cwd;
  }

  it('another command does its work, and the one that asked then writes nothing', async () => {
    const cwd = repository();
    let other: number | null = null;
    const { status, said, isOpen } = await atTheQuestion(['import', 'api.json'], cwd, /changed both here/, () => {
      other = cli(['operation', '--path', '/stock', '--yes'], { cwd }).status;
    });
    expect(isOpen, said).to.equal(true);
    expect(other).to.equal(0);
    expect(said).to.match(/apiDefinition\.json.* changed while the questions were answered; nothing was written/);
    expect(status).to.equal(2);
    const definition = readText(cwd, 'connector/apiDefinition.json');
    expect(definition).to.include('/stock').and.include('Mine');
  });

  it('nothing else has happened: the command goes on', async () => {
    const cwd = repository();
    const { status, said } = await atTheQuestion(['import', 'api.json'], cwd, /changed both here/, () => {});
    expect(said).to.not.match(/nothing was written/);
    expect(status).to.equal(0);
  });

  it('an editor saves a file: a generator writes nothing', async () => {
    const cwd = repository();
    const path = join(cwd, 'connector', 'apiProperties.json');
    const before = readText(cwd, 'connector/apiProperties.json');
    const words = ['oauth', '--auth', 'api-key'];
    const { said, isOpen } = await atTheQuestion(words, cwd, /\?/, () => writeFileSync(path, `${before}\n`));
    expect(isOpen, said).to.equal(true);
    expect(said).to.match(/apiProperties\.json changed while the questions were answered; nothing was written/);
    expect(readText(cwd, 'connector/apiProperties.json')).to.equal(`${before}\n`);
  });

  it('somebody commits: a release writes nothing, and tags nothing', async function () {
    if (!hasGit) this.skip();
    const cwd = exampleRepository();
    initialise(cwd);
    const definition = readText(cwd, 'connector/apiDefinition.json');
    const { status, said, isOpen } = await atTheQuestion(['release'], cwd, /Release connector-v/, () => {
      writeTree(cwd, { 'connector/apiDefinition.json': `${definition}\n` });
      commitAll(cwd, 'Change');
    });
    expect(isOpen, said).to.equal(true);
    expect(said).to.match(/apiDefinition\.json changed while the questions were answered; nothing was written/);
    expect(status).to.equal(2);
    expect(git(cwd, 'tag')).to.equal('');
    expect(git(cwd, 'status', '--porcelain')).to.equal('');
  });

  describe('about the portal', () => {
    let portal: Portal;
    let root: string;

    beforeEach(() => {
      portal = new Portal();
      portal.open(temporaryFolder('temporary'));
      root = writeSample({ config: { environments: { dev: { url: devUrl } } } });
      expect(cli(['deploy'], { cwd: root }).status).to.equal(0);
      portal.edit(({ info }) => {
        info.version = '1.2.0';
      });
      edit('2.0.0');
    });
    afterEach(() => portal.close());

    /** Another version, as an editor saves it. */
    function edit(version: string): void {
      const text = readText(root, 'connector/apiDefinition.json');
      writeTree(root, {
        'connector/apiDefinition.json': text.replace(/"version": "[\d.]+"/, `"version": "${version}"`),
      });
    }

    it('an editor saves a file: download writes nothing', async () => {
      const { status, said, isOpen } = await atTheQuestion(['download'], root, /\? .*version/, () => edit('3.0.0'));
      expect(isOpen, said).to.equal(true);
      expect(said).to.match(/apiDefinition\.json changed while the questions were answered; nothing was written/);
      expect(status).to.equal(2);
      expect(readText(root, 'connector/apiDefinition.json')).to.include('"3.0.0"');
    });

    it('an editor saves a file: deploy uploads nothing', async () => {
      const uploads = (): number => portal.pac.calls().filter(({ argv }) => argv[1] === 'update').length;
      const { status, said, isOpen } = await atTheQuestion(['deploy'], root, /\? .*(?:overwrite|portal)/i, () =>
        edit('3.0.0'),
      );
      expect(isOpen, said).to.equal(true);
      expect(said).to.match(/apiDefinition\.json changed while the questions were answered/);
      expect(status).to.equal(2);
      expect(uploads()).to.equal(0);
    });

    it('another deployment is not kept waiting', async () => {
      let other: number | null = null;
      const { said } = await atTheQuestion(['deploy'], root, /\? .*(?:overwrite|portal)/i, () => {
        other = cli(['deploy', '--yes', '--skip-drift-check'], { cwd: root }).status;
      });
      expect(other, said).to.equal(0);
      expect(said).to.match(/changed while the questions were answered/);
    });
  });
});
