import type { JsonObject } from '../../connector/json/value.ts';
import { type NewPolicy, policyInstance } from '../../policy/policies.ts';

/** Instances for `policyTemplateInstances` of apiProperties.json; without operations a policy applies to all of them. */

export const setHeader = (title: string, name: string, value: string, operations?: readonly string[]): JsonObject =>
  policyInstance(setOnRequest('setheader', title, name, value, operations));

export const setQueryParameter = (title: string, name: string, value: string): JsonObject =>
  policyInstance(setOnRequest('setqueryparameter', title, name, value));

/** Replaces scheme, host and base path of the definition. */
export const dynamicHostUrl = (title: string, urlTemplate: string, operations?: readonly string[]): JsonObject =>
  policyInstance({ templateId: 'dynamichosturl', title, parameters: { urlTemplate }, operations });

export const updateNextLink = (title: string, property: string, operations: readonly string[]): JsonObject =>
  policyInstance({
    templateId: 'updatenextlink',
    title,
    parameters: { nextLinkPropertyName: property },
    operations,
  });

const setOnRequest = (
  templateId: string,
  title: string,
  name: string,
  value: string,
  operations?: readonly string[],
): NewPolicy => ({
  templateId,
  title,
  parameters: { name, value, existsAction: 'override' },
  section: 'Request',
  operations,
});
