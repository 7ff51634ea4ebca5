import { compareVersions } from '../compare-versions.ts';

/**
 * Whether a version fits a range of the form that `engines` has: alternatives joined by `||`, each `^1.2.3` or `>=1.2.3`.
 *
 * @throws Error for any other form
 */
export function satisfies(version: string, range: string): boolean {
  return range.split('||').some((alternative) => {
    const [, operator, least = ''] = /^\s*(\^|>=)(\d+\.\d+\.\d+)\s*$/.exec(alternative) ?? [];
    if (operator === undefined) throw new Error(`"${alternative}" is not a range that is understood`);
    const isSameMajor = operator === '>=' || majorOf(version) === majorOf(least);
    return isSameMajor && compareVersions(version, least) >= 0;
  });
}

const majorOf = (version: string): string | undefined => /\d+/.exec(version)?.[0];
