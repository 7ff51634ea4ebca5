import { rootFolders, zipsIn } from '../contents.ts';
import { type Check, listed } from './check.ts';

/** The package archive: one folder with the solutions. Files beside it are not looked at by anybody. */
export const packageAssets: Check<'package-assets'> = {
  rule: 'package-assets',
  run: ({ contents: { deployer, refusals } }, report) => {
    for (const { place, level, reason } of refusals) {
      if (level === 'deployer') report(place, `the package archive can't be read: ${reason}`);
    }
    if (deployer === undefined) return;
    const folders = rootFolders(deployer);
    const [only] = folders;
    if (only === undefined) {
      const loose = zipsIn(deployer, '');
      const found = loose.length > 0 ? `; move ${listed(loose)} into it` : '';
      report(deployer.place, `there is no folder PkgAssets with the solutions${found}`);
    } else if (folders.length > 1) {
      report(deployer.place, `exactly one folder, PkgAssets, must be there, found ${listed(folders)}`);
    } else if (only.toLowerCase() !== 'pkgassets') {
      // the validator takes any name, the guide says which one it should be
      report(`${deployer.place}!${only}`, 'the folder should be called "PkgAssets"', { atMost: 'warning' });
    }
  },
};
