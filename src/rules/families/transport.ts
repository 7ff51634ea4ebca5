import { asArray, getOwn, isObject } from '../../connector/json/value.ts';
import { quote } from '../../quote.ts';
import type { ConnectorModel } from '../engine/model.ts';
import { defineFamily } from '../engine/rule.ts';
import type { Located } from '../engine/visitor.ts';
import { hostIsReplaced } from '../support/host.ts';
import { isBlank } from '../support/texts.ts';

const schemeNames: ReadonlySet<string> = new Set(['http', 'https']);
const hostPattern = /^[^{}/\s:\\?#@]+(?::\d+)?$/;
const environmentVariable = /^@environmentVariables\(/i;
const schemeBefore = /^[a-z][a-z0-9+.-]*:\/\//i;

/** Names by which hosts that aren't for production give themselves away, as a part between dots and hyphens. */
const testWords: ReadonlySet<string> = new Set([
  'dev',
  'test',
  'testing',
  'staging',
  'uat',
  'qa',
  'sandbox',
  'demo',
  'localhost',
]);
const tunnels =
  /(?:^|\.)(?:ngrok\.io|ngrok\.app|ngrok\.dev|ngrok-free\.app|ngrok-free\.dev|loca\.lt|localtunnel\.me|trycloudflare\.com|devtunnels\.ms|serveo\.net|localhost\.run)$/;

/** What in a host's name says that it isn't for production. */
function testSign(host: string): string | undefined {
  const name = host.toLowerCase().replace(/:\d+$/, '');
  const tunnel = tunnels.exec(name)?.[0];
  if (tunnel !== undefined) return tunnel.replace(/^\./, '');
  const labels = name.split('.');
  // `.dev` is a domain like any other
  const last = labels.at(-1);
  const telling = last === 'dev' && labels.length > 1 ? labels.slice(0, -1) : labels;
  return telling.flatMap((label) => label.split(/[-_]/)).find((word) => testWords.has(word.replace(/(?<!\d)\d+$/, '')));
}

/** Through the on-premises data gateway the service itself may be without encryption. */
const usesGateway = (connector: ConnectorModel): boolean =>
  asArray(getOwn(connector.properties, 'capabilities')).includes('gateway');

const hostOf = (root: Located): string | undefined => {
  const host = getOwn(root.value, 'host');
  return typeof host === 'string' && !isBlank(host) ? host : undefined;
};

/** Environment variables are replaced when a solution is imported; certified connectors have none. */
const isVariable = (text: string, connector: ConnectorModel): boolean =>
  connector.profile === 'custom' && environmentVariable.test(text);

/** A host without the scheme before it and the slash after it, when that is all there is to repair. */
function plainHost(host: string): string | undefined {
  const plain = host
    .trim()
    .replace(schemeBefore, '')
    .replace(/(?<!\/)\/+$/, '');
  return plain !== host && hostPattern.test(plain) ? plain : undefined;
}

/** Rules about host, base path, schemes and tags. */
export const family = defineFamily({ name: 'Host and schemes', order: 80 }, [
  {
    id: 'host-required',
    title: 'The definition names the host of the API.',
    why: 'Without it nothing can be called.',
    remedy: 'Add "host", such as "api.contoso.com".',
    source: 'Certification submission guide; certification policy',
    policy: '5000.2.6.4',
    severity: 'E/E/E',
    on: {
      root: (root, report) => {
        if (hostOf(root) === undefined) {
          report(root.place.at('host'), 'there is no host; add the host name of the API, such as "api.contoso.com"');
        }
      },
    },
    examples: {
      good: [{ name: 'a host', definition: { host: 'weather.contoso.com' } }],
      bad: [
        { name: 'none', definition: { host: null }, expect: ['definition#/host'] },
        { name: 'blank', definition: { host: '' }, expect: ['definition#/host'] },
      ],
    },
  },
  {
    id: 'host-format',
    title: 'The host is a host name, with a port where needed.',
    why: 'Scheme and path have keys of their own; the service refuses everything else in the host.',
    remedy: 'Write the host name alone: "api.contoso.com". An environment variable is possible inside a solution only.',
    source: 'Certification validator rules; published definition schema; environment variables',
    official: 'HostNameNotValid',
    severity: 'E/E/E',
    fix: 'safe',
    on: {
      root: (root, report, connector) => {
        const host = hostOf(root);
        if (host === undefined || hostPattern.test(host) || isVariable(host, connector)) return;
        const at = root.place.at('host');
        const plain = plainHost(host);
        const message = environmentVariable.test(host)
          ? `the host ${quote(host)} is an environment variable, which certified connectors cannot have; write the host name`
          : `the host is ${quote(host)}; write the host name alone, without scheme, path, braces or blanks`;
        report(at, message, plain === undefined ? [] : { op: 'set', at, value: plain });
      },
    },
    examples: {
      good: [
        { name: 'with a port', definition: { host: 'weather.contoso.com:8443' } },
        {
          name: 'an environment variable in a solution',
          profile: 'custom',
          definition: { host: '@environmentVariables("cto_host")' },
        },
      ],
      bad: [
        {
          name: 'a URL',
          definition: { host: 'https://weather.contoso.com/' },
          expect: ['definition#/host'],
          fixed: { definition: { host: 'weather.contoso.com' } },
        },
        { name: 'braces', definition: { host: '{tenant}.contoso.com' }, expect: ['definition#/host'] },
        {
          name: 'an environment variable',
          definition: { host: '@environmentVariables("cto_host")' },
          expect: ['definition#/host'],
        },
      ],
    },
  },
  {
    id: 'host-production',
    title: 'The host is the one for production.',
    why: 'Makers everywhere would call a host that is changed, emptied or switched off without notice.',
    remedy: 'Name the production host.',
    source: 'Certification submission guide; certification policy',
    policy: '5000.2.6.4',
    severity: 'I/W/W',
    on: {
      root: (root, report, connector) => {
        const host = hostOf(root);
        const sign = host === undefined ? undefined : testSign(host);
        if (sign === undefined || hostIsReplaced(connector)) return;
        report(
          root.place.at('host'),
          `${quote(sign)} in the host ${quote(host)} looks like a test system; name the host for production`,
        );
      },
    },
    examples: {
      good: [
        { name: 'production', definition: { host: 'developer.contoso.com' } },
        {
          name: 'replaced by a policy',
          definition: { host: 'demo.contoso.com' },
          properties: {
            properties: {
              policyTemplateInstances: [
                {
                  templateId: 'dynamichosturl',
                  title: 'Choose the host',
                  parameters: { 'x-ms-apimTemplateParameter.urlTemplate': 'https://weather.contoso.com' },
                },
              ],
            },
          },
        },
      ],
      bad: [
        { name: 'staging', definition: { host: 'api-staging2.contoso.com' }, expect: ['definition#/host'] },
        { name: 'a tunnel', definition: { host: 'ab12cd.ngrok.io' }, expect: ['definition#/host'] },
      ],
    },
  },
  {
    id: 'host-not-ip',
    title: 'The host is a name, not an IP address.',
    why: 'Addresses change, and certificates are issued for names.',
    remedy: 'Give the service a name and use that.',
    source: 'Certification policy',
    severity: 'I/W/W',
    on: {
      root: (root, report) => {
        const host = hostOf(root);
        if (host === undefined || !/^\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?$/.test(host)) return;
        report(root.place.at('host'), `the host ${quote(host)} is an IP address; use a name`);
      },
    },
    examples: {
      good: [{ name: 'a name', definition: { host: 'weather.contoso.com' } }],
      bad: [{ name: 'an address', definition: { host: '203.0.113.7:8443' }, expect: ['definition#/host'] }],
    },
  },
  {
    id: 'base-path-slash',
    title: 'The base path starts with a slash.',
    why: 'The service refuses anything else.',
    remedy: 'Write "/v1" instead of "v1".',
    source: 'Certification validator rules',
    official: 'BasePathNotValid',
    severity: 'E/E/E',
    fix: 'safe',
    on: {
      root: (root, report, connector) => {
        const path = getOwn(root.value, 'basePath');
        if (path === undefined || (typeof path === 'string' && (path.startsWith('/') || isVariable(path, connector))))
          return;
        const at = root.place.at('basePath');
        const certain = typeof path === 'string' && /^[\w.~/-]*$/.test(path);
        report(
          at,
          `the base path is ${quote(path)}; it must start with "/"`,
          certain ? { op: 'set', at, value: `/${path}` } : [],
        );
      },
    },
    examples: {
      good: [{ name: 'a slash', definition: { basePath: '/v1' } }],
      bad: [
        {
          name: 'no slash',
          definition: { basePath: 'v1' },
          expect: ['definition#/basePath'],
          fixed: { definition: { basePath: '/v1' } },
        },
      ],
    },
  },
  {
    id: 'base-path-no-address',
    title: 'The base path holds neither a scheme nor a host.',
    why: 'It follows the host: "/https:" or "//api.contoso.com" in it leads every call to an address that does not exist.',
    remedy: 'Write the host into "host", and only the path that all operations share into "basePath".',
    source: 'OpenAPI 2.0, base path; published connectors, none of which has ":" or "//" there',
    severity: 'E/E/E',
    on: {
      root: (root, report, connector) => {
        const path = getOwn(root.value, 'basePath');
        if (typeof path !== 'string' || isVariable(path, connector)) return;
        // slashes at the end are another rule's
        // in the middle of a segment a colon is a part of its name
        const found = /:(?=\/|$)|\/\/(?=[^/])/.exec(path)?.[0];
        if (found === undefined) return;
        report(
          root.place.at('basePath'),
          `the base path ${quote(path)} holds "${found}", as an address does; it is only the path after the host, such as "/v1"`,
        );
      },
    },
    examples: {
      good: [
        { name: 'a path', definition: { basePath: '/api/v1' } },
        { name: 'a dot and a dash', definition: { basePath: '/api-v1.2' } },
        { name: 'a colon inside a segment', definition: { basePath: '/tenants/eu:1' } },
      ],
      bad: [
        { name: 'a scheme', definition: { basePath: '/https:' }, expect: ['definition#/basePath'] },
        { name: 'a host', definition: { basePath: '//api.contoso.com/v1' }, expect: ['definition#/basePath'] },
        { name: 'an address', definition: { basePath: '/https://api.contoso.com' }, expect: ['definition#/basePath'] },
      ],
    },
  },
  {
    id: 'base-path-no-trailing-slash',
    title: 'The base path does not end in a slash.',
    why: 'Paths start with one, so the address that is called has two in a row.',
    remedy: 'Remove the slash at the end; in an update that changes the address of every operation.',
    source: 'OpenAPI 2.0, base path',
    severity: 'I/I/I',
    // a published base path is compared with the next one: only a person can say that the service minds neither form
    fix: 'unsafe',
    consequence: 'Whoever looks after the service makes sure that it answers at the new paths.',
    on: {
      root: (root, report) => {
        const path = getOwn(root.value, 'basePath');
        if (typeof path !== 'string' || path.length < 2 || !path.endsWith('/')) return;
        const at = root.place.at('basePath');
        report(at, `the base path ${quote(path)} ends in a slash, and every path starts with one; remove it`, {
          op: 'set',
          at,
          value: path.replace(/(?<!\/)\/+$/, '') || '/',
        });
      },
    },
    examples: {
      good: [{ name: 'the root', definition: { basePath: '/' } }],
      bad: [
        {
          name: 'a slash at the end',
          definition: { basePath: '/v1/' },
          expect: ['definition#/basePath'],
          fixed: { definition: { basePath: '/v1' } },
        },
      ],
    },
  },
  {
    id: 'schemes-present',
    title: 'The definition says by which schemes the API is called.',
    why: 'Otherwise every tool assumes its own.',
    remedy: 'Add "schemes": ["https"].',
    source: 'Connector templates; practice of published connectors',
    severity: 'W/W/W',
    fix: 'safe',
    on: {
      root: (root, report) => {
        if (getOwn(root.value, 'schemes') !== undefined) return;
        const at = root.place.at('schemes');
        report(at, 'there are no schemes; add "schemes": ["https"]', { op: 'set', at, value: ['https'] });
      },
    },
    examples: {
      good: [{ name: 'https', definition: { schemes: ['https'] } }],
      bad: [
        {
          name: 'none',
          definition: { schemes: null },
          expect: ['definition#/schemes'],
          fixed: { definition: { schemes: ['https'] } },
        },
      ],
    },
  },
  {
    id: 'schemes-not-empty',
    title: 'The list of schemes is not empty.',
    why: 'The service refuses an empty list.',
    remedy: 'Write "schemes": ["https"].',
    source: 'Certification validator rules',
    official: 'SchemesArrayEmpty',
    severity: 'E/E/E',
    fix: 'safe',
    on: {
      root: (root, report) => {
        const schemes = getOwn(root.value, 'schemes');
        if (!Array.isArray(schemes) || schemes.length > 0) return;
        const at = root.place.at('schemes');
        report(at, 'the list of schemes is empty; write ["https"]', { op: 'set', at, value: ['https'] });
      },
    },
    examples: {
      good: [{ name: 'https', definition: { schemes: ['https'] } }],
      bad: [
        {
          name: 'empty',
          definition: { schemes: [] },
          expect: ['definition#/schemes'],
          fixed: { definition: { schemes: ['https'] } },
        },
      ],
    },
  },
  {
    id: 'schemes-valid',
    title: 'Schemes are http and https only.',
    why: 'The service speaks nothing else; web sockets are refused.',
    remedy: 'Write "schemes": ["https"].',
    source: 'Certification validator rules',
    official: 'SchemeNotValid',
    severity: 'E/E/E',
    on: {
      root: (root, report) => {
        const schemes = getOwn(root.value, 'schemes');
        if (schemes === undefined) return;
        const at = root.place.at('schemes');
        if (!Array.isArray(schemes)) {
          report(at, `schemes is ${quote(schemes)}; it must be a list such as ["https"]`);
          return;
        }
        for (const [index, scheme] of schemes.entries()) {
          if (typeof scheme === 'string' && schemeNames.has(scheme)) continue;
          report(at.at(index), `the scheme ${quote(scheme)} is not supported; use "https"`);
        }
      },
    },
    examples: {
      good: [{ name: 'https', definition: { schemes: ['https'] } }],
      bad: [
        { name: 'web sockets', definition: { schemes: ['https', 'wss'] }, expect: ['definition#/schemes/1'] },
        { name: 'a text', definition: { schemes: 'https' }, expect: ['definition#/schemes'] },
      ],
    },
  },
  {
    id: 'schemes-include-https',
    title: 'The API is called by https.',
    why: 'Certification asks for encrypted calls, TLS 1.2 or newer.',
    remedy: 'Write "schemes": ["https"], once the service offers it.',
    source: 'Certification policy',
    policy: '5000.3.1.6',
    severity: 'W/E/W',
    on: {
      root: (root, report, connector) => {
        const schemes = getOwn(root.value, 'schemes');
        if (!Array.isArray(schemes) || schemes.length === 0 || schemes.includes('https') || usesGateway(connector))
          return;
        report(root.place.at('schemes'), 'https is not among the schemes; certification asks for encrypted calls');
      },
    },
    examples: {
      good: [{ name: 'https', definition: { schemes: ['https'] } }],
      bad: [{ name: 'http alone', definition: { schemes: ['http'] }, expect: ['definition#/schemes'] }],
    },
  },
  {
    id: 'schemes-https-only',
    title: 'http is not offered beside https.',
    why: 'A tool that takes the first scheme sends keys unencrypted.',
    remedy: 'Remove "http".',
    source: 'Certification policy',
    policy: '5000.3.1.6',
    severity: 'I/W/W',
    fix: 'safe',
    on: {
      root: (root, report) => {
        const schemes = getOwn(root.value, 'schemes');
        if (!Array.isArray(schemes) || !schemes.includes('https')) return;
        for (const [index, scheme] of schemes.entries()) {
          const at = root.place.at('schemes', index);
          if (scheme === 'http') report(at, 'http is offered beside https; remove it', { op: 'remove', at });
        }
      },
    },
    examples: {
      good: [{ name: 'https alone', definition: { schemes: ['https'] } }],
      bad: [
        {
          name: 'both',
          definition: { schemes: ['http', 'https'] },
          expect: ['definition#/schemes/0'],
          fixed: { definition: { schemes: ['https'] } },
        },
      ],
    },
  },
  {
    id: 'tags-unique',
    title: 'The names of tags are unique.',
    why: 'The service refuses a tag that is defined twice.',
    remedy: 'Remove the second one.',
    source: 'Certification validator rules',
    official: 'TagRedefined',
    severity: 'E/E/E',
    fix: 'safe',
    on: {
      root: (root, report) => {
        const seen = new Set<string>();
        for (const [index, tag] of asArray(getOwn(root.value, 'tags')).entries()) {
          const name = isObject(tag) ? getOwn(tag, 'name') : undefined;
          if (typeof name !== 'string') continue;
          const at = root.place.at('tags', index);
          if (seen.has(name))
            report(at, `the tag ${quote(name)} is defined twice; remove this one`, { op: 'remove', at });
          seen.add(name);
        }
      },
    },
    examples: {
      good: [{ name: 'two tags', definition: { tags: [{ name: 'stations' }, { name: 'regions' }] } }],
      bad: [
        {
          name: 'one twice',
          definition: { tags: [{ name: 'stations' }, { name: 'regions' }, { name: 'stations' }] },
          expect: ['definition#/tags/2'],
          fixed: { definition: { tags: [{ name: 'stations' }, { name: 'regions' }] } },
        },
      ],
    },
  },
]);
