import { hasFolder } from '../solution.ts';
import { type Check, listed } from './check.ts';

const folders = ['connector', 'aiplugins', 'aipluginoperations'] as const;
const shown: Readonly<Record<(typeof folders)[number], string>> = {
  connector: 'Connector',
  aiplugins: 'aiplugins',
  aipluginoperations: 'aipluginoperations',
};

/** The solution of a plugin is complete; it is there when the package is said to bring one. */
export const solutionPlugin: Check<'solution-plugin'> = {
  rule: 'solution-plugin',
  run: ({ contents: { kind, solutions, deployer, assets }, plugin }, report) => {
    const plugins = solutions.filter(({ role }) => role === 'plugin');
    for (const { archive, has } of plugins) {
      const missing = folders.filter((folder) => !hasFolder(archive, folder)).map((folder) => shown[folder]);
      if (missing.length > 0) report(archive.place, `the plugin solution lacks ${listed(missing)}; export it again`);
      if (!has.connector)
        report(`${archive.place}!customizations.xml`, 'the plugin solution does not hold the connector');
    }
    if (!plugin || plugins.length > 0 || solutions.length === 0) return;
    const place = kind === 'solution' ? solutions[0]?.archive.place : `${deployer?.place}!${assets}`;
    report(place ?? '', 'there is no plugin solution (customizations.xml with aicopilot_aiplugin)');
  },
};
