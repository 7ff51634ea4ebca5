import { asString, getOwn } from '../connector/json/value.ts';
import { counted, firstOf } from '../counted.ts';
import { type Additions, findAdditions } from '../diff/additions.ts';
import type { BeforeAfter } from '../diff/before-after.ts';
import { compareConnectors } from '../diff/compare-definitions.ts';
import type { PlacedChange } from '../diff/diff-report.ts';
import { modelOf, type Version } from '../diff/version.ts';
import type { Operation } from '../rules/engine/model.ts';
import type { Level } from './next-version.ts';

/** What a release changes, in words for makers of flows and apps. */
export interface Update {
  level: Level;
  /** Heading → sentences, in the order of a changelog. */
  items: Map<string, string[]>;
}

/** What the first release holds. */
export function describeFirst(version: Version): Update {
  const { operations } = modelOf(version);
  const visible = operations.filter((operation) => operation.visible);
  const triggers = visible.filter(({ trigger }) => trigger).length;
  const counts = [count(visible.length - triggers, 'action'), count(triggers, 'trigger')].filter(Boolean);
  return {
    level: 'major',
    items: new Map([['', [`First release${counts.length === 0 ? '' : `: ${counts.join(' and ')}`}.`]]]),
  };
}

const count = (number: number, noun: string): string => (number === 0 ? '' : counted(number, noun));

/**
 * What an update changes.
 *
 * @param changes as they were checked, with the reasons that the author gave for them
 */
export function describeUpdate(versions: BeforeAfter<Version>, changes: readonly PlacedChange[]): Update {
  const additions = findAdditions(versions.before, versions.after);
  const told = changes.filter(({ kind }) => !aboutUpdates.has(kind));
  const isGone = ({ kind }: PlacedChange): boolean => gone.has(kind);
  const items = new Map(
    [
      ['Removed', told.filter(isGone).map(sentenceOf)] as const,
      ['Changed', told.filter((change) => !isGone(change)).map(sentenceOf)] as const,
      [
        'Deprecated',
        additions.deprecated.map((operation) => `${nameOf(operation)}: not for new flows and apps.`),
      ] as const,
      ['Added', added(additions)] as const,
    ].filter(([, sentences]) => sentences.length > 0),
  ) as Map<string, string[]>;
  if (items.size === 0) items.set('', ['Texts and other details; nothing that flows and apps notice.']);
  return { level: levelOf(versions, additions), items };
}

/** Kinds that say something of the update as a whole. */
const aboutUpdates: ReadonlySet<string> = new Set([
  'breaking-version-bump',
  'breaking-use-versioning',
  'minor-update-scope',
]);

const gone: ReadonlySet<string> = new Set([
  'breaking-operation-deleted',
  'breaking-operation-deleted-internal',
  'breaking-input-deleted',
  'breaking-enum-value-removed',
  'breaking-output-deleted',
  'breaking-response-code-removed',
  'breaking-connection-parameters',
]);

/** Whatever the author says of changes: that one is meant doesn't make it smaller. */
function levelOf({ before, after }: BeforeAfter<Version>, additions: Additions): Level {
  const changes = compareConnectors(before, after, { profile: 'verified' }).filter(
    ({ kind }) => !aboutUpdates.has(kind),
  );
  if (changes.some(({ stops }) => stops)) return 'major';
  const { operations, inputs, outputs, deprecated } = additions;
  const news = changes.length + operations.length + inputs.size + outputs.size + deprecated.length;
  return news > 0 ? 'minor' : 'patch';
}

function added({ operations, inputs, outputs }: Additions): string[] {
  return [
    ...operations.map((operation) => `${nameOf(operation)}, ${operation.trigger ? 'a trigger' : 'an action'}.`),
    ...[...inputs].map(([operation, names]) => `${nameOf(operation)}: ${listed(names, 'input')}.`),
    ...[...outputs].map(([operation, names]) => `${nameOf(operation)}: ${listed(names, 'output')}.`),
  ];
}

/** More than that nobody reads. */
const most = 10;

function listed(names: readonly string[], noun: string): string {
  return `${noun}${names.length === 1 ? '' : 's'} ${firstOf(names, most, { show: (name) => `\`${name}\`` })}`;
}

/** As makers know it, and as flows do. */
function nameOf({ value, id }: Operation): string {
  const summary = plain(asString(getOwn(value, 'summary')) ?? '');
  return summary === '' ? `\`${id}\`` : `${summary} (\`${id}\`)`;
}

/** On one line, and no HTML. */
const plain = (text: string): string => text.trim().replaceAll(/\s+/g, ' ').replaceAll('<', '\\<');

function sentenceOf({ message, reason }: PlacedChange): string {
  const text = plain(message);
  const why = reason === undefined ? '' : ` Reason: ${plain(reason)}`;
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.${why}`;
}
