/**
 * Two files of a connector as pac downloads them.
 *
 * @param {string} title
 * @param {string} host
 * @returns {Record<string, string>} texts by name
 */
export const downloadedConnector = (title, host) => ({
  'apiDefinition.swagger.json': JSON.stringify({
    swagger: '2.0',
    info: { title, description: `Tells when high and low water come, by ${title}.`, version: '1.2' },
    host,
    basePath: '/v1',
    schemes: ['https'],
    paths: {
      '/tides': {
        get: {
          operationId: 'ListTides',
          summary: 'List tides',
          description: 'Returns the tides of the next days.',
          responses: { 200: { description: 'The tides.', schema: { type: 'object' } } },
        },
      },
    },
    securityDefinitions: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
    security: [{ key: [] }],
  }),
  'apiProperties.json': JSON.stringify({
    properties: {
      connectionParameters: {
        api_key: {
          type: 'securestring',
          uiDefinition: {
            displayName: 'API key',
            description: 'The key of your account.',
            tooltip: 'Provide your key',
            constraints: { tabIndex: 2, clearText: false, required: 'true' },
          },
        },
      },
      iconBrandColor: '#0b6a3f',
      capabilities: [],
    },
  }),
});
