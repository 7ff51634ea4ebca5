import type { ServerVariable, SourceServer } from '../model.ts';
import type { Report } from '../report.ts';

/** A server URL taken apart, its variables filled in with their defaults. */
export interface Address {
  readonly scheme: 'https' | 'http';
  readonly host: string;
  /** Without a trailing slash; empty for the root. */
  readonly base: string;
  /** The same with `{name}` where a user of the connector chooses; undefined when there is nothing to choose. */
  readonly template: string | undefined;
  readonly choices: readonly ServerVariable[];
  readonly server: SourceServer;
  /** Parts of the URL that a connector has no place for, such as `user name`. */
  readonly lost: readonly string[];
}

/** Hosts that mean this computer, or that nobody has filled in. */
const nowhere: readonly RegExp[] = [
  /^localhost(?::|$)/i,
  /\.localhost(?::|$)/i,
  /^127\.[\d.]+(?::|$)/,
  /^0\.0\.0\.0(?::|$)/,
  /^\[::1?\]/,
  /^host\.docker\.internal(?::|$)/i,
];
/** Names that stand for a host in templates and samples. */
const sampleName =
  /^(?:(?:www|api)\.)?example\.(?:com|org|net)(?::|$)|(?:^|[.-])(?:your|my)[._-]?(?:api|app|company|domain|host|instance|org|server|site|subdomain|tenant)(?:[.:-]|$)|(?:^|\.)(?:changeme|domain|host|hostname|placeholder|server|subdomain|tenant|todo|unknown)(?:[.:]|$)/i;

/** True for a host that no connection can reach: this computer, or a word in place of a host. */
export function isNoHost({ host, choices }: Pick<Address, 'host' | 'choices'>): boolean {
  return (
    nowhere.some((pattern) => pattern.test(host)) ||
    (choices.length > 0 && !host.includes('.') && !host.startsWith('['))
  );
}

/** True for a host that looks like a sample's. */
export const isSampleHost = (host: string): boolean => sampleName.test(host);

/** A URL as people may read it: a user name and a password in it are nobody's business. */
export const shownUrl = (url: string): string => url.replace(/\/\/[^/@]*@/, '//');

/**
 * Takes the URL of a server apart. Undefined for one without a usable host: relative without an address to resolve it
 * against (`documentUrl`), empty, or with a variable that has no value.
 */
export function addressOf(server: SourceServer, report: Report, documentUrl: string | undefined): Address | undefined {
  const written = server.url.replace(/\{\{/g, '{').replace(/\}\}/g, '}');
  const parts = /^(?:([a-z][a-z0-9+.-]*|\{[^}]+\}):)?\/\/([^/?#]*)([^?#]*)([?#][\s\S]*)?$/i.exec(written);
  if (parts === null) return withoutHost(server, written, report, documentUrl);
  const [, rawScheme = 'https', authority = '', rawBase = '', rest = ''] = parts;
  const rawHost = authority.slice(authority.lastIndexOf('@') + 1);
  const scheme = schemeOf(rawScheme, server.variables);
  const lost = [
    ...(/^wss?$/i.test(scheme) ? ['scheme of a web socket'] : []),
    ...(authority.includes('@') ? ['user name or password'] : []),
    ...(rest.length > 1 ? [rest.startsWith('?') ? 'query' : 'fragment'] : []),
  ];
  const variables = new Map(server.variables.map((variable) => [variable.name, variable]));
  const web = scheme === 'http' || scheme === 'ws' ? 'http' : 'https';
  const hostWithPort = rawHost.replace(/:\{([^{}]+)\}$/, (_, name: string) => portOf(variables.get(name)));
  // plain http on the port of https is called over https
  const hostTemplate = hostWithPort.replace(web === 'https' ? /:443$/ : /:(?:80|443)$/, '');
  const host = asciiHost(fill(hostTemplate, server.variables));
  if (host === undefined) return undefined;
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
      const message = `The part {${name}} of the base path is always "${variable.value}".`;
      report.info('server-variable-fixed', variable.at, message);
    }
  }
  const base = cleanBase(fill(rawBase, server.variables));
  const template = choices.length === 0 ? undefined : `${web}://${hostTemplate}${cleanBase(fill(rawBase, bound))}`;
  return { scheme: web, host, base, template, choices, server, lost };
}

/** A URL that doesn't begin with scheme or `//`: a variable that holds all of it, or a path. */
function withoutHost(
  server: SourceServer,
  written: string,
  report: Report,
  documentUrl: string | undefined,
): Address | undefined {
  const filled = fill(written, server.variables);
  if (/^(?:https?|wss?):\/\//i.test(filled) && filled !== server.url)
    return addressOf({ ...server, url: filled, variables: [] }, report, documentUrl);
  if (documentUrl === undefined || !URL.canParse(filled, documentUrl)) return undefined;
  const { host, pathname } = new URL(filled, documentUrl);
  const base = cleanBase(pathname);
  return { scheme: 'https', host, base, template: undefined, choices: [], server, lost: [] };
}

/** The server that the user's host takes the place of: its path is the base path. */
export function addressAt(server: SourceServer, host: string): Address {
  const filled = fill(server.url.replace(/\{\{/g, '{').replace(/\}\}/g, '}'), server.variables);
  const path = filled.replace(/^(?:[a-z][a-z0-9+.-]*:|\{[^{}]*\}:)?\/\/[^/?#]*/i, '').replace(/[?#][\s\S]*$/, '');
  const isVariableAlone = /^\{[^{}]*\}/.test(path);
  const base = cleanBase(isVariableAlone ? path.replace(/^\{[^{}]*\}/, '') : path);
  return { scheme: 'https', host, base, template: undefined, choices: [], server, lost: [] };
}

/** Variables of the base path that the server doesn't declare: their parts of the path are missing from the result. */
export function openParts({ url, variables }: SourceServer): string[] {
  const path = url
    .replace(/\{\{/g, '{')
    .replace(/\}\}/g, '}')
    .replace(/^(?:(?:[a-z][a-z0-9+.-]*|\{[^{}]*\}):)?\/\/[^/?#]*|^\{[^{}]*\}/i, '')
    .replace(/[?#][\s\S]*$/, '');
  return namesIn(path).filter((name) => !variables.some((variable) => variable.name === name));
}

function schemeOf(written: string, variables: readonly ServerVariable[]): string {
  return fill(written, variables).toLowerCase();
}

/** A host as the platform takes it: letters of other scripts in their ASCII form. Undefined for what is none. */
function asciiHost(text: string): string | undefined {
  if (text === '' || /[{}\s<>"'`$\\|^@]/.test(text)) return undefined;
  if (/^[\w.:[\]-]+$/.test(text)) return text;
  return URL.canParse(`https://${text}`) ? new URL(`https://${text}`).host : undefined;
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
