import { formatJson } from '../connector/json/edit.ts';
import { clone, getOwn, isObject, type JsonObject } from '../connector/json/value.ts';
import type { SourceFile } from '../connector/source-file.ts';
import { type Credentials, oauthClients, withCredentials } from './oauth-credentials.ts';
import type { DeploymentPlan } from './plan-deployment.ts';

/** Name of the settings file in a deploy copy. */
export const settingsName = 'settings.json';

/**
 * Members of apiProperties.json that only certification needs, and that a service may refuse ("Could not find member
 * 'stackOwner'"). They are sent until it does.
 */
export const certificationMembers: readonly string[] = ['stackOwner', 'publisher'];

export interface CopyOptions {
  /** GUID for the settings; undefined: the connector is created. */
  connectorId: string | undefined;
  credentials: Credentials;
  /** Members of apiProperties.json that are left out. */
  without: ReadonlySet<string>;
}

/** Everything that pac reads for a deployment: names → contents, side by side in one folder. */
export function deployCopy(
  { files, properties }: DeploymentPlan,
  { connectorId, credentials, without }: CopyOptions,
): Map<string, string | Buffer> {
  const optional = (name: string, file: SourceFile | undefined): [string, Buffer][] =>
    file === undefined ? [] : [[name, file.bytes]];
  const settings = {
    connectorId: connectorId ?? null,
    environment: null,
    apiProperties: 'apiProperties.json',
    apiDefinition: 'apiDefinition.json',
    icon: files.icon === undefined ? null : 'icon.png',
    script: files.script === undefined ? null : 'script.csx',
  };
  return new Map<string, string | Buffer>([
    ['apiDefinition.json', withoutMark(files.definition.bytes)],
    ['apiProperties.json', deployedProperties(files.properties, properties, credentials, without)],
    ...optional('icon.png', files.icon),
    ...optional('script.csx', files.script),
    [settingsName, formatJson(settings)],
  ]);
}

/** The author's bytes where nothing has to be changed. */
function deployedProperties(
  file: SourceFile,
  properties: JsonObject,
  credentials: Credentials,
  without: ReadonlySet<string>,
): string | Buffer {
  const hasClient = (credentials.clientId ?? credentials.clientSecret) !== undefined;
  if (without.size === 0 && !(hasClient && oauthClients(properties).length > 0)) return withoutMark(file.bytes);
  return formatJson(withoutMembers(withCredentials(properties, credentials), without));
}

/** Without a byte-order mark: we read on over it, while other programs call the file no JSON. */
const withoutMark = (bytes: Buffer): Buffer => (bytes.subarray(0, 3).equals(byteOrderMark) ? bytes.subarray(3) : bytes);
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/** A copy of apiProperties.json without some members of its inner `properties`. */
export function withoutMembers(properties: JsonObject, names: Iterable<string>): JsonObject {
  const copy = clone(properties);
  const inner = getOwn(copy, 'properties');
  if (isObject(inner)) for (const name of names) delete inner[name];
  return copy;
}

/** The member that pac's output says is not wanted, when it is one that can be left out. */
export function refusedMember(output: string): string | undefined {
  const name = /could not find member ['"]?(\w+)/i.exec(output)?.[1];
  return certificationMembers.find((member) => member.toLowerCase() === name?.toLowerCase());
}
