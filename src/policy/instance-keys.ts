/** Keys of the `parameters` of a policy template instance (docs/reference/policy-templates.md#instance). */

export const parameterPrefix = 'x-ms-apimTemplateParameter.';
export const operationNameKey = 'x-ms-apimTemplate-operationName';
export const policySectionKey = 'x-ms-apimTemplate-policySection';
