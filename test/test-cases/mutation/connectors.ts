import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { asObject, type JsonObject } from '../../../src/connector/json/value.ts';
import { publishedConnectors, publishedFolders } from '../../runtime/published.ts';
import { checkout } from '../../support/folders.ts';
import type { Files } from './change.ts';

/** Connectors that are changed to see what tests notice. */

export interface Named {
  name: string;
  files: Files;
}

/** The end of the names of those published ones that have the most of what can go wrong: policies, triggers, forms, lists. */
const chosen = [
  'AXtension Content Gate',
  'AzureAD',
  'ConsenSys',
  'DocJuris',
  'Facebook',
  'Kanban Tool',
  'Oneflow',
  'Planner',
  'MicrosoftGraphSecurity',
  'nimflow',
  'Toggl Track',
  'Blackbaud FENXT General Ledger',
] as const;

export const chosenConnectors = (names: readonly (typeof chosen)[number][] = chosen): Named[] =>
  publishedConnectors(publishedFolders().filter((folder) => names.some((name) => name === basename(folder)))).map(
    ({ name, definition, inner }) => ({ name: name.split('/').at(-1) ?? name, files: { definition, inner } }),
  );

const golden = join(checkout, 'test', 'golden');

/** Each as it is kept: what it doesn't have itself is that of the one that is kept whole. */
export const goldenConnectors = (): Named[] =>
  readdirSync(golden).map((name) => {
    const base = name.endsWith('-custom') ? 'none-custom' : 'api-key-header-verified';
    const read = (file: string): string | undefined => {
      const path = [name, base].map((folder) => join(golden, folder, 'connector', file)).find(existsSync);
      return path === undefined ? undefined : readFileSync(path, 'utf8');
    };
    const json = (file: string): JsonObject => asObject(JSON.parse(read(file) ?? '{}'));
    const script = read('script.csx');
    return {
      name,
      files: {
        definition: json('apiDefinition.json'),
        inner: asObject(json('apiProperties.json').properties),
        ...(script === undefined ? {} : { script }),
      },
    };
  });
