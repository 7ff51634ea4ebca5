import type { JsonObject } from '../connector/json.ts';

/** Instances for `policyTemplateInstances` of apiProperties.json. */

export function setHeader(title: string, name: string, value: string, operations?: readonly string[]): JsonObject {
  return {
    templateId: 'setheader',
    title,
    parameters: {
      'x-ms-apimTemplateParameter.name': name,
      'x-ms-apimTemplateParameter.value': value,
      'x-ms-apimTemplateParameter.existsAction': 'override',
      'x-ms-apimTemplate-policySection': 'Request',
      ...scope(operations),
    },
  };
}

export function setQueryParameter(title: string, name: string, value: string): JsonObject {
  return {
    templateId: 'setqueryparameter',
    title,
    parameters: {
      'x-ms-apimTemplateParameter.name': name,
      'x-ms-apimTemplateParameter.value': value,
      'x-ms-apimTemplateParameter.existsAction': 'override',
      'x-ms-apimTemplate-policySection': 'Request',
    },
  };
}

/** Replaces scheme, host and base path of the definition. */
export function dynamicHostUrl(title: string, urlTemplate: string, operations?: readonly string[]): JsonObject {
  return {
    templateId: 'dynamichosturl',
    title,
    parameters: { 'x-ms-apimTemplateParameter.urlTemplate': urlTemplate, ...scope(operations) },
  };
}

export function updateNextLink(title: string, property: string, operations: readonly string[]): JsonObject {
  return {
    templateId: 'updatenextlink',
    title,
    parameters: { 'x-ms-apimTemplateParameter.nextLinkPropertyName': property, ...scope(operations) },
  };
}

/** Without operations a policy applies to all of them. */
function scope(operations: readonly string[] | undefined): JsonObject {
  return operations === undefined ? {} : { 'x-ms-apimTemplate-operationName': [...operations] };
}
