import { bothWays, parent, sub, target } from '../shared-parameters.ts';
import type { PolicyTemplate } from '../template.ts';

export const encodeProperty: PolicyTemplate = {
  templateId: 'encodepropertyvalue',
  purpose: 'encode a property for use in a URL',
  forAll: false,
  sections: bothWays,
  parameters: [
    { name: 'propertyParentPath', required: true, ...parent },
    { name: 'propertySubPath', required: false, ...sub },
    { name: 'newPropertyPath', required: true, ...target },
  ],
};
