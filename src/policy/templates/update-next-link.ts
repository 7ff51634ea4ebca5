import type { PolicyTemplate } from '../template.ts';

export const updateNextLink: PolicyTemplate = {
  templateId: 'updatenextlink',
  purpose: 'fetch further pages through the connector',
  forAll: false,
  sections: [],
  parameters: [
    {
      name: 'nextLinkPropertyName',
      required: true,
      message: 'Property that holds the link',
      example: '@odata.nextLink',
      default: 'nextLink',
    },
    {
      name: 'nextLinkParentPropertyPath',
      required: false,
      message: 'Path of the object that holds it (empty: the answer)',
      example: '@body().paging',
    },
  ],
};
