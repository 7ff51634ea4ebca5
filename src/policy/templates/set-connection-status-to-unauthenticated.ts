import type { PolicyTemplate } from '../template.ts';

export const setUnauthenticated: PolicyTemplate = {
  templateId: 'setconnectionstatustounauthenticated',
  purpose: 'mark the connection as broken on a status (preview; needs a test connection)',
  forAll: true,
  sections: [],
  parameters: [
    {
      name: 'statusCode',
      required: true,
      message: 'Status of the answer',
      example: '401',
      default: '401',
      type: 'integer',
    },
  ],
  check: (_, { hasTestConnection }) =>
    hasTestConnection
      ? undefined
      : 'the definition has no test connection (x-ms-capabilities.testConnection), which this policy needs',
};
