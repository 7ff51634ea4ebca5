import { basename, dirname, join } from 'node:path';
import { watch } from 'chokidar';

export interface Watch {
  close: () => Promise<void>;
}

/** Editors write a file in several steps: one change is told when it has been quiet for that long, in milliseconds. */
const quiet = 40;

/**
 * Tells of changes of files: also when an editor puts a new file in the place of the old one, and when one that wasn't
 * there comes. Their folders are watched, and there only these names.
 *
 * @param files absolute paths
 */
export async function watchFiles(files: readonly string[], onChange: () => void): Promise<Watch> {
  const wanted = new Set(files);
  const folders = [...new Set(files.map((file) => dirname(file)))];
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(folders, {
    ignoreInitial: true,
    depth: 0,
    ignored: (path) => !folders.includes(path) && !wanted.has(join(dirname(path), basename(path))),
  });
  watcher.on('all', () => {
    clearTimeout(timer);
    timer = setTimeout(onChange, quiet);
  });
  await new Promise<void>((resolve) => {
    watcher.once('ready', resolve);
  });
  return {
    close: async () => {
      clearTimeout(timer);
      await watcher.close();
    },
  };
}
