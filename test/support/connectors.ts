import { join } from 'node:path';
import type { Authentication } from '../../src/authentication/authentication.ts';
import { ConnectorDraft } from '../../src/connector/draft.ts';
import { repositoryNames } from '../../src/connector/find.ts';
import { formatJson } from '../../src/connector/json/edit.ts';
import type { JsonObject } from '../../src/connector/json/value.ts';
import { type Connector, connectorFrom } from '../../src/connector/load.ts';
import type { FileRole, SourceFile } from '../../src/connector/source-file.ts';
import { frozen } from './frozen.ts';

/** Connectors that exist in memory only, as repositories. */

const root = join('/', 'repository');

export type Contents = Partial<Record<FileRole, string | JsonObject>>;

export function connectorOf(contents: Contents): Connector {
  const files = (Object.entries(contents) as [FileRole, string | JsonObject][]).map(
    ([role, content]): SourceFile => ({
      role,
      path: join(root, ...repositoryNames[role].split('/')),
      bytes: Buffer.from(typeof content === 'string' ? content : formatJson(content)),
    }),
  );
  const paths = files.map(({ role, path }) => [role, path]);
  return connectorFrom(
    { layout: 'repository', root, assets: join(root, 'connector'), files: Object.fromEntries(paths), others: [] },
    files,
  );
}

/** The same with every file as its text. */
export const asTexts = (contents: Contents): Contents =>
  Object.fromEntries(
    Object.entries(contents).map(([role, content]) => [
      role,
      typeof content === 'string' ? content : formatJson(content),
    ]),
  );

/** The texts of the files after a change, as they would be read again. */
export function change(contents: Contents, edit: (draft: ConnectorDraft) => void): Contents {
  const connector = connectorOf(contents);
  const draft = new ConnectorDraft(connector);
  edit(draft);
  const changed = { ...contents };
  for (const [path, text] of draft.files()) {
    const role = (Object.keys(repositoryNames) as FileRole[]).find(
      (name) => join(root, ...repositoryNames[name].split('/')) === path,
    );
    if (role === undefined) throw new Error(`${path} has no role`);
    if (text === null) delete changed[role];
    else changed[role] = text;
  }
  return changed;
}

/** One of each kind, API keys in all their ways. */
export const authentications: Readonly<Record<string, Authentication>> = frozen<
  Readonly<Record<string, Authentication>>
>({
  none: { kind: 'none' },
  'key in a header': { kind: 'api-key', in: 'header', name: 'X-Contoso-Key' },
  'key in the query': { kind: 'api-key', in: 'query', name: 'apikey' },
  'key after a prefix': { kind: 'api-key', in: 'header', name: 'Authorization', prefix: 'Bearer' },
  basic: { kind: 'basic' },
  oauth2: {
    kind: 'oauth2',
    clientId: 'REPLACE_WITH_CLIENT_ID',
    authorizationUrl: 'https://login.contoso.com/authorize',
    tokenUrl: 'https://login.contoso.com/token',
    refreshUrl: 'https://login.contoso.com/refresh',
    scopes: ['orders.read', 'orders.write'],
  },
  entra: {
    kind: 'entra',
    clientId: 'REPLACE_WITH_CLIENT_ID',
    loginUri: 'https://login.microsoftonline.com',
    tenantId: 'common',
    resourceUri: 'api://contoso.com/orders',
    scopes: [],
  },
  'client credentials': {
    kind: 'client-credentials',
    tokenUrl: 'https://login.contoso.com/token',
    scopes: ['orders.read'],
  },
});
