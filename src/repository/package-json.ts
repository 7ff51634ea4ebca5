import { asObject, asString, getOwn, type JsonObject } from '../connector/json/value.ts';

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
  preview: 'pp-connector preview',
  release: 'pp-connector release',
  status: 'pp-connector status',
  test: 'pp-connector test',
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

/** The name in a package.json; undefined where it has none, or can't be read. */
export const packageNameIn = (text: string | undefined): string | undefined =>
  asString(getOwn(manifestIn(text), 'name')) || undefined;

/** A script of a package.json. */
export const scriptIn = (text: string | undefined, name: string): string | undefined =>
  asString(getOwn(getOwn(manifestIn(text), 'scripts'), name));

/** How a package.json names this package; undefined where it doesn't. */
export function toolSpecIn(text: string | undefined): string | undefined {
  const manifest = manifestIn(text);
  const specs = ['devDependencies', 'dependencies'].map((list) => getOwn(asObject(getOwn(manifest, list)), toolName));
  return specs.map(asString).find((spec) => spec !== undefined);
}

function manifestIn(text: string | undefined): JsonObject {
  try {
    return asObject(JSON.parse(text ?? '{}'));
  } catch {
    return {};
  }
}
