import type { PolicyTemplateId } from '../policy/templates.ts';
import { runArrayToObject } from './policies/convert-array-to-object.ts';
import { runObjectToArray } from './policies/convert-object-to-array.ts';
import { runDynamicHostUrl } from './policies/dynamic-host-url.ts';
import { runEncodeProperty } from './policies/encode-property-value.ts';
import { runPollingTrigger } from './policies/polling-trigger.ts';
import { runRouteRequest } from './policies/route-request-to-endpoint.ts';
import { runSetUnauthenticated } from './policies/set-connection-status-to-unauthenticated.ts';
import { runSetHeader } from './policies/set-header.ts';
import { runSetProperty } from './policies/set-property.ts';
import { runSetQueryParameter } from './policies/set-query-parameter.ts';
import { runSetValueFromUrl } from './policies/set-value-from-url.ts';
import { runReplaceString } from './policies/string-replace.ts';
import { runStringToArray } from './policies/string-to-array.ts';
import { runUpdateNextLink } from './policies/update-next-link.ts';
import type { RunPolicy } from './policy-context.ts';

/** In which direction of a call a policy runs: that of its section, where its template has one. */
export type Direction = 'request' | 'answer' | 'both' | 'section';

interface Runner {
  direction: Direction;
  run: RunPolicy;
}

/**
 * What each policy template does; its declaration is the file of the same name in `src/policy/templates/`. A template
 * without a line here doesn't compile.
 */
const runners: Readonly<Record<PolicyTemplateId, Runner>> = {
  setheader: { direction: 'section', run: runSetHeader },
  setqueryparameter: { direction: 'request', run: runSetQueryParameter },
  setproperty: { direction: 'section', run: runSetProperty },
  setvaluefromurl: { direction: 'section', run: runSetValueFromUrl },
  dynamichosturl: { direction: 'request', run: runDynamicHostUrl },
  routerequesttoendpoint: { direction: 'request', run: runRouteRequest },
  pollingtrigger: { direction: 'both', run: runPollingTrigger },
  updatenextlink: { direction: 'answer', run: runUpdateNextLink },
  stringreplace: { direction: 'section', run: runReplaceString },
  stringtoarray: { direction: 'section', run: runStringToArray },
  convertarraytoobject: { direction: 'section', run: runArrayToObject },
  convertobjecttoarray: { direction: 'section', run: runObjectToArray },
  encodepropertyvalue: { direction: 'section', run: runEncodeProperty },
  setconnectionstatustounauthenticated: { direction: 'answer', run: runSetUnauthenticated },
};

/** What a template does, by its id, which the platform compares without case; undefined where nothing says it. */
export function runnerOf(templateId: string): Runner | undefined {
  const id = templateId.toLowerCase();
  return Object.hasOwn(runners, id) ? runners[id as PolicyTemplateId] : undefined;
}
