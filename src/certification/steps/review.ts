import { botAnswers, partnerCenterAnswers } from '../answers.ts';
import { wholeConnector } from '../fingerprint.ts';
import type { Step } from '../step.ts';
import { onlyCertified } from './skip-reasons.ts';

const noTestPhase = 'independent publishers have no test phase of their own: after the approval it is deployed';

export const reviewSteps: readonly Step[] = [
  {
    id: 'identity',
    title: 'Proof of identity',
    phase: 'review',
    profiles: ['independent'],
    otherwise: { custom: onlyCertified, verified: 'Partner Center looks into the company' },
    who: 'both',
    duration: 'days',
    about:
      'Microsoft (OneVet) mails a form to info.contact.email of the definition, now {email}: it has to be an address that you read. Then an identity check by phone follows (AU10TIX, Microsoft Verified ID). Nothing goes on before; when no mail comes, look whether it went elsewhere, and ask in the pull request.',
    how: { kind: 'hand', fingerprint: [] },
    after: 'pull-request',
  },
  {
    id: 'review',
    title: 'Functional and content review',
    phase: 'review',
    profiles: ['verified', 'independent'],
    otherwise: { custom: onlyCertified },
    who: 'Microsoft',
    duration: { verified: '24-48 hours, then 1-2 weeks per round', independent: '1-2 weeks per round' },
    about: {
      verified:
        'Microsoft tests the connector with your credentials. Status and messages are in Partner Center; after a refusal correct it, make the package again and press Resubmit on the same offer. Questions: office hours, Tuesdays 15:30-16:30 UTC.',
      independent:
        'A reviewer comments in the pull request, and writes certify-connector when all is well. The account certificationteam answers, approves, or lists "Error(s) are: ...".',
    },
    how: { kind: 'waiting', fingerprint: wholeConnector },
    after: { verified: 'submission', independent: 'pull-request' },
    answers: { verified: partnerCenterAnswers, independent: botAnswers },
  },
  {
    id: 'preview-test',
    title: 'Test in the preview environment',
    phase: 'review',
    profiles: ['verified'],
    otherwise: { custom: onlyCertified, independent: noTestPhase },
    who: 'publisher',
    duration: 'within 2 business days, when the environment ends',
    about:
      'A mail from certificationteam@microsoft.com brings a user name and a one-time password. In Partner Center, Product overview, Publisher sign-off, the Store link leads to the connector. Test every action and trigger, with the client id and secret of production where there is OAuth; a trial licence is needed.',
    how: { kind: 'hand', fingerprint: wholeConnector },
    after: 'review',
  },
  {
    id: 'sign-off',
    title: 'Go-live in Partner Center',
    phase: 'review',
    profiles: ['verified'],
    otherwise: { custom: onlyCertified, independent: noTestPhase },
    who: 'publisher',
    duration: 'within 2 business days after the mail',
    about:
      'Press Go-live in Partner Center, Product overview, Publisher sign-off. Without it the offer is rejected when the two business days are over, and has to be resubmitted.',
    how: { kind: 'hand', fingerprint: wholeConnector },
    after: 'preview-test',
  },
  {
    id: 'deployment',
    title: 'Deployment to all regions',
    phase: 'review',
    profiles: ['verified', 'independent'],
    otherwise: { custom: onlyCertified },
    who: 'Microsoft',
    duration: { verified: 'about 15 business days', independent: '3-4 weeks after the approval' },
    about:
      'Region after region, in daily steps, not on weekends and holidays of the United States. Guides differ about how long it takes.',
    how: { kind: 'waiting', fingerprint: wholeConnector },
    after: { verified: 'sign-off', independent: 'review' },
  },
];
