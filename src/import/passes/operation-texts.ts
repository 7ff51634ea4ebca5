import type { SourceOperation } from '../model.ts';
import { phraseOf, wordsOf } from '../names.ts';
import type { Report } from '../report.ts';
import {
  capitalise,
  clipWords,
  describe,
  endSentence,
  firstSentence,
  hasForeignLetters,
  plainText,
  sameWords,
} from '../texts.ts';

export interface OperationTexts {
  summary: string;
  description: string;
}

const summaryLimit = 80;
const descriptionLimit = 1000;
const deprecatedMark = ' (deprecated)';

/** Summaries and descriptions of all operations; summaries are unique. `ids` are those of the result. */
export function writeTexts(
  operations: readonly SourceOperation[],
  ids: ReadonlyMap<SourceOperation, string>,
  report: Report,
): Map<SourceOperation, OperationTexts> {
  const taken = new Set<string>();
  const texts = new Map<SourceOperation, OperationTexts>();
  for (const operation of operations) {
    const id = ids.get(operation) ?? '';
    const plain = operation.description === undefined ? '' : plainText(operation.description);
    const summary = distinct(summaryOf(operation, id, plain), operation, taken);
    taken.add(summary.toLowerCase());
    const described = describe(plain, descriptionLimit);
    const description =
      described === '' || sameWords(described, summary) || sameWords(cleanSummary(described, descriptionLimit), summary)
        ? expand(summary, operation.method)
        : described;
    if (hasForeignLetters(summary) || hasForeignLetters(description))
      report.info('language', operation.at, 'Certification wants English texts.');
    texts.set(operation, { summary, description });
  }
  return texts;
}

function summaryOf(operation: SourceOperation, id: string, description: string): string {
  const suffix = operation.deprecated ? deprecatedMark : '';
  const limit = summaryLimit - suffix.length;
  const first = firstSentence(description);
  const stated = cleanSummary(operation.summary ?? '', limit);
  const told = first.length <= summaryLimit ? cleanSummary(first, limit) : '';
  const summary = stated || told || cleanSummary(sentenceOf(id), limit) || 'Call the service';
  return summary.endsWith(deprecatedMark.trim()) ? summary : summary + suffix;
}

/** Only what a summary may contain; cut at a word; ends with a letter, a digit or a closing parenthesis. */
function cleanSummary(source: string, limit: number): string {
  let text = source;
  for (let round = 0; round < 4; round++) {
    const next = cleanOnce(text, limit);
    if (next === text) break;
    text = next;
  }
  return text;
}

function cleanOnce(source: string, limit: number): string {
  const text = plainText(source)
    .replace(/(?:(?<!\s)\s+)?\/\s*/g, ' or ')
    .replace(/&/g, ' and ')
    .replace(/[^\p{L}\p{M}\p{N} ()'\-,]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/\(\s*\)/g, '')
    .replace(/(?<!\s)\s+([,)])/g, '$1')
    .replace(/\(\s+/g, '(');
  return capitalise(trimEnd(balance(trimEnd(clipWords(trimEnd(text), limit)))));
}

function trimEnd(text: string): string {
  return text
    .replace(/(?<![^\p{L}\p{N})])[^\p{L}\p{N})]+$/u, '')
    .replace(/^[^\p{L}\p{N}(]+/u, '')
    .replace(/ {2,}/g, ' ');
}

/** Parentheses that a cut has torn apart go. */
function balance(text: string): string {
  const opened = text.split('(').length;
  const closed = text.split(')').length;
  if (opened === closed) return text;
  return opened > closed && closed > 1 ? text.slice(0, text.lastIndexOf('(')) : text.replaceAll(/[()]/g, '');
}

/** `ListCustomerOrders` → "List customer orders". */
function sentenceOf(id: string): string {
  return capitalise(phraseOf(wordsOf(id).join(' ')));
}

/** Two actions must not look the same in the list. */
function distinct(summary: string, operation: SourceOperation, taken: ReadonlySet<string>): string {
  const isTaken = (text: string): boolean => taken.has(text.toLowerCase());
  if (!isTaken(summary)) return summary;
  const nouns = operation.path
    .replace(/[?#][\s\S]*$/, '')
    .split('/')
    .filter((segment) => segment !== '' && !segment.startsWith('{'));
  const extras = [operation.tags[0], nouns.at(-1), nouns.at(-2), nouns.slice(-3).join(' '), operation.method];
  for (const extra of extras) {
    const words = extra === undefined ? '' : cleanSummary(phraseOf(extra), 40);
    if (words === '') continue;
    const candidate = withNote(summary, words);
    if (!isTaken(candidate)) return candidate;
  }
  for (let number = 2; ; number++) {
    const candidate = withNote(summary, String(number));
    if (!isTaken(candidate)) return candidate;
  }
}

function withNote(summary: string, note: string): string {
  return `${clipWords(summary, summaryLimit - note.length - 3)} (${note})`;
}

/** First words of summaries and what the description makes of them. */
const openings: Readonly<Record<string, string>> = {
  get: 'Gets',
  list: 'Returns a list of',
  create: 'Creates',
  update: 'Updates',
  delete: 'Deletes',
  add: 'Adds',
  remove: 'Removes',
  find: 'Finds',
  search: 'Searches',
  fetch: 'Gets',
  retrieve: 'Gets',
  read: 'Reads',
  show: 'Shows',
  send: 'Sends',
  set: 'Sets',
  replace: 'Replaces',
  upload: 'Uploads',
  download: 'Downloads',
  cancel: 'Cancels',
  start: 'Starts',
  stop: 'Stops',
  check: 'Checks',
  verify: 'Verifies',
  validate: 'Validates',
  assign: 'Assigns',
  move: 'Moves',
  copy: 'Copies',
  import: 'Imports',
  export: 'Exports',
  generate: 'Generates',
  edit: 'Edits',
  modify: 'Modifies',
  enable: 'Enables',
  disable: 'Disables',
  post: 'Posts',
  query: 'Queries',
  return: 'Returns',
  returns: 'Returns',
  submit: 'Submits',
  publish: 'Publishes',
  accept: 'Accepts',
  reject: 'Rejects',
  approve: 'Approves',
  close: 'Closes',
  open: 'Opens',
  join: 'Joins',
  leave: 'Leaves',
  link: 'Links',
  reset: 'Resets',
  restore: 'Restores',
  register: 'Registers',
  subscribe: 'Subscribes',
  unsubscribe: 'Unsubscribes',
  invite: 'Invites',
  view: 'Shows',
  log: 'Logs',
  patch: 'Updates',
  put: 'Updates',
  store: 'Stores',
  save: 'Saves',
  insert: 'Inserts',
  calculate: 'Calculates',
  count: 'Counts',
  test: 'Tests',
  sync: 'Synchronizes',
  archive: 'Archives',
  activate: 'Activates',
  deactivate: 'Deactivates',
  complete: 'Completes',
  confirm: 'Confirms',
  process: 'Processes',
  run: 'Runs',
  execute: 'Executes',
  request: 'Requests',
  refund: 'Refunds',
  capture: 'Captures',
  revoke: 'Revokes',
  rename: 'Renames',
  attach: 'Attaches',
  detach: 'Detaches',
  tag: 'Tags',
  share: 'Shares',
  sign: 'Signs',
  bulk: 'Runs in bulk:',
  lookup: 'Looks up',
  resolve: 'Resolves',
  retry: 'Retries',
  trigger: 'Triggers',
  transfer: 'Transfers',
  merge: 'Merges',
  convert: 'Converts',
  preview: 'Previews',
};

const byMethod: Readonly<Record<string, string>> = {
  get: 'Returns',
  post: 'Runs',
  put: 'Updates',
  patch: 'Updates',
  delete: 'Deletes',
  head: 'Checks',
  options: 'Returns options of',
};

/** A sentence for a summary without a description: "Get order" → "Gets order." */
function expand(summary: string, method: string): string {
  const [first = '', ...rest] = summary.split(' ');
  const opening = openings[first.toLowerCase()];
  if (/^when$/i.test(first)) return `This operation triggers ${summary.slice(0, 1).toLowerCase()}${summary.slice(1)}.`;
  if (opening !== undefined && /^(?:or|and)$/i.test(rest[0] ?? ''))
    return endSentence(`This operation does the following: ${lowerFirst(summary)}`);
  if (opening === undefined || rest.length === 0)
    return endSentence(`${byMethod[method] ?? 'Calls'} ${lowerFirst(summary)}`);
  const sentence = endSentence(`${opening} ${rest.join(' ')}`);
  return sameWords(sentence, summary) ? endSentence(`This operation ${lowerFirst(summary)}`) : sentence;
}

function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.slice(0, 1).toLowerCase() + text.slice(1) : text;
}
