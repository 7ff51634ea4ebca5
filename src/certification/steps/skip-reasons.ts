import type { Evidence } from '../evidence.ts';

/** Why a step doesn't concern a connector. */

/** Somebody signs in with an application that is registered for the connector. */
export const skipWithoutOAuth = ({ signIns }: Evidence): string | undefined =>
  signIns.some(({ oauth, ownApplication }) => oauth !== undefined && !ownApplication)
    ? undefined
    : 'the connector has no OAuth application of its own';

export const unlessSignIn = ({ signIns }: Evidence): string | undefined =>
  signIns.some(({ kind, fields }) => kind !== 'none' || fields.length > 0)
    ? undefined
    : 'nobody signs in to use the connector';

export const onlyCertified = 'only certified connectors need it';
export const onlyVerified = 'only verified publishers do this';
export const onlyIndependent = 'only independent publishers do this';
export const noOAuth = 'connectors of independent publishers do without OAuth';
