import { asObject, getOwn, isObject, type JsonObject, setOwn } from '../connector/json/value.ts';
import { configOrder, environmentOrder, setInOrder } from '../connector/key-order.ts';
import type { JsonFile } from '../connector/source-file.ts';
import { UserError } from '../errors.ts';
import { shellWord } from '../process/command.ts';
import { type Environment, Environments } from './environment.ts';
import { isGuid } from './guid.ts';
import { type OverrideKey, overrideKeys } from './overrides.ts';

/** What can be said of an environment; an empty text takes a value out, undefined leaves it as it is. */
export interface EnvironmentEdit {
  url?: string | undefined;
  connectorId?: string | undefined;
  solution?: string | undefined;
  overrides: Partial<Record<OverrideKey, string | undefined>>;
}

/** Where it is written, with what surrounds it. */
interface Target {
  /** Whole config.json, changed in place. */
  config: JsonObject;
  /** The file as it was read, for errors. */
  file: JsonFile;
  name: string;
}

/**
 * Adds an environment to config.json, or changes one.
 *
 * @returns the environment as `deploy` will understand it
 * @throws UserError for a name that can't be one, a new environment without an address, and whatever `deploy` would
 *   refuse
 */
export function setEnvironment({ config, file, name }: Target, edit: EnvironmentEdit): Environment {
  const environments = asObject(getOwn(config, 'environments'));
  const found = getOwn(environments, name);
  const isNew = !isObject(found);
  if (isNew) requireName(name);
  const entry: JsonObject = isObject(found) ? found : {};
  if (isNew && !edit.url) {
    throw new UserError(`environment "${name}" is new, and needs its address`, {
      hint: `pp-connector environment ${shellWord(name)} --url https://….crm.dynamics.com`,
    });
  }
  for (const key of ['url', 'connectorId', 'solution'] as const) setOrTake(entry, key, edit[key], environmentOrder);
  const overrides: JsonObject = { ...asObject(getOwn(entry, 'overrides')) };
  for (const key of overrideKeys as readonly OverrideKey[])
    setOrTake(overrides, key, edit.overrides[key], overrideKeys);
  if (Object.keys(overrides).length > 0) setInOrder(entry, 'overrides', overrides, environmentOrder);
  else delete entry.overrides;
  setOwn(environments, name, entry);
  setInOrder(config, 'environments', environments, configOrder);
  return new Environments({ ...file, value: config, problems: [] }).choose(name);
}

/** Takes an environment out of config.json. @throws UserError when it isn't there, with the names that are */
export function removeEnvironment({ config, file, name }: Target): void {
  const environments = getOwn(config, 'environments');
  if (!isObject(environments) || !isObject(getOwn(environments, name))) {
    throw new Environments(file).unknown(name);
  }
  delete environments[name];
  if (Object.keys(environments).length === 0) delete config.environments;
}

function setOrTake(object: JsonObject, key: string, value: string | undefined, order: readonly string[]): void {
  if (value === undefined) return;
  if (value === '') delete object[key];
  else setInOrder(object, key, value, order);
}

/** It is typed as `--environment NAME`, and must not be taken for an address there. */
function requireName(name: string): void {
  if (/^[\p{L}\d][\p{L}\d ._-]{0,59}$/u.test(name) && name === name.trim() && !isGuid(name)) return;
  throw new UserError(`"${name}" can't be the name of an environment: letters, digits, blanks, . _ - (60 at most)`, {
    hint: 'a short one is typed most easily: pp-connector environment test --url https://….crm.dynamics.com',
  });
}

/** For people: an environment in a few lines. */
export function describeEnvironment({ name, target, connectorId, solution, overrides }: Environment): string {
  const facts = [
    ['connector', connectorId ?? 'not deployed yet'],
    ['solution', solution],
    ...Object.entries(overrides),
  ].flatMap(([key, value]) => (value === undefined ? [] : [`  ${key}: ${value}`]));
  return [`${name}  ${target}`, ...facts].join('\n');
}
