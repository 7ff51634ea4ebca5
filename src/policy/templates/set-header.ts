import { bothWays, existing } from '../shared-parameters.ts';
import type { PolicyTemplate } from '../template.ts';

export const setHeader: PolicyTemplate = {
  templateId: 'setheader',
  purpose: 'set a header of the request or the response',
  forAll: true,
  sections: [...bothWays, 'Failure'],
  parameters: [
    { name: 'name', required: true, message: 'Name of the header', example: 'X-Api-Version' },
    { name: 'value', required: true, message: 'Value', example: '2024-01-01' },
    { name: 'existsAction', required: false, ...existing },
  ],
};
