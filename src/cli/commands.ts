import type { CommandSpec } from './command.ts';

/** All commands; each is loaded only when it is called. */
export interface CommandEntry {
  summary: string;
  load: () => Promise<CommandSpec>;
}

export const commands: Readonly<Record<string, CommandEntry>> = {
  new: {
    summary: 'scaffold a connector repository',
    load: async () => (await import('./commands/new.ts')).command,
  },
  operation: {
    summary: 'add an operation of any kind, or change one: actions, triggers, files, pages, agents',
    load: async () => (await import('./commands/operation.ts')).command,
  },
  policy: {
    summary: 'add a policy to the connector, remove one, or list them',
    load: async () => (await import('./commands/policy.ts')).command,
  },
  oauth: {
    summary: 'set the authentication of the connector, of any kind',
    load: async () => (await import('./commands/oauth.ts')).command,
  },
  readme: {
    summary: 'write README.md and INTRO.md, or bring them up to date',
    load: async () => (await import('./commands/readme.ts')).command,
  },
  build: {
    summary: 'make the connector files from config.json and the API definition',
    load: async () => (await import('./commands/build.ts')).command,
  },
  import: {
    summary: 'bring in an API description of any kind, or the changes of one',
    load: async () => (await import('./commands/import.ts')).command,
  },
  validate: {
    summary: 'check connectors against the rules of the service and of certification, offline',
    load: async () => (await import('./commands/validate.ts')).command,
  },
  rules: {
    summary: 'list the validation rules, or explain one',
    load: async () => (await import('./commands/rules.ts')).command,
  },
  login: {
    summary: 'sign in to a Power Platform environment (pac auth create)',
    load: async () => (await import('./commands/login.ts')).command,
  },
  deploy: {
    summary: 'validate, then create or update the connector (pac connector)',
    load: async () => (await import('./commands/deploy.ts')).command,
  },
  download: {
    summary: 'bring back what was changed in the maker portal (pac connector download)',
    load: async () => (await import('./commands/download.ts')).command,
  },
  diff: {
    summary: 'tell what an update would break for the flows and apps that exist',
    load: async () => (await import('./commands/diff.ts')).command,
  },
  release: {
    summary: 'raise the version, write the changelog, commit both and tag them as the last release',
    load: async () => (await import('./commands/release.ts')).command,
  },
  package: {
    summary: 'make what is submitted for certification, or check it: the pull-request folder, the package',
    load: async () => (await import('./commands/package.ts')).command,
  },
  status: {
    summary: 'show the whole way to certification: what is done, what is next, what Microsoft has',
    load: async () => (await import('./commands/status.ts')).command,
  },
  update: {
    summary: 'bring a repository that an older version made up to date with this one',
    load: async () => (await import('./commands/update.ts')).command,
  },
  doctor: {
    summary: 'check that everything the commands need is installed',
    load: async () => (await import('./commands/doctor.ts')).command,
  },
};
