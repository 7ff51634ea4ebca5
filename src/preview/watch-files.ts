import { existsSync } from 'node:fs';
import { dirname, normalize } from 'node:path';
import { watch } from 'chokidar';

export interface Watch {
  close: () => Promise<void>;
}

/** Editors write a file in several steps: one change is told when it has been quiet for that long, in milliseconds. */
const quiet = 40;
/** Where it never gets quiet, in milliseconds: whoever looks on waits no longer than that. */
const longest = 150;
/** How often a folder that is gone is looked for, in milliseconds: another branch may have none. */
const pause = 500;

/**
 * Tells of changes of files: also when an editor puts a new file in the place of the old one, when one is removed, and
 * when one that wasn't there comes. Their folders are watched, and there only these names.
 *
 * @param files absolute paths
 */
export async function watchFiles(files: readonly string[], onChange: () => void): Promise<Watch> {
  const wanted = new Set(files.map((file) => normalize(file)));
  const folders = [...new Set(files.map((file) => normalize(dirname(file))))];
  let timer: NodeJS.Timeout | undefined;
  let since = 0;
  const change = (): void => {
    if (timer === undefined) since = Date.now();
    clearTimeout(timer);
    timer = setTimeout(
      () => {
        timer = undefined;
        onChange();
      },
      Math.max(0, Math.min(quiet, since + longest - Date.now())),
    );
  };
  const watcher = watch(folders, {
    ignoreInitial: true,
    depth: 0,
    // its paths have slashes on every system
    ignored: (path) => !folders.includes(normalize(path)) && !wanted.has(normalize(path)),
  });
  const comebacks = new Comebacks((folder) => {
    watcher.unwatch(folder);
    watcher.add(folder);
    change();
  });
  watcher.on('all', () => {
    comebacks.note(folders);
    change();
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
