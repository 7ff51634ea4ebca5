import { basename, dirname } from 'node:path';
import { requireStrictJson } from '../connector/draft.ts';
import { isObject, type JsonObject } from '../connector/json.ts';
import type { Connector } from '../connector/load.ts';
import type { JsonFile } from '../connector/source-file.ts';
import { UserError } from '../errors.ts';
import type { ExternalCommand } from '../programs/command.ts';
import { type Environment, Environments, isSameEnvironment, requireSolutionName } from './environment.ts';
import { isGuid } from './guid.ts';
import { type Credentials, credentialWarnings, oauthClients, withCredentials } from './oauth-credentials.ts';
import { type DeploySettings, readSettings, type SettingsRole } from './settings-file.ts';

export interface DeploymentRequest {
  /** `--environment`: a name of config.json, a URL or a GUID. */
  environment: string | undefined;
  /** `--solution`: unique name. */
  solution: string | undefined;
  credentials: Credentials;
}

/** What a deployment will do; nothing has been done yet. */
export interface DeploymentPlan {
  action: 'create' | 'update';
  /** Undefined: the one that pac is signed in to. */
  environment: Environment | undefined;
  /** GUID of the connector that is updated. */
  connectorId: string | undefined;
  solution: string | undefined;
  /** Absolute; the folder of settings.json, or of the definition. */
  cwd: string;
  /** Absolute paths of what is uploaded. */
  files: { definition: string; properties: string; icon?: string; script?: string };
  /** Name of the settings file in `cwd` when pac reads that; otherwise the files are named one by one. */
  settingsFile: string | undefined;
  /** The properties with the OAuth client in it, to be deployed from a private file instead of the author's. */
  privateProperties: JsonObject | undefined;
  /** For people. */
  warnings: string[];
}

/**
 * Decides between create and update, and how pac is told what to upload.
 *
 * pac reads settings.json where that file says exactly what is meant. Where a flag, config.json or a secret says more
 * or something else, the files are named one by one instead: which of two statements pac follows is documented nowhere.
 *
 * The connector folder is deployed as it is: unlike paconn, pac is not known to refuse fields that only certification
 * needs (`stackOwner`).
 *
 * @param connector as `connectorAsDeployed` gives it
 * @throws UserError for an unknown or ambiguous environment, ids that are no GUIDs, files that
 *   are missing or unreadable
 */
export function planDeployment(connector: Connector, request: DeploymentRequest): DeploymentPlan {
  const settings = connector.settings === undefined ? undefined : readSettings(connector.settings);
  const environments = new Environments(connector.config);
  const environment = chooseEnvironment(request.environment, environments, settings);
  const connectorId = environment?.connectorId ?? settingsId(settings, environment, environments);
  if (request.solution !== undefined) requireSolutionName(request.solution, '--solution');
  const files = deployedFiles(connector, settings);
  const properties = readProperties(connector.properties, files.properties);
  const { clientId, clientSecret } = request.credentials;
  const hasPrivate = (clientId ?? clientSecret) !== undefined && oauthClients(properties).length > 0;
  const isSaidBySettings =
    settings?.plain === true &&
    !hasPrivate &&
    (settings.connectorId === undefined || settings.connectorId === connectorId) &&
    (settings.environment === undefined ||
      (environment !== undefined && isSameEnvironment(settings.environment, environment.target)));
  return {
    action: connectorId === undefined ? 'create' : 'update',
    environment,
    connectorId,
    solution: request.solution ?? environment?.solution,
    cwd: dirname(settings?.path ?? files.definition),
    files,
    settingsFile: isSaidBySettings ? basename(settings.path) : undefined,
    privateProperties: hasPrivate ? withCredentials(properties, request.credentials) : undefined,
    warnings: credentialWarnings(properties, request.credentials),
  };
}

/** The command of a plan. `properties` replaces the author's apiProperties.json. */
export function deploymentCommand(plan: DeploymentPlan, properties = plan.files.properties): ExternalCommand {
  const { definition, icon, script } = plan.files;
  const named = [
    ...['--api-definition-file', definition, '--api-properties-file', properties],
    ...(icon === undefined ? [] : ['--icon-file', icon]),
    ...(script === undefined ? [] : ['--script-file', script]),
  ];
  const args = [
    ...['connector', plan.action],
    ...(plan.settingsFile === undefined ? named : ['--settings-file', plan.settingsFile]),
    ...(plan.connectorId === undefined ? [] : ['--connector-id', plan.connectorId]),
    ...(plan.environment === undefined ? [] : ['--environment', plan.environment.target]),
    ...(plan.solution === undefined ? [] : ['--solution-unique-name', plan.solution]),
  ];
  return { program: 'pac', args, cwd: plan.cwd };
}

function chooseEnvironment(
  given: string | undefined,
  environments: Environments,
  settings: DeploySettings | undefined,
): Environment | undefined {
  if (given !== undefined) return environments.choose(given);
  if (environments.only !== undefined) return environments.only;
  if (settings?.environment !== undefined) return environments.choose(settings.environment);
  if (environments.entries.length > 1) {
    throw new UserError(`there are several environments to deploy to: ${environments.names.join(', ')}`, {
      hint: `choose one: pp-connector deploy --environment ${environments.names[0]}`,
    });
  }
  return undefined;
}

/** The id in settings.json, unless it is known to belong to another environment than the chosen one. */
function settingsId(
  settings: DeploySettings | undefined,
  chosen: Environment | undefined,
  { entries }: Environments,
): string | undefined {
  const id = settings?.connectorId;
  if (settings === undefined || id === undefined || chosen === undefined) return id;
  const isElsewhere =
    isOtherEnvironment(settings.environment, chosen.target) ||
    entries.some((entry) => entry.name !== chosen.name && entry.connectorId?.toLowerCase() === id.toLowerCase());
  return isElsewhere ? undefined : id;
}

/** A GUID and a URL can't be compared: then nothing is known, and an update that fails does less harm than a second connector. */
const isOtherEnvironment = (a: string | undefined, b: string): boolean =>
  a !== undefined && isGuid(a) === isGuid(b) && !isSameEnvironment(a, b);

function deployedFiles(connector: Connector, settings: DeploySettings | undefined): DeploymentPlan['files'] {
  const { location } = connector;
  const pick = (role: SettingsRole): string | undefined => {
    // what settings.json leaves out is not deployed, except the two files without which nothing is
    const isOptional = role === 'icon' || role === 'script';
    return settings?.files[role] ?? (settings !== undefined && isOptional ? undefined : location.files[role]);
  };
  const definition = pick('definition');
  const properties = pick('properties');
  if (definition === undefined || properties === undefined) {
    const missing = definition === undefined ? 'an API definition (apiDefinition.json)' : 'apiProperties.json';
    throw new UserError(`${location.assets}: there is no connector to deploy; it lacks ${missing}`, {
      hint: 'run this in the repository of a connector, or start one with: pp-connector new',
    });
  }
  const icon = pick('icon');
  const script = pick('script');
  return { definition, properties, ...(icon && { icon }), ...(script && { script }) };
}

function readProperties(file: JsonFile | undefined, path: string): JsonObject {
  if (file?.path === path) requireStrictJson(file);
  if (isObject(file?.value)) return file.value;
  throw new UserError(`${path}: must hold a JSON object`, { hint: 'repair the file, then run the command again' });
}
