import type { Further } from '../authentication.ts';
import type { Kind } from '../kind.ts';

export interface None extends Further {
  kind: 'none';
}

/** Nobody signs in. */
export const none: Kind<None> = {
  id: 'none',
  name: 'none',
  label: 'No sign-in: everybody may call the API',
  isRare: false,
  asks: ['transport', 'hostParameter'],
  examples: [
    ['--auth none', 'no sign-in: removes the present one'],
    ['--auth none --transport gateway', 'no sign-in, through the on-premises gateway'],
  ],
  fromAnswers: () => ({ kind: 'none' }),
  toAnswers: () => ({}),
  write: () => ({ securityDefinitions: {}, security: [], connectionParameters: {}, policies: [], script: false }),
  declared: undefined,
  recognise: () => undefined,
  asSet: { name: 'anonymous', label: 'No sign-in', description: 'Connect without an account.' },
  overGateway: { signIn: 'none' },
  credentials: () => ({ introduction: 'The connector needs no credentials.', list: 'others' }),
};
