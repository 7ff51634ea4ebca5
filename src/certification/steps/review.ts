import { wholeConnector } from '../ground.ts';
import type { Step } from '../step.ts';
import { onlyCertified } from './needs.ts';

export const reviewSteps: readonly Step[] = [
  {
    id: 'merge',
    title: 'Review of the pull request',
    phase: 'review',
    profiles: ['verified', 'independent'],
    otherwise: { custom: onlyCertified },
    who: 'Microsoft',
    duration: '1-2 weeks per round',
    about: 'A certification engineer comments, asks for changes, and merges.',
    how: { kind: 'waiting', ground: wholeConnector },
    after: 'pull-request',
  },
  {
    id: 'review',
    title: 'Functional and content review',
    phase: 'review',
    profiles: ['verified', 'independent'],
    otherwise: { custom: onlyCertified },
    who: 'Microsoft',
    duration: '1-2 weeks per round',
    about: {
      verified: 'Microsoft tests the connector with your credentials. Status and messages are in Partner Center.',
      independent: 'Microsoft tests the merged connector.',
    },
    how: { kind: 'waiting', ground: wholeConnector },
    after: { verified: 'submission', independent: 'merge' },
  },
  {
    id: 'preview-test',
    title: 'Test in the Preview region',
    phase: 'review',
    profiles: ['verified', 'independent'],
    otherwise: { custom: onlyCertified },
    who: 'publisher',
    duration: 'report within 1 week',
    about:
      'The connector is in Preview (United States) first. Test every operation in an environment of that region, of type Trial or Production, not Sandbox; Logic Apps has it in West Central US.',
    how: { kind: 'hand', ground: wholeConnector },
    after: 'review',
  },
  {
    id: 'notice',
    title: 'Notice to the contact',
    phase: 'review',
    profiles: ['verified', 'independent'],
    otherwise: { custom: onlyCertified },
    who: 'publisher',
    duration: 'at least 24 hours before Friday morning, Pacific time',
    about: 'Tell Microsoft that the tests went well and the connector is ready for production.',
    how: { kind: 'hand', ground: wholeConnector },
    after: 'preview-test',
  },
  {
    id: 'deployment',
    title: 'Deployment to all regions',
    phase: 'review',
    profiles: ['verified', 'independent'],
    otherwise: { custom: onlyCertified },
    who: 'Microsoft',
    duration: 'about 15 business days',
    about:
      'Region after region, in daily steps, not on weekends and holidays of the United States. Earlier guides said 3-4 and 5-6 weeks.',
    how: { kind: 'waiting', ground: wholeConnector },
    after: 'notice',
  },
];
