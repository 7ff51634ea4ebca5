import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { formatJson } from '../../src/connector/json/edit.ts';
import { connectorQuestions } from '../../src/repository/questions/app.ts';
import type { Questions } from '../../src/repository/questions/question.ts';
import { readJson, readText, snapshot, temporaryFolder, writeTree } from '../support/folders.ts';
import { failureOf, generate, load, run } from '../support/generators.ts';
import { cases } from './cases.ts';

const flagsOf = (name: string): Record<string, string | string[]> => {
  const found = cases.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`there is no case ${name}`);
  return found.flags;
};

/** As a person gives them: several scopes in one line, ticked boxes for categories. */
function asAnswers({ toolSpec: _, ...flags }: Record<string, string | string[]>): Record<string, unknown> {
  const { scope, categories } = flags;
  return {
    ...flags,
    ...(Array.isArray(scope) ? { scope: scope.join(' ') } : {}),
    ...(typeof categories === 'string' ? { categories: categories.split(';') } : {}),
  };
}

/** What nobody is asked for: it is picked among the answers. */
const quiet = Object.entries(connectorQuestions as Questions).flatMap(([name, question]) =>
  question.quiet ? [name] : [],
);

/** One after the other, then the end. */
const inOrder = (names: readonly string[]) => {
  const left = [...names];
  return () => left.shift() ?? '';
};

describe('app', () => {
  describe('the same answers give the same files', () => {
    for (const name of [
      'api-key-prefix-verified',
      'oauth2-verified',
      'entra-verified',
      'none-independent',
      'basic-custom',
    ]) {
      it(name, async () => {
        const flags = flagsOf(name);
        const [byFlags, byPerson, byYaml] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
        await generate('app', { cwd: byFlags, flags });
        const { toolSpec } = flags;
        const change = inOrder(quiet.filter((question) => flags[question] !== undefined));
        await generate('app', { cwd: byPerson, flags: { toolSpec }, answers: asAnswers(flags), reply: { change } });
        const answers = join(temporaryFolder(), 'answers.json');
        writeTree(join(answers, '..'), { 'answers.json': formatJson(flags) });
        await generate('app', { cwd: byYaml, flags: { answers } });
        expect(snapshot(byPerson)).to.deep.equal(snapshot(byFlags));
        expect(snapshot(byYaml)).to.deep.equal(snapshot(byFlags));
      });
    }

    it('in a YAML file, whose names are those of the flags', async () => {
      const folder = temporaryFolder();
      const yaml = [
        'title: Contoso Weather',
        'base-path: /v2 # as in --base-path',
        'brandColor: "#0b6a3f"',
        'auth: oauth2',
        'authorization-url: https://login.contoso.com/authorize',
        'token-url: https://login.contoso.com/token',
        'scope:',
        '  - stations.read',
        '  - stations.write',
      ];
      writeTree(folder, { 'answers.yaml': yaml.join('\n') });
      const cwd = join(folder, 'repository');
      await generate('app', { cwd: folder, words: ['repository'], flags: { answers: 'answers.yaml' } });
      expect(readJson(cwd, 'connector/apiDefinition.json')).to.have.property('basePath', '/v2');
      expect(readText(cwd, 'connector/apiProperties.json'))
        .to.contain('"stations.read stations.write"')
        .and.to.contain('#0b6a3f');
    });

    it('and a flag wins over the file', async () => {
      const cwd = temporaryFolder();
      writeTree(cwd, { 'a.yml': 'title: From the File\nhost: file.contoso.com\n' });
      await generate('app', { cwd, flags: { answers: 'a.yml', title: 'From the Flag' } });
      expect(readJson(cwd, 'connector/apiDefinition.json')).to.nested.include({
        'info.title': 'From the Flag',
        host: 'file.contoso.com',
      });
    });
  });

  it('minds no option that a version of Yeoman adds to those that were written', async () => {
    const cwd = temporaryFolder();
    const before = process.cwd();
    const options = { interactive: false, title: 'Harbour Tides', initialGenerator: true };
    await run('app', await load('app'), cwd).withOptions(options as never);
    process.chdir(before);
    expect(readJson(cwd, 'connector/apiDefinition.json')).to.have.nested.property('info.title', 'Harbour Tides');
  });

  describe('refuses, and writes nothing', () => {
    const refused: [string, Record<string, unknown>, RegExp][] = [
      [
        'a value that is not in the list',
        { auth: 'oauth3' },
        /^--auth: "oauth3" is not allowed; allowed are: none, api-key, basic, oauth2, entra, client-credentials, oauth2-generic, windows$/,
      ],
      [
        'a profile that there is not',
        { profile: 'certified' },
        /^--profile: "certified" is not allowed; allowed are: custom, verified, independent$/,
      ],
      [
        'a category that there is not',
        { profile: 'verified', categories: 'Data;Weather' },
        /^--categories: "Weather" is not allowed; allowed are: AI, Business Management, /,
      ],
      [
        'a third category',
        { profile: 'verified', categories: 'Data;AI;Finance' },
        /^--categories: at most two categories are allowed$/,
      ],
      [
        'a place where no key can be',
        { auth: 'api-key', in: 'cookie' },
        /^--in: "cookie" is not allowed; allowed are: header, query$/,
      ],
      ['a flag that is mistyped', { titel: 'Contoso' }, /^--titel is unknown; did you mean --title\?$/],
      ['a flag that is like no other', { quantumFluctuation: 'yes' }, /^--quantum-fluctuation is unknown$/],
      [
        'a host that is none',
        { host: 'https://api.contoso.com/v1' },
        /^--host: "https:\/\/api\.contoso\.com\/v1" is not a bare host name/,
      ],
      [
        'a title that is too long',
        { title: 'A'.repeat(31) },
        /^--title: "A{31}" has 31 characters; at most 30 are allowed$/,
      ],
      [
        'a colour that is none',
        { brandColor: 'blue' },
        /^--brand-color: "blue" is not a colour; give # and six hexadecimal digits/,
      ],
      ['a base path with a query', { basePath: '/v1?x' }, /^--base-path: "\/v1\?x" must be a path/],
      [
        'a token URL over http',
        { auth: 'oauth2', tokenUrl: 'http://login.contoso.com' },
        /^--token-url: "http:\/\/login\.contoso\.com" is not an absolute https URL/,
      ],
      [
        'an answer for two that exclude each other',
        { api: 'a.json', from: 'b' },
        /^--from and --api can't be given together$/,
      ],
      ['a definition that is not there', { api: 'missing.json' }, /^--api missing\.json: there is no such file$/],
      ['an icon that is not there', { icon: 'missing.png' }, /^--icon missing\.png: there is no such file or folder$/],
      [
        'a file of answers that is not there',
        { answers: 'missing.yaml' },
        /^--answers missing\.yaml: there is no such file or folder$/,
      ],
    ];
    for (const [what, flags, message] of refused) {
      it(what, async () => {
        const cwd = temporaryFolder();
        const error = await failureOf('app', { cwd, flags });
        expect(error).to.have.property('name', 'UserError');
        expect(error.message).to.match(message);
        expect(readdirSync(cwd)).to.deep.equal([]);
      });
    }

    it('an unknown name in a file of answers, which it names', async () => {
      const cwd = temporaryFolder();
      writeTree(cwd, { 'a.yaml': 'titel: Contoso\n' });
      const { message } = await failureOf('app', { cwd, flags: { answers: 'a.yaml' } });
      expect(message).to.equal('titel in a.yaml is unknown; did you mean title in a.yaml?');
    });

    it('a wrong value in a file of answers', async () => {
      const cwd = temporaryFolder();
      writeTree(cwd, { 'a.yaml': 'auth: magic\n' });
      const { message } = await failureOf('app', { cwd, flags: { answers: 'a.yaml' } });
      expect(message).to.match(/"magic" is not allowed; allowed are: none, api-key/);
    });

    it('a file of answers that holds a list', async () => {
      const cwd = temporaryFolder();
      writeTree(cwd, { 'a.json': '["title"]' });
      const { message } = await failureOf('app', { cwd, flags: { answers: 'a.json' } });
      expect(message).to.equal('--answers a.json: must hold one answer per flag, such as "title: Contoso"');
    });
  });

  describe('at the prompts', () => {
    it('asks only what the answers before it make necessary', async () => {
      const asked = async (answers: Record<string, unknown>) =>
        (await generate('app', { cwd: temporaryFolder(), answers })).questions.map(({ name }) => name);
      const custom = await asked({ profile: 'custom', auth: 'none' });
      expect(custom).to.deep.equal(['have', 'profile', 'title', 'description', 'publisher', 'host', 'auth', 'change']);
      const verified = await asked({ profile: 'verified', auth: 'api-key', in: 'query' });
      expect(verified).to.include.members(['website', 'privacyPolicy', 'categories', 'contactEmail', 'keyName']);
      expect(verified).to.not.include.members(['prefix', 'tokenUrl', 'tenantId']);
    });

    it('does not ask what a flag has answered', async () => {
      const { questions } = await generate('app', { cwd: temporaryFolder(), flags: { title: 'Contoso' }, answers: {} });
      expect(questions.map(({ name }) => name))
        .to.include('host')
        .and.not.include('title');
    });

    it('checks answers as they are typed, as flags are checked', async () => {
      const { questions } = await generate('app', {
        cwd: temporaryFolder(),
        answers: { profile: 'verified', auth: 'api-key' },
        reply: { change: inOrder(['brandColor']) },
      });
      const check = (name: string, answer: unknown) =>
        questions.find((question) => question.name === name)?.validate(answer);
      expect(check('title', 'Contoso Weather')).to.equal(true);
      expect(check('title', 'Contoso API')).to.match(/contains "API", which certification refuses/);
      expect(check('title', '')).to.equal('must not be empty');
      expect(check('host', 'https://x')).to.match(/not a bare host name/);
      expect(check('contactEmail', 'nobody')).to.match(/not an e-mail address/);
      expect(check('website', 'www.contoso.com')).to.match(/not an absolute https URL/);
      expect(check('keyName', 'X Key')).to.match(/not a name of a header/);
      expect(check('brandColor', '#ffffff')).to.match(/reserved/);
      const ticked = ['AI', 'Data', 'Finance'].map((value) => ({ name: value, value }));
      expect(check('categories', ticked)).to.equal('at most two categories are allowed');
      expect(check('categories', ticked.slice(0, 2))).to.equal(true);
    });

    it('proposes what the folder and earlier answers say', async () => {
      const { questions } = await generate('app', {
        cwd: temporaryFolder('contoso-weather-connector'),
        answers: { profile: 'independent', auth: 'api-key', in: 'query' },
        reply: { change: inOrder(['brandColor']) },
      });
      const proposals = Object.fromEntries(questions.map((question) => [question.name, question.default]));
      expect(proposals).to.include({
        title: 'Contoso Weather',
        keyName: 'api_key',
        brandColor: '#da3b01',
      });
    });
  });

  describe('with no terminal', () => {
    it('takes the defaults: a custom connector, called like its folder', async () => {
      const cwd = temporaryFolder('Contoso Wetter ä');
      const { questions, log } = await generate('app', { cwd });
      expect(questions).to.deep.equal([]);
      expect(readJson(cwd, 'config.json')).to.include({ profile: 'custom' });
      expect(readJson(cwd, 'package.json')).to.include({ name: 'contoso-wetter-a' });
      expect(log).to.match(/Next:\n {2}npm install\n {2}npm run validate\n {2}npx pp-connector deploy --dry-run$/);
      expect(log).to.not.match(/Before the profile/);
    });

    it('lists what certification still misses, and nothing else', async () => {
      const { log } = await generate('app', { cwd: temporaryFolder(), flags: { profile: 'verified' } });
      const open = [...log.matchAll(/^ {2}- .* \(([a-z-]+)\)$/gm)].map((match) => match[1]);
      expect(open).to.not.deep.equal([]);
      expect(
        open.every((rule) => /^(info-contact|metadata|publisher|stack-owner|sample)/.test(rule ?? '')),
        open.join(),
      ).to.equal(true);
    });
  });

  it('makes the folder that it is given, also with blanks and umlauts, and says how to get there', async () => {
    const cwd = temporaryFolder();
    const { log } = await generate('app', { cwd, words: ['Mein Wetter ä'] });
    expect(existsSync(join(cwd, 'Mein Wetter ä', 'connector', 'apiDefinition.json'))).to.equal(true);
    expect(log).to.match(/^ {2}cd (['"])Mein Wetter ä\1$/m);
  });

  it('shows the difference with --dry-run, and writes nothing', async () => {
    const cwd = temporaryFolder();
    const fresh = await generate('app', { cwd, flags: { dryRun: true } });
    expect(readdirSync(cwd)).to.deep.equal([]);
    expect(fresh.output)
      .to.match(/^--- \/dev\/null\n\+\+\+ b\/config\.json$/m)
      .and.to.match(/^create connector\/icon\.png \(binary, \d+ bytes\)$/m);
    await generate('app', { cwd });
    const before = snapshot(cwd);
    const { output } = await generate('app', { cwd, flags: { dryRun: true, host: 'weather.contoso.com' } });
    expect(output)
      .to.match(/^--- a\/connector\/apiDefinition\.json$/m)
      .and.to.match(/^\+ {2}"host": "weather\.contoso\.com",$/m);
    expect(snapshot(cwd)).to.deep.equal(before);
  });

  it('starts a git repository only when asked', async () => {
    const [plain, git] = [temporaryFolder(), temporaryFolder()];
    await generate('app', { cwd: plain });
    await generate('app', { cwd: git, flags: { git: true } });
    expect([existsSync(join(plain, '.git')), existsSync(join(git, '.git'))]).to.deep.equal([false, true]);
  });

  it('names this package as --tool-spec says, else by a path to the checkout', async () => {
    const [given, checkout] = [temporaryFolder(), temporaryFolder()];
    await generate('app', { cwd: given, flags: { toolSpec: '^1.2.3' } });
    await generate('app', { cwd: checkout });
    const specOf = (folder: string) =>
      (readJson(folder, 'package.json') as { devDependencies: Record<string, string> }).devDependencies;
    expect(specOf(given)).to.deep.equal({ 'generator-pp-connector': '^1.2.3' });
    expect(specOf(checkout)['generator-pp-connector']).to.match(/^file:\.\.\//);
  });
});
