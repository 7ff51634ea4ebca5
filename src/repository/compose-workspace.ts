import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Answers, list, text } from '../answers.ts';
import { formatJson, updateJsonText } from '../connector/json/edit.ts';
import {
  asObject,
  asString,
  getOwn,
  isObject,
  type Json,
  type JsonObject,
  setOwn,
  strings,
} from '../connector/json/value.ts';
import { readWorkspaceFile, workspaceName } from '../connector/workspace.ts';
import { UserError } from '../errors.ts';
import type { PlannedFile } from '../files/commit.ts';
import { readTextWithin } from '../files/read.ts';
import { hasAgentFiles } from './agent-files.ts';
import { ciProviders } from './ci/providers.ts';
import { toolName } from './package-json.ts';
import { packageName } from './questions/app.ts';
import { targetOf } from './static-files.ts';

/** npm scripts of a repository of several connectors. */
export const workspaceScripts = {
  deploy: 'pp-connector deploy --all',
  diff: 'pp-connector diff --all',
  docs: 'pp-connector readme --all',
  doctor: 'pp-connector doctor',
  login: 'pp-connector login',
  status: 'pp-connector status --all',
  test: 'pp-connector test --all',
  update: 'pp-connector update --all',
  validate: 'pp-connector validate --all',
} as const;

/** Where each answer is in `defaults` of pp-connector.json. */
const homes: Readonly<Record<string, readonly string[]>> = {
  profile: ['profile'],
  publisher: ['publisher'],
  stackOwner: ['stackOwner'],
  contactName: ['contact', 'name'],
  contactUrl: ['contact', 'url'],
  contactEmail: ['contact', 'email'],
};

/** What `defaults` answers of the questions of `new`, and of those about the workspace itself. */
export function answersOfDefaults(defaults: JsonObject): Record<string, string> {
  const answers: Record<string, string> = {};
  for (const [name, [first = '', second]] of Object.entries(homes)) {
    const value = getOwn(defaults, first);
    const answer = asString(second === undefined ? value : getOwn(asObject(value), second));
    if (answer !== undefined && answer !== '') answers[name] = answer;
  }
  return answers;
}

/** What the files of a repository say already. @param root absolute */
export function answersOfWorkspace(root: string): Record<string, string | string[]> {
  if (!existsSync(join(root, workspaceName))) return {};
  const value = asObject(readWorkspaceFile(root));
  const has = (name: string): boolean => existsSync(join(root, name));
  return {
    ...answersOfDefaults(asObject(getOwn(value, 'defaults'))),
    connectors: strings(getOwn(value, 'connectors')),
    ci: ciProviders
      .filter(({ workspaceTemplates }) => workspaceTemplates.some((name) => has(targetOf(name))))
      .map(({ id }) => id),
    agents: hasAgentFiles(has) ? 'all' : 'none',
  };
}

/** The two files of a workspace that are JSON: what is in them and nobody asked about stays. */
export function workspaceFiles(root: string, answers: Answers, toolSpec: string): PlannedFile[] {
  return [
    merged(root, workspaceName, (value) => {
      if (getOwn(value, '$schema') === undefined) {
        setOwn(value, '$schema', `./node_modules/${toolName}/schemas/pp-connector.schema.json`);
      }
      setOwn(value, 'connectors', list(answers, 'connectors'));
      setOwn(value, 'defaults', defaultsOf(asObject(getOwn(value, 'defaults')), answers));
    }),
    merged(root, 'package.json', (value) => {
      if (getOwn(value, 'name') === undefined) setOwn(value, 'name', packageName(basename(root)));
      if (getOwn(value, 'private') === undefined) setOwn(value, 'private', true);
      setOwn(value, 'scripts', { ...workspaceScripts, ...asObject(getOwn(value, 'scripts')) });
      setOwn(value, 'devDependencies', { ...asObject(getOwn(value, 'devDependencies')), [toolName]: toolSpec });
    }),
  ];
}

function defaultsOf(defaults: JsonObject, answers: Answers): JsonObject {
  const result = { ...defaults };
  for (const [name, [first = '', second]] of Object.entries(homes)) {
    const answer = text(answers, name);
    if (second === undefined) setOrRemove(result, first, answer);
    else {
      const inner = { ...asObject(getOwn(result, first)) };
      setOrRemove(inner, second, answer);
      if (Object.keys(inner).length === 0) delete result[first];
      else setOwn(result, first, inner);
    }
  }
  return result;
}

function setOrRemove(object: JsonObject, key: string, value: string): void {
  if (value === '') delete object[key];
  else setOwn(object, key, value);
}

function merged(root: string, name: string, change: (value: JsonObject) => void): PlannedFile {
  const path = join(root, name);
  const before = existsSync(path) ? readTextWithin(root, path) : undefined;
  const value = before === undefined ? {} : parsed(before, path);
  change(value);
  const contents = before === undefined ? formatJson(value) : updateJsonText(before, value);
  return { path, contents, kind: 'edited' };
}

function parsed(contents: string, path: string): JsonObject {
  let value: Json = null;
  try {
    value = JSON.parse(contents);
  } catch {
    // said below: it is no object either
  }
  if (isObject(value)) return value;
  throw new UserError(`${path}: this is not a JSON object`, { hint: 'correct it, then run the command again' });
}
