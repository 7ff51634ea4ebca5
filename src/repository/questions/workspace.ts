import { type Answers, text } from '../../answers.ts';
import { profiles } from '../../connector/profile.ts';
import { ciLabels, ciProviders } from '../ci/providers.ts';
import { agentsQuestion } from './agents.ts';
import { checkMail, checkUrl } from './checks.ts';
import type { Questions } from './question.ts';

const certified = (answers: Answers): boolean => text(answers, 'profile') !== 'custom';

/** What the connectors of a repository have in common. */
export const workspaceQuestions = {
  connectors: {
    type: 'input',
    message: 'Where are the connectors? Folders, * for any part of a name',
    help: 'folders of the connectors; * stands for any part of one name',
    value: 'PATTERN',
    many: true,
    required: true,
    default: () => ['connectors/*'],
  },
  profile: {
    type: 'select',
    message: 'Who will use the connectors?',
    help: 'custom (own tenant), verified (you own the services) or independent (you do not)',
    value: 'NAME',
    choices: profiles,
    labels: {
      custom: 'My organization: it is shared in your own tenant',
      verified: 'Everybody, the services are ours: verified publisher, certification',
      independent: "Everybody, the services are somebody else's: independent publisher",
    },
    default: () => 'custom',
  },
  publisher: {
    type: 'input',
    message: 'Publisher (your company, or your own name)',
    help: 'who publishes the connectors',
    value: 'NAME',
    default: () => '',
  },
  stackOwner: {
    type: 'input',
    message: 'Stack owner (who runs the services; empty: each connector says it)',
    help: 'who runs the services behind the APIs',
    value: 'NAME',
    when: certified,
    default: () => '',
  },
  contactName: {
    type: 'input',
    message: 'Name of the support contact',
    help: 'support contact: name',
    value: 'NAME',
    when: certified,
    default: () => '',
  },
  contactUrl: {
    type: 'input',
    message: 'Web address of the support contact',
    help: 'support contact: URL',
    value: 'URL',
    check: checkUrl,
    when: certified,
    default: () => '',
  },
  contactEmail: {
    type: 'input',
    message: 'E-mail address of the support contact',
    help: 'support contact: e-mail',
    value: 'MAIL',
    check: checkMail,
    when: certified,
    default: () => '',
  },
  ci: {
    type: 'checkbox',
    message: 'Workflows that validate and deploy: for which services?',
    help: `workflows that validate and deploy what changes, separated by ;: for ${ciProviders.map(({ title }) => title).join(', ')}, or none`,
    value: 'LIST',
    choices: ciProviders.map(({ id }) => id),
    labels: ciLabels,
    aliases: { none: [], both: ciProviders.map(({ id }) => id) },
    default: () => ['github'],
  },
  agents: agentsQuestion,
  toolSpec: {
    type: 'input',
    message: '',
    help: 'npm spec of this package in the package.json of the repository',
    value: 'SPEC',
    flagOnly: true,
  },
} as const satisfies Questions;
