import { findConnector, findRepositoryRoot } from '../../connector/find.ts';
import { readJson } from '../../connector/source-file.ts';
import { commandsAsJson, commandsAsText } from '../../deploy/describe.ts';
import { Environments } from '../../deploy/environment.ts';
import { planLogin } from '../../deploy/plan-login.ts';
import { runPac } from '../../deploy/run-pac.ts';
import type { CommandSpec } from '../command.ts';

export const command: CommandSpec = {
  name: 'login',
  summary: 'sign in to a Power Platform environment (pac auth create)',
  flags: [
    {
      name: 'environment',
      value: 'NAME|URL',
      description:
        'a name of "environments" in config.json, or an address (default: the only one there, else pac asks)',
    },
    { name: 'url', value: 'URL', description: 'the same, under its older name' },
    { name: 'dry-run', description: 'print the command instead of running it' },
  ],
  formats: ['text', 'json'],
  examples: [
    ['pp-connector login', 'sign in to the environment of config.json'],
    ['pp-connector login --environment https://contoso.crm.dynamics.com', 'sign in to any environment'],
  ],
  async run(context, _positionals, flags) {
    const config = findConnector(findRepositoryRoot(context.cwd) ?? context.cwd).files.config;
    const environments = new Environments(config === undefined ? undefined : readJson('config', config));
    const request = { environment: flags.text('environment'), url: flags.text('url'), cwd: context.cwd };
    const commands = [planLogin(request, environments)] as const;
    if (flags.on('dry-run')) {
      context.out(context.format === 'json' ? commandsAsJson(commands) : commandsAsText(commands, process.platform));
      return 0;
    }
    await runPac(commands[0], { onOutput: (chunk) => process.stderr.write(chunk) });
    context.out(context.format === 'json' ? commandsAsJson(commands) : 'Signed in.\n');
    return 0;
  },
};
