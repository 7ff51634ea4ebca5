import type { Step } from '../step.ts';
import { onlyCertified } from './skip-reasons.ts';

export const liveSteps: readonly Step[] = [
  {
    id: 'general-availability',
    title: 'From preview to general availability',
    phase: 'live',
    profiles: ['verified', 'independent'],
    otherwise: { custom: onlyCertified },
    who: 'both',
    duration: 'about a month, when it qualifies',
    about:
      'A published connector is a preview. To leave it: the API in production, the connector available 99.95 % of the time with an objective of 99.5 %, more than 80 % of the calls successful, support as for the service itself; better also 500 weekly users over three weeks and 50 monthly connections, unless it has been a preview for 6 months or a customer needs it. Ask ConnectorPartnerMgmtTeam@service.microsoft.com; then the status in x-ms-api-annotation becomes Production.',
    how: { kind: 'hand', fingerprint: [] },
    after: 'deployment',
  },
  {
    id: 'updates',
    title: 'Updates',
    phase: 'live',
    profiles: ['verified', 'independent'],
    otherwise: { custom: 'deploy again after a change' },
    who: 'both',
    duration: 'minor 4-5 weeks, major 6-10 weeks',
    about: {
      verified:
        'The same steps again: every tick that a change takes away. The package goes to the same offer by Resubmit, never to a new one. Minor is a change of descriptions, contact, summaries, brand colour, publisher, readme or icon; all else is major. Nothing may break: changed operations get a revision. A new OAuth secret is submitted a month before the old one ends.',
      independent:
        'The same steps again: every tick that a change takes away. A new pull request from the account of the first one, with a new package; metadata.json stays in the folder, and OAuth is refused in updates, too. Nothing may break: changed operations get a revision.',
    },
    how: { kind: 'upkeep', command: 'pp-connector diff' },
    after: 'deployment',
    rules: ['deprecation-notice'],
  },
];
