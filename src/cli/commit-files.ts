import { type CommitOptions, decide, diffOf, type PlannedFile, summarise, write } from '../files/commit.ts';
import { GeneratedFiles } from '../files/generated-files.ts';
import type { Context } from './command.ts';

export interface CommitFilesOptions extends Partial<Omit<CommitOptions, 'root'>> {
  root: string;
  /** Only show what would change. */
  isDry?: boolean;
  /** Where a dry run shows the difference; default: stdout. */
  show?: (diff: string) => void;
}

/**
 * What becomes of the files of a command: they are written together, with a line for each on stderr. A dry run shows
 * the difference instead, as a patch.
 */
export async function commitFiles(
  files: readonly PlannedFile[],
  { isDry = false, show, ...rest }: CommitFilesOptions,
  { out, err }: Pick<Context, 'out' | 'err'>,
): Promise<void> {
  const { root } = rest;
  const options: CommitOptions = { generated: GeneratedFiles.read(root), ...rest };
  const decisions = await decide(files, options);
  if (isDry) {
    (show ?? out)(await diffOf(decisions, root));
    return;
  }
  write(decisions, options);
  err(summarise(decisions, root));
}
