import { resolve } from 'node:path';
import { isObject } from '../connector/json/value.ts';
import { UserError } from '../errors.ts';
import type { ImportOptions, WebhookPair } from '../import/options.ts';
import { readSource } from '../import/read/load.ts';
import { apiPath } from '../operation/api-path.ts';
import type { FlagSpec, Flags } from './command.ts';

/** The flags of `import` that decide about the conversion, as options. */

export const conversionFlags: readonly FlagSpec[] = [
  { name: 'host', value: 'HOST', description: 'replace the host of the server; the base path stays' },
  { name: 'server', value: 'N', description: 'use the server with this number, counted from 0' },
  { name: 'allow-http', description: 'keep a server that has no https' },
  { name: 'tags', value: 'LIST', description: 'only operations with one of these tags', many: true },
  { name: 'paths', value: 'LIST', description: 'only paths like these: /orders/*, /admin/**', many: true },
  { name: 'operations', value: 'LIST', description: 'only these operations: ids, or "GET /orders/{id}"', many: true },
  { name: 'exclude-tags', value: 'LIST', description: 'no operations with one of these tags', many: true },
  { name: 'exclude-paths', value: 'LIST', description: 'no paths like these', many: true },
  { name: 'exclude-operations', value: 'LIST', description: 'not these operations', many: true },
  { name: 'include-deprecated', description: 'keep deprecated operations, marked as such' },
  {
    name: 'auth',
    value: 'SCHEME',
    description:
      'use this security scheme of the description, by its name or its kind (api-key, basic, bearer, oauth2, client-credentials), or none',
  },
  { name: 'triggers', description: 'make webhook triggers of callbacks' },
  {
    name: 'webhook',
    value: 'NAME=OPERATION:PROPERTY',
    description: 'subscribe to this webhook by an operation, whose body has the address in this property',
    many: true,
  },
  {
    name: 'arrays',
    value: 'HOW',
    description: 'how query parameters with several values are written',
    choices: ['auto', 'csv', 'string', 'script'],
  },
  { name: 'examples', description: 'quote the first example of a parameter in its description' },
  { name: 'keep', description: 'take Swagger 2.0 that passes all rules as it is' },
  { name: 'max-depth', value: 'N', description: 'cut schemas this many references away from the operations' },
  { name: 'postman-environment', value: 'FILE', description: 'values for the variables of a Postman collection' },
];

const lists = {
  tags: 'tags',
  paths: 'paths',
  operations: 'operations',
  excludeTags: 'exclude-tags',
  excludePaths: 'exclude-paths',
  excludeOperations: 'exclude-operations',
} as const;

const switches = {
  allowHttp: 'allow-http',
  includeDeprecated: 'include-deprecated',
  triggers: 'triggers',
  examples: 'examples',
  keep: 'keep',
} as const;

/** Only what was given: the rest is remembered from the last import, or default. */
export async function optionsFrom(flags: Flags, cwd: string): Promise<ImportOptions> {
  const options: ImportOptions = {};
  const host = flags.text('host');
  if (host !== undefined) options.host = host;
  const server = wholeNumber(flags, 'server');
  if (server !== undefined) options.server = server;
  const maxDepth = wholeNumber(flags, 'max-depth');
  if (maxDepth !== undefined) options.maxDepth = maxDepth;
  const auth = flags.text('auth');
  if (auth !== undefined) options.auth = auth;
  const arrays = flags.text('arrays');
  if (arrays === 'auto' || arrays === 'csv' || arrays === 'string' || arrays === 'script') options.arrays = arrays;
  for (const key of Object.keys(lists) as (keyof typeof lists)[]) {
    const list = listOf(flags, lists[key]);
    if (list.length > 0) options[key] = key.toLowerCase().endsWith('paths') ? list.map((path) => apiPath(path)) : list;
  }
  for (const key of Object.keys(switches) as (keyof typeof switches)[])
    if (flags.on(switches[key])) options[key] = true;
  const webhooks = listOf(flags, 'webhook').map(webhookPair);
  if (webhooks.length > 0) options.webhooks = webhooks;
  const environment = flags.text('postman-environment');
  if (environment !== undefined) options.variables = await variablesIn(resolve(cwd, environment));
  return options;
}

/** Comma-separated and repeatable. */
const listOf = (flags: Flags, name: string): string[] =>
  flags
    .list(name)
    .flatMap((entry) => entry.split(','))
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');

function webhookPair(text: string): WebhookPair {
  const [, name, operation, property] = /^([^=]+)=(.+):([^:]+)$/.exec(text) ?? [];
  if (name === undefined || operation === undefined || property === undefined) {
    throw new UserError(`--webhook: "${text}" does not say which operation subscribes`, {
      hint: 'for example --webhook orderPlaced=CreateHook:callbackUrl',
    });
  }
  return { name, operation, property };
}

function wholeNumber(flags: Flags, name: string): number | undefined {
  const text = flags.text(name);
  if (text === undefined) return undefined;
  if (!/^\d{1,6}$/.test(text))
    throw new UserError(`--${name}: "${text}" is no whole number`, { hint: `for example --${name} 2` });
  return Number(text);
}

/** Values of a Postman environment; those marked as secret stay out of everything. */
async function variablesIn(path: string): Promise<Map<string, string>> {
  const { root } = (await readSource(path)).root;
  const values = isObject(root) && Array.isArray(root.values) ? root.values : [];
  const variables = new Map<string, string>();
  for (const entry of values) {
    if (
      isObject(entry) &&
      typeof entry.key === 'string' &&
      typeof entry.value === 'string' &&
      entry.enabled !== false &&
      entry.type !== 'secret'
    )
      variables.set(entry.key, entry.value);
  }
  return variables;
}
