import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ConnectorDraft, keepLayout } from '../connector/draft.ts';
import { updateJsonText } from '../connector/json/edit.ts';
import {
  asObject,
  asString,
  getOwn,
  type JsonObject,
  replaceContents,
  setOwn,
  valueAt,
} from '../connector/json/value.ts';
import type { Connector } from '../connector/load.ts';
import type { JsonFile } from '../connector/source-file.ts';
import type { PlannedFile } from '../files/commit.ts';
import { containedPath } from '../files/contained-path.ts';
import type { MergedConnector } from './merge-connector.ts';

/**
 * The author's files with the changes in them; every other byte stays.
 *
 * @param source what the deployed definition is built from, with its new contents
 * @throws UserError naming file, line and column when one of the JSON files is not strict JSON
 */
export function changedFiles(
  connector: Connector,
  merged: MergedConnector,
  source: { file: JsonFile; merged: JsonObject } | undefined,
): PlannedFile[] {
  const draft = new ConnectorDraft(connector);
  const before = draft.properties;
  followInConfig(draft.config, before, merged.properties);
  replaceContents(draft.definition, merged.definition);
  replaceContents(draft.properties, merged.properties);
  const isScriptChanged = merged.script !== connector.script?.text.replaceAll('\r\n', '\n');
  if (isScriptChanged) draft.script = merged.script;
  followInSettings(draft, connector, merged);
  const files = [...draft.files()].map(([path, contents]): PlannedFile => {
    const isBuilt = source !== undefined && path === connector.definition?.path;
    const isScript = contents !== null && path === scriptPath(connector);
    return {
      path,
      contents: isScript ? keepLayout(connector.script, contents) : contents,
      kind: isBuilt ? 'generated' : 'edited',
    };
  });
  return [...files, ...sourceFiles(source), ...iconFiles(connector, merged)];
}

const scriptPath = ({ script, location }: Connector): string => script?.path ?? join(location.assets, 'script.csx');

function sourceFiles(source: { file: JsonFile; merged: JsonObject } | undefined): PlannedFile[] {
  if (source === undefined) return [];
  const { path, text, bom } = source.file;
  const contents = (bom ? '\uFEFF' : '') + updateJsonText(text, source.merged);
  // build has to find both as it left them
  return [{ path, contents, kind: 'generated' }];
}

/** The icon, and the one that `build` copies it from. */
function iconFiles({ icon, config, location }: Connector, { icon: contents }: MergedConnector): PlannedFile[] {
  if (contents === undefined) return [];
  const path = icon?.path ?? join(location.assets, 'icon.png');
  const name = asString(getOwn(asObject(config?.value), 'icon')) || undefined;
  const source = name === undefined ? path : containedPath({ folder: location.root, name }, 'config.json: "icon"');
  if (source === path || !existsSync(source)) return [{ path, contents, kind: 'edited' }];
  return [path, source].map((file) => ({ path: file, contents, kind: 'edited' }));
}

/** settings.json says what is deployed: a script or an icon that has come in must be there, and one that is gone must not. */
function followInSettings(draft: ConnectorDraft, { settings, script, icon }: Connector, merged: MergedConnector): void {
  if (settings === undefined) return;
  if (merged.script === undefined && script !== undefined) setOwn(draft.settings, 'script', null);
  if (merged.script !== undefined && script === undefined) setOwn(draft.settings, 'script', 'script.csx');
  if (merged.icon !== undefined) setOwn(draft.settings, 'icon', getOwn(draft.settings, 'icon') || iconName(icon?.path));
}

const iconName = (path: string | undefined): string => (path === undefined ? 'icon.png' : basename(path));

/** Keys of `oauth2` in config.json that `build` writes into apiProperties.json. */
const builtFromConfig = ['refreshUrl', 'tenantId', 'resourceUri'] as const;

/** What config.json states wins in the next build: a value that has changed below has to change there, too. */
function followInConfig(config: JsonObject, before: JsonObject, after: JsonObject): void {
  const stated = asObject(getOwn(config, 'oauth2'));
  for (const key of builtFromConfig) {
    const path = ['properties', 'connectionParameters', 'token', 'oAuthSettings', 'customParameters', key, 'value'];
    const value = asString(valueAt(after, path));
    const isStated = Boolean(asString(getOwn(stated, key)));
    if (isStated && value !== undefined && value !== valueAt(before, path)) setOwn(stated, key, value);
  }
}
