import { existing } from '../shared-parameters.ts';
import type { PolicyTemplate } from '../template.ts';

export const setQueryParameter: PolicyTemplate = {
  templateId: 'setqueryparameter',
  purpose: 'set a query parameter of the request',
  forAll: true,
  sections: [],
  parameters: [
    { name: 'name', required: true, message: 'Name of the query parameter', example: 'format' },
    { name: 'value', required: true, message: 'Value', example: 'json' },
    { name: 'existsAction', required: false, ...existing },
  ],
};
