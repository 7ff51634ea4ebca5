import type { Json, JsonObject } from '../../connector/json/value.ts';

export const regionValues = {
  operationId: 'ListRegions',
  parameters: {},
  'value-collection': 'items',
  'value-path': 'id',
  'value-title': 'name',
} satisfies JsonObject;

export const regionList = {
  operationId: 'ListRegions',
  parameters: {},
  itemsPath: 'items',
  itemValuePath: 'id',
  itemTitlePath: 'name',
} satisfies JsonObject;

/** The example connector with a choice of regions on a property of its station. */
export const inBody = (values: JsonObject | null, list: JsonObject | null = null): { definition: JsonObject } => ({
  definition: {
    definitions: {
      Station: { properties: { name: { 'x-ms-dynamic-values': values, 'x-ms-dynamic-list': list } } },
    },
  },
});

export const bodyName = 'definition#/definitions/Station/properties/name';

/** The example connector with a choice on the region of its list, and further parameters. */
export const onRegion = (
  values: JsonObject,
  list: JsonObject | null,
  more: JsonObject[] = [],
): { definition: JsonObject } => ({
  definition: {
    paths: {
      '/stations': {
        get: {
          parameters: [
            {
              name: 'region',
              in: 'query',
              type: 'string',
              required: true,
              'x-ms-summary': 'Region',
              description: 'Region whose stations are wanted.',
              'x-ms-dynamic-values': values,
              ...(list === null ? {} : { 'x-ms-dynamic-list': list }),
            },
            ...more,
          ],
        },
      },
    },
  },
});

export const region = 'definition#/paths/~1stations/get/parameters/0';

export const parameter = (name: string, more: JsonObject = {}): JsonObject => ({
  name,
  in: 'query',
  type: 'string',
  'x-ms-summary': 'Country',
  description: 'Country of the regions.',
  ...more,
});

/** The same, with a called operation that takes a country. */
export const ofCountry = (values: Json, list: Json | null, more: JsonObject[], country: JsonObject = {}) => {
  const example = onRegion(
    { ...regionValues, parameters: { country: values } },
    list === null ? null : { ...regionList, parameters: { country: list } },
    more,
  );
  const paths = example.definition.paths as JsonObject;
  return { definition: { paths: { ...paths, ...withCountry(country) } } };
};

export const withCountry = (country: JsonObject): JsonObject => ({
  '/regions': { get: { parameters: [parameter('country', country)] } },
});

/** The example connector with a body whose shape is asked for. */
export const shaped = (schema: JsonObject, body: JsonObject = {}): { definition: JsonObject } => ({
  definition: {
    paths: {
      '/stations': {
        post: {
          parameters: [{ name: 'body', in: 'body', required: true, schema: { type: 'object', ...schema }, ...body }],
        },
      },
    },
  },
});

export const shape = 'definition#/paths/~1stations/post/parameters/0/schema';

/** A choice on a property of a body without a flag of its own, fed from another property. */
export const choiceInBody = (required: string[]): { definition: JsonObject } => ({
  definition: {
    paths: {
      '/stations': {
        post: {
          parameters: [
            {
              name: 'body',
              in: 'body',
              schema: {
                type: 'object',
                ...(required.length === 0 ? {} : { required }),
                properties: {
                  land: { type: 'string', 'x-ms-summary': 'Land', description: 'Where it is.' },
                  city: {
                    type: 'string',
                    'x-ms-summary': 'City',
                    description: 'Town that is closest.',
                    'x-ms-dynamic-values': { ...regionValues, parameters: { country: { parameter: 'land' } } },
                    'x-ms-dynamic-list': {
                      ...regionList,
                      parameters: { country: { parameterReference: 'body/land' } },
                    },
                  },
                },
              },
            },
          ],
        },
      },
      ...withCountry({ required: true }),
    },
  },
});
export const cityOfBody = 'definition#/paths/~1stations/post/parameters/0/schema/properties/city';
