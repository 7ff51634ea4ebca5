import type { JsonObject } from '../connector/json.ts';

/** npm scripts of a generated repository: they call our executable and nothing else, as people and CI do. */
const scripts = {
  'add:auth': 'pp-connector oauth',
  'add:operation': 'pp-connector operation',
  build: 'pp-connector build',
  deploy: 'pp-connector deploy',
  diff: 'pp-connector diff',
  docs: 'pp-connector readme',
  doctor: 'pp-connector doctor',
  fix: 'pp-connector validate --fix',
  login: 'pp-connector login',
  validate: 'pp-connector validate',
} as const;

/** @param toolSpec npm spec of this package */
export const repositoryPackage = (name: string, description: string, toolSpec: string): JsonObject => ({
  name,
  version: '1.0.0',
  private: true,
  description,
  scripts: { ...scripts },
  devDependencies: { 'generator-pp-connector': toolSpec },
});
