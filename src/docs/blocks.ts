import { credentialsText, needsCredentials } from './credentials-block.ts';
import { deploymentBlock } from './deployment-block.ts';
import { type DocumentFacts, namesInFacts } from './facts.ts';
import { withoutDoubledStops } from './full-stops.ts';
import { blocksOfText, bulletList, inline, table } from './markdown.ts';
import type { Blocks, DocumentKind } from './model.ts';
import { operationsBlock } from './operations-block.ts';

/** The generated parts of a document, by the names in its markers. */
export function makeBlocks(kind: DocumentKind, facts: DocumentFacts): Blocks {
  const blocks = Object.entries(kind === 'readme' ? readmeBlocks(facts) : introBlocks(facts));
  return new Map(blocks.map(([name, text]) => [name, withoutDoubledStops(text, namesInFacts(facts))]));
}

const readmeBlocks = (facts: DocumentFacts): Record<string, string> => ({
  title: `# ${inline(facts.title)}`,
  publisher: facts.publisher === '' ? '## Publisher' : `## Publisher: ${inline(facts.publisher)}`,
  operations: operationsBlock(facts.operations),
  credentials: credentialsText(facts, 'publisher'),
  limits: limitsBlock(facts),
  support: supportBlock(facts),
  deployment: deploymentBlock(facts),
});

/** The published page lists the operations by itself, so nothing here does. */
const introBlocks = (facts: DocumentFacts): Record<string, string> => ({
  credentials: needsCredentials(facts) ? blocksOfText('## How to get credentials', credentialsText(facts, 'user')) : '',
  limits: limitsBlock(facts),
  errors: errorsBlock(facts),
  support: supportBlock(facts),
});

/** Limits of the platform that this connector meets (docs/reference/certification.md#limits). */
function limitsBlock({ hasScript, usesGateway, operations }: DocumentFacts): string {
  return bulletList([
    'Each connection may send 500 requests per minute. More are refused with the status 429 until the minute is over.',
    ...(hasScript ? ['A request that runs custom code has to be answered within 5 seconds.'] : []),
    ...(hasScript && usesGateway ? ['Custom code does not run through the on-premises data gateway.'] : []),
    ...(usesGateway ? ['A request through the on-premises data gateway has at most 3,182,218 bytes.'] : []),
    ...(operations.some((operation) => operation.isDeprecated)
      ? ['Deprecated operations go on working where they are used; do not use them in new work.']
      : []),
  ]);
}

function errorsBlock(facts: DocumentFacts): string {
  const signedIn = needsCredentials(facts);
  return table(
    ['Status', 'Meaning', 'Remedy'],
    [
      [
        '400',
        'The service does not accept a value that was sent.',
        'Check the inputs of the step against their descriptions.',
      ],
      ...(signedIn
        ? [
            [
              '401',
              'The credentials are wrong or no longer valid.',
              'Open the connection and enter or renew the credentials.',
            ],
            [
              '403',
              'The account lacks a right that the operation needs.',
              'Ask the administrator of the service for it.',
            ],
          ]
        : []),
      ['404', 'There is no such item.', 'Check the ID, and that the item has not been deleted.'],
      ['429', 'Too many requests in a short time.', 'Wait a minute, or let the flow run less often.'],
      ['500 and above', 'The service could not answer.', 'Try again later, and contact support if it goes on.'],
    ],
  );
}

/** Empty where the definition names nobody. */
function supportBlock({ contact, website, privacyPolicy }: DocumentFacts): string {
  const ways = [contact.url, contact.email].filter((way) => way !== '').map(inline);
  const who = contact.name === '' ? 'Support' : inline(contact.name);
  const answers = [
    ...(ways.length === 0 ? [] : [`${who} answers questions about the connector: ${ways.join(', ')}.`]),
    ...(website === '' ? [] : [`More about the service is at ${inline(website)}.`]),
    ...(privacyPolicy === '' ? [] : [`What happens to your data is described at ${inline(privacyPolicy)}.`]),
  ];
  return answers.length === 0 ? '' : blocksOfText('### Where do I get help?', answers.join(' '));
}
