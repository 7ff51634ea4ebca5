import type { Profile } from '../../../src/connector/profile.ts';

/** Answers that make a repository which its profile accepts, without any authentication. */
export const certified = (profile: Profile): Record<string, string> => ({
  profile,
  toolSpec: '^0.1.0',
  title: 'Contoso Orders',
  description: 'Reads the orders that customers place with Contoso, and adds new orders.',
  publisher: profile === 'independent' ? 'Robin Counts' : 'Contoso',
  host: 'orders.contoso.com',
  basePath: '/v1',
  brandColor: profile === 'independent' ? '#da3b01' : '#0b6a3f',
  auth: 'none',
  ...(profile === 'custom' ? {} : contact),
  // the support of the service wouldn't pass on the form for the proof of identity
  ...(profile === 'independent' ? { contactEmail: 'robin@example.org' } : {}),
});

const contact = {
  stackOwner: 'Contoso',
  contactName: 'Contoso Support',
  contactUrl: 'https://support.contoso.com',
  contactEmail: 'support@contoso.com',
  website: 'https://www.contoso.com',
  privacyPolicy: 'https://www.contoso.com/privacy',
  categories: 'Data;Productivity',
};
