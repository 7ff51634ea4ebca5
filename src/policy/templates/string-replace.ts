import { bothWays, parent, sub, target } from '../shared-parameters.ts';
import type { PolicyTemplate } from '../template.ts';

export const replaceString: PolicyTemplate = {
  templateId: 'stringreplace',
  purpose: 'replace text in a property',
  forAll: false,
  sections: bothWays,
  parameters: [
    { name: 'propertyParentPath', required: true, ...parent },
    { name: 'propertySubPath', required: false, ...sub },
    { name: 'sourceString', required: true, message: 'Text to look for', example: 'http:' },
    { name: 'replacementString', required: true, message: 'Text to put there', example: 'https:' },
    { name: 'newPropertyPath', required: true, ...target },
  ],
};
