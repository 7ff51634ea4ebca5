import { existsSync } from 'node:fs';
import { dirname, normalize, sep } from 'node:path';
import { watch } from 'chokidar';

export interface Watch {
  close: () => Promise<void>;
}

export interface WatchOptions {
  /** Absolute paths of folders where everything counts, also what is in folders below. Links are not followed there. */
  folders?: readonly string[];
}

/**
 * Editors write a file in several steps: one change is told when it has been quiet for that long, in milliseconds. Longer
 * than the 50 in which chokidar says nothing of a second change: whoever reads the file then reads that, too.
 */
const quiet = 60;
/** Where it never gets quiet, in milliseconds: whoever looks on waits no longer than that. */
const longest = 150;
/** How often a folder that is gone is looked for, in milliseconds: another branch may have none. */
const pause = 500;

/**
 * Tells of changes of files: also when an editor puts a new file in the place of the old one, when one is removed, and
 * when one that wasn't there comes. Their folders are watched, and there only these names.
 *
 * @param files absolute paths
 * @param onChange gets the absolute paths that have changed since it was called last
 */
export async function watchFiles(
  files: readonly string[],
  onChange: (paths: readonly string[]) => void,
  { folders: whole = [] }: WatchOptions = {},
): Promise<Watch> {
  const wanted = new Set(files.map((file) => normalize(file)));
  const parents = files.map((file) => normalize(dirname(file)));
  const folders = [...new Set([...parents, ...whole.map((folder) => normalize(folder))])];
  const isBelowWhole = (path: string): boolean => whole.some((folder) => path.startsWith(`${normalize(folder)}${sep}`));
  let changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let since = 0;
  const change = (path: string): void => {
    changed.add(normalize(path));
    if (timer === undefined) since = Date.now();
    clearTimeout(timer);
    const wait = Math.max(0, Math.min(quiet, since + longest - Date.now()));
    timer = setTimeout(() => {
      timer = undefined;
      const paths = [...changed];
      changed = new Set();
      // it didn't get quiet: each may have changed once more without a word
      if (wait < quiet) for (const each of paths) change(each);
      onChange(paths);
    }, wait);
  };
  const watcher = watch(folders, {
    ignoreInitial: true,
    followSymlinks: whole.length === 0,
    // its paths have slashes on every system
    ignored: (path) => {
      const own = normalize(path);
      return !folders.includes(own) && !wanted.has(own) && !isBelowWhole(own);
    },
  });
  const comebacks = new Comebacks((folder) => {
    watcher.unwatch(folder);
    watcher.add(folder);
    change(folder);
  });
  watcher.on('all', (_, path) => {
    comebacks.note(folders);
    change(path);
  });
  await new Promise<void>((resolve) => {
    watcher.once('ready', resolve);
  });
  return {
    close: async () => {
      clearTimeout(timer);
      comebacks.stop();
      await watcher.close();
    },
  };
}

/** A folder that is removed is not watched any more when it comes back. */
class Comebacks {
  private readonly gone = new Set<string>();
  private readonly onBack: (folder: string) => void;
  private timer: NodeJS.Timeout | undefined;

  constructor(onBack: (folder: string) => void) {
    this.onBack = onBack;
  }

  /** Waits for those that are gone. */
  note(folders: readonly string[]): void {
    for (const folder of folders) if (!existsSync(folder)) this.gone.add(folder);
    if (this.gone.size > 0) this.timer ??= setInterval(() => this.look(), pause);
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private look(): void {
    for (const folder of this.gone) {
      if (!existsSync(folder)) continue;
      this.gone.delete(folder);
      this.onBack(folder);
    }
    if (this.gone.size === 0) this.stop();
  }
}
