import { basename } from 'node:path';
import { type Answers, text } from '../../answers.ts';
import { categories } from '../../connector/categories.ts';
import { profiles } from '../../connector/profile.ts';
import { hasSampleDescription, sampleDescription, sampleHost } from '../../connector/sample.ts';
import { apiPath } from '../../operation/api-path.ts';
import { hasAgentFiles } from '../agent-files.ts';
import { ciLabels, ciProviders, recogniseCi } from '../ci/providers.ts';
import { packageNameIn } from '../package-json.ts';
import { titleFrom } from '../title.ts';
import { authorsToolSpec } from '../tool-spec.ts';
import { agentsQuestion } from './agents.ts';
import { authenticationQuestions } from './authentication.ts';
import {
  checkBasePath,
  checkBrandColor,
  checkCategories,
  checkConnectorDescription,
  checkHost,
  checkMail,
  checkName,
  checkTitle,
  checkUrl,
} from './checks.ts';
import {
  type Home,
  inCategories,
  inConfig,
  inContact,
  inDefinition,
  inFirstEnvironment,
  inInfo,
  inMetadata,
  inProperties,
  type KeptQuestions,
} from './homes.ts';
import { descriptionQuestions } from './import.ts';
import { answersFile, type Questions } from './question.ts';
import { withSignInHome } from './sign-in-home.ts';

const ciIds = ciProviders.map(({ id }) => id);

const certified = (answers: Answers): boolean => text(answers, 'profile') !== 'custom';

/** What a person has to begin with; on the command line it is the flag that says so. */
export const beginning = {
  have: {
    type: 'select',
    message: 'What do you have to begin with?',
    help: '',
    choices: ['nothing', 'api', 'curl', 'from', 'empty'],
    labels: {
      nothing: 'Nothing yet: a small sample shows how a connector looks',
      api: 'A description of the API: OpenAPI, Swagger or Postman, a file or an address',
      curl: 'A curl command: as the documentation of the API shows it, to be pasted',
      from: 'A connector: a folder from pac, paconn or PowerPlatformConnectors',
      empty: 'Nothing, and no sample: operations are added one by one',
    },
    default: () => 'nothing',
  },
} as const satisfies Questions;

const has =
  (what: keyof (typeof beginning.have)['labels']) =>
  (answers: Answers): boolean =>
    answers.have === what;

/** What the repository is called and made from: asked first, the other defaults depend on it. */
export const startQuestions = {
  api: {
    type: 'input',
    message: 'Where is it? A file, or an https address',
    help: 'API description, a file or an https address: OpenAPI 2.0 to 3.2 or Postman, JSON or YAML; without it a small sample is made',
    value: 'FILE',
    required: true,
    when: has('api'),
    once: true,
  },
  curl: {
    type: 'input',
    message: 'The command',
    help: 'begin with the operation that a curl command line calls, given as text or in a file; keys in it are not kept',
    value: 'FILE|TEXT',
    paste: 'curl',
    required: true,
    when: has('curl'),
    once: true,
  },
  from: {
    type: 'input',
    message: 'Where is it? A folder with apiDefinition.swagger.json or apiDefinition.json',
    help: 'adopt an existing connector: a folder in the layout of PowerPlatformConnectors, pac or paconn',
    value: 'FOLDER',
    required: true,
    when: has('from'),
    once: true,
  },
  empty: {
    type: 'confirm',
    message: '',
    help: 'begin without the operations of the sample',
    flagOnly: true,
    once: true,
  },
  config: {
    type: 'input',
    message: '',
    help: 'start from a config.json, also one written for the PowerShell module',
    value: 'FILE',
    flagOnly: true,
    once: true,
  },
  answers: { ...answersFile, once: true },
  repair: {
    type: 'confirm',
    message: '',
    help: 'repair what is certain in malformed JSON that is adopted',
    flagOnly: true,
    once: true,
  },
  toolSpec: {
    type: 'input',
    message: '',
    help: 'npm spec of this package in the new package.json',
    value: 'SPEC',
    flagOnly: true,
    read: ({ text: textOf }) => authorsToolSpec(textOf('package.json')),
  },
  name: {
    type: 'input',
    message: 'Name of the repository',
    help: 'name of the repository and its npm package (default: the folder)',
    value: 'NAME',
    required: true,
    quiet: true,
    check: checkName,
    default: (answers) => packageName(text(answers, 'folder')),
    read: ({ text: textOf }) => packageNameIn(textOf('package.json')),
  },
} as const satisfies KeptQuestions;

/** The description that was made from the title goes with it. */
const titleHome: Home = {
  ...inInfo('title'),
  write: (draft, title) => {
    const isSample = hasSampleDescription(draft.definition);
    inInfo('title').write?.(draft, title);
    if (isSample) inInfo('description').write?.(draft, sampleDescription(title));
  },
};

/** One that was made from the title is nobody's answer. */
const descriptionHome: Home = {
  ...inInfo('description'),
  read: (files) => (hasSampleDescription(files.draft.definition) ? undefined : inInfo('description').read(files)),
};

/** What the connector is: asked when it is known what it is made from, in the order in which an author thinks. */
export const connectorQuestions = {
  profile: {
    type: 'select',
    message: 'Who will use the connector?',
    help: 'custom (own tenant), verified (you own the service) or independent (you do not)',
    value: 'NAME',
    choices: profiles,
    labels: {
      custom: 'My organization: it is shared in your own tenant',
      verified: 'Everybody, the service is ours: verified publisher, certification',
      independent: "Everybody, the service is somebody else's: independent publisher",
    },
    default: () => 'custom',
    ...inConfig('profile'),
  },
  title: {
    type: 'input',
    message: 'Title, as makers will see it (at most 30 characters)',
    help: 'title of the connector, at most 30 characters',
    value: 'TEXT',
    required: true,
    check: checkTitle,
    default: (answers) => titleFrom(text(answers, 'name')),
    ...titleHome,
  },
  description: {
    type: 'input',
    message: 'What does it do? 30 to 500 characters',
    certification: true,
    help: 'what the connector does, 30 to 500 characters',
    value: 'TEXT',
    check: checkConnectorDescription,
    default: (answers) => (answers.describesSample === true ? sampleDescription(text(answers, 'title')) : ''),
    ...descriptionHome,
  },
  publisher: {
    type: 'input',
    message: 'Publisher (your company, or your own name)',
    certification: true,
    help: 'who publishes the connector',
    value: 'NAME',
    default: () => '',
    ...inProperties('publisher'),
  },
  stackOwner: {
    type: 'input',
    message: 'Stack owner (who runs the service behind the API)',
    certification: true,
    help: 'who runs the service behind the API',
    value: 'NAME',
    when: certified,
    default: (answers) => (text(answers, 'profile') === 'verified' ? text(answers, 'publisher') : ''),
    ...inProperties('stackOwner'),
  },
  contactName: {
    type: 'input',
    message: 'Name of the support contact',
    certification: true,
    help: 'support contact: name',
    value: 'NAME',
    when: certified,
    default: (answers) => text(answers, 'publisher'),
    ...inContact('name'),
  },
  contactUrl: {
    type: 'input',
    message: 'Web address of the support contact',
    certification: true,
    help: 'support contact: URL',
    value: 'URL',
    when: certified,
    check: checkUrl,
    default: () => '',
    ...inContact('url'),
  },
  contactEmail: {
    type: 'input',
    message: 'E-mail address of the support contact',
    certification: true,
    help: 'support contact: e-mail',
    value: 'MAIL',
    when: certified,
    check: checkMail,
    default: () => '',
    ...inContact('email'),
  },
  website: {
    type: 'input',
    message: 'Website of the service',
    certification: true,
    help: 'website of the service',
    value: 'URL',
    when: certified,
    check: checkUrl,
    default: () => '',
    ...inMetadata('Website'),
  },
  privacyPolicy: {
    type: 'input',
    message: 'Privacy policy of the service, its address',
    certification: true,
    help: 'privacy policy of the service',
    value: 'URL',
    when: certified,
    check: checkUrl,
    default: () => '',
    ...inMetadata('Privacy policy'),
  },
  categories: {
    type: 'checkbox',
    message: 'Categories, at most two',
    certification: true,
    help: 'one or two categories, separated by ;',
    value: 'LIST',
    choices: categories,
    when: certified,
    check: checkCategories,
    default: () => [],
    ...inCategories,
  },
  host: {
    type: 'input',
    message: 'Host of the API, such as api.contoso.com',
    help: 'host of the API, such as api.contoso.com',
    value: 'HOST',
    required: true,
    check: checkHost,
    default: () => sampleHost,
    ...inDefinition('host'),
  },
  basePath: {
    type: 'input',
    message: 'Base path of the API (what all its paths begin with)',
    quiet: true,
    help: 'base path, such as /v1',
    value: 'PATH',
    tidy: apiPath,
    check: checkBasePath,
    default: () => '/',
    ...inDefinition('basePath'),
  },
  ...withSignInHome(authenticationQuestions),
  brandColor: {
    type: 'input',
    message: 'Brand colour (# and six digits; also behind the icon)',
    quiet: true,
    help: 'brand colour, # and six digits; also the background of the icon',
    value: 'COLOR',
    check: checkBrandColor,
    default: (answers) => (text(answers, 'profile') === 'independent' ? '#da3b01' : '#4a3f9f'),
    ...inProperties('iconBrandColor'),
  },
  icon: {
    type: 'input',
    message: 'Icon (a PNG file; empty: one is made from the initials)',
    quiet: true,
    help: 'PNG file of the icon; without it one is made from the initials',
    value: 'FILE',
    default: () => '',
    once: true,
  },
  environmentUrl: {
    type: 'input',
    message: 'Environment to deploy to (its address; empty: later)',
    quiet: true,
    help: 'URL of the environment to deploy to, such as https://contoso.crm.dynamics.com',
    value: 'URL',
    check: checkUrl,
    default: () => '',
    ...inFirstEnvironment,
  },
  ci: {
    type: 'checkbox',
    message: 'Workflows that validate and deploy (for which services?)',
    quiet: true,
    help: `workflows that validate and deploy, separated by ;: for ${ciProviders.map(({ title }) => title).join(', ')}, or none`,
    value: 'LIST',
    choices: ciIds,
    labels: ciLabels,
    aliases: { none: [], both: ['github', 'azure'] },
    default: () => ['github'],
    read: ({ existing, has }) => (existing ? recogniseCi(has) : undefined),
  },
  agents: {
    ...agentsQuestion,
    read: ({ existing, has }) => (existing ? (hasAgentFiles(has) ? 'all' : 'none') : undefined),
  },
  git: {
    type: 'confirm',
    message: 'Start a git repository?',
    quiet: true,
    help: 'run git init',
    default: () => false,
    read: ({ has }) => has('.git') || undefined,
  },
} as const satisfies KeptQuestions;

/** Everything `app` takes as flags. */
export const appQuestions = {
  ...startQuestions,
  ...descriptionQuestions,
  ...connectorQuestions,
} as const satisfies KeptQuestions;

/** A package name made of a folder's name. */
export function packageName(folder: string): string {
  const name = basename(folder)
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replaceAll(/^[-._]+|(?<![-._])[-._]+$/g, '');
  return name === '' ? 'connector' : name;
}
