import type { JsonObject } from '../../connector/json/value.ts';
import type { Profile } from '../../connector/profile.ts';

/** The contents of the connector that the examples of rules change. */

const station = {
  type: 'object',
  required: ['name'],
  properties: {
    id: { type: 'string', 'x-ms-summary': 'ID', description: 'Identifies the station.', readOnly: true },
    name: { type: 'string', 'x-ms-summary': 'Name', description: 'How people call the station.' },
    kind: {
      type: 'string',
      enum: ['land', 'sea'],
      'x-ms-enum-values': [
        { value: 'land', displayName: 'On land' },
        { value: 'sea', displayName: 'At sea' },
      ],
      'x-ms-summary': 'Kind',
      description: 'Where the station stands.',
    },
    height: { type: 'number', format: 'double', 'x-ms-summary': 'Height', description: 'Metres above sea level.' },
    sensors: {
      type: 'array',
      items: { type: 'string', 'x-ms-summary': 'Sensor', description: 'Name of one sensor.' },
      'x-ms-summary': 'Sensors',
      description: 'What the station measures.',
    },
  },
} satisfies JsonObject;

export const exampleDefinition = {
  swagger: '2.0',
  info: {
    title: 'Contoso Weather',
    description: 'Reads current measurements of the Contoso weather stations and tells about warnings.',
    version: '1.0.0',
    contact: { name: 'Contoso Support', url: 'https://support.contoso.com', email: 'support@contoso.com' },
  },
  host: 'weather.contoso.com',
  basePath: '/v1',
  schemes: ['https'],
  consumes: ['application/json'],
  produces: ['application/json'],
  paths: {
    '/stations': {
      get: {
        operationId: 'ListStations',
        summary: 'List stations',
        description: 'Returns the weather stations of a region.',
        'x-ms-visibility': 'important',
        parameters: [
          {
            name: 'region',
            in: 'query',
            type: 'string',
            required: true,
            'x-ms-summary': 'Region',
            description: 'Region whose stations are wanted.',
            'x-ms-dynamic-values': {
              operationId: 'ListRegions',
              parameters: {},
              'value-collection': 'items',
              'value-path': 'id',
              'value-title': 'name',
            },
            'x-ms-dynamic-list': {
              operationId: 'ListRegions',
              parameters: {},
              itemsPath: 'items',
              itemValuePath: 'id',
              itemTitlePath: 'name',
            },
          },
        ],
        responses: {
          200: {
            description: 'The stations.',
            schema: {
              type: 'object',
              properties: {
                items: {
                  type: 'array',
                  items: { $ref: '#/definitions/Station' },
                  'x-ms-summary': 'Stations',
                  description: 'The stations of the region.',
                },
              },
            },
          },
        },
      },
      post: {
        operationId: 'CreateStation',
        summary: 'Create station',
        description: 'Registers a new weather station.',
        'x-ms-visibility': 'important',
        parameters: [{ name: 'body', in: 'body', required: true, schema: { $ref: '#/definitions/Station' } }],
        responses: {
          201: { description: 'The new station.', schema: { $ref: '#/definitions/Station' } },
        },
      },
    },
    '/stations/{stationId}': {
      get: {
        operationId: 'GetStation',
        summary: 'Get station',
        description: 'Returns one weather station.',
        'x-ms-visibility': 'important',
        parameters: [
          {
            name: 'stationId',
            in: 'path',
            required: true,
            type: 'string',
            'x-ms-summary': 'Station ID',
            description: 'Identifies the station.',
            'x-ms-url-encoding': 'single',
          },
        ],
        responses: {
          200: { description: 'The station.', schema: { $ref: '#/definitions/Station' } },
          404: { description: 'There is no such station.' },
        },
      },
    },
    '/regions': {
      get: {
        operationId: 'ListRegions',
        summary: 'List regions',
        description: 'Returns all regions, for the choice of one.',
        'x-ms-visibility': 'internal',
        parameters: [],
        responses: {
          200: {
            description: 'The regions.',
            schema: {
              type: 'object',
              properties: {
                items: {
                  type: 'array',
                  'x-ms-summary': 'Regions',
                  description: 'All regions.',
                  items: {
                    type: 'object',
                    properties: {
                      id: { type: 'string', 'x-ms-summary': 'Region ID', description: 'Identifies the region.' },
                      name: { type: 'string', 'x-ms-summary': 'Name', description: 'How people call the region.' },
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
    '/hooks': {
      'x-ms-notification-content': {
        description: 'A weather warning.',
        schema: {
          type: 'object',
          properties: {
            text: { type: 'string', 'x-ms-summary': 'Text', description: 'The words of the warning.' },
          },
        },
      },
      post: {
        operationId: 'OnWarning',
        summary: 'When a warning is given',
        description: 'This operation triggers when a weather warning is given.',
        'x-ms-visibility': 'important',
        'x-ms-trigger': 'single',
        'x-ms-trigger-hint': 'To see it work now, publish a test warning.',
        parameters: [
          {
            name: 'body',
            in: 'body',
            required: true,
            schema: {
              type: 'object',
              required: ['callbackUrl'],
              properties: {
                callbackUrl: {
                  type: 'string',
                  'x-ms-notification-url': true,
                  'x-ms-visibility': 'internal',
                  'x-ms-summary': 'Callback URL',
                  description: 'Filled in by the platform.',
                },
              },
            },
          },
        ],
        responses: {
          201: {
            description: 'The subscription exists.',
            headers: { Location: { type: 'string', description: 'Where the subscription is deleted.' } },
          },
        },
      },
    },
    '/hooks/{hookId}': {
      delete: {
        operationId: 'DeleteHook',
        summary: 'Delete hook',
        description: 'Ends a subscription.',
        'x-ms-visibility': 'internal',
        parameters: [
          {
            name: 'hookId',
            in: 'path',
            required: true,
            type: 'string',
            'x-ms-summary': 'Hook ID',
            description: 'Identifies the subscription.',
            'x-ms-visibility': 'internal',
            default: 'none',
            'x-ms-url-encoding': 'single',
          },
        ],
        responses: { 204: { description: 'The subscription has ended.' } },
      },
    },
  },
  definitions: { Station: station },
  securityDefinitions: { api_key: { type: 'apiKey', in: 'header', name: 'X-API-Key' } },
  security: [{ api_key: [] }],
  tags: [],
  'x-ms-connector-metadata': [
    { propertyName: 'Website', propertyValue: 'https://www.contoso.com' },
    { propertyName: 'Privacy policy', propertyValue: 'https://www.contoso.com/privacy' },
    { propertyName: 'Categories', propertyValue: 'Data;Productivity' },
  ],
} satisfies JsonObject;

export const exampleProperties = (profile: Profile): JsonObject => ({
  properties: {
    connectionParameters: {
      api_key: {
        type: 'securestring',
        uiDefinition: {
          displayName: 'API key',
          description: 'The key of your Contoso account.',
          tooltip: 'Provide your key',
          constraints: { tabIndex: 2, clearText: false, required: 'true' },
        },
      },
    },
    iconBrandColor: profile === 'independent' ? '#da3b01' : '#0b6a3f',
    capabilities: [],
    publisher: profile === 'independent' ? 'Ann Example' : 'Contoso',
    stackOwner: 'Contoso',
    policyTemplateInstances: [
      {
        templateId: 'setheader',
        title: 'Set format version',
        parameters: {
          'x-ms-apimTemplateParameter.name': 'X-Format-Version',
          'x-ms-apimTemplateParameter.value': '2024-01-01',
          'x-ms-apimTemplateParameter.existsAction': 'override',
          'x-ms-apimTemplate-policySection': 'Request',
          'x-ms-apimTemplate-operationName': ['ListStations', 'GetStation'],
        },
      },
    ],
  },
});

export const exampleSettings = (profile: Profile): JsonObject => ({
  connectorId: null,
  environment: null,
  apiProperties: 'apiProperties.json',
  apiDefinition: 'apiDefinition.json',
  icon: profile === 'independent' ? null : 'icon.png',
  script: null,
});

export const exampleReadme = `# Contoso Weather

Contoso runs weather stations on land and at sea. This connector reads what they measure.

## Publisher: Contoso

## Prerequisites

You need a Contoso account with a subscription to the weather service.

## Supported Operations

### List stations

Returns the weather stations of a region.

### Create station

Registers a new weather station.

### Get station

Returns one weather station.

### When a warning is given

Starts a flow when a weather warning is given.

## Obtaining Credentials

Sign in at the Contoso portal, open your profile and create a key.

## Known Issues and Limitations

Measurements are ten minutes old at the most.

## Deployment Instructions

Deploy the connector with the Power Platform CLI, then create a connection with your key.
`;

export const exampleIntro = `Weather stations on land and at sea tell what they measure. Build flows that react to the weather.

## Prerequisites

You need a Contoso account with a subscription to the weather service.

## How to get credentials

Sign in at the Contoso portal, open your profile and create a key.

## Get started with your connector

Create a flow, choose a region and read its stations.

## Known issues and limitations

Measurements are ten minutes old at the most.

## Common errors and remedies

A status of 401 means that the key has been deleted. Create a new one.

## FAQ

How often is a station read? Every ten minutes.
`;

/** A square, opaque PNG of 100 pixels in the example's brand colour (#0b6a3f), with a lighter square in the middle. */
export const exampleIcon =
  'iVBORw0KGgoAAAANSUhEUgAAAGQAAABkCAIAAAD/gAIDAAAA4UlEQVR4Ae3BMRHCAAAEweOHDlFxQxENlKjADc6wcE2G5nZvj/Mgzog2oo1oI9qINqKNaCPaiDaijWgj2og2oo1oI9qINqKNaCPaiDaijWgj2og2oo1oI9qIducy39eHfzjeT64xoo1oI9qINqKNaCPaiDaijWgj2og2oo1oI9qINqKNaCPaiDaijWgj2og2oo1oI9qINqKNaCPaiDaijWgj2og2oo1oI9rtcR7EGdFGtBFtRBvRRrQRbUQb0Ua0EW1EG9FGtBFtRBvRRrQRbUQb0Ua0EW1EG9FGtBFtRBvRfrzzBTF20zl0AAAAAElFTkSuQmCC';
