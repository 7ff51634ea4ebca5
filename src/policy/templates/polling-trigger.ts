import { asObject } from '../../connector/json/value.ts';
import type { PolicyTemplate } from '../template.ts';

export const pollingTrigger: PolicyTemplate = {
  templateId: 'pollingtrigger',
  purpose: 'keep the state of a polling trigger',
  forAll: false,
  sections: [],
  parameters: [
    {
      name: 'triggerConfig',
      required: true,
      message: 'Query parameter=state, one per line or comma',
      example: 'since=@{triggerBody().items[0].created}',
      type: 'object',
    },
    {
      name: 'triggerDataPath',
      required: true,
      message: 'Where the answer has the items',
      example: '@triggerBody().items',
    },
  ],
  type: 'PollingTrigger',
  check({ parameters, operations = [] }, context) {
    for (const { id, isTrigger, queryParameters } of context.operations.filter(({ id }) => operations.includes(id))) {
      if (!isTrigger) return `${id} is not a trigger; add one with: pp-connector operation --kind polling`;
      const stranger = Object.keys(asObject(parameters.triggerConfig)).find(
        (name) => !queryParameters.includes(name) && !name.startsWith('x-ms-'),
      );
      if (stranger !== undefined)
        return `triggerConfig: ${id} has no query parameter "${stranger}"; it has: ${queryParameters.join(', ') || 'none'}`;
    }
    return undefined;
  },
};
