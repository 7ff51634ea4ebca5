import { asObject, getOwn, isObject, type Json, type JsonObject } from '../../connector/json/value.ts';
import { editDistance } from '../../did-you-mean.ts';
import { quote } from '../../quote.ts';
import type { Location } from '../engine/location.ts';
import type { Operation, Parameter } from '../engine/model.ts';
import { defineFamily, type Fix, type Report } from '../engine/rule.ts';
import type { Located } from '../engine/visitor.ts';
import { agentProtocol, isAgentTool } from '../support/agent-tools.ts';
import { inPet, pet } from './schema-examples.ts';

const streamable = 'mcp-streamable-1.0';

/** The example with an operation that calls an MCP server. */
const agentTool = (protocol: string): { definition: JsonObject } => ({
  definition: { paths: { '/stations': { post: { [agentProtocol]: protocol } } } },
});

/** Extensions that the platform knows, without `x-ms-`. */
const knownNames = [
  ...['agentic-protocol', 'api-annotation', 'capabilities', 'connector-metadata', 'deployment-version', 'docs'],
  // in 21 definitions of 2026; what it does is told nowhere
  'docs-operation-type',
  ...['dynamic-list', 'dynamic-properties', 'dynamic-schema', 'dynamic-tree', 'dynamic-values', 'editor'],
  ...['editor-options', 'enum', 'enum-values', 'keywords', 'localizeDefaultValue', 'media-kind', 'no-generic-test'],
  ...[
    'notification',
    'notification-content',
    'notification-url',
    'openai-data',
    'openai-manifest',
    'openai-published-to-copilots',
  ],
  ...['operation-context', 'pageable', 'parameter-location', 'permission', 'require-user-confirmation'],
  ...['safe-operation', 'skip-url-encoding', 'summary', 'test-value', 'trigger', 'trigger-hint', 'trigger-metadata'],
  ...['trigger-value', 'url-encoding', 'visibility'],
];
const known: ReadonlySet<string> = new Set(knownNames.map((name) => `x-ms-${name}`));

/** Extensions of AutoRest and of Azure's own API descriptions. */
const foreign: ReadonlySet<string> = new Set(
  [
    ...['arm-id-details', 'azure-resource', 'azure-rbac-permissions-required', 'client-default', 'client-flatten'],
    ...['client-name', 'client-request-id', 'code-generation-settings', 'discriminator-value', 'error-response'],
    ...['examples', 'external', 'external-docs', 'flattened', 'header-collection-prefix', 'identifiers', 'internal'],
    ...['long-running-operation', 'long-running-operation-options', 'mutability', 'odata', 'parameter-grouping'],
    ...['parameterized-host', 'paths', 'request-id', 'secret', 'text'],
  ].map((name) => `x-ms-${name}`),
);

type Strange = { kind: 'misspelled'; meant: string } | { kind: 'theirs' } | { kind: 'unknown' };

const classified = new Map<string, Strange>();

/** What a key that begins like one of the platform's, but is none, is most likely. */
function classify(key: string): Strange | undefined {
  const earlier = classified.get(key);
  if (earlier !== undefined) return earlier;
  let meant: string | undefined;
  if (!foreign.has(key)) {
    let limit = 3;
    for (const name of known) {
      const distance = editDistance(key.toLowerCase(), name.toLowerCase(), limit);
      if (distance >= limit) continue;
      limit = distance;
      meant = name;
    }
  }
  if (meant === undefined && !key.startsWith('x-ms-')) return undefined;
  const strange: Strange =
    meant === undefined ? { kind: foreign.has(key) ? 'theirs' : 'unknown' } : { kind: 'misspelled', meant };
  classified.set(key, strange);
  return strange;
}

const none: readonly string[] = [];
let last: { value: JsonObject; keys: readonly string[] } | undefined;

/** The keys of an object that begin with `x-ms` but aren't known. Rules ask one after the other: the last answer is kept. */
function strangeKeys(value: JsonObject): readonly string[] {
  if (last?.value === value) return last.keys;
  let keys: string[] | undefined;
  for (const key in value) {
    if (key.charCodeAt(0) !== 120 || !key.startsWith('x-ms') || known.has(key)) continue;
    keys ??= [];
    keys.push(key);
  }
  last = { value, keys: keys ?? none };
  return last.keys;
}

/** Reports keys of one kind wherever they are. */
const onStrange =
  (kind: Strange['kind'], say: (key: string, at: Location, node: Located, strange: Strange, report: Report) => void) =>
  (node: Located, report: Report): void => {
    const keys = strangeKeys(node.value);
    // nearly always
    if (keys === none) return;
    for (const key of keys) {
      const strange = classify(key);
      if (strange?.kind === kind) say(key, node.place.at(key), node, strange, report);
    }
  };

const visibilities: ReadonlySet<unknown> = new Set(['important', 'advanced', 'internal']);

function checkVisibility(node: Located, report: Report): void {
  const value = getOwn(node.value, 'x-ms-visibility');
  if (value === undefined || visibilities.has(value)) return;
  const at = node.place.at('x-ms-visibility');
  report(
    at,
    `x-ms-visibility ${quote(value)} must be "important", "advanced" or "internal", or absent`,
    rightVisibility(at, value),
  );
}

function rightVisibility(at: Location, value: Json): Fix[] {
  if (typeof value !== 'string') return value === null ? [{ op: 'remove', at }] : [];
  const lower = value.trim().toLowerCase();
  if (visibilities.has(lower)) return [{ op: 'set', at, value: lower }];
  return lower === '' || lower === 'none' || lower === 'normal' ? [{ op: 'remove', at }] : [];
}

/** Why makers would have to fill something in before an operation can be called; undefined when it just runs. */
function neededInput(operation: Operation, supplied: JsonObject): Parameter | undefined {
  return operation.parameters.find(
    ({ value, name }) =>
      getOwn(value, 'required') === true &&
      getOwn(value, 'default') === undefined &&
      getOwn(asObject(getOwn(value, 'schema')), 'default') === undefined &&
      !Object.hasOwn(supplied, name),
  );
}

const ofGetStation = (value: JsonObject): { definition: JsonObject } => ({
  definition: { paths: { '/stations/{stationId}': { get: value } } },
});
const inGetStation = (...keys: string[]): string => `definition#/paths/~1stations~1{stationId}/get/${keys.join('/')}`;

/** Rules about visibility and the other x-ms- extensions that no other family covers. */
export const family = defineFamily({ name: 'Extensions', order: 240 }, [
  {
    id: 'visibility-value',
    title: 'x-ms-visibility is important, advanced or internal.',
    why: 'Other values have no effect: what is meant to be hidden is shown.',
    remedy: 'Write one of the three in lower case, or remove the key for normal visibility.',
    source: 'OpenAPI extensions; published definition schema',
    severity: 'W/W/W',
    fix: 'safe',
    on: { operation: checkVisibility, keyword: { 'x-ms-visibility': checkVisibility } },
    examples: {
      good: [{ name: 'advanced', ...pet({ a: { type: 'string', 'x-ms-visibility': 'advanced' } }) }],
      bad: [
        {
          name: 'a capital, nothing, a word for normal',
          ...pet({
            a: { type: 'string', 'x-ms-visibility': 'Advanced' },
            b: { type: 'string', 'x-ms-visibility': '' },
            c: { type: 'string', 'x-ms-visibility': 'none' },
          }),
          expect: ['a', 'b', 'c'].map((name) => inPet('properties', name, 'x-ms-visibility')),
          fixed: pet({
            a: { type: 'string', 'x-ms-visibility': 'advanced' },
            b: { type: 'string' },
            c: { type: 'string' },
          }),
        },
        {
          name: 'another word',
          ...ofGetStation({ 'x-ms-visibility': 'hidden' }),
          expect: [inGetStation('x-ms-visibility')],
        },
      ],
    },
  },
  {
    id: 'extension-misspelled',
    title: 'The names of extensions are spelled correctly.',
    why: 'A misspelled extension is ignored without a word, and so is what it was meant to do.',
    remedy: 'Correct the name.',
    source: 'Published connectors',
    severity: 'W/W/W',
    fix: 'safe',
    on: {
      extensible: onStrange('misspelled', (key, at, node, strange, report) => {
        const { meant } = strange as Extract<Strange, { kind: 'misspelled' }>;
        report(
          at,
          `${quote(key)} is ignored; the extension is called ${quote(meant)}`,
          Object.hasOwn(node.value, meant) ? undefined : { op: 'rename', at, to: meant },
        );
      }),
    },
    examples: {
      good: [{ name: 'an extension of somebody else', ...pet({ a: { type: 'string', 'x-summary': 'A' } }) }],
      bad: [
        {
          name: 'three m',
          ...pet({ a: { type: 'string', 'x-ms-summmary': 'A' } }),
          expect: [inPet('properties', 'a', 'x-ms-summmary')],
          fixed: pet({ a: { type: 'string', 'x-ms-summary': 'A' } }),
        },
        {
          name: 'beside the right one',
          ...pet({ a: { type: 'string', 'x-ms-summary': 'A', 'x-ms-sumamry': 'A' } }),
          expect: [inPet('properties', 'a', 'x-ms-sumamry')],
        },
      ],
    },
  },
  {
    id: 'extension-unknown',
    title: 'Extensions that begin with x-ms- are ones that the platform knows.',
    why: 'Unknown ones have no effect; they may be remains of another tool.',
    remedy: 'Remove the extension, or give it a prefix of your own.',
    source: 'Published connectors',
    severity: 'I/I/I',
    on: {
      extensible: onStrange('unknown', (key, at, _node, _strange, report) => {
        report(at, `the platform knows no extension ${quote(key)}; remove it`);
      }),
    },
    examples: {
      good: [{ name: 'a prefix of its own', ...pet({ a: { type: 'string', 'x-contoso-colour': 'red' } }) }],
      bad: [
        {
          name: 'unknown',
          ...pet({ a: { type: 'string', 'x-ms-colour-scheme': 'red' } }),
          expect: [inPet('properties', 'a', 'x-ms-colour-scheme')],
        },
      ],
    },
  },
  {
    id: 'extension-foreign',
    title: 'Extensions of other generators are removed.',
    why: 'Extensions for client generators and for Azure’s own APIs have no effect on a connector.',
    remedy: 'Remove the extension.',
    source: 'Published definition schema; pull requests',
    severity: 'I/I/I',
    fix: 'safe',
    on: {
      extensible: onStrange('theirs', (key, at, _node, _strange, report) => {
        report(at, `${quote(key)} is meant for other tools and has no effect here; remove it`, { op: 'remove', at });
      }),
    },
    examples: {
      good: [{ name: 'an extension of connectors', ...pet({ a: { type: 'string', 'x-ms-summary': 'A' } }) }],
      bad: [
        {
          name: 'of a client generator',
          ...pet({ a: { type: 'string', 'x-ms-mutability': ['read'] } }),
          expect: [inPet('properties', 'a', 'x-ms-mutability')],
          fixed: pet({ a: { type: 'string' } }),
        },
      ],
    },
  },
  {
    id: 'capabilities-test-connection',
    title: 'The operation that tests connections exists, is a GET and needs no input.',
    why: 'The platform calls it unattended whenever a connection is made.',
    remedy: 'Name a GET operation without required parameters, or supply them as literals.',
    source: 'Test connection',
    severity: 'E/E/E',
    on: {
      root: (root, report, connector) => {
        const capabilities = asObject(getOwn(root.value, 'x-ms-capabilities'));
        const test = getOwn(capabilities, 'testConnection');
        if (test === undefined) return;
        const at = root.place.at('x-ms-capabilities', 'testConnection', 'operationId');
        const id = getOwn(asObject(test), 'operationId');
        const operation = typeof id === 'string' ? connector.operationsById.get(id) : undefined;
        if (operation === undefined) {
          report(
            at,
            `testConnection names ${quote(id ?? null)}, which is not an operation; name a GET that needs no input`,
          );
        } else if (operation.method !== 'get') {
          report(at, `testConnection calls ${operation.method.toUpperCase()} ${quote(id)}; it must be a GET`);
        } else {
          const needed = neededInput(operation, asObject(getOwn(asObject(test), 'parameters')));
          if (needed !== undefined) {
            report(
              at,
              `testConnection calls ${quote(id)}, which needs ${quote(needed.name)}; supply it in "parameters"`,
            );
          }
        }
      },
    },
    examples: {
      good: [
        {
          name: 'a GET without parameters',
          definition: { 'x-ms-capabilities': { testConnection: { operationId: 'ListRegions', parameters: {} } } },
        },
        {
          name: 'a literal',
          definition: {
            'x-ms-capabilities': { testConnection: { operationId: 'ListStations', parameters: { region: 'north' } } },
          },
        },
      ],
      bad: [
        ['no operation', 'ListAll'],
        ['a POST', 'CreateStation'],
        ['needs a region', 'ListStations'],
      ].map(([name = '', operationId = '']) => ({
        name,
        definition: { 'x-ms-capabilities': { testConnection: { operationId } } },
        expect: ['definition#/x-ms-capabilities/testConnection/operationId'],
      })),
    },
  },
  {
    id: 'capabilities-chunk-transfer',
    title: 'The only capability of an operation is chunkTransfer, true or false.',
    why: 'Others have no effect on an operation.',
    remedy: 'Write { "chunkTransfer": true }, or move what is meant to the root.',
    source: 'OpenAPI extensions; published definition schema',
    severity: 'W/W/W',
    on: {
      operation: (operation, report) => {
        const capabilities = getOwn(operation.value, 'x-ms-capabilities');
        if (capabilities === undefined) return;
        const at = operation.place.at('x-ms-capabilities');
        if (!isObject(capabilities)) {
          report(
            at,
            `x-ms-capabilities is ${quote(capabilities)}; on an operation it must be { "chunkTransfer": true }`,
          );
          return;
        }
        for (const key in capabilities) {
          if (key !== 'chunkTransfer') {
            report(at.at(key), `operations have no capability ${quote(key)}; only chunkTransfer, so remove it`);
          } else if (typeof capabilities[key] !== 'boolean') {
            report(at.at(key), `chunkTransfer is ${quote(capabilities[key])}; it must be true or false`);
          }
        }
      },
    },
    examples: {
      good: [{ name: 'chunks', ...ofGetStation({ 'x-ms-capabilities': { chunkTransfer: true } }) }],
      bad: [
        {
          name: 'a text, another key',
          ...ofGetStation({ 'x-ms-capabilities': { chunkTransfer: 'true', paging: true } }),
          expect: [inGetStation('x-ms-capabilities/chunkTransfer'), inGetStation('x-ms-capabilities/paging')],
        },
      ],
    },
  },
  {
    id: 'safe-operation-boolean',
    title: 'x-ms-safe-operation is true or false, on an operation.',
    why: 'Anything else is ignored.',
    remedy: 'Write true or false without quotes; remove it elsewhere.',
    source: 'Published definition schema',
    severity: 'W/W/W',
    fix: 'safe',
    on: {
      operation: (operation, report) => {
        const value = getOwn(operation.value, 'x-ms-safe-operation');
        if (value === undefined || typeof value === 'boolean') return;
        const at = operation.place.at('x-ms-safe-operation');
        const right = typeof value === 'string' ? asBoolean(value) : undefined;
        report(
          at,
          `x-ms-safe-operation is ${quote(value)}; it must be true or false`,
          right === undefined ? undefined : { op: 'set', at, value: right },
        );
      },
      pathItem: misplacedSafeOperation,
      keyword: { 'x-ms-safe-operation': misplacedSafeOperation },
    },
    examples: {
      good: [{ name: 'a boolean', ...ofGetStation({ 'x-ms-safe-operation': true }) }],
      bad: [
        {
          name: 'a text',
          ...ofGetStation({ 'x-ms-safe-operation': 'true' }),
          expect: [inGetStation('x-ms-safe-operation')],
          fixed: ofGetStation({ 'x-ms-safe-operation': true }),
        },
        {
          name: 'on a property',
          ...pet({ a: { type: 'string', 'x-ms-safe-operation': true } }),
          expect: [inPet('properties', 'a', 'x-ms-safe-operation')],
          fixed: pet({ a: { type: 'string' } }),
        },
      ],
    },
  },
  {
    id: 'pageable-next-link',
    title: 'The next page is given in nextLink or @odata.nextLink.',
    why: 'The platform follows only these two properties.',
    remedy: 'Name one of them; rename the property of your API by a policy.',
    source: 'Swagger validator rules',
    official: 'InvalidNextLinkNameValue',
    severity: 'W/W/W',
    on: {
      operation: (operation, report) => {
        const pageable = getOwn(operation.value, 'x-ms-pageable');
        if (pageable === undefined) return;
        const name = getOwn(asObject(pageable), 'nextLinkName');
        if (name === 'nextLink' || name === '@odata.nextLink') return;
        report(
          operation.place.at('x-ms-pageable', 'nextLinkName'),
          `nextLinkName ${quote(name ?? null)} is not followed; it must be "nextLink" or "@odata.nextLink"`,
        );
      },
    },
    examples: {
      good: [{ name: 'OData', ...ofGetStation({ 'x-ms-pageable': { nextLinkName: '@odata.nextLink' } }) }],
      bad: [
        {
          name: 'another property',
          ...ofGetStation({ 'x-ms-pageable': { nextLinkName: 'next' } }),
          expect: [inGetStation('x-ms-pageable/nextLinkName')],
        },
      ],
    },
  },
  {
    id: 'operation-context-simulate',
    title: 'The operation that simulates another exists.',
    why: 'The designer calls it to show what would happen.',
    remedy: 'Correct the operationId.',
    source: 'OpenAPI extensions',
    severity: 'E/E/E',
    on: {
      operation: (operation, report, connector) => {
        const context = getOwn(operation.value, 'x-ms-operation-context');
        if (!isObject(context) || getOwn(context, 'simulate') === undefined) return;
        const id = getOwn(asObject(getOwn(context, 'simulate')), 'operationId');
        if (typeof id === 'string' && connector.operationsById.has(id)) return;
        report(
          operation.place.at('x-ms-operation-context', 'simulate', 'operationId'),
          `simulate names ${quote(id ?? null)}, which is not an operation; correct the operationId`,
        );
      },
    },
    examples: {
      good: [
        {
          name: 'an operation',
          ...ofGetStation({ 'x-ms-operation-context': { simulate: { operationId: 'ListRegions' } } }),
        },
      ],
      bad: [
        {
          name: 'none',
          ...ofGetStation({ 'x-ms-operation-context': { simulate: { operationId: 'Simulate' } } }),
          expect: [inGetStation('x-ms-operation-context/simulate/operationId')],
        },
      ],
    },
  },
  {
    id: 'editor-dictionary',
    title: 'The dictionary editor is for objects with additionalProperties.',
    why: 'It fills in free names; on anything else the designer shows no usable field.',
    remedy: 'Declare "type": "object" with additionalProperties, or remove x-ms-editor.',
    source: 'Swagger validator rules',
    severity: 'W/W/W',
    on: {
      keyword: {
        'x-ms-editor': (node, report) => {
          if (node.value['x-ms-editor'] !== 'dictionary') return;
          const additional = getOwn(node.value, 'additionalProperties');
          if (getOwn(node.value, 'type') === 'object' && (isObject(additional) || additional === true)) return;
          report(
            node.place.at('x-ms-editor'),
            'x-ms-editor "dictionary" needs "type": "object" with additionalProperties; add them or remove it',
          );
        },
      },
    },
    examples: {
      good: [
        {
          name: 'free names',
          ...pet({ a: { type: 'object', additionalProperties: { type: 'string' }, 'x-ms-editor': 'dictionary' } }),
        },
      ],
      bad: [
        {
          name: 'a string',
          ...pet({ a: { type: 'string', 'x-ms-editor': 'dictionary' } }),
          expect: [inPet('properties', 'a', 'x-ms-editor')],
        },
      ],
    },
  },
  {
    id: 'agent-tool-protocol',
    title: 'The protocol of a tool for agents is mcp-streamable-1.0.',
    why: 'Copilot Studio takes Streamable HTTP only; mcp-sse-1.0 is retired.',
    remedy: 'Let the server speak Streamable HTTP, and write "mcp-streamable-1.0".',
    source: 'Published connectors and samples of MCP servers (2025 and 2026)',
    severity: 'W/W/W',
    fix: 'safe',
    on: {
      operation: (operation, report) => {
        const protocol = getOwn(operation.value, agentProtocol);
        if (protocol === undefined || protocol === streamable) return;
        const at = operation.place.at(agentProtocol);
        const word = typeof protocol === 'string' ? protocol.trim().toLowerCase() : '';
        report(
          at,
          word.startsWith('mcp-sse')
            ? `the protocol ${quote(protocol)} is retired; the server has to speak Streamable HTTP, "${streamable}"`
            : `the protocol is ${quote(protocol)}; Copilot Studio knows "${streamable}"`,
          word === streamable ? { op: 'set', at, value: streamable } : [],
        );
      },
    },
    examples: {
      good: [{ name: 'Streamable HTTP', ...agentTool(streamable) }],
      bad: [
        {
          name: 'the retired one',
          ...agentTool('mcp-sse-1.0'),
          expect: [`definition#/paths/~1stations/post/${agentProtocol}`],
        },
        {
          name: 'capitals',
          ...agentTool('MCP-Streamable-1.0'),
          expect: [`definition#/paths/~1stations/post/${agentProtocol}`],
          fixed: agentTool(streamable),
        },
      ],
    },
  },
  {
    id: 'agent-tool-post',
    title: 'A tool for agents is a POST.',
    why: 'Requests of MCP over Streamable HTTP are POSTs; all 119 published operations are.',
    remedy: 'Move the operation to "post".',
    source: 'Published connectors and samples of MCP servers (2025 and 2026)',
    severity: 'W/W/W',
    on: {
      operation: (operation, report) => {
        if (!isAgentTool(operation) || operation.method === 'post') return;
        report(
          operation.place,
          `${quote(operation.id)} is a tool for agents and a ${operation.method.toUpperCase()}; MCP servers are called by POST`,
        );
      },
    },
    examples: {
      good: [{ name: 'a POST', ...agentTool(streamable) }],
      bad: [
        {
          name: 'a GET',
          definition: { paths: { '/stations': { get: { [agentProtocol]: streamable } } } },
          expect: ['definition#/paths/~1stations/get'],
        },
      ],
    },
  },
]);

function asBoolean(text: string): boolean | undefined {
  const lower = text.trim().toLowerCase();
  return lower === 'true' ? true : lower === 'false' ? false : undefined;
}

function misplacedSafeOperation(node: Located, report: Report): void {
  if (!Object.hasOwn(node.value, 'x-ms-safe-operation')) return;
  const at = node.place.at('x-ms-safe-operation');
  report(at, 'x-ms-safe-operation belongs on an operation; it has no effect here, so remove it', { op: 'remove', at });
}
