import { expect } from 'chai';
import { commands } from '../../src/cli/commands.generated.ts';
import { flagsThatNpmKept } from '../../src/cli/npm-flags.ts';
import { flagsOf } from '../../src/cli/plain-arguments.ts';
import { isUserError } from '../../src/errors.ts';
import { shellWord } from '../../src/process/command.ts';
import { temporaryFolder, writeTree } from '../support/folders.ts';

/** What npm 10 and 11 set for every script, whatever was typed. */
const always = {
  npm_command: 'run',
  npm_lifecycle_event: 'deploy',
  npm_config_user_agent: 'npm/11.19.1 node/v20.20.2 linux x64 workspaces/false',
  npm_config_cache: '/home/me/.npm',
  npm_config_prefix: '/usr',
  npm_config_noproxy: '',
  npm_config_audit: '',
};

async function kept(name: string, words: string[], env: Record<string, string>): Promise<string[]> {
  const command = await commands[name]?.load();
  if (command === undefined) throw new Error(`there is no command ${name}`);
  return flagsThatNpmKept({ command: name, flags: flagsOf(command), words, env });
}

async function advice(name: string, words: string[], env: Record<string, string>): Promise<string> {
  try {
    await kept(name, words, { ...always, ...env });
  } catch (error) {
    if (isUserError(error)) return `${error.message}\n${error.hint}`;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('flags that npm keeps', () => {
  it('counts --dry-run for every command that has it', async () => {
    for (const [name, { load }] of Object.entries(commands)) {
      const has = flagsOf(await load()).some((flag) => flag.name === 'dry-run');
      for (const runner of ['run', 'run-script', 'exec']) {
        const env = { ...always, npm_command: runner, npm_config_dry_run: 'true' };
        expect(await kept(name, [], env), name).to.deep.equal(has ? ['--dry-run'] : []);
      }
    }
  });

  it('refuses every other one, with the command line that works', async () => {
    expect(await advice('validate', [], { npm_config_fix: 'true' })).to.match(
      /--fix: npm .*\ntype: npx pp-connector validate --fix$/,
    );
    expect(await advice('deploy', [], { npm_config_environment: 'dev', npm_config_dry_run: 'true' })).to.include(
      'npx pp-connector deploy --environment dev --dry-run',
    );
    // npm leaves the value of a flag that it doesn't know among the words
    expect(await advice('validate', ['verified'], { npm_config_profile: 'true' })).to.include(
      'type: npx pp-connector validate --profile verified',
    );
    expect(await advice('validate', [], { npm_config_profile: 'true' })).to.include('validate --profile NAME');
    expect(await advice('validate', [], { npm_config_rule: 'a=off\n\nb=error' })).to.include(
      '--rule a=off --rule b=error',
    );
    expect(await advice('login', [], { npm_config_name: 'my "dev"' })).to.include(`--name ${shellWord('my "dev"')}`);
  });

  it('takes nothing that was not typed for a flag', async () => {
    for (const name of Object.keys(commands)) {
      expect(await kept(name, [], always), name).to.deep.equal([]);
      // set for npx by many build machines
      expect(await kept(name, [], { ...always, npm_config_yes: 'true' }), name).to.deep.equal([]);
      expect(await kept(name, [], { ...always, npm_config_dry_run: '' }), name).to.deep.equal([]);
    }
    expect(await kept('deploy', ['--dry-run'], { ...always, npm_config_dry_run: 'true' })).to.deep.equal([]);
  });

  it('takes no setting of an .npmrc for a flag', async () => {
    const folder = writeTree(temporaryFolder(), { '.npmrc': 'dry-run = true\r\nscope=@contoso\n' });
    const env = {
      ...always,
      npm_config_local_prefix: folder,
      npm_config_dry_run: 'true',
      npm_config_scope: '@contoso',
    };
    expect(await kept('oauth', [], env)).to.deep.equal([]);
    expect(await kept('deploy', [], { ...env, npm_config_userconfig: '/nowhere' })).to.deep.equal([]);
  });

  it('is of no interest without npm, and in the lifecycle scripts of npm publish', async () => {
    for (const npm_command of ['publish', 'pack', ''])
      expect(await kept('build', [], { npm_command, npm_config_dry_run: 'true' })).to.deep.equal([]);
  });
});
