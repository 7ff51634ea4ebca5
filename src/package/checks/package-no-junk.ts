import type { Archive } from '../zip/read-archive.ts';
import { type Check, listed } from './check.ts';

/** What operating systems, editors and version control leave behind. */
const leftover =
  /(?:^|\/)(?:__MACOSX|\.DS_Store|\._[^/]*|Thumbs\.db|desktop\.ini|\.git|\.svn|\.vscode|~\$[^/]*)(?:\/|$)/i;

/** May be beside intro.md: of a connector with several ways to sign in. */
const alsoInRoot = 'customproperties.json';

/** Nothing is in the archives that isn't part of the package. */
export const packageNoJunk: Check<'package-no-junk'> = {
  rule: 'package-no-junk',
  run: ({ contents: { outer, deployer, solutions } }, report) => {
    const inner = [deployer, ...solutions.map(({ archive }) => archive)].filter((archive) => archive !== undefined);
    for (const archive of outer === undefined ? inner : [outer, ...inner]) {
      const names = [...archive.files.keys()].filter((name) => leftover.test(name));
      const empty = [...archive.folders].filter(
        (name) => leftover.test(name) && !names.some((file) => file.startsWith(`${name}/`)),
      );
      const junk = [...names, ...empty, ...(archive === outer ? foldersBeside(archive) : [])];
      if (junk.length > 0) report(archive.place, `${listed(junk)} must not be there; pack again without`);
    }
  },
};

/** Files of the outer archive besides the two that belong there; several documents or archives are another rule's. */
const foldersBeside = ({ files }: Archive): string[] =>
  [...files.keys()].filter(
    (name) =>
      !name.includes('/') && !leftover.test(name) && !/\.(?:md|zip)$/i.test(name) && name.toLowerCase() !== alsoInRoot,
  );
