/**
 * Whether a version fits a range of the form that `engines` has: alternatives joined by `||`, each `^1.2.3` or `>=1.2.3`.
 *
 * @throws Error for any other form
 */
export function satisfies(version: string, range: string): boolean {
  return range.split('||').some((alternative) => {
    const [, operator, least = ''] = /^\s*(\^|>=)(\d+\.\d+\.\d+)\s*$/.exec(alternative) ?? [];
    if (operator === undefined) throw new Error(`"${alternative}" is no range that is understood`);
    const isSameMajor = operator === '>=' || numbers(version)[0] === numbers(least)[0];
    return isSameMajor && compare(version, least) >= 0;
  });
}

const numbers = (version: string): number[] => (version.match(/\d+/g) ?? []).slice(0, 3).map(Number);

function compare(a: string, b: string): number {
  const [left, right] = [numbers(a), numbers(b)];
  for (let index = 0; index < 3; index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
