import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { Flags } from '../../src/cli/command.ts';
import { command as build } from '../../src/cli/commands/build.ts';
import { readText, readTree, snapshot, temporaryFolder, writeTree } from '../support/folders.ts';
import { failureOf, type Generation, type GeneratorId, generate } from '../support/generators.ts';
import { cases } from './cases.ts';

const again = async (id: GeneratorId, generation: Generation): Promise<void> => {
  await generate(id, generation);
  const once = snapshot(generation.cwd);
  const { log } = await generate(id, generation);
  expect(snapshot(generation.cwd)).to.deep.equal(once);
  expect(log).to.match(/nothing to change/);
};

const runBuild = async (cwd: string): Promise<void> => {
  const question = <T>(ask: () => Promise<T>) => ask();
  const silent = { color: false, interactive: false, format: undefined, question, out: () => {}, err: () => {} };
  await build.run({ cwd, ...silent }, [], new Flags({}));
};

const repository = async (flags: Record<string, unknown> = {}): Promise<string> => {
  const cwd = temporaryFolder();
  await generate('app', { cwd, flags: { toolSpec: '^0.1.0', ...flags } });
  return cwd;
};

const edit = (cwd: string, name: string, change: (text: string) => string): void => {
  const before = readText(cwd, name);
  const after = change(before);
  expect(after, `${name} must be changed by the test`).to.not.equal(before);
  writeFileSync(join(cwd, name), after);
};

describe('running again', () => {
  describe('changes nothing', () => {
    for (const { name, flags } of cases) {
      it(`app, oauth, readme and build on ${name}`, async () => {
        const cwd = temporaryFolder();
        await again('app', { cwd, flags });
        const made = snapshot(cwd);
        // without any flag, too: what the files say is the answer to every question
        await generate('app', { cwd, flags: { toolSpec: flags.toolSpec } });
        await generate('oauth', { cwd });
        await generate('readme', { cwd });
        await runBuild(cwd);
        expect(snapshot(cwd)).to.deep.equal(made);
      });
    }

    for (const text of ['"x"', 'null', '[]', '{', '']) {
      it(`where package.json is ${text || 'empty'}`, async () => {
        const cwd = await repository();
        writeFileSync(join(cwd, 'package.json'), text);
        await again('readme', { cwd });
        await again('oauth', { cwd });
        expect(readText(cwd, 'package.json')).to.equal(text);
      });
    }

    it('for a person who only confirms', async () => {
      const { flags } = cases.find(({ name }) => name === 'oauth2-verified') ?? { flags: {} };
      const cwd = temporaryFolder();
      await generate('app', { cwd, flags });
      const made = snapshot(cwd);
      await generate('app', { cwd, flags: { toolSpec: '^0.1.0' }, answers: {} });
      await generate('oauth', { cwd, answers: {} });
      expect(snapshot(cwd)).to.deep.equal(made);
    });

    it('operation', async () => {
      const cwd = await repository();
      writeTree(cwd, { 'sample.json': '{ "id": "7", "temperature": 21.5 }' });
      const flags = {
        method: 'get',
        path: '/stations/{stationId}',
        param: ['unit:query'],
        responseSample: 'sample.json',
      };
      await again('operation', { cwd, flags });
    });

    it('readme --insert on documents of the author', async () => {
      const cwd = await repository();
      writeTree(cwd, { 'README.md': '# Contoso\n\nOur own words.\n' });
      await generate('readme', { cwd });
      expect(readText(cwd, 'README.md')).to.equal('# Contoso\n\nOur own words.\n');
      await again('readme', { cwd, flags: { insert: true } });
      expect(readText(cwd, 'README.md')).to.contain('Our own words.').and.to.contain('## Supported Operations');
    });
  });

  it('with another title changes every text that was made from the old one', async () => {
    for (const profile of ['custom', 'verified']) {
      const cwd = await repository({ title: 'Harbour Tides', profile, auth: 'none' });
      await generate('app', { cwd, flags: { toolSpec: '^0.1.0', title: 'Coast Floods' } });
      const texts = Object.entries(readTree(cwd)).filter(([name]) => !name.endsWith('.png'));
      expect(texts.filter(([, bytes]) => bytes.includes('Harbour Tides')).map(([name]) => name)).to.deep.equal([]);
      expect(readText(cwd, 'README.md')).to.contain('Lists, reads and creates the items that Coast Floods manages.');
    }
  });

  it('takes the name of a folder for no pattern', async () => {
    const names = ['a [1]', 'b(x)', 'c{1,2}', '!d', ...(process.platform === 'win32' ? [] : ['e*', 'f?'])];
    for (const name of names) {
      const folder = temporaryFolder();
      const neighbour = join(folder, name.replace(/[*?]/, 'z'), 'beside');
      writeTree(neighbour, { 'AGENTS.md': 'of another one\n' });
      const cwd = join(folder, name);
      mkdirSync(cwd, { recursive: true });
      await generate('app', { cwd, flags: { toolSpec: '^0.1.0', ci: 'github' } });
      const { log } = await generate('app', { cwd, flags: { toolSpec: '^0.1.0', ci: 'azure', agents: 'none' } });
      expect(log, name).to.contain('delete AGENTS.md').and.to.contain('delete .github/workflows/validate.yml');
      expect(Object.keys(readTree(cwd)), name).to.not.include.members(['AGENTS.md', '.github/workflows/validate.yml']);
      expect(readText(neighbour, 'AGENTS.md')).to.equal('of another one\n');
    }
  });

  describe('keeps what the author edited', () => {
    it('in a template file, without a terminal; and says so', async () => {
      const cwd = await repository();
      edit(cwd, '.gitignore', (text) => `${text}secrets/\n`);
      const edited = snapshot(cwd);
      const { log } = await generate('app', { cwd, flags: { toolSpec: '^0.1.0' } });
      expect(snapshot(cwd)).to.deep.equal(edited);
      expect(log).to.contain('keep .gitignore  (you edited it)');
    });

    it('also where the new template is another one', async () => {
      const cwd = await repository();
      edit(cwd, 'package.json', (text) => text.replace('"1.0.0"', '"2.0.0"'));
      await generate('app', { cwd, flags: { toolSpec: '^9.0.0' } });
      expect(readText(cwd, 'package.json')).to.contain('"2.0.0"').and.to.contain('"^0.1.0"');
    });

    it('while a file that nobody edited follows', async () => {
      const cwd = await repository();
      await generate('app', { cwd, flags: { toolSpec: '^9.0.0' } });
      expect(readText(cwd, 'package.json')).to.contain('"generator-pp-connector": "^9.0.0"');
    });

    it('and takes line ends that git changed for no edit', async () => {
      const cwd = await repository();
      edit(cwd, 'package.json', (text) => text.replaceAll('\n', '\r\n'));
      const { log } = await generate('app', { cwd, flags: { toolSpec: '^9.0.0' } });
      expect(log).to.contain('change package.json');
    });

    it('in JSON files: order of keys, indentation, CRLF and own keys', async () => {
      const cwd = await repository({ auth: 'api-key' });
      for (const name of [
        'connector/apiDefinition.json',
        'connector/apiProperties.json',
        'connector/settings.json',
        'config.json',
      ]) {
        edit(cwd, name, (text) => {
          const value = JSON.parse(text) as Record<string, unknown>;
          const reversed = Object.fromEntries(Object.entries(value).reverse());
          return `${JSON.stringify(reversed, null, 4).replaceAll('\n', '\r\n')}\r\n`;
        });
      }
      edit(cwd, 'connector/apiProperties.json', (text) =>
        text.replace('"capabilities": []', '"capabilities": [],\r\n        "x-own": 1.50'),
      );
      const edited = snapshot(cwd);
      await generate('app', { cwd, flags: { toolSpec: '^0.1.0' } });
      await generate('oauth', { cwd });
      await runBuild(cwd);
      expect(snapshot(cwd)).to.deep.equal(edited);
      await generate('app', { cwd, flags: { toolSpec: '^0.1.0', host: 'weather.contoso.com' } });
      const name = 'connector/apiDefinition.json';
      expect(readText(cwd, name)).to.equal(edited[name]?.replace('"api.contoso.com"', '"weather.contoso.com"'));
    });

    it('in the prose of documents, while the generated parts follow', async () => {
      const cwd = await repository();
      edit(cwd, 'README.md', (text) => text.replace('## Getting Started\n', '## Getting Started\n\nCall us first.\n'));
      await generate('app', { cwd, flags: { toolSpec: '^0.1.0', title: 'Contoso Weather' } });
      expect(readText(cwd, 'README.md')).to.contain('Call us first.').and.to.contain('# Contoso Weather\n');
    });

    it("an icon of the author's own", async () => {
      const cwd = await repository();
      const icon = readFileSync(join(cwd, 'connector', 'icon.png'));
      writeFileSync(join(cwd, 'connector', 'icon.png'), Buffer.concat([icon, Buffer.from([0])]));
      const edited = snapshot(cwd);
      await generate('app', { cwd, flags: { toolSpec: '^0.1.0', title: 'Other' } });
      expect(snapshot(cwd)['connector/icon.png']).to.equal(edited['connector/icon.png']);
    });
  });

  describe('asks a person about edited files', () => {
    const editedRepository = async () => {
      const cwd = await repository();
      edit(cwd, '.gitignore', (text) => `${text}secrets/\n`);
      return cwd;
    };

    it('keep', async () => {
      const cwd = await editedRepository();
      const { questions } = await generate('app', { cwd, answers: { choice: 'keep' } });
      expect(questions.at(-1)?.message).to.equal('.gitignore was edited since it was generated');
      expect(readText(cwd, '.gitignore')).to.contain('secrets/');
    });

    it('replace', async () => {
      const cwd = await editedRepository();
      await generate('app', { cwd, answers: { choice: 'replace' } });
      expect(readText(cwd, '.gitignore')).to.not.contain('secrets/');
    });

    it('show the difference, then decide', async () => {
      const cwd = await editedRepository();
      const choices = ['diff', 'keep'];
      const { log } = await generate('app', {
        cwd,
        answers: { choice: 'keep' },
        reply: { choice: () => choices.shift() },
      });
      expect(log).to.match(/^-secrets\/$/m);
      expect(readText(cwd, '.gitignore')).to.contain('secrets/');
    });

    it('all before the first file is written', async () => {
      const cwd = await editedRepository();
      edit(cwd, '.editorconfig', (text) => `${text}\n`);
      const edited = snapshot(cwd);
      const answers = ['replace'];
      const choice = () => {
        const answer = answers.shift();
        if (answer === undefined) throw new Error('closed in the middle');
        return answer;
      };
      const generation = {
        cwd,
        flags: { host: 'weather.contoso.com' },
        answers: { choice: 'keep' },
        reply: { choice },
      };
      expect(await failureOf('app', generation)).to.have.property('message', 'closed in the middle');
      expect(snapshot(cwd)).to.deep.equal(edited);
    });
  });

  it('replaces edited files with --force', async () => {
    const cwd = await repository();
    const fresh = snapshot(cwd);
    edit(cwd, '.gitignore', (text) => `${text}secrets/\n`);
    edit(cwd, 'package.json', (text) => text.replace('"1.0.0"', '"2.0.0"'));
    await generate('app', { cwd, flags: { toolSpec: '^0.1.0', force: true } });
    expect(snapshot(cwd)).to.deep.equal(fresh);
  });

  it('refuses a definition that is not JSON any more, and touches nothing', async () => {
    const cwd = await repository();
    edit(cwd, 'connector/apiDefinition.json', (text) => text.replace('"paths": {', '"paths": {,'));
    const broken = snapshot(cwd);
    for (const id of ['app', 'oauth', 'operation'] as const) {
      const flags = id === 'operation' ? { path: '/other' } : { auth: 'basic' };
      const { message } = await failureOf(id, { cwd, flags });
      expect(message, id).to.match(/apiDefinition\.json:\d+:\d+: /);
      expect(snapshot(cwd)).to.deep.equal(broken);
    }
  });

  it("writes nothing at all when one file can't be written", async () => {
    const cwd = await repository();
    const before = snapshot(cwd);
    const open = { toolSpec: '^9.0.0', host: 'weather.contoso.com', auth: 'client-credentials' };
    // a folder where the script must go: the last of the files to be prepared but for package.json
    mkdirSync(join(cwd, 'connector', 'script.csx', 'in the way'), { recursive: true });
    await failureOf('app', { cwd, flags: open });
    rmSync(join(cwd, 'connector', 'script.csx'), { recursive: true });
    expect(snapshot(cwd)).to.deep.equal(before);
  });
});
