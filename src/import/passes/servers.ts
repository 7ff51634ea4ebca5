import type { JsonObject } from '../../connector/json/value.ts';
import { UserError } from '../../errors.ts';
import { describe } from '../../language/plain-text.ts';
import { titleCase } from '../../language/words.ts';
import type { ApiModel, ServerVariable, SourceOperation, SourceServer } from '../model.ts';
import type { ImportOptions } from '../options.ts';
import type { Present } from '../present.ts';
import { ImportRefused } from '../refusal.ts';
import type { Report } from '../report.ts';
import { dynamicHostUrl } from './policies.ts';
import { type Address, addressAt, addressOf, isNoHost, isSampleHost, openParts, shownUrl } from './server-address.ts';

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

/** By the names before its last: `.dev` is a domain of its own, and `dev.azure.com` no test. */
const isOfTests = (host: string): boolean =>
  /(?:^|[.-])(?:sandbox|test|testing|staging|stage|mock|uat|qa|preprod)[.-]/i.test(host);

/** Chooses the servers of the selected operations. @throws `no-host` */
export function chooseTransport(
  model: ApiModel,
  operations: readonly SourceOperation[],
  options: ImportOptions,
  report: Report,
  url: string | undefined,
): Transport {
  const { root, addresses } = addressesOf(model, operations, options, report, url);
  const main = mainAddress(operations, addresses, root);
  const host = options.host ?? main?.host;
  if (host === undefined || host === '' || (options.host === undefined && main !== undefined && isNoHost(main)))
    throw noHost(model, main);
  const here = (address: Address | undefined): boolean =>
    address === undefined || (address.host === main?.host && address.template === main.template);
  const local = operations.filter((operation) => here(addresses.get(operation)));
  const bases = local.map((operation) => addresses.get(operation)?.base ?? '');
  const basePath = main?.template === undefined ? commonBase(bases, main?.base ?? '') : (main?.base ?? '');
  const elsewhere = new Map<SourceOperation, string>();
  const connectionParameters: JsonObject = {};
  const policies: JsonObject[] = [];
  if (main !== undefined) reportBase(main, report);
  if (options.host === undefined && main !== undefined) {
    reportHost(main, report);
    if (main.template !== undefined) {
      policies.push(dynamicHostUrl('Set host', connectionTemplate(main)));
      for (const choice of main.choices) connectionParameters[parameterName(choice.name)] = connectionParameter(choice);
    }
  }
  for (const operation of operations) {
    const address = addresses.get(operation);
    if (address === undefined || here(address)) continue;
    elsewhere.set(operation, connectionTemplate(address));
    report.byPolicy('server-other-host', operation.at, `This operation has a host of its own: ${address.host}.`);
    reportHost(address, report);
    reportBase(address, report);
    for (const choice of address.choices)
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

/** The address of the description and those of operations; none where its host is open. */
function addressesOf(
  model: ApiModel,
  operations: readonly SourceOperation[],
  options: ImportOptions,
  report: Report,
  url: string | undefined,
): { root: Address | undefined; addresses: Map<SourceOperation, Address> } {
  const addresses = new Map<SourceOperation, Address>();
  const known = new Map<readonly SourceServer[], Address | undefined>();
  const of = (servers: readonly SourceServer[]): Address | undefined => {
    if (!known.has(servers)) known.set(servers, choose(servers, options, report, url));
    return known.get(servers);
  };
  const root = choose(model.servers, options, report, url, options.present);
  known.set(model.servers, root);
  for (const operation of operations) {
    const address = (operation.servers === undefined ? undefined : of(operation.servers)) ?? root;
    if (address !== undefined) addresses.set(operation, address);
  }
  return { root, addresses };
}

/** The root's address if some operation uses it, else the most frequent one; none while that is open. */
function mainAddress(
  operations: readonly SourceOperation[],
  addresses: ReadonlyMap<SourceOperation, Address>,
  root: Address | undefined,
): Address | undefined {
  const used = [...addresses.values()];
  if (root !== undefined && (used.length === 0 || used.includes(root))) return root;
  const counts = new Map<string, number>();
  for (const { host } of used) counts.set(host, (counts.get(host) ?? 0) + 1);
  const [first] = used.sort((a, b) => (counts.get(b.host) ?? 0) - (counts.get(a.host) ?? 0));
  const open = operations.length - addresses.size;
  return first !== undefined && open > (counts.get(first.host) ?? 0) ? undefined : first;
}

function noHost(model: ApiModel, main: Address | undefined): ImportRefused {
  const hint = 'Give its host: --host api.example.com';
  const [first] = model.servers;
  const said = main?.server.url ?? first?.url;
  const message =
    said === undefined
      ? 'The description names no server.'
      : `The server of the description, "${shownUrl(said)}", has no host that a connector can call.`;
  return new ImportRefused('no-host', message, { hint, ...(first === undefined ? {} : { pointer: first.at }) });
}

/** What nobody has chosen about a host, or what of its address can't be called. */
function reportHost(address: Address, report: Report): void {
  const { server, host, choices, lost } = address;
  for (const { at, name, value } of choices)
    report.byPolicy(
      'server-variable',
      at,
      `Each connection asks for {${name}} of the server; until then it is "${value}".`,
    );
  if (lost.length > 0)
    report.lossy('server-parts', server.at, `Left out of the address of the server: ${lost.join(', ')}.`);
  if (isSampleHost(host))
    report.lossy('server-sample', server.at, `The host ${host} looks like a sample: give the real one with --host.`);
  else if (isOfTests(host))
    report.info(
      'server-sample',
      server.at,
      `The host ${host} looks like that of a test system: give another with --host.`,
    );
  else if (localHost.test(host) || !/[.\]]/.test(host))
    report.lossy(
      'server-private',
      server.at,
      `The host ${host} is that of a private network: flows reach it by a gateway.`,
    );
}

/** Also where the user has given another host. */
function reportBase({ server }: Address, report: Report): void {
  const open = openParts(server).map((name) => `{${name}}`);
  if (open.length > 0)
    report.lossy(
      'server-parts',
      server.at,
      `Left out of the base path, because the description gives no value: ${open.join(', ')}.`,
    );
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
  present?: Present,
): Address | undefined {
  const candidates = servers.map((server) => ({ server, address: addressOf(server, report, url) }));
  const usable = candidates.filter(
    (entry): entry is { server: SourceServer; address: Address } => entry.address !== undefined,
  );
  if (usable.length === 0) {
    // A relative server still says the base path; the host comes from elsewhere.
    const [relative] = servers;
    return relative === undefined || options.host === undefined ? undefined : addressAt(relative, options.host);
  }
  if (options.server !== undefined && candidates[options.server] === undefined) {
    throw new UserError(
      `--server ${options.server}: the description has ${candidates.length} servers, counted from 0.`,
      {
        hint: servers.map((server, index) => `${index}  ${shownUrl(server.url)}`),
        exitStatus: 2,
      },
    );
  }
  const isPublic = ({ address }: { address: Address }): boolean =>
    !localHost.test(address.host) && !isNoHost(address) && !address.lost.some((part) => part.startsWith('scheme'));
  const isProductive = ({ server, address }: { server: SourceServer; address: Address }): boolean =>
    !testHost.test(address.host) && !/sandbox|staging|mock/i.test(server.description ?? '');
  const best = (entries: typeof usable) =>
    entries.find((entry) => entry.address.scheme === 'https' && isPublic(entry) && isProductive(entry)) ??
    entries.find((entry) => entry.address.scheme === 'https' && isPublic(entry)) ??
    entries.find((entry) => isPublic(entry)) ??
    entries[0];
  const stated = options.server === undefined ? undefined : candidates[options.server];
  const kept = stated === undefined ? best(usable.filter(isInUse(present, options.host))) : undefined;
  const chosen = stated ?? kept ?? best(usable);
  if (chosen?.address === undefined) return undefined;
  const first = best(usable);
  if (kept !== undefined && first !== undefined && kept !== first)
    report.info(
      'kept-in-connector',
      first.server.at,
      `The host ${kept.address.host}, and not ${first.address.host} (--server ${servers.indexOf(first.server)} takes it)`,
    );
  for (const { server } of candidates) {
    if (server !== chosen.server)
      report.info('server-alternatives', server.at, `Another server is not used: ${shownUrl(server.url)}`);
  }
  if (chosen.address.scheme === 'http' && options.allowHttp !== true) {
    report.lossy(
      'server-http-upgraded',
      chosen.server.at,
      `The server ${shownUrl(chosen.server.url)} is called over https.`,
    );
    return { ...chosen.address, scheme: 'https', template: chosen.address.template?.replace(/^http:/, 'https:') };
  }
  return chosen.address;
}

/** Whether the connector calls a server already; where the user has given the host, its path decides. */
const isInUse =
  (present: Present | undefined, host: string | undefined) =>
  ({ address }: { address: Address }): boolean => {
    const { chosen } = present ?? {};
    if (chosen === undefined || (host === undefined && address.host !== chosen.host)) return false;
    return `${address.base}/`.startsWith(`${chosen.basePath}/`);
  };

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
