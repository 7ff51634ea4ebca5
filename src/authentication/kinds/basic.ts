import { getOwn } from '../../connector/json/value.ts';
import type { Further } from '../authentication.ts';
import type { Kind } from '../kind.ts';
import { account } from './account.ts';
import { hasToken } from './parts.ts';

export interface Basic extends Further {
  kind: 'basic';
}

/** User name and password of an account with the service. */
export const basic: Kind<Basic> = {
  id: 'basic',
  name: 'basic',
  label: 'User name and password: basic authentication',
  isRare: false,
  asks: ['transport', 'hostParameter'],
  examples: [
    ['--auth basic', 'user name and password'],
    ['--auth basic --host-parameter siteUrl --host-template "{siteUrl}/api"', 'on a site that each customer has'],
  ],
  fromAnswers: () => ({ kind: 'basic' }),
  toAnswers: () => ({}),
  write: (_, service) => ({
    securityDefinitions: { basic_auth: { type: 'basic' } },
    security: [{ basic_auth: [] }],
    connectionParameters: account(service.name),
    policies: [],
    script: false,
  }),
  declared: {
    rank: () => 5,
    read: (_, scheme) => (getOwn(scheme, 'type') === 'basic' ? { kind: 'basic' } : undefined),
  },
  recognise: ({ parameters }) =>
    !hasToken(parameters) && ['username', 'password'].every((name) => Object.hasOwn(parameters, name))
      ? { kind: 'basic' }
      : undefined,
  asSet: { name: 'basic-auth', label: 'User name and password', description: 'Sign in with an account.' },
  overGateway: { signIn: 'basic' },
  credentials: ({ service }) => ({
    introduction:
      `The connector signs in with the user name and the password of an account with ${service}. ` +
      'An account of its own, with no more rights than its operations need, is safer than that of a person.',
    list: 'all',
  }),
};
