import { counted } from '../../counted.ts';
import type { DocumentFacts } from '../../docs/facts.ts';
import { inline, paragraph } from '../../docs/markdown.ts';
import type { Finding } from '../../rules/engine/run.ts';
import { onOneLine } from '../../shown.ts';
import { plainTitle } from './folder-name.ts';
import { type SubmittedProfile, topFolders } from './submitted-files.ts';

export interface RequestFacts {
  profile: SubmittedProfile;
  proposal: boolean;
  facts: DocumentFacts;
  /** Name of the folder that is submitted. */
  folder: string;
  hasIcon: boolean;
  /** What validation found in it. */
  findings: readonly Finding[];
  /** Texts that were made of names, of which nobody has said that they are right. */
  derived: number;
}

/** One line of the checklist. */
interface Item {
  text: (request: RequestFacts) => string;
  /** Whether it is fulfilled; without it only the author knows. */
  isDone?: (request: RequestFacts) => boolean;
  /** Whether the author may say that it is fulfilled. */
  isPossible?: (request: RequestFacts) => boolean;
  /** Default: everybody's. */
  profile?: SubmittedProfile;
  /** Whether it is asked at all. */
  applies?: (request: RequestFacts) => boolean;
}

const none =
  (pattern: RegExp) =>
  ({ findings }: RequestFacts): boolean =>
    !findings.some(({ rule }) => pattern.test(rule));

const usesOAuth = ({ facts }: RequestFacts): boolean => facts.signIns.some(({ oauth }) => oauth !== undefined);

/** What reviewers ask for; ticked where the files tell. */
const checklist: readonly Item[] = [
  { text: () => 'The platform has no such connector yet, or this is an update of it.' },
  {
    text: ({ facts }) =>
      `Each of the ${counted(facts.operations.length, 'operation')} was called successfully at least 10 times from a deployed connector, without schema errors in the test tab.`,
  },
  {
    text: () => 'Every operation and parameter that people see has a summary and a detailed description.',
    isDone: (request) =>
      request.derived === 0 &&
      none(/^(?:operation|parameter)-(?:summary|description)-required$|^body-scalar-summary$/)(request),
  },
  {
    text: () => 'Every response has a schema that describes it.',
    isDone: none(
      /^responses-required$|^response-(?:success-required|200-201-schema|schema-not-empty|object-has-properties)$/,
    ),
  },
  {
    text: ({ profile }) =>
      `The files pass the rules of certification offline (pp-connector validate, profile ${profile}).`,
    isDone: ({ findings }) => !findings.some(({ severity }) => severity === 'error'),
  },
  { text: () => 'paconn validate --api-def apiDefinition.swagger.json reports no errors.' },
  {
    text: ({ profile }) =>
      profile === 'independent'
        ? 'The brand colour is #da3b01.'
        : 'The brand colour is valid, and neither #007ee5 nor #ffffff.',
    isDone: none(/^icon-brand-color/),
  },
  { text: () => 'There is no icon.', isDone: ({ hasIcon }) => !hasIcon, profile: 'independent' },
  {
    text: () => 'No client id, secret or key of anybody is in the files.',
    isDone: none(/^secret-scan$|^oauth-client-(?:secret|id)/),
  },
  {
    // the steps that a README begins with are the same for every service
    text: () => 'The README says step by step how to register an OAuth application.',
    isPossible: none(/^readme-credentials$/),
    applies: usesOAuth,
  },
  {
    text: () => 'Below are screenshots of three different operations that succeed in flows.',
    profile: 'independent',
  },
  { text: () => 'Below is a screenshot of the test page of the custom connector wizard.', profile: 'independent' },
  {
    text: () => 'One archive is in the folder: the package, with the solutions exported from this version.',
    isDone: none(/^(?:layout-package|package|solution)-/),
    profile: 'independent',
  },
  {
    text: ({ facts }) =>
      `The address in info.contact.email, ${facts.contact.email || 'still missing'}, is read: the form for the proof of identity goes there.`,
    profile: 'independent',
  },
  { text: () => 'The Contributor License Agreement is signed (a bot asks in the first pull request).' },
];

/** A proposal has nothing but a README. */
const proposalChecklist: readonly Item[] = [
  { text: () => 'The platform has no such connector yet, and nobody else has proposed it.' },
  {
    text: () => 'The README has all sections of the template.',
    isDone: none(/^readme-/),
  },
  { text: () => 'The Contributor License Agreement is signed (a bot asks in the first pull request).' },
];

/** Title of the pull request. */
export function requestTitle({
  profile,
  proposal,
  facts,
}: Pick<RequestFacts, 'profile' | 'proposal' | 'facts'>): string {
  const name = plainTitle(facts.title);
  if (profile === 'verified') return name;
  return `${proposal ? 'Proposal - ' : ''}${name} (Independent Publisher)`;
}

/**
 * The text of the pull request.
 *
 * @param before the text as it is now: what its author ticked stays ticked
 */
export function describeRequest(request: RequestFacts, before: string | undefined): string {
  const { profile, facts, folder, proposal } = request;
  const ticked = new Set([...(before ?? '').matchAll(/^- \[x\] (.*?)\r?$/gim)].map(([, text]) => text));
  const items = (proposal ? proposalChecklist : checklist)
    .filter((item) => (item.profile ?? profile) === profile && item.applies?.(request) !== false)
    .map((item) => {
      const text = item.text(request);
      const isDone = item.isDone?.(request) ?? (ticked.has(text) && item.isPossible?.(request) !== false);
      return `- [${isDone ? 'x' : ' '}] ${text}`;
    });
  const triggers = facts.operations.filter(({ isTrigger }) => isTrigger).length;
  const actions = facts.operations.length - triggers;
  const parts = [
    `<!-- Text of the pull request to microsoft/PowerPlatformConnectors. It is not part of the folder that you submit.
     Title: ${onOneLine(requestTitle(request)).replaceAll('--', '- -')}
     From a branch of your fork that starts at dev, towards dev; one connector per pull request. -->`,
    `# ${inline(requestTitle(request))}`,
    paragraph(facts.description),
    proposal
      ? 'This is a proposal: it brings the README only. The other files follow in the same pull request, whose title then loses "Proposal - ".'
      : `\`${topFolders[profile]}/${folder}\` brings ${counted(actions, 'action')} and ${counted(triggers, 'trigger')}.`,
    '## Checklist',
    items.join('\n'),
    ...(profile === 'independent' && !proposal
      ? ['## Screenshots', 'Three operations in flows, and the test page.']
      : []),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}
