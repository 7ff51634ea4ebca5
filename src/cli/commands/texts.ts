import { resolve } from 'node:path';
import { type DerivedRecord, derivedTextsName, updatedRecord } from '../../connector/derived-texts.ts';
import { derivedTextsFile } from '../../connector/derived-texts-file.ts';
import { ConnectorDraft } from '../../connector/draft.ts';
import { findRepositoryRoot } from '../../connector/find.ts';
import { loadConnector } from '../../connector/load.ts';
import { noConnector } from '../../connector/no-connector.ts';
import { counted } from '../../counted.ts';
import { UserError } from '../../errors.ts';
import { readRegularText } from '../../files/read.ts';
import { startSession } from '../../rules/engine/validate-connector.ts';
import { onOneLine } from '../../shown.ts';
import { printRows, readRows, textFormats } from '../../texts/formats.ts';
import { applyRows, derivedRows, type Refused, type TextRow } from '../../texts/rows.ts';
import type { CommandSpec, Context, Flags } from '../command.ts';
import { commitFiles } from '../commit-files.ts';

export const command: CommandSpec = {
  name: 'texts',
  writes: (flags) => !flags.on('dry-run'),
  summary: 'list texts that were made of names, and take better ones',
  group: 'make',
  order: 60,
  positionals: [{ name: 'file', description: 'the list with better texts, as CSV, a Markdown table or JSON' }],
  flags: [
    { name: 'accept', description: 'with FILE: texts that are as they were made have been read, and are right' },
    { name: 'dry-run', description: 'with FILE: check it and show what would change, write nothing' },
  ],
  formats: textFormats,
  examples: [
    ['pp-connector texts', 'the texts that nobody has written, by operation'],
    ['pp-connector texts --format csv > texts.csv', 'a list for a spreadsheet'],
    ['pp-connector texts texts.csv', 'put the texts of the list into the connector'],
    ['pp-connector texts texts.csv --accept', 'and count those that were left as they are as read'],
  ],
  run: (context, [file], flags) => (file === undefined ? list(context, flags) : takeBack(context, file, flags)),
};

interface Repository {
  root: string;
  draft: ConnectorDraft;
  record: DerivedRecord;
}

function open(context: Context): Repository | undefined {
  const root = findRepositoryRoot(context.cwd);
  if (root === undefined) {
    throw noConnector(context.cwd, 'go to one, or make one with: pp-connector new', {
      what: 'this is not a connector repository',
    });
  }
  const connector = loadConnector(root);
  const record = connector.derivedTexts;
  return record && { root, draft: new ConnectorDraft(connector), record };
}

const nothingKnown = `no texts are remembered here as made of names (${derivedTextsName})\n`;

function list(context: Context, flags: Flags): number {
  for (const name of ['accept', 'dry-run'])
    if (flags.on(name)) throw new UserError(`--${name} goes with a file of texts`, { hint: 'pp-connector texts FILE' });
  const repository = open(context);
  const rows = repository === undefined ? [] : derivedRows(repository.draft.definition, repository.record);
  context.out(printRows(rows, context.format ?? 'text'));
  context.err(
    rows.length === 0 ? nothingKnown : `${counted(rows.length, 'text')} made of names; nobody has read them yet\n`,
  );
  return 0;
}

async function takeBack(context: Context, file: string, flags: Flags): Promise<number> {
  const repository = open(context);
  if (repository === undefined) {
    context.err(nothingKnown);
    return 0;
  }
  const { root, draft, record } = repository;
  const before = draft.finished();
  const rows = readRows(readRegularText(resolve(context.cwd, file)), file);
  const { written, same, blank, refused } = applyRows(draft.definition, record, rows);
  const wrong = [...refused, ...(await breaches(before, draft, written, context.cwd))];
  if (wrong.length > 0) {
    for (const { row, why } of wrong) context.err(`${onOneLine(`${row.owner} ${row.name || row.kind}: ${why}`)}\n`);
    context.err(`${counted(wrong.length, 'text')} of ${file} can't be taken; nothing was written\n`);
    return 1;
  }
  const read = new Set(flags.on('accept') ? same.map(({ place }) => place) : []);
  const kept = without(record, draft, read);
  const remembered = derivedTextsFile(
    root,
    updatedRecord(draft.definition, kept, () => false),
  );
  const planned = [...draft.plannedFiles(), ...(remembered === undefined ? [] : [remembered])];
  await commitFiles(planned, { root, isDry: flags.on('dry-run') }, context);
  context.err(
    `${counted(written.length, 'text')} taken, ${same.length} unchanged${flags.on('accept') ? ' and accepted' : ''}, ${blank} blank\n`,
  );
  return 0;
}

/** The record without the texts at these places; the same text elsewhere with the same owner has been read, too. */
function without(record: DerivedRecord, draft: ConnectorDraft, read: ReadonlySet<string>): DerivedRecord {
  const gone = derivedRows(draft.definition, record).filter(({ place }) => read.has(place));
  const texts = new Map([...record].map(([owner, known]) => [owner, new Set(known)]));
  for (const { owner, text } of gone) texts.get(owner)?.delete(text);
  return texts;
}

/** What the rules say of the new texts that they didn't say of the old ones. */
async function breaches(
  before: ReturnType<ConnectorDraft['finished']>,
  draft: ConnectorDraft,
  written: readonly TextRow[],
  cwd: string,
): Promise<Refused[]> {
  if (written.length === 0) return [];
  const { validate } = await startSession(before, { cwd });
  const keyOf = (rule: string, pointer: string): string => `${rule} ${pointer}`;
  const known = new Set((await validate(before)).map(({ rule, pointer }) => keyOf(rule, pointer)));
  const rows = new Map(written.map((row) => [row.place, row]));
  return (await validate(draft.finished())).flatMap(({ rule, pointer, message }) => {
    const row = rows.get(pointer);
    const isNew = row !== undefined && !known.has(keyOf(rule, pointer));
    return isNew && !rule.startsWith('derived-') ? [{ row, why: `${message} (${rule})` }] : [];
  });
}
