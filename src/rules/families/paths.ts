import { methods } from '../../connector/facts/methods.ts';
import { isPath, routeOf, templateProblem } from '../../connector/facts/path-template.ts';
import { asObject, getOwn, isObject } from '../../connector/json/value.ts';
import { quote } from '../../quote.ts';
import type { Operation, PathItem } from '../engine/model.ts';
import { defineFamily, oncePerConnector, type Report } from '../engine/rule.ts';
import { shadowedOperations } from '../support/similar-paths.ts';
import { belongs } from '../support/where-it-belongs.ts';

const shadowed = oncePerConnector((connector) => shadowedOperations(connector.operations));

/** An operation in a message: its id, or the verb and the path where it has none. */
const nameOf = (operation: Operation): string =>
  quote(operation.id === '' ? `${operation.method.toUpperCase()} ${operation.path}` : operation.id);

/** Looks at the paths themselves, without the extensions beside them. */
const eachPath = (check: (path: string, item: PathItem, report: Report) => void) => ({
  pathItem: (item: PathItem, report: Report) => {
    if (isPath(item.path)) check(item.path, item, report);
  },
});

const pathItemKeys: ReadonlySet<string> = new Set([...methods, 'parameters']);

function checkPathItemKeys(item: PathItem, report: Report): void {
  for (const key in item.value) {
    const at = item.place.at(key);
    const lower = key.toLowerCase();
    if (pathItemKeys.has(key)) {
      if (key !== 'parameters' && !isObject(item.value[key])) report(at, `"${key}" must hold an operation, an object`);
    } else if (key === '$ref') {
      report(at, 'a path can\'t be a "$ref"; write its operations here');
    } else if (pathItemKeys.has(lower) && !Object.hasOwn(item.value, lower)) {
      report(at, `"${key}" must be written in lower case: "${lower}"`, { op: 'rename', at, to: lower });
    } else if (!key.startsWith('x-')) {
      const remark = belongs(key, ['operation', 'root', 'info', 'properties']);
      report(at, remark ?? `a path can't have "${key}"; allowed are ${methods.join(', ')}, parameters and x- keys`);
    }
  }
}

const ok = { 200: { description: 'It is done.', schema: { type: 'string', 'x-ms-summary': 'ID' } } };
const operation = (operationId: string) => ({
  operationId,
  summary: 'Read measurements',
  description: 'Returns measurements.',
  'x-ms-visibility': 'important',
  responses: ok,
});
const variable = (name: string) => ({
  name,
  in: 'path',
  required: true,
  type: 'string',
  'x-ms-summary': 'Key',
  description: 'Identifies it.',
  'x-ms-url-encoding': 'single',
});
/** One more path with a GET, which has the variables that are named. */
const path = (key: string, operationId: string, ...variables: string[]) => ({
  [key]: { get: { ...operation(operationId), parameters: variables.map(variable) } },
});

/** The rules about the characters of a path: one expression each. */
const forbidden = (
  rule: { id: string; title: string; why: string; remedy: string; official: string },
  problem: (path: string) => string | undefined,
  examples: { name: string; path: string; variables?: string[] }[],
) => ({
  ...rule,
  source: 'Swagger validator rules',
  severity: 'E/E/E' as const,
  on: eachPath((text, item, report) => {
    const found = problem(text);
    if (found !== undefined) report(item.place, `the path ${quote(text)} ${found}`);
  }),
  examples: {
    good: [
      { name: 'a variable in a segment', definition: { paths: path('/measurements/{id}', 'GetMeasurement', 'id') } },
    ],
    bad: examples.map(({ name, path: key, variables = [] }) => ({
      name,
      definition: { paths: path(key, 'GetMeasurement', ...variables) },
      expect: [`definition#/paths/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`],
    })),
  },
});

/** Rules about the keys of `paths` and of path items. */
export const family = defineFamily({ name: 'Paths', order: 110 }, [
  {
    id: 'path-starts-slash',
    title: 'A path starts with "/".',
    why: 'The platform joins host, basePath and path as they are.',
    remedy: 'Put "/" before the path.',
    source: 'Swagger validator rules',
    official: 'OperationPathMustStartWithSlash',
    severity: 'E/E/E',
    fix: 'safe',
    on: eachPath((text, item, report) => {
      if (text.startsWith('/')) return;
      const remark = belongs(text, ['root', 'properties']);
      if (remark !== undefined) {
        report(item.place, remark);
        return;
      }
      report(item.place, `the path ${quote(text)} must start with "/"`, {
        op: 'rename',
        at: item.place,
        to: `/${text}`,
      });
    }),
    examples: {
      good: [{ name: 'with a slash', definition: { paths: path('/measurements', 'ListMeasurements') } }],
      bad: [
        {
          name: 'without a slash',
          definition: { paths: path('measurements', 'ListMeasurements') },
          expect: ['definition#/paths/measurements'],
          fixed: { definition: { paths: path('/measurements', 'ListMeasurements') } },
        },
      ],
    },
  },
  forbidden(
    {
      id: 'path-no-query-fragment',
      title: 'A path has neither a query nor a fragment.',
      why: 'What follows "?" or "#" isn\'t part of a path; queries are built from query parameters.',
      remedy: 'Declare what follows "?" as query parameters; write "?" and "#" inside a segment as %3F and %23.',
      official: 'OperationPathMayNotContainQueryOrFragment',
    },
    (text) => {
      const found = /[?#]/.exec(text)?.[0];
      return found && `holds "${found}"; declare a query as query parameters, or write the character as a %xx code`;
    },
    [
      { name: 'a query', path: '/measurements?kind=rain' },
      { name: 'a fragment', path: '/measurements#rain' },
    ],
  ),
  forbidden(
    {
      id: 'path-no-wildcard',
      title: 'A path has no "*".',
      why: 'The gateway would take it as a wildcard.',
      remedy: 'Use a path parameter, or write the character as %2A.',
      official: 'OperationPathContainsUnsupportedCharacters',
    },
    (text) => (text.includes('*') ? 'holds "*", which the platform refuses; use a path parameter' : undefined),
    [{ name: 'a wildcard', path: '/measurements/*' }],
  ),
  forbidden(
    {
      id: 'path-template-valid',
      title: 'Every variable of a path is in braces, has a name and lies inside one segment.',
      why: "Braces that aren't paired can't be distinguished from literal ones.",
      remedy: 'Pair the braces and name the variable; write literal braces as %7B and %7D.',
      official: 'OperationPathTemplateNotValid',
    },
    (text) => {
      const problem = templateProblem(text);
      return problem && `isn't a valid template: ${problem}`;
    },
    [
      { name: 'a brace that is never closed', path: '/measurements/{id' },
      { name: 'a brace that was never opened', path: '/measurements/id}' },
      { name: 'no name', path: '/measurements/{}' },
      { name: 'over two segments', path: '/measurements/{kind/id}' },
      { name: 'a brace in a variable', path: '/measurements/{{id}}' },
    ],
  ),
  forbidden(
    {
      id: 'path-template-no-default',
      title: 'A variable of a path sets no default.',
      why: 'Path parameters are always given; "=" isn\'t understood there.',
      remedy: 'Remove "=" and what follows it; give the parameter a default instead.',
      official: 'OperationPathVariablesContainDefaults',
    },
    (text) => {
      const found = /\{[^{}/=]*=[^{}/]*\}/.exec(text)?.[0];
      return found && `gives the variable ${found} a default; set "default" at the parameter instead`;
    },
    [{ name: 'a default', path: '/measurements/{id=1}', variables: ['id'] }],
  ),
  {
    id: 'path-unique',
    title: 'Paths differ in more than case.',
    why: 'The gateway compares them without case, and refuses the second one when the connector is created.',
    remedy: 'Put all operations of the path under one key.',
    source: 'Swagger validator rules; powerapps-tools issue 222',
    official: 'PathRedefined',
    policy: '5000.2.6.2',
    severity: 'E/E/E',
    on: {
      connector: (connector, report) => {
        const known = new Map<string, string>();
        for (const item of connector.paths) {
          if (!isPath(item.path)) continue;
          const lower = item.path.toLowerCase();
          const first = known.get(lower);
          if (first === undefined) known.set(lower, item.path);
          else
            report(item.place, `the path ${quote(item.path)} is there already as ${quote(first)}; case doesn't count`);
        }
      },
    },
    examples: {
      good: [{ name: 'another path', definition: { paths: path('/stations2', 'ListMeasurements') } }],
      bad: [
        {
          name: 'another case',
          definition: { paths: path('/Stations', 'ListMeasurements') },
          expect: ['definition#/paths/~1Stations'],
        },
      ],
    },
  },
  {
    id: 'path-indistinguishable',
    title: 'Operations of the same verb differ in more of their paths than names of variables.',
    why: "The gateway can't know which of the two is meant.",
    remedy: 'Make a literal segment differ, or merge the operations.',
    source: 'Swagger validator rules',
    official: 'DuplicateOperationPath',
    policy: '5000.2.6.2',
    severity: 'E/E/E',
    on: {
      connector: (connector, report) => {
        const known = new Map<string, Operation>();
        for (const operation of connector.operations) {
          if (!operation.path.includes('{')) continue;
          const route = `${operation.method} ${routeOf(operation.path)}`;
          const first = known.get(route);
          if (first === undefined) known.set(route, operation);
          // paths that are the same but for case are reported as such
          else if (first.path.toLowerCase() !== operation.path.toLowerCase()) {
            report(
              operation.place,
              `${nameOf(operation)} can't be distinguished from ${nameOf(first)}: their paths ${quote(operation.path)} and ${quote(first.path)} differ only in names of variables`,
            );
          }
        }
      },
    },
    examples: {
      good: [{ name: 'another segment', definition: { paths: path('/stations/{id}/state', 'GetState', 'id') } }],
      bad: [
        {
          name: 'another name',
          definition: { paths: path('/stations/{id}', 'GetState', 'id') },
          expect: ['definition#/paths/~1stations~1{id}/get'],
        },
      ],
    },
  },
  {
    id: 'path-partial-duplicate',
    title: "A literal segment isn't where a sibling path of the same verb has a variable.",
    why: 'A value that equals the literal segment leads to the other operation.',
    remedy:
      'Make the paths differ in a segment that is literal in both, for instance by a policy that routes the request.',
    source: 'Swagger validator rules',
    official: 'PartialDuplicateOperationPath',
    severity: 'I/W/W',
    on: {
      operation: (operation, report, connector) => {
        const others = shadowed(connector).get(operation);
        if (others === undefined) return;
        const paths = others.map((other) => quote(other.path));
        report(
          operation.place,
          `the path ${quote(operation.path)} has a literal segment where ${paths.join(', ')} ${others.length === 1 ? 'has' : 'have'} a variable: a value can lead to the wrong operation`,
        );
      },
    },
    examples: {
      good: [
        { name: 'another number of segments', definition: { paths: path('/stations/all/names', 'ListNames') } },
        {
          name: 'another verb',
          definition: { paths: { '/stations/all': { put: { ...operation('ReplaceAll'), parameters: [] } } } },
        },
      ],
      bad: [
        {
          name: 'a name beside an id',
          definition: { paths: path('/stations/nearest', 'GetNearest') },
          expect: ['definition#/paths/~1stations~1nearest/get'],
        },
      ],
    },
  },
  {
    id: 'path-item-keys',
    title: 'A path holds operations under lower-case verbs, parameters and extensions, nothing else.',
    why: 'Other keys, "$ref" among them, are refused, and verbs in capitals are not operations.',
    remedy: 'Write verbs in lower case; move other keys into the operations or remove them.',
    source: 'Swagger validator rules; PowerPlatformConnectors issue 3930',
    official: 'PathItemRefNotSuppored',
    severity: 'E/E/E',
    fix: 'safe',
    on: {
      root: (root, report) => {
        const paths = getOwn(root.value, 'paths');
        for (const key in asObject(paths)) {
          if (isPath(key) && !isObject(getOwn(asObject(paths), key))) {
            report(root.place.at('paths', key), `the path ${quote(key)} must hold an object with its operations`);
          }
        }
      },
      pathItem: (item, report) => {
        if (isPath(item.path)) checkPathItemKeys(item, report);
      },
    },
    examples: {
      good: [
        { name: 'an extension', definition: { paths: { '/regions': { 'x-note': 'for choices' } } } },
        { name: 'shared parameters', definition: { paths: { '/regions': { parameters: [] } } } },
      ],
      bad: [
        {
          name: 'a verb in capitals',
          definition: { paths: { '/measurements': { GET: { ...operation('ListMeasurements'), parameters: [] } } } },
          expect: ['definition#/paths/~1measurements/GET'],
          fixed: { definition: { paths: path('/measurements', 'ListMeasurements') } },
        },
        {
          name: 'a reference',
          definition: { paths: { '/measurements': { $ref: '#/paths/~1stations' } } },
          expect: ['definition#/paths/~1measurements/$ref'],
        },
        {
          name: 'a summary, as in OpenAPI 3',
          definition: { paths: { '/regions': { summary: 'Regions' } } },
          expect: ['definition#/paths/~1regions/summary'],
        },
        {
          name: 'no object',
          definition: { paths: { '/measurements': 'none', '/regions': { put: true } } },
          expect: ['definition#/paths/~1measurements', 'definition#/paths/~1regions/put'],
        },
      ],
    },
  },
  {
    id: 'path-item-empty',
    title: 'A path has an operation.',
    why: 'A path without any is left over from editing; reviewers ask to remove it.',
    remedy: 'Remove the path, or add its operation.',
    source: 'Pull requests 698 and 798; 56 published connectors have one',
    severity: 'I/I/I',
    fix: 'safe',
    on: eachPath((text, item, report) => {
      // what can't be read as an operation, and what a webhook brings, are something, too
      if (Object.keys(item.value).some((key) => key !== 'parameters')) return;
      const empty = Object.keys(item.value).length === 0;
      report(
        item.place,
        `the path ${quote(text)} has no operation; remove it, or add one`,
        empty ? { op: 'remove', at: item.place } : [],
      );
    }),
    examples: {
      good: [{ name: 'an operation', definition: { paths: path('/measurements', 'ListMeasurements') } }],
      bad: [
        {
          name: 'nothing',
          definition: { paths: { '/measurements': {} } },
          expect: ['definition#/paths/~1measurements'],
          fixed: { definition: {} },
        },
        {
          name: 'parameters only',
          definition: { paths: { '/measurements': { parameters: [] } } },
          expect: ['definition#/paths/~1measurements'],
        },
      ],
    },
  },
]);
