import { methods } from '../../src/connector/facts/methods.ts';
import { fromPointer } from '../../src/connector/json/pointer.ts';
import {
  asArray,
  asObject,
  asString,
  clone,
  getOwn,
  isObject,
  type JsonObject,
} from '../../src/connector/json/value.ts';
import type { Kind } from '../../src/diff/kinds.ts';
import type { Version } from '../../src/diff/version.ts';

/** Pairs of versions that are derived from any published connector: one change each, whose kind is known beforehand. */
export interface Derivation {
  kind: Kind;
  /** What else the change must be called, in any order. */
  also?: string[];
  /** Makes the change. @returns false where the connector has nothing that could be changed so */
  change: (after: Draft) => boolean;
  /** info.version stays. */
  keepVersion?: boolean;
}

export interface Draft {
  definition: JsonObject;
  properties: JsonObject;
}

interface Found {
  path: string;
  method: string;
  item: JsonObject;
  value: JsonObject;
}

/** Operations that no other change would be reported with: no other has their id, and they share no parameters. */
function operations(definition: JsonObject): Found[] {
  const all = Object.entries(asObject(getOwn(definition, 'paths'))).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const value = getOwn(asObject(item), method);
      return isObject(value) ? [{ path, method, item: asObject(item), value }] : [];
    }),
  );
  const ids = all.map(({ value }) => value.operationId);
  return all.filter(
    ({ item, value }) =>
      ids.indexOf(getOwn(value, 'operationId') ?? '') === ids.lastIndexOf(getOwn(value, 'operationId') ?? '') &&
      asString(getOwn(value, 'operationId')) !== undefined &&
      !Object.hasOwn(item, 'parameters') &&
      !Object.hasOwn(item, 'x-ms-notification-content'),
  );
}

const isInternal = (value: JsonObject): boolean => getOwn(value, 'x-ms-visibility') === 'internal';
const visible = ({ definition }: Draft): Found[] => operations(definition).filter(({ value }) => !isInternal(value));

/** Does it for the first that is there. */
function first<T>(all: readonly T[], change: (one: T) => void): boolean {
  const [one] = all;
  if (one === undefined) return false;
  change(one);
  return true;
}

/** What every sign-in by OAuth of a connector is set to. */
function oauthSettings(properties: JsonObject): JsonObject[] {
  const all = asObject(getOwn(asObject(getOwn(properties, 'properties')), 'connectionParameters'));
  return Object.values(all)
    .map((value) => getOwn(value, 'oAuthSettings'))
    .filter((value) => isObject(value));
}

/** Parameters in query or header that one operation has for itself. */
const parameters = (draft: Draft): { value: JsonObject; list: JsonObject[] }[] =>
  visible(draft).flatMap(({ value }) => {
    const list = asArray(getOwn(value, 'parameters')) as JsonObject[];
    return list
      .filter((parameter) => ['query', 'header'].includes(String(getOwn(parameter, 'in'))))
      .map((parameter) => ({ value: parameter, list }));
  });

const parameter = (suits: (value: JsonObject) => boolean, change: (value: JsonObject) => void) => (draft: Draft) =>
  first(
    parameters(draft).filter(({ value }) => suits(value)),
    ({ value }) => change(value),
  );

const isText = (value: JsonObject): boolean => getOwn(value, 'type') === 'string';

function resolved(definition: JsonObject, schema: JsonObject): JsonObject {
  const reference = asString(getOwn(schema, '$ref'));
  if (reference === undefined) return schema;
  return asObject(fromPointer(reference).reduce<unknown>((value, key) => getOwn(asObject(value), key), definition));
}

/** Properties of answers of success that one operation has for itself: `isolate` has seen to that. */
const outputs = (draft: Draft): { name: string; value: JsonObject; properties: JsonObject }[] =>
  visible(draft).flatMap(({ value }) => {
    const schema = asObject(getOwn(asObject(getOwn(asObject(getOwn(value, 'responses')), '200')), 'schema'));
    const properties = asObject(getOwn(schema, 'properties'));
    if (Object.hasOwn(schema, 'allOf') || Object.hasOwn(schema, '$ref')) return [];
    return Object.entries(properties).flatMap(([name, property]) =>
      isObject(property) && !Object.hasOwn(property, '$ref') ? [{ name, value: property, properties }] : [],
    );
  });

const output = (suits: (value: JsonObject) => boolean, change: (value: JsonObject) => void) => (draft: Draft) =>
  first(
    outputs(draft).filter(({ value }) => suits(value)),
    ({ value }) => change(value),
  );

/** The earlier version: the connector with each answer's schema written where it is used. */
export function isolate(definition: JsonObject): JsonObject {
  const copy = clone(definition);
  for (const { value } of operations(copy)) {
    const response = asObject(getOwn(asObject(getOwn(value, 'responses')), '200'));
    const schema = getOwn(response, 'schema');
    if (isObject(schema)) response.schema = clone(resolved(copy, schema));
  }
  return copy;
}

export function derive(before: Version, { change, keepVersion }: Derivation): Version | undefined {
  const after: Draft = { definition: clone(before.definition), properties: clone(before.properties ?? {}) };
  if (!change(after)) return undefined;
  if (!keepVersion) asObject(after.definition.info).version = '999.0.0';
  return { definition: after.definition, properties: before.properties && after.properties };
}

function move({ definition }: Draft, { path, method, item, value }: Found, to: [path: string, method: string]): void {
  const paths = asObject(definition.paths);
  delete item[method];
  const target = asObject(getOwn(paths, to[0]));
  paths[to[0]] = { ...target, [to[1]]: value };
  if (path !== to[0] && Object.keys(item).length === 0) delete paths[path];
}

const codesOf = (value: JsonObject): string[] => Object.keys(asObject(getOwn(value, 'responses')));

export const derivations: readonly Derivation[] = [
  {
    kind: 'breaking-operation-deleted',
    change: (draft) => first(visible(draft), ({ item, method }) => delete item[method]),
  },
  {
    kind: 'breaking-operation-deleted-internal',
    change: (draft) =>
      first(
        operations(draft.definition).filter(({ value }) => isInternal(value)),
        ({ item, method }) => delete item[method],
      ),
  },
  {
    kind: 'breaking-operation-id-changed',
    change: (draft) =>
      first(visible(draft), ({ value }) => {
        value.operationId = `${value.operationId}Renamed`;
        // what else is new about it is not compared any more
        value.parameters = [];
      }),
  },
  {
    kind: 'breaking-operation-path-changed',
    change: (draft) => first(visible(draft), (found) => move(draft, found, [`${found.path}/moved`, found.method])),
  },
  {
    kind: 'breaking-operation-verb-changed',
    change: (draft) => first(visible(draft), (found) => move(draft, found, [found.path, 'options'])),
  },
  {
    kind: 'breaking-operation-hidden',
    change: (draft) =>
      first(visible(draft), ({ value }) => {
        value['x-ms-visibility'] = 'internal';
      }),
  },
  {
    kind: 'breaking-trigger-changed',
    change: (draft) =>
      first(visible(draft), ({ value }) => {
        value['x-ms-trigger'] = value['x-ms-trigger'] === 'batch' ? 'single' : 'batch';
      }),
  },
  {
    kind: 'breaking-input-deleted',
    change: (draft) => first(parameters(draft), ({ value, list }) => list.splice(list.indexOf(value), 1)),
  },
  {
    kind: 'breaking-input-location',
    change: (draft) =>
      first(parameters(draft), ({ value }) => {
        value.in = value.in === 'query' ? 'header' : 'query';
      }),
  },
  {
    kind: 'breaking-input-type',
    change: parameter(isText, (value) => {
      value.type = 'integer';
    }),
  },
  {
    kind: 'breaking-input-format',
    change: parameter(
      (value) => asString(getOwn(value, 'format')) !== undefined,
      (value) => {
        value.format = value.format === 'uuid' ? 'email' : 'uuid';
      },
    ),
  },
  {
    kind: 'breaking-input-made-required',
    change: parameter(
      (value) => getOwn(value, 'required') !== true,
      (value) => {
        value.required = true;
      },
    ),
  },
  {
    kind: 'breaking-required-input-added',
    change: (draft) =>
      first(parameters(draft), ({ list }) =>
        list.push({ name: 'x-new', in: 'header', type: 'string', required: true }),
      ),
  },
  {
    kind: 'breaking-required-input-default',
    change: (draft) =>
      first(parameters(draft), ({ list }) =>
        list.push({ name: 'x-new', in: 'header', type: 'string', required: true, default: '1' }),
      ),
  },
  {
    kind: 'breaking-input-internal',
    change: parameter(
      (value) => !isInternal(value),
      (value) => {
        value['x-ms-visibility'] = 'internal';
      },
    ),
  },
  {
    kind: 'breaking-enum-added',
    change: parameter(
      (value) => isText(value) && !Object.hasOwn(value, 'enum'),
      (value) => {
        value.enum = ['a', 'b'];
      },
    ),
  },
  {
    kind: 'breaking-enum-value-removed',
    change: parameter(
      (value) => asArray(getOwn(value, 'enum')).length > 1,
      (value) => {
        value.enum = asArray(value.enum).slice(1);
      },
    ),
  },
  {
    kind: 'breaking-output-deleted',
    change: (draft) => first(outputs(draft), ({ properties, name }) => delete properties[name]),
  },
  {
    kind: 'breaking-output-type',
    change: output(isText, (value) => {
      value.type = 'integer';
    }),
  },
  {
    kind: 'breaking-output-format',
    change: output(
      (value) => asString(getOwn(value, 'format')) !== undefined,
      (value) => {
        value.format = value.format === 'uuid' ? 'email' : 'uuid';
      },
    ),
  },
  {
    kind: 'breaking-output-internal',
    change: output(
      (value) => !isInternal(value),
      (value) => {
        value['x-ms-visibility'] = 'internal';
      },
    ),
  },
  {
    kind: 'breaking-response-code-removed',
    change: (draft) =>
      first(
        visible(draft).filter(({ value }) => codesOf(value).some((code) => !code.startsWith('2'))),
        ({ value }) => {
          delete asObject(value.responses)[codesOf(value).find((code) => !code.startsWith('2')) ?? ''];
        },
      ),
  },
  {
    kind: 'breaking-auth-type',
    change: ({ definition }) => {
      const schemes = Object.values(asObject(getOwn(definition, 'securityDefinitions')));
      return first(schemes.length === 1 ? schemes : [], (scheme) => {
        const value = asObject(scheme);
        value.type = value.type === 'basic' ? 'apiKey' : 'basic';
      });
    },
  },
  {
    kind: 'breaking-connection-parameters',
    change: ({ properties }) => {
      const all = asObject(getOwn(asObject(getOwn(properties, 'properties')), 'connectionParameters'));
      const values = Object.entries(all).filter(([, value]) => getOwn(asObject(value), 'type') !== 'oauthSetting');
      return first(values, ([name]) => delete all[name]);
    },
  },
  {
    kind: 'breaking-required-connection-parameter',
    change: ({ properties }) => {
      const all = getOwn(asObject(getOwn(properties, 'properties')), 'connectionParameters');
      if (!isObject(all) || Object.keys(all).length === 0) return false;
      all.newSite = { type: 'string', uiDefinition: { displayName: 'Site', constraints: { required: 'true' } } };
      return true;
    },
  },
  {
    kind: 'breaking-client-id',
    change: ({ properties }) =>
      first(
        oauthSettings(properties).filter((one) => /^[0-9a-f-]{36}$/i.test(asString(getOwn(one, 'clientId')) ?? '')),
        (one) => {
          one.clientId = '3f2504e0-4f89-11d3-9a0c-0305e82c3301';
        },
      ),
  },
  {
    kind: 'breaking-sign-in-url',
    change: ({ properties }) => {
      const urls = oauthSettings(properties).flatMap((one) => {
        const url = getOwn(asObject(getOwn(one, 'customParameters')), 'authorizationUrl');
        return /^https:/.test(asString(getOwn(url, 'value')) ?? '') ? [asObject(url)] : [];
      });
      return first(urls, (url) => {
        url.value = 'https://id.elsewhere.contoso.com/authorize';
      });
    },
  },
  {
    kind: 'breaking-redirect-url',
    change: ({ properties }) => {
      const all = asObject(getOwn(asObject(getOwn(properties, 'properties')), 'connectionParameters'));
      const settings = Object.values(all).map((value) => asObject(getOwn(asObject(value), 'oAuthSettings')));
      const modes = settings.filter((one) => getOwn(one, 'redirectMode') === 'Global');
      return first(modes, (one) => {
        one.redirectMode = 'GlobalPerConnector';
      });
    },
  },
  {
    kind: 'breaking-host',
    change: ({ definition }) => {
      definition.host = 'other.contoso.com';
      return true;
    },
  },
  {
    kind: 'breaking-base-path',
    change: ({ definition }) => {
      definition.basePath = '/other';
      return true;
    },
  },
  {
    kind: 'breaking-title',
    change: ({ definition }) => {
      asObject(definition.info).title = 'Another One';
      return true;
    },
  },
  {
    kind: 'breaking-version-bump',
    also: ['minor-update-scope'],
    keepVersion: true,
    change: ({ definition }) => {
      asObject(definition.info).description = 'Other words.';
      return true;
    },
  },
  {
    kind: 'breaking-use-versioning',
    also: ['breaking-operation-hidden'],
    change: (draft) =>
      first(visible(draft), ({ value }) => {
        value['x-ms-visibility'] = 'internal';
      }),
  },
  {
    kind: 'minor-update-scope',
    change: (draft) =>
      first(visible(draft), ({ value }) => {
        value.summary = 'Other words';
        value.description = 'Other words, too.';
      }),
  },
];
