import type { JsonObject } from '../../connector/json/value.ts';
import { UserError } from '../../errors.ts';
import { describe } from '../../language/plain-text.ts';
import { titleCase } from '../../language/words.ts';
import type { ApiModel, ServerVariable, SourceOperation, SourceServer } from '../model.ts';
import type { ImportOptions } from '../options.ts';
import { ImportRefused } from '../refusal.ts';
import type { Report } from '../report.ts';
import { dynamicHostUrl } from './policies.ts';

/** A server URL taken apart, its variables filled in with their defaults. */
interface Address {
  readonly scheme: 'https' | 'http';
  readonly host: string;
  /** Without a trailing slash; empty for the root. */
  readonly base: string;
  /** The same with `{name}` where a user of the connector chooses; undefined when there is nothing to choose. */
  readonly template: string | undefined;
  readonly choices: readonly ServerVariable[];
}

export interface Transport {
  readonly host: string;
  readonly basePath: string;
  readonly schemes: readonly ('https' | 'http')[];
  /** What goes between base path and path of an operation. */
  readonly prefix: (operation: SourceOperation) => string;
  readonly connectionParameters: JsonObject;
  /** Policies for all operations. */
  readonly policies: readonly JsonObject[];
  /** Template of another host for some operations, by operation. */
  readonly elsewhere: ReadonlyMap<SourceOperation, string>;
}

const testHost = /(?:^|[.-])(?:sandbox|test|testing|staging|stage|mock|mocks|dev|demo|uat|qa|preprod)(?:[.-]|$)/i;
const localHost =
  /^(?:localhost|127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|\[?::1)|\.(?:local|localhost|internal)(?::|$)/i;

/** Chooses the servers of the selected operations. Throws `no-host`. */
export function chooseTransport(
  model: ApiModel,
  operations: readonly SourceOperation[],
  options: ImportOptions,
  report: Report,
  url: string | undefined,
): Transport {
  const addresses = new Map<SourceOperation, Address>();
  const known = new Map<readonly SourceServer[], Address | undefined>();
  const addressOf = (servers: readonly SourceServer[]): Address | undefined => {
    if (!known.has(servers)) known.set(servers, choose(servers, options, report, url));
    return known.get(servers);
  };
  const root = addressOf(model.servers);
  for (const operation of operations) {
    const address = (operation.servers === undefined ? undefined : addressOf(operation.servers)) ?? root;
    if (address !== undefined) addresses.set(operation, address);
  }
  const main = mainAddress([...addresses.values()], root);
  const host = options.host ?? main?.host;
  if (host === undefined || host === '') {
    throw new ImportRefused('no-host', 'The description names no server.', {
      hint: 'Give its host: --host api.example.com',
    });
  }
  const here = (address: Address | undefined): boolean =>
    address === undefined || (address.host === main?.host && address.template === main.template);
  const local = operations.filter((operation) => here(addresses.get(operation)));
  const bases = local.map((operation) => addresses.get(operation)?.base ?? '');
  const basePath = main?.template === undefined ? commonBase(bases, main?.base ?? '') : (main?.base ?? '');
  const elsewhere = new Map<SourceOperation, string>();
  for (const operation of operations) {
    const address = addresses.get(operation);
    if (address !== undefined && !here(address)) {
      elsewhere.set(operation, connectionTemplate(address));
      report.info('server-other-host', operation.at, `This operation has a host of its own: ${address.host}.`);
    }
  }
  const policies: JsonObject[] = [];
  const connectionParameters: JsonObject = {};
  if (options.host === undefined && main?.template !== undefined) {
    policies.push(dynamicHostUrl('Set host', connectionTemplate(main)));
    for (const choice of main.choices) connectionParameters[parameterName(choice.name)] = connectionParameter(choice);
  }
  for (const operation of elsewhere.keys()) {
    for (const choice of addresses.get(operation)?.choices ?? [])
      connectionParameters[parameterName(choice.name)] = connectionParameter(choice);
  }
  return {
    host: bareHost(host),
    basePath: basePath === '' ? '/' : basePath,
    schemes: [main?.scheme ?? 'https'],
    prefix: (operation) =>
      elsewhere.has(operation) ? '' : (addresses.get(operation)?.base ?? basePath).slice(basePath.length),
    connectionParameters,
    policies,
    elsewhere,
  };
}

/** The root's address if some operation uses it, else the most frequent one. */
function mainAddress(addresses: readonly Address[], root: Address | undefined): Address | undefined {
  if (root !== undefined && (addresses.length === 0 || addresses.includes(root))) return root;
  const counts = new Map<string, number>();
  for (const { host } of addresses) counts.set(host, (counts.get(host) ?? 0) + 1);
  return [...addresses].sort((a, b) => (counts.get(b.host) ?? 0) - (counts.get(a.host) ?? 0))[0];
}

/** The longest path that all bases start with, by whole segments. */
function commonBase(bases: readonly string[], fallback: string): string {
  const [first, ...others] = bases;
  if (first === undefined) return fallback;
  let common = first.split('/');
  for (const base of others) {
    const segments = base.split('/');
    const end = common.findIndex((segment, index) => segments[index] !== segment);
    if (end >= 0) common = common.slice(0, end);
  }
  return common.join('/');
}

function choose(
  servers: readonly SourceServer[],
  options: ImportOptions,
  report: Report,
  url: string | undefined,
): Address | undefined {
  const candidates = servers.map((server) => ({ server, address: parse(server, report, url) }));
  const usable = candidates.filter(
    (entry): entry is { server: SourceServer; address: Address } => entry.address !== undefined,
  );
  if (usable.length === 0) {
    // A relative server still says the base path; the host comes from elsewhere.
    const [relative] = servers;
    return relative === undefined || options.host === undefined ? undefined : relativeAddress(relative, options.host);
  }
  if (options.server !== undefined && candidates[options.server] === undefined) {
    throw new UserError(
      `--server ${options.server}: the description has ${candidates.length} servers, counted from 0.`,
      {
        hint: servers.map((server, index) => `${index}  ${server.url}`),
        exitStatus: 2,
      },
    );
  }
  const isPublic = ({ address }: { address: Address }): boolean => !localHost.test(address.host);
  const isProductive = ({ server, address }: { server: SourceServer; address: Address }): boolean =>
    !testHost.test(address.host) && !/sandbox|staging|mock/i.test(server.description ?? '');
  const chosen =
    (options.server === undefined ? undefined : candidates[options.server]) ??
    usable.find((entry) => entry.address.scheme === 'https' && isPublic(entry) && isProductive(entry)) ??
    usable.find((entry) => entry.address.scheme === 'https' && isPublic(entry)) ??
    usable.find((entry) => isPublic(entry)) ??
    usable[0];
  if (chosen?.address === undefined) return undefined;
  for (const { server } of candidates) {
    if (server !== chosen.server)
      report.info('server-alternatives', server.at, `Another server is not used: ${server.url}`);
  }
  if (chosen.address.scheme === 'http' && options.allowHttp !== true) {
    report.lossy('server-http-upgraded', chosen.server.at, `The server ${chosen.server.url} is called over https.`);
    return { ...chosen.address, scheme: 'https', template: chosen.address.template?.replace(/^http:/, 'https:') };
  }
  return chosen.address;
}

function relativeAddress(server: SourceServer, host: string): Address {
  const filled = fill(server.url, server.variables);
  const path = filled.replace(/^\/\/[^/]*/, '');
  return { scheme: 'https', host, base: cleanBase(path), template: undefined, choices: [] };
}

/** Undefined for a relative URL without an address to resolve it against. */
function parse(server: SourceServer, report: Report, url: string | undefined): Address | undefined {
  const written = server.url.replace(/\{\{/g, '{').replace(/\}\}/g, '}');
  const parts = /^(?:([a-z][a-z0-9+.-]*|\{[^}]+\}):)?\/\/([^/?#]+)([^?#]*)/i.exec(written);
  if (parts === null) {
    const filled = fill(written, server.variables);
    if (/^https?:\/\//i.test(filled)) return parse({ ...server, url: filled, variables: [] }, report, url);
    if (url === undefined) return undefined;
    try {
      const resolved = new URL(filled, url);
      return {
        scheme: 'https',
        host: resolved.host,
        base: cleanBase(resolved.pathname),
        template: undefined,
        choices: [],
      };
    } catch {
      return undefined;
    }
  }
  const [, rawScheme = 'https', rawHost = '', rawBase = ''] = parts;
  const variables = new Map(server.variables.map((variable) => [variable.name, variable]));
  const scheme = rawScheme.toLowerCase() === 'http' ? 'http' : 'https';
  const hostWithPort = rawHost.replace(/:\{([^{}]+)\}$/, (_, name: string) => portOf(variables.get(name)));
  const hostTemplate = hostWithPort.replace(scheme === 'https' ? /:443$/ : /:80$/, '');
  const host = fill(hostTemplate, server.variables);
  if (host === '' || /[{}\s]/.test(host)) return undefined;
  const choices = namesIn(hostTemplate)
    .map((name) => variables.get(name))
    .filter((variable) => variable !== undefined);
  const bound: ServerVariable[] = [];
  for (const name of namesIn(rawBase)) {
    const variable = variables.get(name);
    if (variable === undefined) continue;
    if (variable.allowed.length > 1) choices.push(variable);
    else {
      bound.push(variable);
      report.info(
        'server-variable-fixed',
        variable.at,
        `The part {${name}} of the base path is always "${variable.value}".`,
      );
    }
  }
  const base = cleanBase(fill(rawBase, server.variables));
  const template = choices.length === 0 ? undefined : `${scheme}://${hostTemplate}${cleanBase(fill(rawBase, bound))}`;
  return { scheme, host, base, template, choices };
}

function portOf(variable: ServerVariable | undefined): string {
  return variable === undefined || variable.value === '' ? '' : `:${variable.value}`;
}

function namesIn(template: string): string[] {
  return [...template.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? '');
}

function fill(template: string, variables: readonly ServerVariable[]): string {
  return template.replace(
    /\{([^{}]+)\}/g,
    (whole, name: string) => variables.find((variable) => variable.name === name)?.value ?? whole,
  );
}

/** `/v1/` → `/v1`; `/` → nothing. Variables without a value vanish with their slash. */
function cleanBase(path: string): string {
  const clean = path
    .replace(/\{[^{}]*\}/g, '')
    .replace(/\/{2,}/g, '/')
    .replace(/(?<!\/)\/+$/, '');
  return clean === '' || clean.startsWith('/') ? clean : `/${clean}`;
}

function bareHost(host: string): string {
  return host
    .replace(/^[a-z]+:\/\//i, '')
    .replace(/[/?#][\s\S]*$/, '')
    .replace(/^[^@]*@/, '');
}

/** Names of connection parameters that authentication uses. */
const takenNames: ReadonlySet<string> = new Set(['api_key', 'username', 'password', 'token', 'gateway', 'authType']);

function parameterName(name: string): string {
  const clean = name.replace(/[^0-9A-Za-z_]/g, '_');
  return takenNames.has(clean) ? `server_${clean}` : clean;
}

/** `https://{region}.example.com` → the expression that the policy evaluates. */
function connectionTemplate(address: Address): string {
  const template = address.template ?? `${address.scheme}://${address.host}${address.base}`;
  return template.replace(/\{([^{}]+)\}/g, (_, name: string) => {
    const value = address.choices.find((choice) => choice.name === name)?.value ?? '';
    return `@connectionParameters('${parameterName(name)}','${value.replaceAll("'", '')}')`;
  });
}

function connectionParameter(variable: ServerVariable): JsonObject {
  const title = titleCase(variable.name);
  const description = describe(variable.description, 200) || `The ${title.toLowerCase()} part of the service address.`;
  const allowed: JsonObject =
    variable.allowed.length > 0 ? { allowedValues: variable.allowed.map((value) => ({ text: value, value })) } : {};
  return {
    type: 'string',
    uiDefinition: {
      displayName: title,
      description,
      tooltip: variable.value === '' ? `Provide the ${title.toLowerCase()}` : `For example ${variable.value}`,
      constraints: { tabIndex: 1, required: 'true', clearText: true, ...allowed },
    },
  };
}
