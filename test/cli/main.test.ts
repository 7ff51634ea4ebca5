import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { commands } from '../../src/cli/commands.generated.ts';
import { main } from '../../src/cli/main.ts';
import { version } from '../../src/version.ts';
import { temporaryFolder, writeTree } from '../support/folders.ts';

/** Runs a command line in this process. */
async function run(...argv: string[]): Promise<{ status: number; stdout: string; stderr: string }> {
  const printed = { stdout: '', stderr: '' };
  const { stdout, stderr } = process;
  const original = { stdout: stdout.write, stderr: stderr.write };
  stdout.write = (chunk: string | Uint8Array) => {
    printed.stdout += String(chunk);
    return true;
  };
  stderr.write = (chunk: string | Uint8Array) => {
    printed.stderr += String(chunk);
    return true;
  };
  try {
    const status = await main(argv);
    return { status, ...printed };
  } finally {
    stdout.write = original.stdout;
    stderr.write = original.stderr;
  }
}

const swagger =
  '{"swagger":"2.0","info":{"title":"Contoso","version":"1.0"},"host":"api.contoso.com","schemes":["https"],"paths":{}}';

describe('the command line', () => {
  it('takes away the secrets that a killed deployment left, whatever the command', async () => {
    const temporary = temporaryFolder('tmp');
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    const [dead, alive] = [`pp-connector-private-${pid}-abc`, `pp-connector-private-${process.ppid}-abc`];
    writeTree(temporary, { [`${dead}/apiProperties.json`]: 'secret', [`${alive}/apiProperties.json`]: 'secret' });
    const name = process.platform === 'win32' ? 'TEMP' : 'TMPDIR';
    const before = process.env[name];
    process.env[name] = temporary;
    try {
      expect((await run('rules')).status).to.equal(0);
      expect(readdirSync(temporary)).to.deep.equal([alive]);
      process.env[name] = join(temporary, 'nowhere');
      expect((await run('rules')).status).to.equal(0);
    } finally {
      if (before === undefined) delete process.env[name];
      else process.env[name] = before;
    }
  });

  it('prints its version', async () => {
    for (const flag of ['--version', '-V'])
      expect(await run(flag)).to.deep.equal({ status: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('lists all commands without one, and for --help', async () => {
    for (const words of [[], ['--help'], ['-h'], ['help']]) {
      const { status, stdout } = await run(...words);
      expect(status).to.equal(0);
      for (const name of Object.keys(commands)) expect(stdout).to.match(new RegExp(`^ {2}${name} +\\S`, 'm'));
    }
  });

  it('lists them in the order of the work', async () => {
    const { stdout } = await run('--help');
    const lines = [...stdout.matchAll(/^(?:([A-Z][^:\n]*):| {2}([a-z]+) )/gm)].map(([, group, name]) => group ?? name);
    expect(lines.slice(1, 7)).to.deep.equal(['Make the connector', 'new', 'workspace', 'import', 'oauth', 'operation']);
    expect(lines.indexOf('validate')).to.be.lessThan(lines.indexOf('deploy'));
    expect(lines.indexOf('deploy')).to.be.lessThan(lines.indexOf('package'));
  });

  for (const [name, { aliases }] of Object.entries(commands)) {
    for (const alias of aliases)
      it(`takes ${alias} for ${name}`, async () => {
        expect(Object.keys(commands)).to.not.include(alias);
        expect((await run('--help')).stdout).to.match(new RegExp(`^ {2}${name} .*\\(also: .*${alias}`, 'm'));
        expect((await run(alias, '--help')).stdout).to.equal((await run(name, '--help')).stdout);
      });
  }

  for (const [name, { load }] of Object.entries(commands)) {
    it(`explains ${name}: all its flags, and examples`, async () => {
      const { status, stdout, stderr } = await run(name, '--help');
      expect([status, stderr]).to.deep.equal([0, '']);
      const command = await load();
      for (const flag of command.flags) expect(stdout).to.contain(`--${flag.name}`);
      for (const common of ['--cwd <DIR>', '--yes', '--non-interactive', '--no-color', '--help'])
        expect(stdout).to.contain(common);
      expect(stdout).to.match(/\nExamples:\n/);
      expect(command.examples.length).to.be.greaterThan(0);
      for (const [example] of command.examples) expect(stdout).to.contain(`  ${example}`);
      expect((await run('help', name)).stdout).to.equal(stdout);
      expect((await run(name, '-h')).stdout).to.equal(stdout);
    });

    it(`shows at most a dozen flags of ${name} without a heading`, async () => {
      const { flags } = await load();
      const bare = flags.filter(({ heading }) => heading === undefined);
      expect(bare.map((flag) => flag.name)).to.have.length.at.most(12);
    });

    it(`refuses an unknown flag of ${name}`, async () => {
      const { status, stdout, stderr } = await run(name, '--dry-rnu-or-cdw');
      expect([status, stdout]).to.deep.equal([2, '']);
      expect(stderr)
        .to.match(/^error: .*there is no flag --dry-rnu-or-cdw/)
        .and.to.contain(`see: pp-connector ${name} --help`);
    });
  }

  describe('leaves with status 2 and the next command to type', () => {
    const mistakes: [string, string[], RegExp][] = [
      [
        'an unknown command that is like one',
        ['validat'],
        /^error: there is no command "validat"\n {2}did you mean: pp-connector validate\n$/,
      ],
      [
        'the word of another tool',
        ['init'],
        /^error: there is no command "init"\n {2}did you mean: pp-connector new\n$/,
      ],
      ['the short flag of another tool', ['-v'], /did you mean: pp-connector --version\n$/],
      [
        'an unknown command',
        ['xylophone'],
        /^error: there is no command "xylophone"\n {2}list the commands with: pp-connector --help\n$/,
      ],
      ['a name that every object has', ['constructor'], /^error: there is no command "constructor"/],
      [
        'a flag that is mistyped',
        ['validate', '--profil', 'custom'],
        /there is no flag --profil; did you mean --profile\?/,
      ],
      [
        'a value that is not allowed',
        ['validate', '--profile', 'certified'],
        /--profile: "certified" is not allowed; allowed are: custom, verified, independent/,
      ],
      ['a flag without its value', ['validate', '--profile'], /--profile needs a value/],
      ['a path that is not there', ['validate', 'nowhere'], /nowhere: there is no such file or folder/],
      [
        'a rule that is mistyped',
        ['rules', 'info-title-lenght'],
        /there is no rule "info-title-lenght"; did you mean "info-title-length"\?/,
      ],
      ['a number that is none', ['validate', '--max-findings', 'many'], /--max-findings/],
      [
        'no config.json',
        ['build'],
        /config\.json: there is no such file\n {2}make a repository with: pp-connector new/,
      ],
    ];
    for (const [what, argv, message] of mistakes) {
      it(what, async () => {
        const [name = '', ...rest] = argv;
        const cwd = Object.hasOwn(commands, name) ? ['--cwd', temporaryFolder()] : [];
        const { status, stdout, stderr } = await run(name, ...cwd, ...rest);
        expect([status, stdout]).to.deep.equal([2, '']);
        expect(stderr).to.match(message);
        expect(stderr).to.not.match(/^\s+at /m);
      });
    }
  });

  it('works in the folder of --cwd, and leaves with 1 for findings, 0 for none at that level', async () => {
    const cwd = writeTree(temporaryFolder('Wetter ä'), { 'sub folder/apiDefinition.swagger.json': swagger });
    const found = await run('validate', 'sub folder', '--cwd', cwd);
    expect(found.status).to.equal(1);
    expect(found.stdout).to.contain('sub folder/apiDefinition.swagger.json');
    expect((await run('validate', 'sub folder', '--cwd', cwd, '--fail-on', 'never')).status).to.equal(0);
  });

  it('says what the operating system refuses, without a stack', async () => {
    const cwd = writeTree(temporaryFolder(), {
      'config.json': '{"apiDefinition":"a.json"}',
      'a.json': swagger,
      connector: 'in the way',
    });
    const { status, stderr } = await run('build', '--cwd', cwd);
    expect(status).to.equal(2);
    expect(stderr)
      .to.match(/^error: /)
      .and.not.match(/^\s+at /m);
  });

  it('prints JSON that a script can read, and nothing else, on stdout', async () => {
    const cwd = writeTree(temporaryFolder(), { 'apiDefinition.swagger.json': swagger });
    const { stdout, stderr } = await run('validate', '--format', 'json', join(cwd));
    expect(stderr).to.equal('');
    expect(JSON.parse(stdout)).to.have.nested.property('connectors[0].counts.error');
  });
});
