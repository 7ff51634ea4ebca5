import type { PolicyTemplate } from './template.ts';
import { arrayToObject } from './templates/convert-array-to-object.ts';
import { objectToArray } from './templates/convert-object-to-array.ts';
import { dynamicHostUrl } from './templates/dynamic-host-url.ts';
import { encodeProperty } from './templates/encode-property-value.ts';
import { pollingTrigger } from './templates/polling-trigger.ts';
import { routeRequest } from './templates/route-request-to-endpoint.ts';
import { setUnauthenticated } from './templates/set-connection-status-to-unauthenticated.ts';
import { setHeader } from './templates/set-header.ts';
import { setProperty } from './templates/set-property.ts';
import { setQueryParameter } from './templates/set-query-parameter.ts';
import { setValueFromUrl } from './templates/set-value-from-url.ts';
import { replaceString } from './templates/string-replace.ts';
import { stringToArray } from './templates/string-to-array.ts';
import { updateNextLink } from './templates/update-next-link.ts';

/**
 * The policy templates that the platform offers, by id (docs/reference/policy-templates.md#templates); the undocumented
 * ones aren't among them. A new one is a file in `templates/` and a line here.
 */
const registry = {
  setheader: setHeader,
  setqueryparameter: setQueryParameter,
  setproperty: setProperty,
  setvaluefromurl: setValueFromUrl,
  dynamichosturl: dynamicHostUrl,
  routerequesttoendpoint: routeRequest,
  pollingtrigger: pollingTrigger,
  updatenextlink: updateNextLink,
  stringreplace: replaceString,
  stringtoarray: stringToArray,
  convertarraytoobject: arrayToObject,
  convertobjecttoarray: objectToArray,
  encodepropertyvalue: encodeProperty,
  setconnectionstatustounauthenticated: setUnauthenticated,
} as const;

export type PolicyTemplateId = keyof typeof registry;

export const policyTemplates: Readonly<Record<PolicyTemplateId, PolicyTemplate>> = registry;

export const policyTemplateIds = Object.keys(policyTemplates) as readonly PolicyTemplateId[];

/** A template by its id, which the platform compares without case. */
export function policyTemplate(templateId: string): PolicyTemplate | undefined {
  const id = templateId.toLowerCase();
  return Object.hasOwn(policyTemplates, id) ? policyTemplates[id as PolicyTemplateId] : undefined;
}

/** Names of the parameters that a template needs, without their prefix. */
export const requiredParameters = ({ parameters }: PolicyTemplate): string[] =>
  parameters.filter(({ required }) => required).map(({ name }) => name);
