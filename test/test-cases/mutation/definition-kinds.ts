import { below } from '../../../src/connector/json/pointer.ts';
import {
  asArray,
  asObject,
  getOwn,
  isObject,
  type Json,
  type JsonObject,
  strings,
} from '../../../src/connector/json/value.ts';
import { listOperations } from '../../../src/connector/operations.ts';
import { at, type Change, type Kind, objectsBelow } from './change.ts';

/** Mistakes in apiDefinition.json. */

type Place = Omit<Change, 'kind'>;
interface Found {
  pointer: string;
  node: JsonObject;
}

/** Changes the object at each place that fits. */
const everywhere =
  (
    find: (definition: JsonObject) => Found[],
    fits: (node: JsonObject) => boolean,
    apply: (node: JsonObject) => void,
  ): Kind =>
  ({ definition }) =>
    find(definition)
      .filter(({ node }) => fits(node))
      .map(({ pointer }): Place => ({ at: pointer, apply: (files) => apply(at(files.definition, pointer)) }));

const root = (definition: JsonObject): Found[] => [{ pointer: '', node: definition }];

const operations = (definition: JsonObject): Found[] =>
  listOperations(definition).map(({ path, method, value }) => ({
    pointer: below('/paths', path, method),
    node: value,
  }));

const isParameter = (node: JsonObject): boolean => typeof node.in === 'string' && typeof node.name === 'string';

const parameters = (definition: JsonObject): Found[] =>
  [
    ...objectsBelow(asObject(definition.paths), '/paths'),
    ...objectsBelow(asObject(definition.parameters), '/parameters'),
  ].filter(({ pointer, node }) => isParameter(node) && /\/parameters\/[^/]+$/.test(pointer));

const plainParameters = (definition: JsonObject): Found[] =>
  parameters(definition).filter(({ node }) => node.in !== 'body');

/** Schemas with properties or a type: those of bodies, of answers, and shared ones. */
const schemas = (definition: JsonObject): Found[] =>
  [
    ...objectsBelow(asObject(definition.paths), '/paths'),
    ...objectsBelow(asObject(definition.definitions), '/definitions'),
  ].filter(
    ({ pointer, node }) =>
      (/\/schema(?:\/|$)/.test(pointer) ||
        pointer.startsWith('/definitions/') ||
        pointer.includes('x-ms-notification-content')) &&
      !/\/(?:properties|required|enum|example|default|x-ms-dynamic[^/]*)$/.test(pointer) &&
      !/\/(?:example|examples|default|x-ms-dynamic-[a-z]+)\//.test(pointer) &&
      (typeof node.type === 'string' || isObject(node.properties)),
  );

const leaves = (definition: JsonObject): Found[] =>
  [...schemas(definition), ...plainParameters(definition)].filter(({ node }) => typeof node.type === 'string');

const withProperties = (definition: JsonObject): Found[] =>
  schemas(definition).filter(({ node }) => Object.keys(asObject(node.properties)).length > 0);

const other = (value: Json): Json => {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  return typeof value === 'string' ? `${value}x` : value;
};

const otherTypes: Readonly<Record<string, string>> = {
  string: 'integer',
  integer: 'string',
  number: 'boolean',
  boolean: 'integer',
  array: 'string',
  object: 'array',
};

function renameKey(node: JsonObject, from: string, to: string): void {
  const entries = Object.entries(node).map(([key, value]): [string, Json] => [key === from ? to : key, value]);
  for (const key of Object.keys(node)) delete node[key];
  Object.assign(node, Object.fromEntries(entries));
}

/** A change of each property of each object with properties. */
const properties =
  (fits: (schema: JsonObject, name: string) => boolean, apply: (schema: JsonObject, name: string) => void): Kind =>
  ({ definition }) =>
    withProperties(definition).flatMap(({ pointer, node }) =>
      Object.keys(asObject(node.properties))
        .filter((name) => fits(node, name))
        .map(
          (name): Place => ({
            at: below(pointer, 'properties', name),
            apply: (files) => apply(at(files.definition, pointer), name),
          }),
        ),
    );

const isRequired = (schema: JsonObject, name: string): boolean => strings(getOwn(schema, 'required')).includes(name);

const statuses =
  (apply: (responses: JsonObject, key: string) => void): Kind =>
  ({ definition }) =>
    operations(definition).flatMap(({ pointer, node }) =>
      Object.keys(asObject(node.responses))
        .filter((key) => /^\d{3}$/.test(key))
        .map(
          (key): Place => ({
            at: below(pointer, 'responses', key),
            apply: (files) => apply(asObject(at(files.definition, pointer).responses), key),
          }),
        ),
    );

const paths =
  (rename: (path: string) => string | undefined): Kind =>
  ({ definition }) =>
    Object.keys(asObject(definition.paths)).flatMap((path): Place[] => {
      const to = rename(path);
      if (to === undefined || to === path) return [];
      return [{ at: below('/paths', path), apply: (files) => renameKey(asObject(files.definition.paths), path, to) }];
    });

export const definitionKinds: Readonly<Record<string, Kind>> = {
  'other host': everywhere(
    root,
    ({ host }) => typeof host === 'string',
    (node) => {
      node.host = `other.${String(node.host)}`;
    },
  ),
  'other base path': everywhere(
    root,
    () => true,
    (node) => {
      node.basePath = `${String(node.basePath ?? '').replace(/\/$/, '')}/v9`;
    },
  ),
  'other scheme': everywhere(
    root,
    () => true,
    (node) => {
      node.schemes = ['http'];
    },
  ),
  'other media type': everywhere(
    (definition) => [...root(definition), ...operations(definition)],
    ({ consumes }) => asArray(consumes).length > 0,
    (node) => {
      node.consumes = ['application/x-www-form-urlencoded'];
    },
  ),
  'credentials elsewhere': everywhere(
    ({ securityDefinitions }) =>
      Object.entries(asObject(securityDefinitions)).map(([name, value]) => ({
        pointer: below('/securityDefinitions', name),
        node: asObject(value),
      })),
    ({ type }) => type === 'apiKey',
    (node) => {
      node.name = `${String(node.name)}-Key`;
    },
  ),
  'other method': ({ definition }) =>
    listOperations(definition).flatMap(({ path, method }): Place[] => {
      const to = method === 'put' ? 'patch' : 'put';
      const item = asObject(asObject(definition.paths)[path]);
      if (getOwn(item, to) !== undefined) return [];
      return [
        {
          at: below('/paths', path, method),
          apply: (files) => renameKey(asObject(asObject(files.definition.paths)[path]), method, to),
        },
      ];
    }),
  'other path': paths((path) => path.replace(/[A-Za-z](?=(?:\/|\?|$))/, (letter) => `${letter}s`)),
  'missing part of a path': paths((path) => {
    const shorter = path.replace(/\/[^/{}?]+(?=\/)/, '');
    return shorter === path ? undefined : shorter;
  }),
  'renamed operation': everywhere(
    operations,
    ({ operationId }) => typeof operationId === 'string',
    (node) => {
      node.operationId = `${String(node.operationId)}2`;
    },
  ),
  'removed operation': ({ definition }) =>
    listOperations(definition).map(
      ({ path, method }): Place => ({
        at: below('/paths', path, method),
        apply: (files) => {
          delete asObject(asObject(files.definition.paths)[path])[method];
        },
      }),
    ),
  'removed parameter': ({ definition }) =>
    parameters(definition)
      .filter(({ pointer }) => pointer.startsWith('/paths/'))
      .map(
        ({ pointer }): Place => ({
          at: pointer,
          apply: (files) => {
            const node = at(files.definition, pointer);
            const list = asArray(at(files.definition, pointer.replace(/\/parameters\/\d+$/, '')).parameters);
            list.splice(list.indexOf(node), 1);
          },
        }),
      ),
  'renamed parameter': everywhere(
    plainParameters,
    () => true,
    (node) => {
      node.name = `${String(node.name)}s`;
    },
  ),
  'parameter elsewhere': everywhere(
    plainParameters,
    ({ in: location }) => location === 'query' || location === 'header',
    (node) => {
      node.in = node.in === 'query' ? 'header' : 'query';
    },
  ),
  'other default': everywhere(
    leaves,
    (node) => node.default !== undefined && other(node.default) !== node.default,
    (node) => {
      node.default = other(node.default as Json);
    },
  ),
  'removed default': everywhere(
    leaves,
    (node) => node.default !== undefined,
    (node) => {
      delete node.default;
    },
  ),
  'added default': everywhere(
    leaves,
    (node) => node.default === undefined && node.type === 'string' && node.enum === undefined && node.in !== 'path',
    (node) => {
      node.default = 'added';
    },
  ),
  'other type of a parameter': everywhere(
    plainParameters,
    ({ type }) => typeof type === 'string' && otherTypes[type] !== undefined,
    (node) => {
      node.type = otherTypes[String(node.type)] ?? 'string';
    },
  ),
  'other type of a property': everywhere(
    schemas,
    ({ type }) => typeof type === 'string' && otherTypes[type] !== undefined,
    (node) => {
      node.type = otherTypes[String(node.type)] ?? 'string';
    },
  ),
  'other format': everywhere(
    leaves,
    ({ format }) => typeof format === 'string',
    (node) => {
      node.format = node.format === 'date' ? 'date-time' : 'date';
    },
  ),
  'other separator of a list': everywhere(
    plainParameters,
    ({ type }) => type === 'array',
    (node) => {
      node.collectionFormat = node.collectionFormat === 'multi' ? 'csv' : 'multi';
    },
  ),
  'missing choice': everywhere(
    leaves,
    (node) => asArray(node.enum).length > 1,
    (node) => {
      asArray(node.enum).shift();
    },
  ),
  'hidden parameter': everywhere(
    plainParameters,
    (node) => node['x-ms-visibility'] !== 'internal',
    (node) => {
      node['x-ms-visibility'] = 'internal';
    },
  ),
  'shown parameter': everywhere(
    plainParameters,
    (node) => node['x-ms-visibility'] === 'internal',
    (node) => {
      delete node['x-ms-visibility'];
    },
  ),
  'hidden property': properties(
    (schema, name) => isObject(asObject(schema.properties)[name]),
    (schema, name) => {
      asObject(asObject(schema.properties)[name])['x-ms-visibility'] = 'internal';
    },
  ),
  'shown property': properties(
    (schema, name) => asObject(asObject(schema.properties)[name])['x-ms-visibility'] === 'internal',
    (schema, name) => {
      delete asObject(asObject(schema.properties)[name])['x-ms-visibility'];
    },
  ),
  'renamed property': properties(
    () => true,
    (schema, name) => renameKey(asObject(schema.properties), name, `${name}s`),
  ),
  'removed property': properties(
    () => true,
    (schema, name) => {
      delete asObject(schema.properties)[name];
    },
  ),
  'property no longer required': properties(isRequired, (schema, name) => {
    schema.required = strings(schema.required).filter((one) => one !== name);
  }),
  'other required property': properties(isRequired, (schema, name) => {
    schema.required = [...strings(schema.required).filter((one) => one !== name), `${name}s`];
  }),
  'parameter no longer required': everywhere(
    plainParameters,
    ({ required, in: location }) => required === true && location !== 'path',
    (node) => {
      node.required = false;
    },
  ),
  'parameter now required': everywhere(
    plainParameters,
    ({ required }) => required !== true,
    (node) => {
      node.required = true;
    },
  ),
  'other status': statuses((responses, key) => renameKey(responses, key, String(Number(key) + 1))),
  'removed status': statuses((responses, key) => {
    delete responses[key];
  }),
  'no trigger any more': everywhere(
    operations,
    (node) => node['x-ms-trigger'] !== undefined,
    (node) => {
      delete node['x-ms-trigger'];
    },
  ),
  'no address for notifications': everywhere(
    (definition) => [...objectsBelow(definition)].map(({ pointer, node }) => ({ pointer, node })),
    (node) => node['x-ms-notification-url'] === true,
    (node) => {
      delete node['x-ms-notification-url'];
    },
  ),
};
