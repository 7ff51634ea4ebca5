import { configProblems } from '../config/config-problems.ts';
import { alikeMessage, alikeNames } from '../config/environment-names.ts';
import { toPointer } from '../connector/json/pointer.ts';
import { asObject, asString, getOwn, isObject, type JsonObject } from '../connector/json/value.ts';
import { requireStrictJson } from '../connector/require-json.ts';
import type { JsonFile } from '../connector/source-file.ts';
import { nearest } from '../did-you-mean.ts';
import { UserError } from '../errors.ts';
import { shellWord } from '../process/command.ts';
import { guidsIn, isGuid, isZeroGuid } from './guid.ts';
import { type Overrides, overrideKeys } from './overrides.ts';

/** Where a connector is deployed. */
export interface Environment {
  /** Its name in config.json; undefined when it isn't listed there. */
  name: string | undefined;
  /** For pac's `--environment`: an https URL or a GUID. */
  target: string;
  /** The connector's GUID there. */
  connectorId: string | undefined;
  /** Unique name of the solution that it belongs to there. */
  solution: string | undefined;
  /** What the connector has otherwise there. */
  overrides: Overrides;
}

/** One entry of `environments` in config.json; an empty string means: not given. */
interface Entry {
  name: string;
  url: string | undefined;
  connectorId: string | undefined;
  solution: string | undefined;
  overrides: Overrides;
}

/**
 * The environments of config.json.
 *
 * @throws UserError when config.json can't be read, or an entry has another form than `{ url, connectorId, solution,
 * overrides }`
 */
export class Environments {
  private readonly file: string;
  readonly entries: readonly Entry[];

  constructor(config: JsonFile | undefined) {
    this.file = config?.path ?? 'config.json';
    this.entries = config === undefined ? [] : readEntries(config);
  }

  get names(): string[] {
    return this.entries.map(({ name }) => name);
  }

  /**
   * Reads what the user gave as `--environment`.
   *
   * @param given a name of config.json, an https URL or a GUID
   * @throws UserError for an unknown name, with the known ones; for a URL that isn't https
   */
  choose(given: string): Environment {
    const entry = this.entries.find(({ name }) => name === given);
    if (entry !== undefined) return this.resolve(entry);
    const isAddress = /^[a-z][a-z\d+.-]*:/i.test(given);
    if (isAddress) requireHttps(given, '--environment');
    if (isAddress || isGuid(given)) {
      const listed = this.entries.find(({ url }) => url !== undefined && isSameEnvironment(url, given));
      return listed === undefined ? unlisted(given) : { ...this.resolve(listed), target: given };
    }
    throw this.unknown(given);
  }

  /** The environment that is meant when nothing was said: the only one there is. */
  get only(): Environment | undefined {
    const [first, ...others] = this.entries;
    return first === undefined || others.length > 0 || first.url === undefined ? undefined : this.resolve(first);
  }

  unknown(given: string): UserError {
    const guess = nearest(given, this.names);
    const known = this.names.length === 0 ? 'none yet' : this.names.join(', ');
    return new UserError(
      `--environment: "${given}" is neither an https URL nor a GUID nor a name of "environments" in ${this.file} (${known})`,
      {
        hint:
          guess === undefined
            ? `add it there: "environments": { "${given}": { "url": "https://….crm.dynamics.com" } }`
            : `did you mean: --environment ${shellWord(guess)}`,
      },
    );
  }

  private resolve({ name, url, connectorId, solution, overrides }: Entry): Environment {
    const at = `${this.file}: environments.${name}`;
    if (url === undefined) {
      throw new UserError(`${at}.url is not given`, { hint: 'write the address of the environment there' });
    }
    if (!isGuid(url)) requireHttps(url, `${at}.url`);
    if (connectorId !== undefined && !isGuid(connectorId)) {
      throw new UserError(`${at}.connectorId: "${connectorId}" is not a GUID, and pac takes nothing else`, {
        hint: `find the GUID with: pac connector list --environment ${url}`,
      });
    }
    if (solution !== undefined) requireSolutionName(solution, `${at}.solution`);
    return {
      name,
      target: url,
      connectorId: connectorId && !isZeroGuid(connectorId) ? connectorId : undefined,
      solution,
      overrides,
    };
  }
}

const unlisted = (target: string): Environment => ({
  name: undefined,
  target,
  connectorId: undefined,
  solution: undefined,
  overrides: {},
});

/** @throws UserError unless the text can be the unique name of a solution */
export function requireSolutionName(text: string, place: string): void {
  if (/^[A-Za-z_][A-Za-z\d_]*$/.test(text)) return;
  throw new UserError(
    `${place}: "${text}" is not a unique name of a solution: letters, digits and _ only, no digit first`,
    {
      hint: 'the unique name, not the display name; list them with: pac solution list',
    },
  );
}

/** The same environment, however its address is written. */
export const isSameEnvironment = (a: string, b: string): boolean =>
  a.toLowerCase() === b.toLowerCase() || isSameUrl(a, b);

function isSameUrl(a: string, b: string): boolean {
  const [first, second] = [a, b].map((text) =>
    URL.canParse(text) ? new URL(text).href.replace(/(?<!\/)\/+$/, '') : undefined,
  );
  return first !== undefined && first === second;
}

function requireHttps(text: string, place: string): void {
  const isAllowed = /^https:\/\/[^\s"'<>`]+$/i.test(text) && URL.canParse(text);
  if (!isAllowed) {
    throw new UserError(`${place}: "${text}" is not an https URL`, {
      hint: 'an address looks like https://contoso.crm.dynamics.com; the maker portal shows it under Settings, Session details',
    });
  }
  requireBare(new URL(text), text, place);
}

/** What people copy from a browser's address bar points into the environment, or into the maker portal. */
function requireBare(url: URL, text: string, place: string): void {
  if (url.username !== '' || url.password !== '') {
    throw new UserError(`${place}: the address holds a user name or password, which pac would show to everybody`, {
      hint: `leave it out: ${url.protocol}//${url.host}; sign in with: pp-connector login`,
    });
  }
  const [id] = guidsIn(url.pathname);
  const isPortal = /(^|\.)(powerapps|powerautomate)\.(com|us|cn)$/i.test(url.hostname);
  // the text, too: it is shown in commands to be pasted, and `/$(id)/..` is the same address
  if (!isPortal && /^https:\/\/[\p{L}\p{N}.-]+(?::\d+)?\/?$/iu.test(text)) return;
  throw new UserError(
    `${place}: "${text}" is an address inside of ${isPortal ? 'the maker portal' : 'an environment'}`,
    {
      hint: isPortal
        ? `give the environment's own address, or its id${id === undefined ? '' : `: ${id}`}`
        : `give the environment's own address: ${url.origin}`,
    },
  );
}

function readEntries(config: JsonFile): Entry[] {
  requireStrictJson(config);
  const environments = isObject(config.value) ? getOwn(config.value, 'environments') : undefined;
  if (environments === undefined) return [];
  if (!isObject(environments)) throw wrongForm(config, 'environments', 'an object: a name and its settings each');
  for (const { name, earlier } of alikeNames(Object.keys(environments))) {
    throw new UserError(`${config.path}: ${alikeMessage(name, earlier)}`, {
      hint: 'correct it, then run the command again',
    });
  }
  return Object.entries(environments).map(([name, value]) => {
    if (!isObject(value)) throw wrongForm(config, `environments.${name}`, 'an object with url, connectorId, solution');
    const text = (key: string): string | undefined => {
      const found = getOwn(value, key);
      if (found === undefined || found === null || found === '') return undefined;
      if (typeof found !== 'string') throw wrongForm(config, `environments.${name}.${key}`, 'a string');
      return found;
    };
    return {
      name,
      url: text('url'),
      connectorId: text('connectorId'),
      solution: text('solution'),
      overrides: readOverrides(config, name, value),
    };
  });
}

/** Without those that are empty, which means: not given. @throws UserError for what the schema of config.json refuses */
function readOverrides(config: JsonFile, name: string, entry: JsonObject): Overrides {
  const given = getOwn(entry, 'overrides');
  if (given === undefined) return {};
  const at = toPointer(['environments', name, 'overrides']);
  const problem = configProblems(config.value).find(({ pointer }) => pointer === at || pointer.startsWith(`${at}/`));
  if (problem !== undefined) {
    throw new UserError(`${config.path}: ${problem.message}`, { hint: 'correct it, then run the command again' });
  }
  const values = asObject(given);
  return Object.fromEntries(
    overrideKeys.flatMap((key) => {
      const value = asString(getOwn(values, key));
      return value ? [[key, value]] : [];
    }),
  );
}

const wrongForm = (config: JsonFile, key: string, allowed: string): UserError =>
  new UserError(`${config.path}: "${key}" must be ${allowed}`, { hint: 'correct it, then run the command again' });
