import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { memoryChange } from '../../src/deploy/deployment-state.ts';
import { digest } from '../../src/files/digest.ts';
import { readJson, readText, snapshot, temporaryFolder, writeTree } from '../support/folders.ts';
import { warmCli } from '../support/warm/warm.ts';
import { repository, run, statusOf } from './repositories.ts';

const edit = (cwd: string, name: string, change: (text: string) => string): void => {
  const before = readText(cwd, name);
  const after = change(before);
  expect(after, `${name} must be changed by the test`).to.not.equal(before);
  writeFileSync(join(cwd, name), after);
};

const copyOf = (made: string): string => {
  const cwd = temporaryFolder();
  cpSync(made, cwd, { recursive: true });
  return cwd;
};

const rename = (text: string): string => text.replace('"Contoso Weather"', '"Contoso Storms"');

describe('status', () => {
  const made: Record<string, string> = {};
  const fresh = (name: string): string => copyOf(made[name] ?? '');

  before(function () {
    this.timeout(120_000);
    made.verified = repository('verified', { auth: 'oauth2' });
    made.independent = repository('independent', { auth: 'basic' });
    made.custom = repository('custom', { auth: 'none' });
  });

  describe('of a new repository', () => {
    const firsts = { verified: 'unique', independent: 'unique', custom: 'login' };
    for (const [profile, next] of Object.entries(firsts)) {
      it(`knows what is done for the profile ${profile}, and what comes next`, () => {
        const status = statusOf(fresh(profile));
        expect(status).to.include({ profile, connector: 'Contoso Weather', next });
        for (const id of ['assets', 'texts', 'secrets']) expect(status.step(id).state, id).to.equal('done');
        const { stdout } = run(fresh(profile));
        expect(stdout).to.match(/^Contoso Weather \(profile \w+\): \d+ of \d+ steps done\n\nNext: /);
        expect(stdout).to.contain(`pp-connector ${next === 'login' ? 'login' : `status --done ${next}`}`);
      });
    }

    it('counts every step', () => {
      const { steps, counts } = statusOf(fresh('verified'));
      for (const [state, count] of Object.entries(counts)) {
        expect(steps.filter((step) => step.state === state).length, state).to.equal(count);
      }
      expect(Object.values(counts).reduce((sum, count) => sum + count)).to.equal(steps.length);
    });

    it('tells a custom connector what certification would add', () => {
      const { stdout } = run(fresh('custom'));
      expect(stdout).to.contain('What certification would add').and.to.contain('Submission in Partner Center');
      const wanted = statusOf(fresh('custom'), ['--profile', 'verified']);
      expect(wanted.profile).to.equal('verified');
      expect(wanted.step('readme').state).to.equal('done');
    });

    it('changes nothing, and does not fail over what is open', () => {
      const cwd = fresh('verified');
      const before = snapshot(cwd);
      for (const format of ['text', 'json', 'markdown']) expect(run(cwd, ['--format', format]).status).to.equal(0);
      expect(snapshot(cwd)).to.deep.equal(before);
    });
  });

  describe('sees in the files', () => {
    it('an error in a text, a readme that lost a section, a secret', () => {
      const cwd = fresh('verified');
      edit(cwd, 'connector/apiDefinition.json', (text) =>
        text.replace('"Contoso Weather"', '"A title that is far longer than the limit allows it"'),
      );
      edit(cwd, 'README.md', (text) => text.replace(/## Known Issues[\s\S]*?(?=\n## )/, ''));
      edit(cwd, 'connector/apiProperties.json', (text) =>
        text.replace('REPLACE_WITH_CLIENT_ID', '7c9e6679-7425-40de-944b-e07fc1f90ae7'),
      );
      const status = statusOf(cwd);
      expect(status.next).to.equal('texts');
      for (const id of ['texts', 'readme', 'secrets']) {
        expect(status.step(id)).to.include({ state: 'to-do', command: 'pp-connector validate --profile verified' });
        expect(status.step(id).why).to.match(/^\d+ (error|warning)s?: .+:\d+: /);
      }
    });

    it('a definition that is no JSON: nothing that depends on it is done', () => {
      const cwd = fresh('independent');
      edit(cwd, 'connector/apiDefinition.json', (text) => text.slice(0, text.length / 2));
      const status = statusOf(cwd);
      expect(status.next).to.equal('assets');
      expect(status.step('texts')).to.include({ state: 'to-do', why: "the definition can't be read yet" });
    });

    it('that an icon is still the drawn one', () => {
      const cwd = fresh('verified');
      expect(statusOf(cwd).step('icon'))
        .to.include({ state: 'done' })
        .and.property('why')
        .to.match(/your logo/);
      rmSync(join(cwd, 'connector', 'icon.png'));
      expect(statusOf(cwd).step('icon')).to.include({ state: 'to-do' });
    });

    it('a deployment that is remembered, and that files have changed since', () => {
      const cwd = fresh('verified');
      const of = (name: string): string => digest(readFileSync(join(cwd, 'connector', name)));
      const { path, contents } = memoryChange(cwd, {
        environment: { name: 'dev', target: 'https://contoso.crm.dynamics.com' },
        connectorId: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
        action: 'create',
        deployedAt: '2026-05-01T23:30:00.000Z',
        tool: 'generator-pp-connector 0.1.0',
        digests: {
          definition: of('apiDefinition.json'),
          properties: of('apiProperties.json'),
          icon: of('icon.png'),
        },
      });
      mkdirSync(join(cwd, '.pp-connector'), { recursive: true });
      writeFileSync(path, contents ?? '');
      expect(statusOf(cwd).step('login').state).to.equal('done');
      expect(statusOf(cwd).step('deploy')).to.include({ state: 'done', since: '2026-05-01', why: 'in dev' });
      edit(cwd, 'connector/apiDefinition.json', rename);
      expect(statusOf(cwd).step('deploy')).to.include({
        state: 'to-do',
        why: 'the definition has changed since it was deployed to dev on 2026-05-01',
        command: 'pp-connector deploy --environment dev',
      });
    });

    it('an id in config.json', () => {
      const cwd = fresh('custom');
      const id = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
      const environments = { dev: { url: 'https://contoso.crm.dynamics.com', connectorId: id } };
      const config = { ...(readJson(cwd, 'config.json') as object), environments };
      writeTree(cwd, { 'config.json': JSON.stringify(config) });
      expect(statusOf(cwd).step('deploy')).to.include({ state: 'done' });
      expect(statusOf(cwd).next).to.equal('test');
    });

    it('the tag of a release, and changes behind it', function () {
      this.timeout(60_000);
      const cwd = fresh('verified');
      const git = (...args: string[]): void => {
        const identity = ['-c', 'user.name=Ann', '-c', 'user.email=ann@contoso.com', '-c', 'commit.gpgsign=false'];
        execFileSync('git', [...identity, ...args], { cwd, stdio: 'ignore' });
      };
      git('init', '--quiet');
      git('add', '--all');
      git('commit', '--quiet', '--message', 'First');
      expect(statusOf(cwd).step('release').why).to.equal("version 1.0 isn't released yet");
      git('tag', 'connector-v1.0');
      expect(statusOf(cwd).step('release')).to.include({ state: 'done', why: 'tag connector-v1.0' });
      edit(cwd, 'connector/apiDefinition.json', rename);
      expect(statusOf(cwd).step('release')).to.include({
        state: 'to-do',
        why: 'the connector has changed since the tag connector-v1.0',
      });
    });

    it('a folder for the pull request, and that it is older', () => {
      const cwd = fresh('independent');
      const definition = readText(cwd, 'connector/apiDefinition.json');
      const folder = 'package/pull-request/independent-publisher-connectors/Contoso Weather';
      writeTree(cwd, { [`${folder}/apiDefinition.swagger.json`]: definition });
      expect(statusOf(cwd).step('pull-request-folder').state).to.equal('done');
      edit(cwd, 'connector/apiDefinition.json', rename);
      expect(statusOf(cwd).step('pull-request-folder')).to.include({
        state: 'to-do',
        command: 'pp-connector package --pull-request',
      });
    });
  });

  describe('--done', () => {
    it('remembers day, note and what the connector was, and the page follows', () => {
      const cwd = fresh('verified');
      const { stdout, stderr } = run(cwd, ['--done', 'test', '--on', '2026-05-01', '--note', ' 12 calls\n each ']);
      expect(stderr).to.equal('  create .pp-connector/certification.json\n  change docs/certification.md\n');
      expect(stdout).to.match(/by hand +test .*\n +2026-05-01; "12 calls each"\n/);
      const memory = readJson(cwd, '.pp-connector/certification.json') as { steps: { test: { ground: object } } };
      expect(memory.steps.test).to.deep.include({ done: '2026-05-01', note: '12 calls each' });
      expect(Object.keys(memory.steps.test.ground)).to.deep.equal(['definition', 'properties']);
      expect(readText(cwd, 'docs/certification.md')).to.match(
        /^\* \[x\] \*\*Test in the maker portal\*\* .* Done 2026-05-01\. "12 calls each"$/m,
      );
    });

    it('twice changes nothing, and --undo takes it back', () => {
      const cwd = fresh('verified');
      const before = readText(cwd, 'docs/certification.md');
      const words = ['--done', 'test', '--done', 'unique', '--on', '2026-05-01'];
      run(cwd, words);
      const once = snapshot(cwd);
      expect(run(cwd, words).stderr).to.equal('  nothing to change\n');
      expect(snapshot(cwd)).to.deep.equal(once);
      expect(Object.keys((readJson(cwd, '.pp-connector/certification.json') as { steps: object }).steps)).to.deep.equal(
        ['unique', 'test'],
      );
      expect(run(cwd, ['--undo', 'test', '--undo', 'unique']).status).to.equal(0);
      expect(readText(cwd, 'docs/certification.md')).to.equal(before);
      expect(run(cwd, ['--undo', 'test']).stderr).to.equal('  nothing to change\n');
    });

    it('goes stale with another definition, not with its layout or its version', () => {
      const cwd = fresh('independent');
      run(cwd, ['--done', 'test', '--on', '2026-05-01']);
      edit(cwd, 'connector/apiDefinition.json', (text) =>
        JSON.stringify(JSON.parse(text.replace('"version": "1.0"', '"version": "1.1"')), null, 4).replaceAll(
          '\n',
          '\r\n',
        ),
      );
      expect(statusOf(cwd).step('test').state).to.equal('by-hand');
      edit(cwd, 'connector/apiDefinition.json', rename);
      expect(statusOf(cwd).step('test')).to.include({
        state: 'stale',
        why: 'ticked 2026-05-01, the definition has changed since',
      });
      // tested again
      run(cwd, ['--done', 'test', '--on', '2026-05-09']);
      expect(statusOf(cwd).step('test')).to.include({ state: 'by-hand', since: '2026-05-09' });
    });

    it('keeps what somebody else wrote into the memory, and its layout', () => {
      const cwd = fresh('custom');
      const memory =
        '\uFEFF{\r\n\t"team": "weather",\r\n\t"steps": { "later-step": { "done": "2026-01-01" } }\r\n}\r\n';
      writeTree(cwd, { '.pp-connector/certification.json': memory });
      expect(run(cwd, ['--done', 'share', '--on', '2026-05-01']).status).to.equal(0);
      const after = readText(cwd, '.pp-connector/certification.json');
      expect(after.startsWith('\uFEFF{\r\n\t"team": "weather",\r\n\t"steps": {')).to.equal(true);
      expect(after)
        .to.contain('"later-step": { "done": "2026-01-01" }')
        .and.to.match(/"share": \{ ?"done": ?"2026-05-01" ?\}/);
      expect(after.replaceAll('\r\n', '')).to.not.contain('\n');
      expect(run(cwd, ['--undo', 'share', '--undo', 'later-step']).status).to.equal(0);
      expect(statusOf(cwd).step('share').state).to.equal('to-do');
    });

    it("takes the author's own day, wherever the clock stands and whatever the language", () => {
      const days = ['Pacific/Kiritimati', 'Pacific/Pago_Pago'].map((zone) => {
        const cwd = fresh('custom');
        const here = new Date().toLocaleDateString('sv', { timeZone: zone });
        const { status } = run(cwd, ['--done', 'share'], {
          env: { TZ: zone, LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8' },
        });
        expect(status).to.equal(0);
        const { steps } = readJson(cwd, '.pp-connector/certification.json') as { steps: { share: { done: string } } };
        // the test may run over midnight
        const later = new Date().toLocaleDateString('sv', { timeZone: zone });
        expect([here, later]).to.include(steps.share.done);
        return steps.share.done;
      });
      // 25 hours lie between the two
      expect(days[0]).to.not.equal(days[1]);
    });

    it('reads the same in every time zone', () => {
      const cwd = fresh('verified');
      run(cwd, ['--done', 'test', '--on', '2026-03-29']);
      const texts = ['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Europe/Berlin'].map(
        (TZ) => run(cwd, ['--format', 'markdown'], { env: { TZ, LANG: 'tr_TR.UTF-8' } }).stdout,
      );
      expect(new Set(texts).size).to.equal(1);
    });

    it('warns of a day in the future', () => {
      const { stderr, stdout, status } = run(fresh('custom'), ['--done', 'share', '--on', '2199-01-01']);
      expect(status).to.equal(0);
      expect(stderr).to.match(/^warning: 2199-01-01 lies in the future, today is \d{4}-\d\d-\d\d\n/);
      expect(stdout).to.contain('2199-01-01; that day lies in the future');
    });
  });

  describe('refuses', () => {
    const mistakes: [string, string, string[], RegExp][] = [
      ['an unknown step', 'custom', ['--done', 'tset'], /no step "tset".*\n {2}did you mean: .* --done test$/m],
      [
        'one that is like a step the files show',
        'custom',
        ['--done', 'logni'],
        /no step "logni".*\n {2}list all steps/,
      ],
      ['one that is like none', 'custom', ['--undo', 'xylophone'], /no step "xylophone".*\n {2}list all steps with/],
      [
        'a step that the files show',
        'custom',
        ['--done', 'login'],
        /"Sign in to an environment" is not ticked by hand, .*\n {2}the next command is: pp-connector login/,
      ],
      ['one that is done already', 'custom', ['--done', 'assets'], /the files themselves show it: it is done/],
      ['what comes back with every change', 'verified', ['--done', 'updates'], /never done for good/],
      ['a step of another profile', 'verified', ['--done', 'proposal'], /not needed: only independent publishers/],
      ['one that this connector does not need', 'custom', ['--done', 'redirect-addresses'], /no OAuth application/],
      [
        'a day that does not exist',
        'custom',
        ['--done', 'test', '--on', '2026-02-30'],
        /--on: "2026-02-30" is not a day/,
      ],
      ['a day in words', 'custom', ['--done', 'test', '--on', 'yesterday'], /written as YYYY-MM-DD/],
      ['a note without a step', 'custom', ['--note', 'x'], /--note belongs to --done/],
      ['both at once', 'custom', ['--done', 'test', '--undo', 'test'], /can't be given together/],
      [
        'a secret in a note',
        'custom',
        ['--done', 'test', '--note', `token ghp_${'aB3dE6gH9jK2mN5pQ8rS'.repeat(2)}`],
        /--note: the text holds a GitHub token, and notes are committed/,
      ],
    ];
    for (const [name, profile, words, expected] of mistakes) {
      it(`${name}, and writes nothing`, () => {
        const cwd = made[profile] ?? '';
        const before = snapshot(cwd);
        const { status, stdout, stderr } = run(cwd, words);
        expect([status, stdout], stderr).to.deep.equal([2, '']);
        expect(stderr).to.match(expected);
        expect(snapshot(cwd)).to.deep.equal(before);
      });
    }

    it('a memory that a merge has damaged, with its place', () => {
      const cwd = fresh('custom');
      writeTree(cwd, { '.pp-connector/certification.json': '{\n<<<<<<< HEAD\n  "steps": {}\n}\n' });
      for (const words of [[], ['--done', 'test']]) {
        const { status, stderr } = run(cwd, words);
        expect(status).to.equal(2);
        expect(stderr).to.match(/certification\.json:2:1: /);
      }
      writeTree(cwd, { '.pp-connector/certification.json': '{ "steps": { "test": { "done": "1.5.2026" } } }' });
      expect(run(cwd).stderr).to.match(/steps\.test\.done: "1\.5\.2026" is not a day/);
    });

    it('a folder without a connector', () => {
      expect(run(temporaryFolder()).stderr).to.match(/there is no connector here\n {2}.*pp-connector new/);
    });

    it('ticks in a bare folder, whose status it shows', () => {
      const cwd = temporaryFolder();
      cpSync(join(made.independent ?? '', 'connector'), cwd, { recursive: true });
      const before = snapshot(cwd);
      expect(statusOf(cwd, ['--profile', 'independent']).step('readme').state).to.equal('to-do');
      const { status, stderr } = run(cwd, ['--done', 'test']);
      expect(status).to.equal(2);
      expect(stderr).to.match(/bare folder\n {2}.*pp-connector new/);
      expect(snapshot(cwd)).to.deep.equal(before);
    });
  });

  describe('docs/certification.md', () => {
    it('is in new repositories that are to be certified, and stays as it is', () => {
      for (const profile of ['verified', 'independent', 'custom']) {
        const cwd = fresh(profile);
        const before = snapshot(cwd);
        expect(Object.keys(before).includes('docs/certification.md'), profile).to.equal(profile !== 'custom');
        const { stdout, stderr } = warmCli(['readme'], { cwd });
        expect(stdout + stderr).to.match(/nothing to change/);
        expect(warmCli(['new', '.', '--yes', '--tool-spec', '^0.1.0'], { cwd }).status).to.equal(0);
        expect(snapshot(cwd)).to.deep.equal(before);
        expect(warmCli(['validate', '--quiet'], { cwd }).status).to.equal(0);
      }
    });

    it('is filled from the connector, with a box for each step of its own', () => {
      const page = readText(made.independent ?? '', 'docs/certification.md');
      expect(page).to.contain('**Contoso Weather** by Ann Example, profile `independent`');
      const { steps } = statusOf(made.independent ?? '');
      const own = steps.filter(({ state }) => state !== 'not-needed');
      expect(page.match(/^\* \[[ x]\] /gm)?.length).to.equal(own.length);
      expect(page).to.match(
        /^\* Redirect addresses of the OAuth application: connectors of independent publishers do/m,
      );
      expect(page.match(/^\* \[x\] /gm)?.length).to.equal(own.filter(({ state }) => state === 'done').length);
    });

    it("keeps the author's words, line ends and byte-order mark", () => {
      const cwd = fresh('verified');
      edit(
        cwd,
        'docs/certification.md',
        (text) => `\uFEFF${text.replace('## Notes', '## Our notes\n\nTicket 4711').replaceAll('\n', '\r\n')}`,
      );
      edit(cwd, 'connector/apiDefinition.json', rename);
      expect(warmCli(['readme'], { cwd }).status).to.equal(0);
      const page = readText(cwd, 'docs/certification.md');
      expect(page.startsWith('\uFEFF# Certification\r\n')).to.equal(true);
      expect(page).to.contain('## Our notes\r\n\r\nTicket 4711').and.to.contain('**Contoso Storms**');
      expect(page.replaceAll('\r\n', '')).to.not.contain('\n');
    });

    it('is the same wherever the command is typed, and whatever profile is asked for', () => {
      const cwd = fresh('verified');
      edit(cwd, 'connector/apiDefinition.json', (text) => text.replace('"Contoso Weather"', '""'));
      const { stderr } = run(join(cwd, 'connector'), ['--done', 'test', '--on', '2026-05-01', '--profile', 'custom']);
      expect(stderr).to.match(/change docs\/certification\.md/);
      const page = readText(cwd, 'docs/certification.md');
      expect(page).to.contain('connector/apiDefinition.json:').and.to.contain('profile `verified`');
      const { stdout } = warmCli(['readme', '--dry-run'], { cwd });
      expect(stdout).to.not.contain('docs/certification.md');
    });

    it('without its markers belongs to its author alone', () => {
      const cwd = fresh('verified');
      writeTree(cwd, { 'docs/certification.md': '# Our own way\n' });
      warmCli(['readme'], { cwd });
      run(cwd, ['--done', 'test']);
      expect(readText(cwd, 'docs/certification.md')).to.equal('# Our own way\n');
    });

    it('with broken markers is refused with its line, and nothing is written', () => {
      const cwd = fresh('verified');
      edit(cwd, 'docs/certification.md', (text) => text.replace(/<!-- pp-connector:end .*-->/, ''));
      const before = snapshot(cwd);
      const { status, stderr } = run(cwd, ['--done', 'test']);
      expect(status).to.equal(2);
      expect(stderr).to.match(/certification\.md:\d+: the block "certification" has no end/);
      expect(snapshot(cwd)).to.deep.equal(before);
    });

    it('does not let a title or a note write Markdown of its own', () => {
      const cwd = fresh('verified');
      edit(cwd, 'connector/apiDefinition.json', (text) =>
        text.replace('"Contoso Weather"', '"<!-- pp-connector:end certification -->"'),
      );
      run(cwd, ['--done', 'test', '--note', '<!-- pp-connector:begin x -->']);
      expect(warmCli(['readme'], { cwd }).status).to.equal(0);
      const page = readFileSync(join(cwd, 'docs', 'certification.md'), 'utf8');
      expect(page.match(/^<!-- pp-connector:/gm)?.length).to.equal(2);
    });
  });

  describe('--format json', () => {
    it('is the contract', () => {
      const status = JSON.parse(run(fresh('verified'), ['--format', 'json']).stdout) as Record<string, unknown>;
      expect(Object.keys(status)).to.deep.equal(['profile', 'connector', 'next', 'steps', 'counts']);
      expect(Object.keys(status.counts as object)).to.deep.equal([
        ...['done', 'by-hand', 'to-do', 'stale', 'waiting', 'not-needed'],
      ]);
      for (const step of status.steps as Record<string, unknown>[]) {
        expect(step).to.include.all.keys('id', 'title', 'phase', 'state', 'who', 'duration');
        if (step.state === 'to-do') expect(step.command, String(step.id)).to.match(/^pp-connector \w/);
        if (step.state === 'not-needed') expect(step.why, String(step.id)).to.match(/\w/);
      }
    });
  });
});
