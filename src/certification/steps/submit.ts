import { made } from '../checks.ts';
import { wholeConnector } from '../fingerprint.ts';
import type { Step } from '../step.ts';
import { onlyCertified, onlyVerified } from './skip-reasons.ts';

export const submitSteps: readonly Step[] = [
  {
    id: 'pull-request-folder',
    title: 'Folder for the pull request',
    phase: 'submit',
    profiles: ['verified', 'independent'],
    otherwise: { custom: onlyCertified },
    who: 'publisher',
    duration: 'minutes',
    about: {
      verified: 'The files under the names that the checks expect, without settings, ids and secrets.',
      independent:
        'The files under the names that the checks expect, without settings, ids and secrets, and the package. metadata.json, which the service adds, stays.',
    },
    how: { kind: 'check', check: made('pullRequest', 'pp-connector package --pull-request') },
    madeFor: 'pull-request',
  },
  {
    id: 'pull-request',
    title: 'Pull request',
    phase: 'submit',
    profiles: ['verified', 'independent'],
    otherwise: { custom: onlyCertified },
    who: 'publisher',
    duration: 'an hour, and each round of the review',
    about: {
      verified:
        'From a fork of microsoft/PowerPlatformConnectors to its branch dev, one connector in certified-connectors, its checklist filled in. The automatic checks must pass. It comes before the package: reviewers merge it, then send the publisher to Partner Center.',
      independent:
        'The files and the package are added to the pull request of the proposal, below independent-publisher-connectors, and its title becomes "Name (Independent Publisher)". Its checklist is filled in, the screenshots are in its text, the automatic checks pass. No schema files.',
    },
    how: { kind: 'hand', fingerprint: wholeConnector },
    rules: ['pr-one-connector', 'pr-title-independent'],
  },
  {
    id: 'license',
    title: 'Contributor license agreement',
    phase: 'submit',
    profiles: ['verified', 'independent'],
    otherwise: { custom: onlyCertified },
    who: 'publisher',
    duration: 'minutes, once',
    about:
      'A bot asks for it in the pull request. The answer is a comment: @microsoft-github-policy-service agree, for a company followed by company="Name".',
    how: { kind: 'hand', fingerprint: [] },
    after: 'pull-request',
  },
  {
    id: 'merge',
    title: 'Review of the pull request',
    phase: 'submit',
    profiles: ['verified'],
    otherwise: { custom: onlyCertified, independent: 'reviewed together with the package' },
    who: 'Microsoft',
    duration: '1-2 weeks per round',
    about:
      'A certification engineer comments, asks for changes, and merges to dev. The closing text leads to Partner Center. Questions: office hours, Tuesdays 15:30-16:30 UTC.',
    how: { kind: 'waiting', fingerprint: wholeConnector },
    after: 'pull-request',
  },
  {
    id: 'solutions',
    title: 'Exported solutions',
    phase: 'submit',
    profiles: ['verified', 'independent'],
    otherwise: { custom: onlyCertified },
    who: 'publisher',
    duration: 'hours',
    about:
      'Two solutions of one environment with Dataverse: one with nothing but the connector, exported first; then one with the connector and a flow that uses it. A third where there is an AI plugin. Publish all customizations before, export unmanaged, have the solution checker run, and change nothing inside of an export.',
    how: { kind: 'hand', fingerprint: wholeConnector },
    inFrontOf: { independent: 'pull-request-folder' },
    after: { verified: 'merge' },
  },
  {
    id: 'submission-package',
    title: 'Submission package',
    phase: 'submit',
    profiles: ['verified', 'independent'],
    otherwise: { custom: onlyCertified },
    who: 'publisher',
    duration: 'minutes',
    about: {
      verified:
        'intro.md and the package of the solutions in one archive, checked by the rules of the package validator; the definition inside of the solutions is what is certified.',
      independent:
        'intro.md and the package of the solutions in one archive, which is committed in the folder of the pull request, and is the only archive there. The definition inside of the solutions is what is certified.',
    },
    how: {
      kind: 'check',
      check: made('submission', 'pp-connector package --submission --solution connector.zip --solution flow.zip'),
    },
    inFrontOf: { independent: 'pull-request-folder' },
    madeFor: { verified: 'submission', independent: 'pull-request' },
    after: 'solutions',
  },
  {
    id: 'upload',
    title: 'Upload of the package',
    phase: 'submit',
    profiles: ['verified'],
    otherwise: { custom: onlyCertified, independent: onlyVerified },
    who: 'publisher',
    duration: 'minutes',
    about:
      'Into Azure Blob storage, with a link to read it (SAS) that stays valid for at least 15 days. The link is a secret: it goes into Partner Center only.',
    how: { kind: 'hand', fingerprint: wholeConnector },
    rules: ['package-sas'],
    after: 'solutions',
  },
  {
    id: 'submission',
    title: 'Submission in Partner Center',
    phase: 'submit',
    profiles: ['verified'],
    otherwise: { custom: onlyCertified, independent: 'the pull request is the submission' },
    who: 'publisher',
    duration: 'hours',
    about:
      'Marketplace offers, Microsoft 365 and Copilot, New offer, Power Platform Connector; an update is Resubmit on the same offer, never a new one. The link to the package and the test credentials are entered there. Partner Center replaced ISV Studio.',
    how: { kind: 'hand', fingerprint: wholeConnector },
    after: 'upload',
  },
];
