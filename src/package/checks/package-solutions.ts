import { counted } from '../../counted.ts';
import type { PackageContents } from '../contents.ts';
import { type Check, listed } from './check.ts';

/** The assets folder: one solution each for the connector, its flow and its plugin. */
export const packageSolutions: Check<'package-solutions'> = {
  rule: 'package-solutions',
  run: ({ contents, plugin }, report) => {
    const { deployer, assets, solutionNames } = contents;
    if (deployer === undefined || assets === undefined) return;
    const place = `${deployer.place}!${assets}`;
    const below = [...deployer.folders].filter((folder) => folder.startsWith(`${assets}/`));
    if (below.length > 0) {
      report(place, `the folder must have no sub-folders, found ${listed(below)}`, { policy: '5000.1.1.13' });
    }
    const hasPlugin = plugin || contents.solutions.some(({ role }) => role === 'plugin');
    const expected = hasPlugin ? 3 : 2;
    if (solutionNames.length === expected) return;
    const wanted = hasPlugin ? 'three solutions (connector, flow, plugin)' : 'two solutions (connector, flow)';
    const none = solutionNames.length === 0 ? ({ policy: '5000.1.1.13' } as const) : {};
    report(place, `it must hold ${wanted}, and holds ${found(contents)}`, none);
  },
};

function found({ solutionNames, solutions, deployer }: PackageContents): string {
  if (solutionNames.length === 0) return 'none';
  const described = solutionNames.map((name) => {
    const solution = solutions.find(({ archive }) => archive.place === `${deployer?.place}!${name}`);
    const role = solution === undefined || solution.role === 'none' ? 'neither' : solution.role;
    return `${name.slice(name.lastIndexOf('/') + 1)} (${role})`;
  });
  return `${counted(solutionNames.length, 'archive')}: ${described.slice(0, 6).join(', ')}`;
}
