import { bothWays, parent, sub, target } from '../shared-parameters.ts';
import type { PolicyTemplate } from '../template.ts';

export const arrayToObject: PolicyTemplate = {
  templateId: 'convertarraytoobject',
  purpose: 'make an object of a list of keys and values',
  forAll: false,
  sections: bothWays,
  parameters: [
    { name: 'propertyParentPath', required: true, ...parent },
    { name: 'propertySubPath', required: false, ...sub },
    {
      name: 'keyWithinCollectionPath',
      required: true,
      message: 'Property of an item that becomes the key',
      example: 'id',
    },
    { name: 'newPropertyPath', required: true, ...target },
    {
      name: 'retainKey',
      required: false,
      message: 'Keep that property in the items',
      example: 'true',
      default: 'true',
      choices: ['true', 'false'],
    },
  ],
};
