import { UserError } from '../errors.ts';

/** How much an update changes for the flows and apps that exist: semantic versioning. */
export type Level = 'major' | 'minor' | 'patch';

const levels: readonly Level[] = ['major', 'minor', 'patch'];

/**
 * The version after another one, in its form: `1.0` has no third number and becomes `1.1`; what is
 * after the numbers (`1.0-preview`) stays.
 *
 * @throws UserError for a version that doesn't begin with a number
 */
export function nextVersion(version: string, level: Level): string {
  const [, text = '', suffix = ''] = /^(\d+(?:\.\d+)*)(.*)$/s.exec(version) ?? [];
  if (text === '') {
    throw new UserError(`info.version is "${version}", and nobody can tell what comes after that`, {
      hint: 'say it: pp-connector release --version 1.1.0',
    });
  }
  const numbers = text.split('.').map(Number);
  const place = Math.min(levels.indexOf(level), numbers.length - 1);
  const next = numbers.map((number, index) => (index < place ? number : index === place ? number + 1 : 0));
  return `${next.join('.')}${suffix}`;
}

/**
 * A version is part of the name of a git tag.
 *
 * @throws UserError when it can't be
 */
export function requireTaggable(version: string, label: string): void {
  const isPlain = /^\w(?:[\w.+-]*\w)?$/.test(version) && !version.includes('..') && !version.endsWith('.lock');
  if (isPlain && /^\d/.test(version)) return;
  throw new UserError(`${label}: "${version}" can't be the version of a release`, {
    hint: 'a version begins with a number and has no blanks, such as 1.2.0',
  });
}
