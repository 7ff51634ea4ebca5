/**
 * What the platform does is not known everywhere. Each gap has an id, and what is assumed instead: this table is the only
 * place that says so, and docs/reference/runtime.md#assumptions says why. A run names those that mattered for it.
 */
export const assumptions = {
  'response-policies-after-script': 'Policies of the answer run after the script.',
  'failure-section': 'Policies of the section Failure run when the API answers with a status from 400.',
  'null-path': 'A path through null, or to nothing, in a header, query or URL ends the run.',
  'missing-source': 'A policy whose source is missing or null does nothing.',
  'query-in-new-path': 'A query in newPath is added to the query of the request.',
  'setvaluefromurl-body': 'The call of setvaluefromurl has no body.',
  'setvaluefromurl-cache': 'setvaluefromurl calls each time; nothing is remembered between runs.',
  'setvaluefromurl-dry': 'setvaluefromurl sends nothing in a dry run; a placeholder takes the place of its value.',
  'query-append': 'append joins the values of a query parameter by a comma.',
  'converter-without-key': 'Elements without the key are left out by convertarraytoobject.',
  'stringreplace-plain': 'stringreplace takes its text as it is, not as a regular expression.',
  'next-link-form': 'updatenextlink puts the address of the connector in front of the path of the link.',
  'script-time': 'A script has five seconds.',
  'operation-id-form': 'A script gets the id of the operation as plain text.',
  'location-delete': "The DELETE at the end of a subscription has the connection's credentials.",
} as const;

export type AssumptionId = keyof typeof assumptions;

export interface Assumption {
  id: AssumptionId;
  text: string;
}

export const assumptionOf = (id: AssumptionId): Assumption => ({ id, text: assumptions[id] });

/** The assumptions that mattered in a run, once each, in the order in which they did. */
export class Assumed {
  private readonly ids = new Set<AssumptionId>();

  add(id: AssumptionId): void {
    this.ids.add(id);
  }

  list(): Assumption[] {
    return [...this.ids].map(assumptionOf);
  }
}
