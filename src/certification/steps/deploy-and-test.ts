import { deployed, loggedIn, released } from '../checks.ts';
import { wholeConnector } from '../fingerprint.ts';
import type { Step } from '../step.ts';
import { testedOffline } from '../tested-offline.ts';
import { noOAuth, onlyCertified, onlyIndependent, skipWithoutOAuth, unlessSignIn } from './skip-reasons.ts';

export const trySteps: readonly Step[] = [
  {
    id: 'login',
    title: 'Sign in to an environment',
    phase: 'try',
    profiles: ['custom', 'verified', 'independent'],
    who: 'publisher',
    duration: 'minutes',
    about: 'With an account that may create connectors there.',
    how: { kind: 'check', check: loggedIn },
  },
  {
    id: 'deploy',
    title: 'Create the connector there',
    phase: 'try',
    profiles: ['custom', 'verified', 'independent'],
    who: 'publisher',
    duration: 'minutes',
    about: 'As it is in the repository; later deployments update it.',
    how: { kind: 'check', check: deployed },
  },
  {
    id: 'redirect-addresses',
    title: 'Redirect addresses of the OAuth application',
    phase: 'try',
    profiles: ['custom', 'verified'],
    otherwise: { independent: noOAuth },
    who: 'publisher',
    duration: 'minutes',
    about: {
      custom:
        'The redirect address that the Security page of the connector shows is entered with the identity provider.{addresses}',
      verified:
        'Both are entered with the identity provider: the one that the Security page of the connector shows, and the same on the host global-test.consent.azure-apim.net, where Microsoft tests.{addresses}',
    },
    how: { kind: 'hand', fingerprint: ['properties'] },
    unneeded: skipWithoutOAuth,
  },
  {
    id: 'test',
    title: 'Test in the maker portal',
    phase: 'try',
    profiles: ['custom', 'verified', 'independent'],
    who: 'publisher',
    duration: 'hours',
    about: {
      custom: 'Every operation is called on the Test page of the connector, and in a flow.',
      verified: 'Every operation is called at least 10 times on the Test page, without errors of the schema.',
      independent: 'Every operation is called at least 10 times on the Test page, without errors of the schema.',
    },
    how: { kind: 'hand', fingerprint: wholeConnector, shown: testedOffline },
    rules: ['script-time-budget', 'ai-schema-tolerance'],
  },
  {
    id: 'share',
    title: 'Share it',
    phase: 'try',
    profiles: ['custom'],
    otherwise: {
      verified: 'everybody gets a certified connector',
      independent: 'everybody gets a certified connector',
    },
    who: 'publisher',
    duration: 'minutes',
    about:
      'In the maker portal, with the people who shall use the connector; or in a solution, for other environments.',
    how: { kind: 'hand', fingerprint: [] },
  },
  {
    id: 'solution-checker',
    title: 'Solution checker',
    phase: 'try',
    profiles: ['verified', 'independent'],
    otherwise: { custom: onlyCertified },
    who: 'publisher',
    duration: 'an hour',
    about:
      'Put the connector into a solution and run the checker on it in the maker portal, or "pac solution check" on its export: nothing critical or high is left.',
    how: { kind: 'hand', fingerprint: wholeConnector },
  },
  {
    id: 'test-credentials',
    title: "Test credentials for Microsoft's team",
    phase: 'try',
    profiles: ['verified'],
    otherwise: {
      custom: onlyCertified,
      independent:
        'nothing that is published asks independent publishers for them; screenshots show that the operations work',
    },
    who: 'publisher',
    duration: 'hours',
    about:
      'An account of the service with data to test on, the steps to sign in, and for OAuth a client id and secret. No second factor, or the steps to pass it. They are entered in Partner Center, never here.',
    how: { kind: 'hand', fingerprint: ['properties'] },
    unneeded: unlessSignIn,
  },
  {
    id: 'screenshots',
    title: 'Screenshots',
    phase: 'try',
    profiles: ['independent'],
    otherwise: { custom: onlyCertified, verified: onlyIndependent },
    who: 'publisher',
    duration: 'an hour',
    about:
      'Three different operations that succeed in flows, and one of the page Test operations. They go into the text of the pull request.',
    how: { kind: 'hand', fingerprint: wholeConnector },
    rules: ['pr-screenshots'],
  },
  {
    id: 'release',
    title: 'Tag of the version',
    phase: 'try',
    profiles: ['verified', 'independent'],
    otherwise: { custom: 'optional: later changes are then compared with it' },
    who: 'publisher',
    duration: 'minutes',
    about: 'Later changes are compared with the version that flows and apps were built on.',
    how: { kind: 'check', check: released },
  },
];
