import { rootFolders, zipsIn } from '../contents.ts';
import type { Archive } from '../zip/read-archive.ts';
import { type Check, listed, type ReportBreach } from './check.ts';

/** The outer archive: intro.md and one package archive, nothing around them. */
export const packageRoot: Check<'package-root'> = {
  rule: 'package-root',
  run: ({ contents: { outer } }, report) => {
    if (outer === undefined) return;
    const folders = rootFolders(outer);
    if (folders.length > 0) {
      report(
        outer.place,
        `${listed(folders)} must not be there: pack intro.md and the package archive themselves, not the folder around them`,
        { policy: '5000.1.1.11' },
      );
    }
    checkIntro(outer, report);
    const zips = zipsIn(outer, '');
    if (zips.length === 0) report(outer.place, 'there is no package archive (*.pdpkg.zip) beside intro.md');
    if (zips.length > 1) report(outer.place, `exactly one package archive must be there, found ${listed(zips)}`);
  },
};

function checkIntro(outer: Archive, report: ReportBreach): void {
  const documents = [...outer.files.keys()].filter((name) => /^[^/]+\.md$/i.test(name));
  const [only] = documents;
  if (only === undefined) {
    report(outer.place, 'there is no intro.md; pp-connector readme writes one from the definition');
  } else if (documents.length > 1) {
    report(outer.place, `exactly one .md file, intro.md, must be there, found ${listed(documents)}`);
  } else if (only.toLowerCase() !== 'intro.md') {
    report(`${outer.place}!${only}`, `the document must be called "intro.md"; the README goes into the pull request`);
  }
}
