import { asArray, getOwn } from '../../connector/json/value.ts';
import type { PackageContents } from '../contents.ts';
import { readObject } from '../solution.ts';
import type { Check } from './check.ts';

/** With several ways to sign in customProperties.json comes along. Its place is documented nowhere: anywhere will do. */
export const packageCustomProperties: Check<'package-custom-properties'> = {
  rule: 'package-custom-properties',
  run: ({ contents, repository }, report) => {
    // a solution alone is not yet a package
    if (contents.kind === 'solution') return;
    if (repository?.hasParameterSets !== true && !exportsParameterSets(contents)) return;
    const { outer, deployer, solutions } = contents;
    const archives = [outer, deployer, ...solutions.map(({ archive }) => archive)];
    const names = archives.flatMap((archive) => (archive === undefined ? [] : [...archive.files.keys()]));
    if (names.some((name) => /(?:^|\/)customProperties\.json$/i.test(name))) return;
    report(contents.place, 'a connector with several ways to sign in also needs customProperties.json in its package');
  },
};

const exportsParameterSets = ({ solutions }: PackageContents): boolean =>
  solutions.some(({ connectors }) =>
    connectors.some(({ files }) => asArray(getOwn(readObject(files.connectionparametersets), 'values')).length > 0),
  );
