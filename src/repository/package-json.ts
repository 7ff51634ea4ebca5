import type { JsonObject } from '../connector/json/value.ts';

/** Name of this package in `package.json`. */
export const toolName = 'generator-pp-connector';

/** npm scripts of a generated repository: they call our executable and nothing else, as people and CI do. */
export const repositoryScripts = {
  'add:auth': 'pp-connector oauth',
  'add:operation': 'pp-connector operation',
  build: 'pp-connector build',
  deploy: 'pp-connector deploy',
  diff: 'pp-connector diff',
  docs: 'pp-connector readme',
  doctor: 'pp-connector doctor',
  download: 'pp-connector download',
  fix: 'pp-connector validate --fix',
  login: 'pp-connector login',
  package: 'pp-connector package',
  release: 'pp-connector release',
  status: 'pp-connector status',
  update: 'pp-connector update',
  validate: 'pp-connector validate',
} as const;

/** @param toolSpec npm spec of this package */
export const repositoryPackage = (name: string, description: string, toolSpec: string): JsonObject => ({
  name,
  version: '1.0.0',
  private: true,
  description,
  scripts: { ...repositoryScripts },
  devDependencies: { [toolName]: toolSpec },
});
