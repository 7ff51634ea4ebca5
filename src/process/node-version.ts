/** The oldest Node of each line that `engines` of package.json allows; of what is between lines, nothing; later ones are fine. */
const oldest: Readonly<Record<number, number>> = { 20: 19, 22: 12 };

/**
 * What is wrong with a version of Node. Package managers only warn of one that is too old, and what fails then is
 * anything, with code of ours on the terminal.
 *
 * @param version such as `20.19.0`
 * @returns undefined where everything works with it
 */
export function nodeProblem(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const least = oldest[major];
  if (major > 22 || (least !== undefined && minor >= least)) return undefined;
  return `Node ${version} is too old; pp-connector needs 20.19, 22.12 or a later one\n  install one: https://nodejs.org`;
}
