import type { JsonObject } from '../../connector/json/value.ts';
import { field } from './parts.ts';

/** The platform builds the header from parameters of exactly these names (docs/reference/authentication.md#basic). */
export const account = (service: string): { username: JsonObject; password: JsonObject } => ({
  username: field('securestring', 2, {
    displayName: 'User name',
    description: `The user name of your ${service} account.`,
    tooltip: 'Provide your user name',
    clearText: true,
  }),
  password: field('securestring', 3, {
    displayName: 'Password',
    description: `The password of your ${service} account.`,
    tooltip: 'Provide your password',
    clearText: false,
  }),
});
