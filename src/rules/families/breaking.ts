import { defineFamily, type Rule } from '../engine/rule.ts';

type Declaration = Pick<Rule, 'id' | 'title' | 'why' | 'remedy' | 'severity'> &
  Partial<Rule> & {
    /** Flows, apps and connections notice nothing that stops them. */
    harmless?: true;
  };

const keepOld =
  'Keep the old operation, and add a new one with the change: Name_V2, with the same family and the next revision.';
const savedFlows = 'Flows and apps that use it stop working.';

/** What an update may change. The code that finds each is in src/diff, which names every one of them. */
const declarations = [
  {
    id: 'breaking-operation-deleted',
    title: 'No public operation is deleted.',
    why: savedFlows,
    remedy: 'Keep the operation, marked as deprecated.',
    source: 'Pull requests 4168 and 4043 of PowerPlatformConnectors; community guide',
    official: 'OperationDeleted',
    severity: 'W/E/E',
  },
  {
    id: 'breaking-operation-deleted-internal',
    title: 'No internal operation is deleted.',
    why: 'Dynamic values and schemas of saved flows may call it.',
    remedy: 'Keep the operation while a released version refers to it.',
    source: 'Published connectors',
    severity: 'I/W/W',
  },
  {
    id: 'breaking-operation-id-changed',
    title: 'The operation of a verb and path keeps its operationId.',
    why: 'Flows refer to the operationId; for them the operation is gone.',
    remedy: 'Keep the old operationId.',
    source: 'Operational versioning guide; pull request 3470 of PowerPlatformConnectors',
    official: 'OperationDeleted',
    severity: 'W/E/E',
  },
  {
    id: 'breaking-operation-path-changed',
    title: 'An operation keeps its path.',
    why: savedFlows,
    remedy: keepOld,
    source: 'Guide to updates; pull request 3648 of PowerPlatformConnectors',
    severity: 'W/E/E',
  },
  {
    id: 'breaking-operation-verb-changed',
    title: 'An operation keeps its verb.',
    why: savedFlows,
    remedy: keepOld,
    source: 'Published connectors',
    severity: 'W/E/E',
  },
  {
    id: 'breaking-operation-hidden',
    title: 'A visible operation stays visible.',
    why: 'Makers can no longer edit the steps that use it.',
    remedy: 'Mark it as deprecated instead.',
    source: 'Community guide',
    official: 'OperationHidden',
    severity: 'W/E/E',
  },
  {
    id: 'breaking-trigger-changed',
    title: 'An action stays an action, and a trigger keeps its kind.',
    why: savedFlows,
    remedy: keepOld,
    source: 'Operational versioning guide',
    severity: 'W/E/E',
  },
  {
    id: 'breaking-input-deleted',
    title: 'No parameter or body property is deleted.',
    why: 'What saved flows send for it is lost or refused.',
    remedy: keepOld,
    source: 'Operational versioning guide; community guide',
    official: 'InputFieldDeleted',
    severity: 'W/E/E',
  },
  {
    id: 'breaking-input-location',
    title: 'A parameter stays where it is: path, query, header or body.',
    why: savedFlows,
    remedy: keepOld,
    source: 'Pull request 3648 of PowerPlatformConnectors',
    severity: 'W/E/E',
  },
  {
    id: 'breaking-input-type',
    title: 'An input keeps its type.',
    why: 'What saved flows send no longer fits.',
    remedy: keepOld,
    source: 'Pull request 4168 of PowerPlatformConnectors',
    severity: 'W/E/E',
  },
  {
    id: 'breaking-input-format',
    title: 'An input keeps its format.',
    why: 'What saved flows send may no longer fit.',
    remedy: keepOld,
    source: 'Pull request 836 of PowerPlatformConnectors',
    severity: 'I/W/W',
  },
  {
    id: 'breaking-input-made-required',
    title: 'An optional input stays optional.',
    why: 'Saved flows do not send it.',
    remedy: keepOld,
    source: 'Operational versioning guide',
    severity: 'W/E/E',
  },
  {
    id: 'breaking-required-input-added',
    title: 'A new input is optional, or has a default value.',
    why: 'Saved flows do not send it.',
    remedy: 'Make it optional.',
    source: 'Pull request 1890 of PowerPlatformConnectors',
    severity: 'W/E/E',
  },
  {
    id: 'breaking-required-input-default',
    title: 'A new input with a default value is optional, too.',
    why: 'Saved flows do not send the default value of an input that they do not know.',
    remedy: 'Make it optional.',
    source: 'Pull request 1890 of PowerPlatformConnectors',
    severity: 'I/W/W',
    harmless: true,
  },
  {
    id: 'breaking-input-internal',
    title: 'A visible input stays visible.',
    why: 'Makers can no longer change what their flows send.',
    remedy: 'Mark it as advanced instead.',
    source: 'Community guide',
    official: 'InputFieldVisibilityChangedToInternal',
    severity: 'W/E/E',
  },
  {
    id: 'breaking-enum-added',
    title: 'A free input stays free.',
    why: 'What saved flows send may not be in the list.',
    remedy: 'Offer the values by dynamic values, which leave other ones possible.',
    source: 'Pull requests 619 and 1315 of PowerPlatformConnectors',
    severity: 'W/E/E',
  },
  {
    id: 'breaking-enum-value-removed',
    title: 'A list of values keeps its values.',
    why: 'Saved flows may send the one that is gone.',
    remedy: 'Keep the value while the service accepts it.',
    source: 'Published connectors',
    severity: 'W/W/W',
  },
  {
    id: 'breaking-output-deleted',
    title: 'No property of an answer or notification is deleted.',
    why: 'Later steps of saved flows use it.',
    remedy: keepOld,
    source: 'Community guide',
    official: 'OutputFieldDeleted',
    severity: 'W/E/E',
  },
  {
    id: 'breaking-output-type',
    title: 'An output keeps its type.',
    why: 'Later steps of saved flows expect the old one.',
    remedy: keepOld,
    source: 'Pull requests 4168, 3910 and 1743 of PowerPlatformConnectors',
    official: 'OutputFieldTypeChanged',
    severity: 'W/E/E',
  },
  {
    id: 'breaking-output-format',
    title: 'An output keeps its format.',
    why: 'Later steps of saved flows expect the old one.',
    remedy: keepOld,
    source: 'Pull requests 836, 807 and 1743 of PowerPlatformConnectors',
    official: 'OutputFieldTypeFormatChanged',
    severity: 'W/E/E',
  },
  {
    id: 'breaking-output-internal',
    title: 'A visible output stays visible.',
    why: 'Makers can no longer choose it.',
    remedy: 'Mark it as advanced instead.',
    source: 'Published connectors',
    severity: 'I/W/W',
    harmless: true,
  },
  {
    id: 'breaking-response-code-removed',
    title: 'No declared response is deleted.',
    why: 'Its outputs are gone for the steps that use them.',
    remedy: 'Keep the response.',
    source: 'Published connectors',
    severity: 'I/W/W',
  },
  {
    id: 'breaking-auth-type',
    title: 'The way to sign in stays the same.',
    why: 'Every connection would have to be made anew; an update may never change it.',
    remedy: 'Keep it, and add the new way as one more set of connection parameters.',
    source: 'Guide to updates; community guide',
    official: 'AuthenticationMethodRemoved',
    severity: 'W/E/E',
  },
  {
    id: 'breaking-connection-parameters',
    title: 'No connection parameter is deleted.',
    why: 'Existing connections hold a value for it.',
    remedy: 'Keep it, optional or hidden.',
    source: 'Community guide',
    official: 'ConnectionParametersRemoved',
    severity: 'W/E/E',
  },
  {
    id: 'breaking-redirect-url',
    title: 'The redirect URL of the sign-in stays the same.',
    why: 'The identity provider refuses to send anybody to a redirect URL that it does not know.',
    remedy: 'Register the new redirect URL with the identity provider, beside the old one, before the update goes out.',
    source: 'CoE Starter Kit issues 7151 and 7174',
    severity: 'W/W/W',
  },
  {
    id: 'breaking-host',
    title: 'The host stays the same.',
    why: 'Saved flows call another service from then on.',
    remedy: 'Make sure that the new host answers like the old one.',
    source: 'Published connectors',
    severity: 'I/W/W',
    // another address of the same service stops nothing
    harmless: true,
  },
  {
    id: 'breaking-base-path',
    title: 'The basePath stays the same.',
    why: 'It changes the path of every operation.',
    remedy: 'Keep it, and change the paths of new operations only.',
    source: 'Guide to updates',
    severity: 'W/E/E',
  },
  {
    id: 'breaking-title',
    title: 'The title stays the same.',
    why: 'Makers and administrators know the connector by it.',
    remedy: 'Change it only together with the name of the product.',
    source: 'Published connectors',
    severity: 'I/W/W',
    harmless: true,
  },
  {
    id: 'breaking-version-bump',
    title: 'info.version is raised when anything changes.',
    why: 'Updates are told apart by it.',
    remedy: 'Raise info.version.',
    source: 'Operational versioning guide',
    severity: 'I/W/W',
    fix: 'release',
    harmless: true,
  },
  {
    id: 'breaking-use-versioning',
    title: 'A breaking change comes as a new revision of the operation.',
    why: 'Saved flows keep the old one, new flows take the new one.',
    remedy: keepOld,
    source: 'Operational versioning guide; guide to updates',
    severity: 'I/I/I',
    harmless: true,
  },
  {
    id: 'minor-update-scope',
    title: 'The update changes only texts, contact, colour, publisher, stackOwner, README or icon.',
    why: 'Such minor updates are reviewed sooner.',
    remedy: 'Nothing is to be done; submit it as a minor update.',
    source: 'Guide to updates',
    severity: 'I/I/I',
    harmless: true,
  },
] as const satisfies readonly Declaration[];

/** The id of a kind of change. */
export type ChangeKind = (typeof declarations)[number]['id'];

const kinds: readonly Declaration[] = declarations;

/** Kinds of which flows, apps and connections notice nothing that stops them. */
export const harmlessKinds: ReadonlySet<string> = new Set(kinds.filter(({ harmless }) => harmless).map(({ id }) => id));

/** Kinds of changes against the last release: checked by `pp-connector diff`, which has one; declared here for the catalogue. */
export const family = defineFamily(
  { name: 'Breaking changes', order: 470 },
  kinds.map(({ harmless: _, ...rule }) => ({
    source: 'Operational versioning guide; reviews in PowerPlatformConnectors',
    ...rule,
    command: 'diff',
  })),
);
