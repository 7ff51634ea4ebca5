import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { JsonObject } from '../../src/connector/json/value.ts';
import { type Connector, loadConnector } from '../../src/connector/load.ts';
import type { Profile } from '../../src/connector/profile.ts';
import { exampleConnector } from '../../src/rules/examples/example-connector.ts';

export interface SampleOptions {
  profile?: Profile;
  /** Changes as a JSON merge patch. */
  config?: JsonObject;
  definition?: JsonObject;
  properties?: JsonObject;
  /** The whole file; null: there is none. */
  settings?: JsonObject | null;
  /** Absolute; default: a new folder, whose name needs quoting. */
  root?: string;
  /** Further files, relative to the repository. */
  files?: Record<string, string>;
}

export const devUrl = 'https://contoso-dev.crm.dynamics.com';
export const prodUrl = 'https://contoso.crm4.dynamics.com/';
export const someGuid = '1c0ffee0-1234-4abc-8def-0123456789ab';
export const otherGuid = '2c0ffee0-1234-4abc-8def-0123456789ab';

export const plainSettings = {
  connectorId: null,
  environment: null,
  apiProperties: 'apiProperties.json',
  apiDefinition: 'apiDefinition.json',
  icon: 'icon.png',
  script: null,
} satisfies JsonObject;

/** OAuth in apiProperties.json, as a merge patch. */
export const oauth = (settings: JsonObject = {}): JsonObject => ({
  properties: {
    connectionParameters: {
      api_key: null,
      token: {
        type: 'oauthSetting',
        oAuthSettings: {
          identityProvider: 'oauth2',
          clientId: 'REPLACE_WITH_CLIENT_ID',
          scopes: ['read'],
          customParameters: {
            authorizationUrl: { value: 'https://login.contoso.com/authorize' },
            tokenUrl: { value: 'https://login.contoso.com/token' },
            refreshUrl: { value: 'https://login.contoso.com/token' },
          },
          ...settings,
        },
      },
    },
  },
});

const written: string[] = [];
after(() => {
  for (const folder of written.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A repository on disk. */
export function writeSample(options: SampleOptions = {}): string {
  const { profile = 'custom', config, definition, properties } = options;
  const { root = newRoot() } = options;
  const connector = exampleConnector({
    profile,
    ...(config && { config }),
    ...(definition && { definition }),
    ...(properties && { properties }),
  });
  mkdirSync(join(root, 'connector'), { recursive: true });
  for (const [role, path] of Object.entries(connector.location.files)) {
    const isAsset = ['definition', 'properties', 'icon', 'script'].includes(role);
    const file = connector[role as keyof typeof connector.location.files];
    if (file === undefined || role === 'settings') continue;
    writeFileSync(join(root, isAsset ? 'connector' : '.', basename(path)), file.bytes);
  }
  const settings = options.settings === undefined ? plainSettings : options.settings;
  if (settings !== null) writeFileSync(join(root, 'connector', 'settings.json'), JSON.stringify(settings, null, 2));
  for (const [name, content] of Object.entries(options.files ?? {})) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  return root;
}

function newRoot(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'pp-deploy-')));
  written.push(folder);
  return join(folder, "Tom's Wetter ü");
}

export const loadSample = (options?: SampleOptions): Connector => loadConnector(writeSample(options));
