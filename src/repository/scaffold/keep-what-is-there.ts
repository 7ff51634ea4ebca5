import { relative } from 'node:path';
import { UserError } from '../../errors.ts';
import type { PlannedFile } from '../../files/commit.ts';
import { slashes } from '../../files/names.ts';
import { readIfThere } from '../../files/read.ts';
import type { StartingPoint } from '../starting-point.ts';

/**
 * What a new repository writes over nothing: files that are the author's own from then on, where the folder has others of
 * that name. Documents stay as they are; another connector in the same place can't be meant.
 *
 * @returns the files that are left to be written, and a note for each that stays
 * @throws UserError naming the files of a connector that are there
 */
export function keepWhatIsThere(
  files: readonly PlannedFile[],
  root: string,
  { origin, connector }: StartingPoint,
): { files: PlannedFile[]; notes: string[] } {
  if (origin === 'existing') return { files: [...files], notes: [] };
  // a connector that is made a repository where it lies is the one that is there
  const own = Object.values(connector).flatMap((file) => bytesOf(file));
  const isInTheWay = ({ path, contents, kind }: PlannedFile): boolean => {
    if (kind !== 'edited' || contents === null) return false;
    const there = readIfThere(root, path);
    return there !== undefined && !there.equals(Buffer.from(contents)) && !own.some((bytes) => there.equals(bytes));
  };
  const kept = files.filter(isInTheWay);
  const names = kept.map(({ path }) => slashes(relative(root, path)));
  const connectors = names.filter((name) => /^connector\/(?!settings\.json$)/.test(name));
  if (connectors.length > 0) {
    throw new UserError(`${connectors.join(', ')}: there is a connector here already, and nothing is written over it`, {
      hint: 'make a repository of it: pp-connector new . --from connector; or use another folder, or move it away',
    });
  }
  const documents = kept.filter(({ path }) => path.toLowerCase().endsWith('.md'));
  return {
    files: files.filter((file) => !documents.includes(file)),
    notes: documents.map(({ path }) => `${slashes(relative(root, path))} was there already, and stays as it is`),
  };
}

const bytesOf = (value: unknown): Buffer[] =>
  typeof value === 'object' && value !== null && 'bytes' in value && Buffer.isBuffer(value.bytes) ? [value.bytes] : [];
