import { setPropertyValue, unexpandedInSetProperty } from '../expressions.ts';
import { bothWays } from '../shared-parameters.ts';
import type { PolicyTemplate } from '../template.ts';

export const setProperty: PolicyTemplate = {
  templateId: 'setproperty',
  purpose: 'set a property of the body',
  forAll: false,
  sections: bothWays,
  parameters: [
    {
      name: 'newPropertyParentPathTemplate',
      required: true,
      message: 'Path of the object or list that gets the property',
      example: '@body()',
    },
    { name: 'newPropertySubPathTemplate', required: true, message: 'Name of the property', example: 'source' },
    {
      name: 'propertyValuePathTemplate',
      required: true,
      message: 'Value, or the path of one',
      example: '@body().name',
    },
  ],
  check({ parameters }) {
    const value = parameters[setPropertyValue];
    const found = typeof value === 'string' ? unexpandedInSetProperty(value) : undefined;
    return found === undefined
      ? undefined
      : `${setPropertyValue}: "${found.start}(" isn't expanded there, the API would get it as text; a property takes @body(), @item() or a constant. Use setheader or setqueryparameter, or a script`;
  },
};
