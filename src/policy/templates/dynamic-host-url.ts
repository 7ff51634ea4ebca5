import type { PolicyTemplate } from '../template.ts';

export const dynamicHostUrl: PolicyTemplate = {
  templateId: 'dynamichosturl',
  purpose: 'take host and base path from the connection',
  forAll: true,
  sections: [],
  parameters: [
    {
      name: 'urlTemplate',
      required: true,
      message: 'URL that replaces scheme, host and base path',
      example: "https://@connectionParameters('tenant').contoso.com",
    },
  ],
  check: (_, { hasGateway }) => (hasGateway ? 'dynamichosturl has no effect over the on-premises gateway' : undefined),
};
