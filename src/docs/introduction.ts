import { lowerFirst } from '../language/sentences.ts';
import { imperative, verbForm } from '../language/verbs.ts';
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
  const actions = visible.filter(({ isTrigger }) => !isTrigger);
  const opening = `This connector lets your flows, apps and agents work with ${inline(service)}`;
  const what = deedsOf(actions) ?? tagsOf(visible);
  const events = visible
    .filter(({ isTrigger, summary }) => isTrigger && /^when\s/i.test(summary))
    .slice(0, mostTriggers)
    .map(({ summary }) => inline(lowerFirst(summary)));
  const sentences = [what === undefined ? `${opening}.` : `${opening}: ${what}.`];
  if (events.length > 0) sentences.push(`A flow can start ${events.join(', or ')}.`);
  return sentences.join(' ');
}

/** `create an order, cancel an order and 12 more actions`; undefined where no summary says what is done. */
function deedsOf(actions: readonly OperationFacts[]): string | undefined {
  const deeds = onePerTagFirst(actions).flatMap(({ summary }) => deedOf(summary) ?? []);
  if (deeds.length === 0) return undefined;
  const named = deeds.slice(0, mostDeeds).map(inline);
  const more = actions.length - named.length;
  return enumerate(more === 0 ? named : [...named, `${more} more ${more === 1 ? 'action' : 'actions'}`]);
}

/** The summary as something that one can do: `Creates an order` → `create an order`; undefined: it names a thing. */
function deedOf(summary: string): string | undefined {
  const [first = '', ...rest] = summary.trim().split(/\s+/);
  const form = verbForm(first, rest[0] ?? '');
  if (form === undefined || rest.length === 0) return undefined;
  return [form === 'imperative' ? first.toLowerCase() : imperative(first), ...rest].join(' ');
}

/** So that a large API isn't told by its first resource alone. */
function onePerTagFirst(actions: readonly OperationFacts[]): OperationFacts[] {
  const seen = new Set<string>();
  const first: OperationFacts[] = [];
  const others: OperationFacts[] = [];
  for (const action of actions) {
    const [tag = ''] = action.tags;
    (seen.has(tag) ? others : first).push(action);
    seen.add(tag);
  }
  return [...first, ...others];
}

function tagsOf(operations: readonly OperationFacts[]): string | undefined {
  const tags = [...new Set(operations.flatMap((operation) => operation.tags))].filter((tag) => tag.trim() !== '');
  if (tags.length === 0) return undefined;
  const named = tags.slice(0, mostTags).map(inline);
  return enumerate(tags.length > mostTags ? [...named, `${tags.length - mostTags} more areas`] : named);
}
