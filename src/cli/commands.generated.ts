/** Made by scripts/sync.ts: change the files that it lists, then run npm run sync. */
import type { CommandEntry } from './command.ts';

/** All commands; each is loaded only when it is called. */
export const commands: Readonly<Record<string, CommandEntry>> = {
  new: {
    summary: "scaffold a connector repository",
    aliases: [],
    group: "make",
    load: async () => (await import('./commands/new.ts')).command,
  },
  workspace: {
    summary: "make a git repository one of several connectors, with what they have in common and workflows for all",
    aliases: [],
    group: "make",
    load: async () => (await import('./commands/workspace.ts')).command,
  },
  import: {
    summary: "bring in an API description of any kind, or the changes of one",
    aliases: [],
    group: "make",
    load: async () => (await import('./commands/import.ts')).command,
  },
  oauth: {
    summary: "set the authentication of the connector, of any kind",
    aliases: ["auth"],
    group: "make",
    load: async () => (await import('./commands/oauth.ts')).command,
  },
  operation: {
    summary: "add an operation of any kind, or change one: actions, triggers, files, pages, agents",
    aliases: [],
    group: "make",
    load: async () => (await import('./commands/operation.ts')).command,
  },
  policy: {
    summary: "add a policy to the connector, remove one, or list them",
    aliases: [],
    group: "make",
    load: async () => (await import('./commands/policy.ts')).command,
  },
  readme: {
    summary: "write README.md and INTRO.md, or bring them up to date",
    aliases: ["docs"],
    group: "make",
    load: async () => (await import('./commands/readme.ts')).command,
  },
  texts: {
    summary: "list the texts that were made of names, and take back better ones",
    aliases: [],
    group: "make",
    load: async () => (await import('./commands/texts.ts')).command,
  },
  build: {
    summary: "make the connector files from config.json and the API definition",
    aliases: [],
    group: "make",
    load: async () => (await import('./commands/build.ts')).command,
  },
  guide: {
    summary: "read a guide, from the first connector to certification",
    aliases: [],
    group: "make",
    load: async () => (await import('./commands/guide.ts')).command,
  },
  validate: {
    summary: "check connectors against the rules of the service and of certification, offline",
    aliases: [],
    group: "check",
    load: async () => (await import('./commands/validate.ts')).command,
  },
  fix: {
    summary: "fix what has one certain remedy, then report what is left: validate --fix",
    aliases: [],
    group: "check",
    load: async () => (await import('./commands/fix.ts')).command,
  },
  rules: {
    summary: "list the validation rules, or explain one, a policy number or an error of the service",
    aliases: [],
    group: "check",
    load: async () => (await import('./commands/rules.ts')).command,
  },
  connect: {
    summary: "sign in to the API, and keep the connection on this machine for invoke",
    aliases: [],
    group: "check",
    load: async () => (await import('./commands/connect.ts')).command,
  },
  invoke: {
    summary: "run one operation on this machine, without the cloud",
    aliases: [],
    group: "check",
    load: async () => (await import('./commands/invoke.ts')).command,
  },
  preview: {
    summary: "see the connector as makers will: fields, outputs, connection dialog, agent tools",
    aliases: [],
    group: "check",
    load: async () => (await import('./commands/preview.ts')).command,
  },
  test: {
    summary: "run the tests of the connector, offline",
    aliases: [],
    group: "check",
    load: async () => (await import('./commands/test.ts')).command,
  },
  diff: {
    summary: "tell what an update would break for the flows and apps that exist",
    aliases: [],
    group: "check",
    load: async () => (await import('./commands/diff.ts')).command,
  },
  mcp: {
    summary: "serve the connector to agents, by the Model Context Protocol on stdin and stdout",
    aliases: [],
    group: "check",
    load: async () => (await import('./commands/mcp.ts')).command,
  },
  environment: {
    summary: "add or change an environment of config.json, and what the connector has otherwise there",
    aliases: [],
    group: "deploy",
    load: async () => (await import('./commands/environment.ts')).command,
  },
  login: {
    summary: "sign in to a Power Platform environment (pac auth create)",
    aliases: [],
    group: "deploy",
    load: async () => (await import('./commands/login.ts')).command,
  },
  deploy: {
    summary: "validate, then create or update the connector (pac connector)",
    aliases: [],
    group: "deploy",
    load: async () => (await import('./commands/deploy.ts')).command,
  },
  download: {
    summary: "bring back what was changed in the maker portal (pac connector download)",
    aliases: [],
    group: "deploy",
    load: async () => (await import('./commands/download.ts')).command,
  },
  release: {
    summary: "raise the version, write the changelog, commit both and tag them as the last release",
    aliases: [],
    group: "publish",
    load: async () => (await import('./commands/release.ts')).command,
  },
  package: {
    summary: "make what is submitted for certification, or check it: the pull-request folder, the package",
    aliases: [],
    group: "publish",
    load: async () => (await import('./commands/package.ts')).command,
  },
  status: {
    summary: "show the whole way to certification: what is done, what is next, what Microsoft has",
    aliases: [],
    group: "publish",
    load: async () => (await import('./commands/status.ts')).command,
  },
  update: {
    summary: "bring a repository that an older version made up to date with this one",
    aliases: [],
    group: "repository",
    load: async () => (await import('./commands/update.ts')).command,
  },
  doctor: {
    summary: "check that everything the commands need is installed",
    aliases: [],
    group: "repository",
    load: async () => (await import('./commands/doctor.ts')).command,
  },
};
