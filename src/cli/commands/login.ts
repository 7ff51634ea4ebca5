import { findConnector, findRepositoryRoot } from '../../connector/find.ts';
import { readJson } from '../../connector/source-file.ts';
import { commandsAsJson, commandsAsText } from '../../deploy/describe.ts';
import { Environments } from '../../deploy/environment.ts';
import { loginMethods } from '../../deploy/login-methods.ts';
import { clouds, planLogin } from '../../deploy/plan-login.ts';
import { runPac } from '../../deploy/run-pac.ts';
import { requireNoLinkOut } from '../../files/contained-path.ts';
import { maskedCommand } from '../../process/command.ts';
import { onOneLine } from '../../shown.ts';
import type { CommandSpec, Flags } from '../command.ts';
import { type FlagHeadings, underHeadings } from '../flag-headings.ts';
import { showOutput } from '../screen.ts';

const headings: FlagHeadings = {
  'Without a person': [
    'github-federated',
    'azure-devops-federated',
    'managed-identity',
    'certificate',
    'service-principal',
  ],
  'As an application': ['application-id', 'tenant', 'allow-secret-argument'],
};

export const command: CommandSpec = {
  name: 'login',
  summary: 'sign in to a Power Platform environment (pac auth create)',
  group: 'deploy',
  order: 10,
  flags: underHeadings(
    [
      {
        name: 'environment',
        value: 'NAME|URL',
        description:
          'a name of "environments" in config.json, or an address (default: the only one there, else pac asks)',
      },
      { name: 'url', value: 'URL', description: 'the same, under its older name' },
      ...loginMethods.map(({ flag, value, description }) => ({ name: flag, description, ...(value && { value }) })),
      { name: 'application-id', value: 'ID', description: 'the application that signs in (client id)' },
      { name: 'tenant', value: 'ID', description: 'the tenant of that application' },
      { name: 'cloud', value: 'NAME', description: 'the cloud that the tenant is in', choices: clouds },
      { name: 'name', value: 'NAME', description: 'name of the profile that pac keeps' },
      {
        name: 'allow-secret-argument',
        description: 'also outside CI hand a secret to pac as an argument, which other users of the machine can read',
      },
      { name: 'verbose', description: 'tell each command as it is run, how it ended and how long it took' },
      { name: 'dry-run', description: 'print the command instead of running it; secrets are shown as ***' },
    ],
    headings,
  ),
  formats: ['text', 'json'],
  examples: [
    ['pp-connector login', 'sign in to the environment of config.json'],
    ['pp-connector login --environment https://contoso.crm.dynamics.com', 'sign in to any environment'],
    ['pp-connector login --device-code', 'where no browser is'],
    [
      'pp-connector login --github-federated --application-id ID --tenant ID --environment prod',
      'in a GitHub workflow, without a secret',
    ],
  ],
  async run(context, _positionals, flags) {
    const { root, files } = findConnector(findRepositoryRoot(context.cwd) ?? context.cwd);
    if (files.config !== undefined) requireNoLinkOut(root, files.config);
    const environments = new Environments(files.config === undefined ? undefined : readJson('config', files.config));
    const {
      command: toRun,
      secrets,
      isByPerson,
    } = planLogin(
      {
        environment: flags.text('environment'),
        url: flags.text('url'),
        methods: chosenMethods(flags),
        applicationId: flags.text('application-id'),
        tenant: flags.text('tenant'),
        cloud: flags.text('cloud'),
        name: flags.text('name'),
        allowSecretArgument: flags.on('allow-secret-argument'),
        env: process.env,
        platform: process.platform,
        cwd: context.cwd,
      },
      environments,
    );
    const commands = [maskedCommand(toRun, secrets)] as const;
    if (secrets.length > 0) {
      context.err(
        'note: the secret goes to pac as an argument, which other programs on this machine can read; --github-federated, ' +
          '--azure-devops-federated and --managed-identity need none\n',
      );
    }
    if (flags.on('dry-run')) {
      context.out(context.format === 'json' ? commandsAsJson(commands) : commandsAsText(commands, process.platform));
      return 0;
    }
    await runPac(toRun, {
      onOutput: showOutput,
      secrets,
      record: flags.on('verbose') ? (line) => context.err(`${onOneLine(line)}\n`) : undefined,
      ...(isByPerson && { timeout: Number.POSITIVE_INFINITY }),
    });
    context.out(context.format === 'json' ? commandsAsJson(commands) : 'Signed in.\n');
    return 0;
  },
};

const chosenMethods = (flags: Flags): Record<string, string | true> =>
  Object.fromEntries(
    loginMethods.flatMap(({ flag }) => {
      const value = flags.text(flag) ?? (flags.on(flag) ? (true as const) : undefined);
      return value === undefined ? [] : [[flag, value]];
    }),
  );
