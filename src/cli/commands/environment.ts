import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ConnectorDraft } from '../../connector/draft.ts';
import { findRepositoryRoot } from '../../connector/find.ts';
import { type Connector, loadConnector } from '../../connector/load.ts';
import { noConnector } from '../../connector/no-connector.ts';
import { memoryName } from '../../deploy/deployment-state.ts';
import {
  describeEnvironment,
  type EnvironmentEdit,
  removeEnvironment,
  setEnvironment,
} from '../../deploy/edit-environments.ts';
import { type Environment, Environments } from '../../deploy/environment.ts';
import type { OverrideKey } from '../../deploy/overrides.ts';
import { UserError } from '../../errors.ts';
import type { PlannedFile } from '../../files/commit.ts';
import { shellWord } from '../../process/command.ts';
import { onOneLine } from '../../shown.ts';
import type { CommandSpec, Context, FlagSpec, Flags } from '../command.ts';
import { commitFiles } from '../commit-files.ts';
import { type FlagHeadings, underHeadings } from '../flag-headings.ts';

/** What an environment can have otherwise, by the flags of other commands that mean the same. */
const overrideFlags: readonly (FlagSpec & { key: OverrideKey })[] = [
  { key: 'host', name: 'host', value: 'HOST', description: 'host of the API there' },
  { key: 'basePath', name: 'base-path', value: 'PATH', description: 'base path there' },
  { key: 'title', name: 'title', value: 'TEXT', description: 'title of the connector there' },
  { key: 'icon', name: 'icon', value: 'FILE', description: 'icon there, relative to config.json' },
  { key: 'authorizationUrl', name: 'authorization-url', value: 'URL', description: 'where people sign in there' },
  { key: 'tokenUrl', name: 'token-url', value: 'URL', description: 'where tokens come from there' },
  { key: 'refreshUrl', name: 'refresh-url', value: 'URL', description: 'where tokens are refreshed there' },
  { key: 'resourceUri', name: 'resource-uri', value: 'URI', description: 'Entra ID: resource of the API there' },
  { key: 'tenantId', name: 'tenant-id', value: 'ID', description: 'Entra ID: the tenant there' },
  { key: 'clientId', name: 'client-id', value: 'ID', description: 'OAuth client there; never a secret' },
];

const headings: FlagHeadings = {
  'What is otherwise in this environment': ['host', 'base-path', 'title', 'icon'],
  'How users sign in there': [
    'authorization-url',
    'token-url',
    'refresh-url',
    'resource-uri',
    'tenant-id',
    'client-id',
  ],
};

export const command: CommandSpec = {
  name: 'environment',
  writes: (flags) => !flags.on('list') && !flags.on('dry-run'),
  summary: 'add or change an environment, and what differs there',
  group: 'deploy',
  order: 5,
  positionals: [{ name: 'name', description: 'what you call it, such as: test' }],
  flags: underHeadings(
    [
      { name: 'url', value: 'URL', description: 'its address, such as https://contoso.crm.dynamics.com' },
      { name: 'connector-id', value: 'GUID', description: 'the connector there; deploy finds it out by itself' },
      { name: 'solution', value: 'NAME', description: 'unique name of the solution that gets the connector' },
      ...overrideFlags.map(({ name, value, description }) => ({ name, description, ...(value && { value }) })),
      { name: 'list', description: 'show the environments, and change nothing' },
      { name: 'remove', description: 'take the environment out of config.json; the connector there stays' },
      { name: 'dry-run', description: 'show what would change, write nothing' },
    ],
    headings,
  ),
  formats: ['text', 'json'],
  examples: [
    ['pp-connector environment', 'ask for everything'],
    ['pp-connector environment --list', 'the environments there are'],
    [
      'pp-connector environment test --url https://contoso-test.crm.dynamics.com --host test.contoso.com --title "Contoso (test)"',
      'one in which the connector calls another host, under another name',
    ],
    ['pp-connector environment test --host ""', 'there, too, the host of the definition again'],
    ['pp-connector environment test --remove', 'forget it'],
  ],
  async run(context, [given], flags) {
    const connector = requireRepository(context.cwd);
    if (flags.on('list')) return list(connector, context);
    const name = given ?? (await askName(connector, context));
    const draft = new ConnectorDraft(connector);
    const target = { config: draft.config, file: connector.config, name };
    if (flags.on('remove')) {
      removeEnvironment(target);
      const path = join(connector.location.root, memoryName({ name }));
      const memory: PlannedFile[] = existsSync(path) ? [{ path, contents: null, kind: 'edited' }] : [];
      await save(draft, memory, context, flags);
      return 0;
    }
    const edit = isGiven(flags) ? editOf(flags) : await askEdit(name, connector, context);
    const environment = setEnvironment(target, edit);
    await save(draft, [], context, flags);
    context.out(context.format === 'json' ? asJson([environment]) : `${shown(environment)}\n`);
    context.err(`Deploy to it with: pp-connector deploy --environment ${shellWord(name)}\n`);
    return 0;
  },
};

type Repository = Connector & { config: NonNullable<Connector['config']> };

function requireRepository(cwd: string): Repository {
  const root = findRepositoryRoot(cwd) ?? cwd;
  const connector = loadConnector(root);
  if (connector.config !== undefined) return { ...connector, config: connector.config };
  throw noConnector(
    root,
    'go to a connector repository, or make one of this folder: pp-connector new my-connector --from .',
    { what: 'environments are kept in config.json, and there is none here' },
  );
}

function list({ config }: Repository, { format, out, err }: Context): number {
  const environments = new Environments(config);
  const all = environments.names.map((name) => environments.choose(name));
  if (format === 'json') out(asJson(all));
  else if (all.length > 0) out(`${all.map(shown).join('\n')}\n`);
  else err('There are none yet. Add one with: pp-connector environment dev --url https://….crm.dynamics.com\n');
  return 0;
}

const shown = (environment: Environment): string =>
  describeEnvironment(environment)
    .split('\n')
    .map((line) => line.replace(/\S.*/, onOneLine))
    .join('\n');

const asJson = (environments: readonly Environment[]): string =>
  `${JSON.stringify(
    {
      environments: environments.map(({ name, target, connectorId, solution, overrides }) => ({
        name,
        url: target,
        connectorId: connectorId ?? null,
        solution: solution ?? null,
        overrides,
      })),
    },
    null,
    2,
  )}\n`;

const settingFlags = ['url', 'connector-id', 'solution', ...overrideFlags.map(({ name }) => name)];

const isGiven = (flags: Flags): boolean => settingFlags.some((name) => flags.text(name) !== undefined);

const editOf = (flags: Flags): EnvironmentEdit => ({
  url: flags.text('url'),
  connectorId: flags.text('connector-id'),
  solution: flags.text('solution'),
  overrides: Object.fromEntries(overrideFlags.map(({ key, name }) => [key, flags.text(name)])),
});

async function askName({ config }: Repository, { interactive }: Context): Promise<string> {
  if (interactive) {
    const { askForName } = await import('../prompts/environment-questions.ts');
    return askForName(new Environments(config).names);
  }
  throw new UserError('which environment is meant?', {
    hint: 'for example: pp-connector environment test --url https://….crm.dynamics.com; or: --list',
  });
}

async function askEdit(name: string, { config }: Repository, { interactive }: Context): Promise<EnvironmentEdit> {
  if (interactive) {
    const { askForValues } = await import('../prompts/environment-questions.ts');
    const environments = new Environments(config);
    return askForValues(environments.names.includes(name) ? environments.choose(name) : undefined);
  }
  const names = settingFlags.map((flag) => `--${flag}`).join(', ');
  throw new UserError(`nothing is said about "${name}"`, { hint: `give any of: ${names}` });
}

async function save(draft: ConnectorDraft, more: PlannedFile[], context: Context, flags: Flags): Promise<void> {
  const { root } = draft.source.location;
  await commitFiles([...draft.plannedFiles(), ...more], { root, isDry: flags.on('dry-run') }, context);
}
