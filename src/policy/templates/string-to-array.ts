import { bothWays, parent, sub, target } from '../shared-parameters.ts';
import type { PolicyTemplate } from '../template.ts';

export const stringToArray: PolicyTemplate = {
  templateId: 'stringtoarray',
  purpose: 'part a text into a list of objects',
  forAll: false,
  sections: bothWays,
  parameters: [
    { name: 'propertyParentPath', required: true, ...parent },
    { name: 'propertySubPath', required: false, ...sub },
    { name: 'delimiterList', required: true, message: 'Characters that part the text', example: ';' },
    { name: 'childPropertyName', required: true, message: 'Name of the property in each object', example: 'userId' },
    { name: 'newPropertyPath', required: true, ...target },
  ],
};
