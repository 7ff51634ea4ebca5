import type { JsonObject } from '../../connector/json/value.ts';
import { phraseOf, splitWords } from '../../language/words.ts';

/** Texts of triggers by the patterns that the documentation asks for (rules trigger-summary, trigger-description). */

/** `OnOrderCreated` → `When an order is created`, `OnNewOrders` → `When there are new orders`. */
export function triggerSummary(id: string): string {
  const [, stem = id, revision] = /^(.*?)(?:_(V\d+))?$/.exec(id) ?? [];
  const words = splitWords(stem.replace(/^(On|When|Trigger)(?=[A-Z_]|$)/, '')).map(phraseOf);
  return [eventText(words), revision === undefined ? '' : `(${revision})`].filter((part) => part !== '').join(' ');
}

function eventText(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  if (words[0] === 'new') {
    // OnNew says of nothing what is new
    const noun = words.slice(1).join(' ') || 'item';
    return words.length > 1 && /[^s]s$/.test(last)
      ? `When there are new ${noun}`
      : `When there is ${articleFor('new')} new ${noun}`;
  }
  const subject = words.slice(0, -1).join(' ');
  if (subject !== '' && happensByItself.has(last)) return `When ${articleFor(subject)} ${subject} has ${last}`;
  if (subject !== '' && /(ed|sent|built|made|lost|paid|set|given|taken|written|withdrawn)$/.test(last)) {
    return `When ${articleFor(subject)} ${subject} is ${last}`;
  }
  return `When ${words.join(' ') || 'it'} happens`;
}

/** Nobody arrives a parcel: it has arrived. */
const happensByItself: ReadonlySet<string> = new Set(
  'appeared,arrived,begun,bounced,changed,come,completed,crashed,departed,ended,expired,failed,finished,gone,happened,joined,left,occurred,responded,returned,started,stopped,succeeded'.split(
    ',',
  ),
);

const articleFor = (noun: string): string => (/^[aeiou]/i.test(noun) ? 'an' : 'a');

/** `When an order is created` → `This operation triggers when an order is created.` */
export const describeTrigger = (summary: string): string => {
  const event = summary.trim().replace(/(?:(?<!\s)\s+)?\(V\d+\)$/, '');
  return /^when /i.test(event)
    ? `This operation triggers ${event.charAt(0).toLowerCase()}${event.slice(1)}.`
    : `This operation triggers on the event "${event}".`;
};

/** The line that people see while they test a flow. */
export const hintOf = (summary: string, given: string | undefined): JsonObject => ({
  'x-ms-trigger-hint': given ?? `To see it work now, cause this: ${summary.replace(/^When /, '')}.`,
});
