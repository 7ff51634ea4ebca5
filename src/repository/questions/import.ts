import { resolve } from 'node:path';
import { type Answers, list, text } from '../../answers.ts';
import { isObject } from '../../connector/json/value.ts';
import { UserError } from '../../errors.ts';
import type { ImportOptions, WebhookPair } from '../../import/options.ts';
import type { ReadOptions } from '../../import/read/load.ts';
import { apiPath } from '../../operation/api-path.ts';
import type { KeptQuestions } from './homes.ts';
import type { Question } from './question.ts';

/** How an API description is read and converted: the flags of `import`, and those of `new --api`. */

/** About one conversion; the base of the next one remembers it. */
type OneRun = Question & { once: true };

const flag = { message: '', flagOnly: true, once: true } as const;

const textFlag = (value: string, help: string): OneRun => ({
  type: 'input',
  ...flag,
  help,
  value,
});

/** Comma-separated and repeatable. */
const listFlag = (help: string): OneRun => ({ ...textFlag('LIST', help), many: true });

const numberFlag = (name: string, help: string): OneRun => ({
  ...textFlag('N', help),
  check: (value) => (/^\d{1,6}$/.test(value) ? true : `"${value}" is not a whole number; for example --${name} 2`),
});

const switchFlag = (help: string): OneRun => ({ type: 'confirm', ...flag, help });

/** What `new` asks for itself. */
const connectorsOwn = {
  host: textFlag('HOST', 'replace the host of the server; the base path stays'),
  auth: textFlag(
    'SCHEME',
    'use this security scheme of the description, by its name or its kind (api-key, basic, bearer, oauth2, client-credentials), or none',
  ),
} as const satisfies KeptQuestions;

/** The rows beside those that `new` has for every connector. */
export const descriptionQuestions = {
  server: numberFlag('server', 'use the server with this number, counted from 0'),
  allowHttp: switchFlag('keep a server that has no https'),
  tags: listFlag('only operations with one of these tags'),
  paths: listFlag('only paths like these: /orders/*, /admin/**'),
  operations: listFlag('only these operations: ids, or "GET /orders/{id}"'),
  excludeTags: listFlag('no operations with one of these tags'),
  excludePaths: listFlag('no paths like these'),
  excludeOperations: listFlag('not these operations'),
  includeDeprecated: switchFlag('keep deprecated operations, marked as such'),
  triggers: switchFlag('make webhook triggers of callbacks'),
  webhook: {
    ...textFlag(
      'NAME=OPERATION:PROPERTY',
      'subscribe to this webhook by an operation, whose body has the address in this property',
    ),
    many: true,
  },
  arrays: {
    ...textFlag('HOW', 'how query parameters with several values are written'),
    choices: ['auto', 'csv', 'string', 'script'],
  },
  examples: switchFlag('quote the first example of a parameter in its description'),
  keep: switchFlag('take Swagger 2.0 that passes all rules as it is'),
  maxDepth: numberFlag('max-depth', 'cut schemas this many references away from the operations'),
  postmanEnvironment: textFlag('FILE', 'values for the variables of a Postman collection'),
  allowRemote: switchFlag('follow references to other https addresses'),
  allowLocal: switchFlag('permit http, loopback and private addresses'),
  refRoot: textFlag('FOLDER', 'folder that referenced files may lie in (default: that of the source)'),
  report: textFlag('FILE', 'where the report goes (default: api/conversion-report.json, or beside the output)'),
  strict: switchFlag('fail when anything is dropped that is not left out by default'),
} as const satisfies KeptQuestions;

export const importQuestions = { ...connectorsOwn, ...descriptionQuestions } as const satisfies KeptQuestions;

const lists = ['tags', 'paths', 'operations', 'excludeTags', 'excludePaths', 'excludeOperations'] as const;
const switches = ['allowHttp', 'includeDeprecated', 'triggers', 'examples', 'keep'] as const;
const numbers = ['server', 'maxDepth'] as const;
const texts = ['host', 'auth'] as const;

/**
 * Only what was answered: the rest is remembered from the last import, or default.
 *
 * @param cwd what relative names of files are relative to
 */
export async function importOptions(answers: Answers, cwd: string): Promise<ImportOptions> {
  const options: ImportOptions = {};
  for (const key of texts) if (text(answers, key) !== '') options[key] = text(answers, key);
  for (const key of numbers) if (text(answers, key) !== '') options[key] = Number(text(answers, key));
  for (const key of switches) if (answers[key] === true) options[key] = true;
  const arrays = text(answers, 'arrays');
  if (arrays === 'auto' || arrays === 'csv' || arrays === 'string' || arrays === 'script') options.arrays = arrays;
  for (const key of lists) {
    const entries = entriesOf(answers, key);
    // an empty list is an answer, too: what was remembered no longer counts
    if (entries.length > 0 || (answers[key] !== undefined && key.startsWith('exclude')))
      options[key] = key.toLowerCase().endsWith('paths') ? entries.map((path) => apiPath(path)) : entries;
  }
  const webhooks = entriesOf(answers, 'webhook').map(webhookPair);
  if (webhooks.length > 0) options.webhooks = webhooks;
  const environment = text(answers, 'postmanEnvironment');
  if (environment !== '') options.variables = await variablesIn(resolve(cwd, environment));
  return options;
}

/** Where the report was wished; undefined: where it usually is. */
export const reportPath = (answers: Answers, cwd: string): string | undefined =>
  text(answers, 'report') === '' ? undefined : resolve(cwd, text(answers, 'report'));

/** What reading a description may touch. */
export function readOptions(answers: Answers, cwd: string): ReadOptions {
  const refRoot = text(answers, 'refRoot');
  return {
    allowRemote: answers.allowRemote === true,
    allowLocal: answers.allowLocal === true,
    ...(refRoot === '' ? {} : { refRoot: resolve(cwd, refRoot) }),
  };
}

const entriesOf = (answers: Answers, name: string): string[] =>
  list(answers, name)
    .flatMap((entry) => entry.split(','))
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');

function webhookPair(pair: string): WebhookPair {
  const [, name, operation, property] = /^([^=]+)=(.+):([^:]+)$/.exec(pair) ?? [];
  if (name === undefined || operation === undefined || property === undefined) {
    throw new UserError(`--webhook: "${pair}" does not say which operation subscribes`, {
      hint: 'for example --webhook orderPlaced=CreateHook:callbackUrl',
    });
  }
  return { name, operation, property };
}

/** Values of a Postman environment; those marked as secret stay out of everything. */
async function variablesIn(path: string): Promise<Map<string, string>> {
  const { readSource } = await import('../../import/read/load.ts');
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
