import { policyMethods } from '../shared-parameters.ts';
import type { PolicyTemplate } from '../template.ts';

export const routeRequest: PolicyTemplate = {
  templateId: 'routerequesttoendpoint',
  purpose: 'send the request to another path or with another method',
  forAll: false,
  sections: [],
  parameters: [
    { name: 'newPath', required: true, message: 'Path that is really called', example: '/hooks' },
    {
      name: 'httpMethod',
      required: false,
      message: 'Method that is really used',
      example: '@Request.OriginalHTTPMethod',
      default: '@Request.OriginalHTTPMethod',
      choices: policyMethods,
    },
  ],
};
