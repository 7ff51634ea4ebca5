import { bothWays, parent, sub, target } from '../shared-parameters.ts';
import type { PolicyTemplate } from '../template.ts';

export const objectToArray: PolicyTemplate = {
  templateId: 'convertobjecttoarray',
  purpose: 'make a list of keys and values of an object',
  forAll: false,
  sections: bothWays,
  parameters: [
    { name: 'propertyParentPath', required: true, ...parent },
    { name: 'propertySubPath', required: false, ...sub },
    { name: 'newPropertyPath', required: true, ...target },
    { name: 'keyName', required: false, message: 'Name of the property with the key', example: 'key', default: 'key' },
    {
      name: 'valueName',
      required: false,
      message: 'Name of the property with the value',
      example: 'value',
      default: 'value',
    },
  ],
};
