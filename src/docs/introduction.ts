import { counted } from '../counted.ts';
import { lowerFirst } from '../language/sentences.ts';
import { imperative, verbForm } from '../language/verbs.ts';
import { titleCase } from '../language/words.ts';
import type { DocumentFacts } from './facts.ts';
import { enumerate, inline } from './markdown.ts';
import type { OperationFacts } from './operation-facts.ts';

/** Deeds, tags or triggers that one sentence names: more are no help. */
const mostDeeds = 3;
const mostTags = 5;
const mostTriggers = 2;

/** What the connector does, by the words of its own operations, else by their tags; ready for Markdown. */
export function introduction({ service, operations }: Pick<DocumentFacts, 'service' | 'operations'>): string {
  const visible = operations.filter(({ isDeprecated }) => !isDeprecated);
  const opening = `This connector lets your flows, apps and agents work with ${inline(service)}`;
  const what = whatIsDone(operations);
  const events = visible
    .filter(({ isTrigger, summary }) => isTrigger && /^when\s/i.test(summary))
    .slice(0, mostTriggers)
    .map(({ summary }) => inline(lowerFirst(summary)));
  const sentences = [what === undefined ? `${opening}.` : `${opening}: ${inline(what)}.`];
  if (events.length > 0) sentences.push(`A flow can start ${events.join(', or ')}.`);
  return sentences.join(' ');
}

/** What an introduction looks at. */
type Told = Pick<OperationFacts, 'summary' | 'tags' | 'isTrigger' | 'isDeprecated'>;

/**
 * What the operations do, in the words of their summaries, else what they are about, by their tags: `create an order,
 * cancel an order and 12 more actions`.
 *
 * @returns plain text without an end; undefined where neither says anything
 */
export function whatIsDone(operations: readonly Told[]): string | undefined {
  const visible = operations.filter(({ isDeprecated }) => !isDeprecated);
  return deedsOf(visible.filter(({ isTrigger }) => !isTrigger)) ?? tagsOf(visible);
}

/** Undefined where no summary says what is done. */
function deedsOf(actions: readonly Told[]): string | undefined {
  const deeds = onePerTagFirst(actions).flatMap(({ summary }) => deedOf(summary) ?? []);
  if (deeds.length === 0) return undefined;
  const named = deeds.slice(0, mostDeeds);
  const more = actions.length - named.length;
  return enumerate(more === 0 ? named : [...named, counted(more, 'more action')]);
}

/** The summary as something that one can do: `Creates an order` → `create an order`; undefined: it names a thing. */
function deedOf(summary: string): string | undefined {
  const [first = '', ...rest] = summary.trim().split(/\s+/);
  const form = verbForm(first, rest[0] ?? '');
  if (form === undefined || rest.length === 0) return undefined;
  return [form === 'imperative' ? first.toLowerCase() : imperative(first), ...rest].join(' ');
}

/** So that a large API isn't told by its first resource alone. */
function onePerTagFirst(actions: readonly Told[]): Told[] {
  const seen = new Set<string>();
  const first: Told[] = [];
  const others: Told[] = [];
  for (const action of actions) {
    const [tag = ''] = action.tags;
    (seen.has(tag) ? others : first).push(action);
    seen.add(tag);
  }
  return [...first, ...others];
}

function tagsOf(operations: readonly Told[]): string | undefined {
  const tags = [...new Set(operations.flatMap((operation) => operation.tags))]
    .filter((tag) => tag.trim() !== '')
    // names of code are said in words
    .map((tag) => (/^[A-Za-z]+$/.test(tag) && /[a-z][A-Z]/.test(tag) ? titleCase(tag) : tag));
  if (tags.length === 0) return undefined;
  const named = tags.slice(0, mostTags);
  return enumerate(tags.length > mostTags ? [...named, `${tags.length - mostTags} more areas`] : named);
}
