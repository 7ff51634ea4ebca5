import { statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { getOwn, type JsonObject } from '../connector/json/value.ts';
import { type Connector, readConnector } from '../connector/load.ts';
import { requireStrictObject } from '../connector/require-json.ts';
import type { JsonFile } from '../connector/source-file.ts';
import { UserError } from '../errors.ts';
import { containedPath } from '../files/contained-path.ts';
import { fromAnySystem } from '../files/names.ts';
import { isGuid, isZeroGuid } from './guid.ts';

/** What settings.json says about a deployment; empty strings, null and all-zero ids count as not given. */
export interface DeploySettings {
  path: string;
  connectorId: string | undefined;
  environment: string | undefined;
  /** Absolute paths. */
  files: Partial<Record<SettingsRole, string>>;
  /** The same as they are written there. */
  names: Partial<Record<SettingsRole, string>>;
}

/** Keys of settings.json that name files. */
export const settingsRoles = {
  apiDefinition: 'definition',
  apiProperties: 'properties',
  icon: 'icon',
  script: 'script',
} as const;
export type SettingsRole = (typeof settingsRoles)[keyof typeof settingsRoles];

/**
 * Reads settings.json in the dialect of pac: ids are GUIDs, paths are relative to the file.
 *
 * @throws UserError when it is not a JSON object, or is written in the dialect of paconn (`connectorId` begins with `shared_`)
 */
export function readSettings(file: JsonFile): DeploySettings {
  const value = requireStrictObject(file);
  const connectorId = text(file, value, 'connectorId');
  const environment = text(file, value, 'environment');
  if (connectorId !== undefined && !isGuid(connectorId)) throw foreignId(file, connectorId);
  const folder = dirname(file.path);
  const files: DeploySettings['files'] = {};
  const names: DeploySettings['names'] = {};
  for (const [key, role] of Object.entries(settingsRoles)) {
    const name = text(file, value, key);
    if (name === undefined) continue;
    names[role] = name;
    files[role] = resolve(folder, fromAnySystem(name));
  }
  return {
    path: file.path,
    connectorId: unlessPlaceholder(connectorId),
    environment: unlessPlaceholder(environment),
    files,
    names,
  };
}

/**
 * The connector made of the files that settings.json names, where it names others than the usual ones: what is
 * validated must be what is deployed.
 *
 * @throws UserError when settings.json names a file that doesn't exist, or can't be read itself
 */
export function connectorAsDeployed(connector: Connector): Connector {
  if (connector.settings === undefined) return connector;
  const { path, files, names } = readSettings(connector.settings);
  const held = { folder: connector.location.root, base: dirname(path) };
  for (const [key, role] of Object.entries(settingsRoles)) {
    const named = files[role];
    // the name alone is the repository's: what the folders around it are called is nobody's fault
    const name = names[role];
    if (name !== undefined) containedPath({ ...held, name }, `${path}: "${key}"`);
    if (named === undefined || statSync(named, { throwIfNoEntry: false })?.isFile()) continue;
    throw new UserError(`${path}: "${key}" names ${named}, and there is no such file`, {
      hint: 'correct the name (it is relative to settings.json), or add the file',
    });
  }
  const { location } = connector;
  const isUsual = Object.entries(files).every(([role, named]) => location.files[role as SettingsRole] === named);
  return isUsual ? connector : readConnector({ ...location, files: { ...location.files, ...files } });
}

function text(file: JsonFile, value: JsonObject, key: string): string | undefined {
  const found = getOwn(value, key);
  if (found === undefined || found === null || found === '') return undefined;
  if (typeof found === 'string') return found;
  throw new UserError(`${file.path}: "${key}" must be a string or null`, {
    hint: 'correct it, then run the command again',
  });
}

const unlessPlaceholder = (id: string | undefined): string | undefined =>
  id === undefined || isZeroGuid(id) ? undefined : id;

function foreignId(file: JsonFile, id: string): UserError {
  if (!id.startsWith('shared_')) {
    return new UserError(`${file.path}: "connectorId" is "${id}"; pac takes a GUID or null`, {
      hint: 'write null for a connector that is to be created; find the GUID with: pac connector list',
    });
  }
  return new UserError(
    `${file.path}: "connectorId" is "${id}". The file is written for paconn, which names connectors so; ` +
      'pac takes the GUID that the connector has in Dataverse, or null, and refuses the whole file otherwise',
    {
      hint:
        `keep this file for paconn under another name (settings.paconn.json), and in ${basename(file.path)} write the GUID ` +
        'that "pac connector list" shows, or null to create the connector anew',
    },
  );
}
