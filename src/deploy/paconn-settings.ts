import { dirname, join } from 'node:path';
import { formatJson, updateJsonText } from '../connector/json/edit.ts';
import { asString, getOwn, type JsonObject } from '../connector/json/value.ts';
import { requireStrictObject } from '../connector/require-json.ts';
import type { JsonFile } from '../connector/source-file.ts';
import { UserError } from '../errors.ts';
import type { PlannedFile } from '../files/commit.ts';
import { nameOf } from '../files/names.ts';
import { shellWord } from '../process/command.ts';
import { withoutMembers } from './deploy-copy.ts';
import { isGuid } from './guid.ts';
import type { DeploymentPlan } from './plan-deployment.ts';
import { oauthSettings } from './remote-copy.ts';

/** Name of the copy of apiProperties.json that paconn gets, beside its settings. */
export const paconnPropertiesName = 'apiProperties.paconn.json';

/** Where paconn finds the service; what it writes itself. */
const service = { powerAppsUrl: 'https://api.powerapps.com', powerAppsApiVersion: '2016-11-01' };

/**
 * The files for people who must deploy with paconn, Microsoft's older tool: settings in its dialect, and a copy of the
 * properties that it accepts. That is one without `stackOwner`, which it can't update a connector with; and without any
 * secret.
 *
 * What paconn has written into its settings (the connector's id, the environment) is kept.
 *
 * @param path absolute; where the settings shall be
 * @param existing the file as it is now
 * @returns `connectorId`: the one that paconn has noted
 * @throws UserError when it is pac's settings file, or no JSON object
 */
export function paconnFiles(
  plan: DeploymentPlan,
  path: string,
  existing: JsonFile | undefined,
): { files: PlannedFile[]; connectorId: string | undefined } {
  const { environment: place } = plan;
  if (place !== undefined && Object.keys(place.overrides).length > 0) {
    throw new UserError(`paconn deploys the files of the repository, and so without the overrides of "${place.name}"`, {
      hint: `deploy with pac: pp-connector deploy --environment ${shellWord(place.name ?? place.target)}`,
    });
  }
  const before = existing === undefined ? {} : requirePaconn(existing);
  const folder = dirname(path);
  const relatively = (file: string): string => nameOf(folder, file);
  const { files, environment } = plan;
  const kept = (key: string): string | undefined => asString(getOwn(before, key)) || undefined;
  const target = kept('environment') ?? (environment && isGuid(environment.target) ? environment.target : undefined);
  const connectorId = kept('connectorId');
  const settings: JsonObject = {
    ...before,
    ...(connectorId !== undefined && { connectorId }),
    ...(target !== undefined && { environment: target }),
    apiProperties: paconnPropertiesName,
    apiDefinition: relatively(files.definition.path),
    ...(files.icon && { icon: relatively(files.icon.path) }),
    powerAppsUrl: kept('powerAppsUrl') ?? service.powerAppsUrl,
    powerAppsApiVersion: kept('powerAppsApiVersion') ?? service.powerAppsApiVersion,
    ...(files.script && { script: relatively(files.script.path) }),
  };
  if (files.icon === undefined) delete settings.icon;
  if (files.script === undefined) delete settings.script;
  const text = existing === undefined ? formatJson(settings) : updateJsonText(existing.text, settings);
  return {
    files: [
      { path, contents: `${existing?.bom ? '\uFEFF' : ''}${text}`, kind: 'edited' },
      { path: join(folder, paconnPropertiesName), contents: formatJson(paconnProperties(plan)), kind: 'edited' },
    ],
    connectorId,
  };
}

function paconnProperties({ properties }: DeploymentPlan): JsonObject {
  const copy = withoutMembers(properties, ['stackOwner']);
  for (const settings of oauthSettings(copy).values()) delete settings.clientSecret;
  return copy;
}

function requirePaconn(file: JsonFile): JsonObject {
  const value = requireStrictObject(file, 'repair the file, or give another name');
  const id = asString(getOwn(value, 'connectorId')) ?? '';
  const isPac = isGuid(id) || (!Object.hasOwn(value, 'powerAppsUrl') && Object.hasOwn(value, 'apiDefinition'));
  if (!isPac) return value;
  throw new UserError(`${file.path}: this is the settings file of pac; paconn's can't replace it`, {
    hint: 'give another name, such as: --paconn-settings connector/settings.paconn.json',
  });
}

/** What to type then. @param folder of the settings, as the user would write it */
export function paconnAdvice(place: { folder: string; name: string; connectorId: string | undefined }): string {
  const { folder, name, connectorId } = place;
  const lines = [
    `In the folder ${folder} run:`,
    '  paconn login',
    `  paconn ${connectorId === undefined ? 'create' : 'update'} --settings ${name}`,
    ...(connectorId === undefined ? ['paconn writes the id of the new connector into that file.'] : []),
  ];
  return `${lines.join('\n')}\n`;
}
