import { clean, iconReady, ownFiles, written } from '../checks.ts';
import type { Step } from '../step.ts';
import { noOAuth, onlyCertified, onlyIndependent, onlyVerified, skipWithoutOAuth } from './skip-reasons.ts';

export const prepareSteps: readonly Step[] = [
  {
    id: 'assets',
    title: 'Files of the connector',
    phase: 'prepare',
    profiles: ['custom', 'verified', 'independent'],
    who: 'publisher',
    duration: 'minutes to days',
    about:
      'Definition, properties, script and settings keep every rule that stops a deployment or the checks of a pull request, and describe your API, not the sample of a new repository.',
    how: { kind: 'check', check: ownFiles },
  },
  {
    id: 'texts',
    title: 'Titles, descriptions, publisher, contact',
    phase: 'prepare',
    profiles: ['custom', 'verified', 'independent'],
    who: 'publisher',
    duration: 'hours',
    about: 'Missing or weak texts are what reviewers send connectors back for most often.',
    how: { kind: 'check', check: written },
  },
  {
    id: 'secrets',
    title: 'No secrets, no client ids',
    phase: 'prepare',
    profiles: ['custom', 'verified', 'independent'],
    who: 'publisher',
    duration: 'minutes',
    about:
      'What is committed can be read by everybody who sees the repository: client ids are placeholders in it, and secrets are given elsewhere.',
    how: { kind: 'check', check: clean('secrets', { warnings: 'refused' }) },
  },
  {
    id: 'sign-in',
    title: 'API key or basic authentication',
    phase: 'prepare',
    profiles: ['independent'],
    otherwise: { custom: onlyCertified, verified: 'verified publishers may use OAuth' },
    who: 'publisher',
    duration: 'minutes',
    about:
      'Microsoft accepts no OAuth from independent publishers, neither in new connectors nor in updates. The ways out are an API key and basic authentication.',
    how: { kind: 'check', check: clean('sign-in') },
  },
  {
    id: 'redirect-mode',
    title: 'A redirect address for this connector alone',
    phase: 'prepare',
    profiles: ['verified'],
    otherwise: { custom: onlyCertified, independent: noOAuth },
    who: 'publisher',
    duration: 'minutes',
    about: 'redirectMode in apiProperties.json is GlobalPerConnector, without a redirectUrl.',
    how: { kind: 'check', check: clean('redirect-mode', { warnings: 'refused' }) },
    unneeded: skipWithoutOAuth,
  },
  {
    id: 'readme',
    title: 'README.md',
    phase: 'prepare',
    profiles: ['verified', 'independent'],
    otherwise: { custom: onlyCertified },
    who: 'publisher',
    duration: 'an hour',
    about:
      'Title, publisher, prerequisites, operations, credentials, known issues; deployment for verified publishers. Reviewers read it.',
    how: { kind: 'check', check: clean('readme', { warnings: 'refused' }) },
  },
  {
    id: 'intro',
    title: 'INTRO.md',
    phase: 'prepare',
    profiles: ['verified', 'independent'],
    otherwise: { custom: onlyCertified },
    who: 'publisher',
    duration: 'an hour',
    about:
      'The text of the page that Microsoft publishes about the connector. It is part of the package, and not a copy of the readme.',
    how: { kind: 'check', check: clean('intro', { warnings: 'refused' }) },
  },
  {
    id: 'icon',
    title: 'Icon',
    phase: 'prepare',
    profiles: ['verified'],
    otherwise: {
      custom: onlyCertified,
      independent: 'Microsoft gives the connectors of independent publishers a common icon; none is submitted',
    },
    who: 'publisher',
    duration: 'an hour',
    about:
      'A square PNG on an opaque background in the brand colour. A new repository begins with initials: put your logo in their place.',
    how: { kind: 'check', check: iconReady },
  },
  {
    id: 'unique',
    title: 'Not on the platform yet',
    phase: 'prepare',
    profiles: ['verified', 'independent'],
    otherwise: { custom: onlyCertified },
    who: 'publisher',
    duration: 'minutes',
    about: {
      verified:
        'No published connector serves the same API or has the same title or icon. Connectors to services of Microsoft itself need its consent first: ConnectorPartnerMgmtTeam@service.microsoft.com.',
      independent:
        'No published connector serves the same API or has the same title. An independent one that is there already can be extended; where somebody has an open proposal, talk to them.',
    },
    how: { kind: 'hand', fingerprint: [] },
    rules: ['info-title-unique', 'icon-unique'],
  },
  {
    id: 'registration',
    title: 'Registration form',
    phase: 'prepare',
    profiles: ['independent'],
    otherwise: {
      custom: onlyCertified,
      verified: 'only independent publishers register today; earlier it was the verified ones',
    },
    who: 'publisher',
    duration: 'an answer within 2 business days',
    about: 'Before or while the connector is made: aka.ms/ConnectorRegistration. A contact at Microsoft answers.',
    how: { kind: 'hand', fingerprint: [] },
  },
  {
    id: 'partner-account',
    title: 'Account in Partner Center',
    phase: 'prepare',
    profiles: ['verified'],
    otherwise: { custom: onlyCertified, independent: onlyVerified },
    who: 'both',
    duration: 'days, once per company',
    about:
      'A seller account that is enrolled in the program "Microsoft 365 and Copilot". Microsoft checks the company once.',
    how: { kind: 'hand', fingerprint: [] },
  },
  {
    id: 'proposal',
    title: 'Proposal as a pull request',
    phase: 'prepare',
    profiles: ['independent'],
    otherwise: { custom: onlyCertified, verified: onlyIndependent },
    who: 'publisher',
    duration: 'an hour',
    about:
      'A pull request "Proposal - Name (Independent Publisher)" to the branch dev of microsoft/PowerPlatformConnectors with nothing but readme.md. The connector is added to the same pull request later.',
    how: { kind: 'hand', fingerprint: [], command: () => 'pp-connector package --pull-request --proposal' },
  },
];
