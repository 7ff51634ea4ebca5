import { onOneLine } from '../shown.ts';
import { digest } from './digest.ts';
import { type GeneratedFiles, generatedFilesName } from './generated-files.ts';
import { nameOf } from './names.ts';
import { readIfThere } from './read.ts';
import { type Change, writeFiles } from './write.ts';

/** A file that a generator or command wants to write. */
export interface PlannedFile {
  /** Absolute. */
  path: string;
  contents: string | Buffer | null;
  /**
   * `generated`: made from a template or computed; replaced or deleted only while its author hasn't edited it.
   * `edited`: the author's own file with our change in it; always written.
   */
  kind: 'generated' | 'edited';
}

export type Outcome = 'create' | 'change' | 'delete' | 'same' | 'keep';

export interface Decision {
  file: PlannedFile;
  outcome: Outcome;
}

export interface CommitOptions {
  /** Folder of the repository: names in reports are relative to it. */
  root: string;
  generated: GeneratedFiles;
  /** Replace edited files, too. */
  force?: boolean;
  /**
   * Asks whether an edited file shall be replaced; without it, edited files are kept. All questions come before the
   * first write.
   */
  ask?: ((name: string, before: string, after: string) => Promise<boolean>) | undefined;
}

/**
 * Decides for every file what happens to it. Nothing is written.
 *
 * @throws UserError for a link that leads out of the repository: neither is it written to, nor is what is there shown
 */
export async function decide(files: readonly PlannedFile[], options: CommitOptions): Promise<Decision[]> {
  const decisions: Decision[] = [];
  for (const planned of files) {
    const onDisk = readIfThere(options.root, planned.path);
    const file = planned.kind === 'generated' ? withLineEndsOf(onDisk, planned) : planned;
    decisions.push({ file, outcome: await outcomeOf(file, onDisk, options) });
  }
  return decisions;
}

/** A checkout on Windows may have turned the line ends of what we wrote: they stay, and don't make us write. */
function withLineEndsOf(onDisk: Buffer | undefined, file: PlannedFile): PlannedFile {
  if (!onDisk?.includes('\r\n') || onDisk.includes(0) || file.contents === null) return file;
  return { ...file, contents: file.contents.toString().replaceAll(/\r?\n/g, '\r\n') };
}

async function outcomeOf(
  file: PlannedFile,
  onDisk: Buffer | undefined,
  { root, generated, force, ask }: CommitOptions,
): Promise<Outcome> {
  if (onDisk === undefined) return file.contents === null ? 'same' : 'create';
  const isOurs = file.kind === 'edited' || force || generated.isUntouched(file.path, onDisk);
  if (file.contents === null) return isOurs ? 'delete' : 'keep';
  if (Buffer.from(file.contents).equals(onDisk)) return 'same';
  if (isOurs) return 'change';
  const replace = await ask?.(nameOf(root, file.path), onDisk.toString(), file.contents.toString());
  return replace ? 'change' : 'keep';
}

/** Writes what was decided, and remembers the digests of what we generated. */
export function write(decisions: readonly Decision[], { root, generated }: CommitOptions): void {
  const changes: Change[] = [];
  for (const { file, outcome } of decisions) {
    if (outcome === 'keep') continue;
    if (file.kind === 'generated') generated.record(file.path, file.contents);
    if (outcome !== 'same') changes.push([file.path, file.contents]);
  }
  const record = generated.text();
  const before = readIfThere(root, generated.path);
  const isRecorded = before !== undefined && digest(before) === digest(record);
  const hasRecords = generated.version !== undefined || decisions.some(({ file }) => file.kind === 'generated');
  if (hasRecords && !isRecorded) changes.push([generated.path, record]);
  writeFiles(changes, { root });
}

const verbs: Record<Outcome, string> = { create: 'create', change: 'change', delete: 'delete', same: '', keep: 'keep' };

/** One line per file that changes or is kept, for the terminal. */
export function summarise(decisions: readonly Decision[], root: string): string {
  const lines = decisions.flatMap(({ file, outcome }) => {
    const name = nameOf(root, file.path);
    if (outcome === 'same' || name === generatedFilesName) return [];
    const note = outcome === 'keep' ? '  (you edited it)' : '';
    return [`  ${verbs[outcome]} ${onOneLine(name)}${note}`];
  });
  return lines.length === 0 ? '  nothing to change\n' : `${lines.join('\n')}\n`;
}

/** What would be written, as a unified diff. */
export async function diffOf(decisions: readonly Decision[], root: string): Promise<string> {
  const { createTwoFilesPatch } = await import('diff');
  const parts = decisions.flatMap(({ file, outcome }) => {
    if (outcome === 'same' || outcome === 'keep') return [];
    const name = nameOf(root, file.path);
    const before = readIfThere(root, file.path) ?? Buffer.alloc(0);
    const after = Buffer.from(file.contents ?? '');
    if (before.includes(0) || after.includes(0))
      return [`${verbs[outcome]} ${onOneLine(name)} (binary, ${after.length} bytes)\n`];
    const from = outcome === 'create' ? '/dev/null' : `a/${name}`;
    const to = outcome === 'delete' ? '/dev/null' : `b/${name}`;
    return [createTwoFilesPatch(from, to, before.toString(), after.toString(), undefined, undefined, { context: 3 })];
  });
  return parts.join('');
}
