import { bothWays } from '../shared-parameters.ts';
import type { PolicyTemplate } from '../template.ts';

export const setValueFromUrl: PolicyTemplate = {
  templateId: 'setvaluefromurl',
  purpose: 'take a header or query parameter from another call (preview)',
  forAll: false,
  sections: bothWays,
  parameters: [
    {
      name: 'parameterTemplate',
      required: true,
      message: 'Header or query parameter that is set',
      example: "@headers('If-Match')",
    },
    {
      name: 'parameterValueUrl',
      required: true,
      message: 'Path of the other call, on the same host',
      example: '/tasks/{id}',
    },
    {
      name: 'parameterValuePathTemplate',
      required: true,
      message: 'Where its answer has the value',
      example: "@body()['@odata.etag']",
    },
    {
      name: 'httpMethod',
      required: false,
      message: 'Method of the other call',
      example: 'GET',
      default: 'GET',
      choices: ['GET', 'POST', 'PUT'],
    },
  ],
};
