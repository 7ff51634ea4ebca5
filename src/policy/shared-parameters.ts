import type { PolicyParameter } from './template.ts';

/** What several policy templates have in common. */

type Texts = Omit<PolicyParameter, 'name' | 'required'>;

export const bothWays = ['Request', 'Response'] as const;

export const existsActions = ['override', 'skip', 'append'] as const;

export const policyMethods = [
  'GET',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'HEAD',
  '@Request.OriginalHTTPMethod',
] as const;

/** Parts of a path into the body that several templates share. */
export const parent: Texts = { message: 'Path of the object or list that holds the property', example: '@body()' };
export const sub: Texts = {
  message: 'Path of the property below it; null: the parent itself',
  example: 'fields',
  default: 'null',
};
export const target: Texts = { message: 'Path that takes the result', example: '@body().fieldList' };
export const existing: Texts = {
  message: 'When it is there already',
  example: 'override',
  default: 'override',
  choices: existsActions,
};
