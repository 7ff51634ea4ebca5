import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { clientIdPlaceholder } from '../authentication/authentication.ts';
import { lineAndColumn } from '../connector/json/locate.ts';
import { asArray, asObject, getOwn, isObject, type JsonObject, setOwn, valueAt } from '../connector/json/value.ts';
import { readBinary, readJson, readText } from '../connector/source-file.ts';
import { UserError } from '../errors.ts';
import { digest } from '../files/digest.ts';
import type { ExternalCommand } from '../process/command.ts';
import { thisPlatform } from '../process/platform.ts';
import type { Environment } from './environment.ts';
import { withPrivateFolder } from './private-folder.ts';
import { type PacOptions, requirePac, runPac } from './run-pac.ts';

/** A connector as the service has it, without the OAuth client. */
export interface RemoteCopy {
  definition: JsonObject;
  /** All of apiProperties.json. */
  properties: JsonObject;
  /** Text of script.csx with LF; undefined: there is none, or pac doesn't bring it. */
  script: string | undefined;
  /** Digest of the icon; undefined as above. */
  icon: string | undefined;
}

/** A download with the bytes of its icon, which nobody keeps for later. */
export interface Downloaded {
  copy: RemoteCopy;
  icon: Buffer | undefined;
}

/**
 * Downloads a connector with pac into a private folder that is gone afterwards.
 *
 * @param environment undefined: the one that pac is signed in to
 * @param root the connector's repository or folder
 * @throws UserError (exit status 1) when pac is missing or fails, or when what it wrote is not a connector
 */
export function downloadConnector(
  connectorId: string,
  environment: Environment | undefined,
  root: string,
  options: PacOptions,
): Promise<Downloaded> {
  requirePac(options.host ?? thisPlatform());
  return withPrivateFolder(root, async (privateFolder) => {
    const folder = join(privateFolder, 'downloaded');
    mkdirSync(folder, { mode: 0o700 });
    await runPac(downloadCommand(connectorId, environment, folder), options);
    return readDownload(folder);
  });
}

/** The connector as the service has it: what the next comparison starts from. @throws as `downloadConnector` */
export async function fetchRemoteCopy(
  connectorId: string,
  environment: Environment | undefined,
  root: string,
  options: PacOptions,
): Promise<RemoteCopy> {
  return (await downloadConnector(connectorId, environment, root, options)).copy;
}

/** @param folder absolute; pac writes into it */
export const downloadCommand = (
  connectorId: string,
  environment: Environment | undefined,
  folder: string,
): ExternalCommand => ({
  program: 'pac',
  args: [
    ...['connector', 'download', '--connector-id', connectorId],
    ...(environment === undefined ? [] : ['--environment', environment.target]),
    ...['--outputDirectory', folder],
  ],
  cwd: folder,
});

/** How the files are called that pac writes; only the first two names are documented, and without any variation. */
const patterns = {
  definition: /^api[-_]?definition.*\.json$/i,
  properties: /^api[-_]?properties.*\.json$/i,
  icon: /^icon.*\.(png|jpe?g)$/i,
  script: /^scripts?\.csx?$/i,
} as const;

/** @throws UserError (exit status 1) when a file is missing, twice there, or not what it should be */
export function readDownload(folder: string): Downloaded {
  const files = filesIn(folder);
  const find = (role: keyof typeof patterns): string | undefined => {
    const found = files.filter(({ name }) => patterns[role].test(name));
    if (found.length > 1) throw unusable(`it wrote several files like ${found[0]?.name}: ${listed(found)}`);
    return found[0]?.path;
  };
  const definition = readObject('definition', find('definition'), files);
  if (getOwn(definition, 'swagger') !== '2.0' || !isObject(getOwn(definition, 'paths'))) {
    throw unusable('the API definition that it wrote is not Swagger 2.0');
  }
  const properties = readObject('properties', find('properties'), files);
  if (!isObject(getOwn(properties, 'properties')))
    throw unusable('apiProperties.json that it wrote lacks "properties"');
  hideClients(properties);
  const [iconFile, scriptFile] = [find('icon'), find('script')];
  const icon = iconFile === undefined ? undefined : readBinary('icon', iconFile).bytes;
  const script = scriptFile === undefined ? undefined : readText('script', scriptFile).text.replaceAll('\r\n', '\n');
  return { copy: { definition, properties, script, icon: icon && digest(icon) }, icon };
}

interface Entry {
  name: string;
  path: string;
}

/** The files of a download; should pac make a folder for them, those in that. */
function filesIn(folder: string): Entry[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => ({ name, path: join(folder, name) }));
  const [inner, ...others] = entries.filter((entry) => entry.isDirectory());
  return files.length === 0 && inner !== undefined && others.length === 0 ? filesIn(join(folder, inner.name)) : files;
}

const names = { definition: 'an API definition (apiDefinition.json)', properties: 'apiProperties.json' } as const;

function readObject(role: keyof typeof names, path: string | undefined, files: readonly Entry[]): JsonObject {
  if (path === undefined) throw unusable(`it wrote no ${names[role].replace(/^an /, '')}, but ${listed(files)}`);
  const file = readJson(role, path);
  const problem = file.problems[0];
  if (problem !== undefined) {
    const { line, column } = lineAndColumn(file.text, problem.offset);
    throw unusable(`${names[role]} that it wrote is not JSON (line ${line}, column ${column}: ${problem.message})`);
  }
  if (!isObject(file.value)) throw unusable(`${names[role]} that it wrote holds no JSON object`);
  return file.value;
}

const listed = (files: readonly Entry[]): string =>
  files.length === 0 ? 'nothing at all' : files.map(({ name }) => name).join(', ');

const unusable = (reason: string): UserError =>
  new UserError(`pac connector download: ${reason}`, {
    hint: 'nothing was changed; look at what it gives with: pac connector download --connector-id GUID --outputDirectory FOLDER',
    exitStatus: 1,
  });

/**
 * Takes the OAuth client out, in place: it belongs to the environment and never into a repository. References to
 * environment variables of Dataverse stay, since they give nothing away.
 */
export function hideClients(properties: JsonObject): void {
  for (const settings of oauthSettings(properties).values()) {
    if (isLiteral(getOwn(settings, 'clientId'))) setOwn(settings, 'clientId', clientIdPlaceholder);
    if (isLiteral(getOwn(settings, 'clientSecret'))) delete settings.clientSecret;
  }
}

const isLiteral = (value: unknown): boolean => value !== undefined && !/^@environmentVariables\(/i.test(String(value));

/**
 * `oAuthSettings` of every connection parameter, by a key that says which one, also of those for which the connector's
 * author has no client.
 */
export function oauthSettings(properties: JsonObject): Map<string, JsonObject> {
  const inner = asObject(getOwn(properties, 'properties'));
  const sets = asArray(valueAt(inner, ['connectionParameterSets', 'values'])).map(asObject);
  const groups = [
    { set: '', parameters: getOwn(inner, 'connectionParameters') },
    ...sets.map((set) => ({ set: String(getOwn(set, 'name')), parameters: getOwn(set, 'parameters') })),
  ];
  const found = new Map<string, JsonObject>();
  for (const { set, parameters } of groups) {
    for (const [name, parameter] of Object.entries(asObject(parameters))) {
      const settings = getOwn(asObject(parameter), 'oAuthSettings');
      if (isObject(settings)) found.set(JSON.stringify([set, name]), settings);
    }
  }
  return found;
}
