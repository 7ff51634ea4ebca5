/** CHANGELOG.md in the form of Keep a Changelog: what is checked before a release, and the links at its end. */

const types = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security'];
const heading = /^## (?:\[(Unreleased|\d+\.\d+\.\d+)\]|(\d+\.\d+\.\d+))(?: - (\d{4}-\d\d-\d\d))?$/;

/** Without its links. @param {string} text */
const withoutLinks = (text) => text.replace(/(?:^\[[^\]]+\]: \S+\n?)+$(?![\s\S])/m, '').trimEnd();

/**
 * The sections, the newest first. A version without brackets was never published, and has no tag to compare with.
 *
 * @param {string} text
 * @returns {{ title: string, version: string | undefined, isPublished: boolean, date: string | undefined, body: string }[]}
 *   `version`: Unreleased, or that of the package; undefined where the heading has another form
 */
export function sectionsOf(text) {
  const parts = withoutLinks(text)
    .split(/^(?=## )/m)
    .slice(1);
  return parts.map((part) => {
    const [title = '', ...lines] = part.split('\n');
    const [, published, other, date] = heading.exec(title) ?? [];
    return {
      title,
      version: published ?? other,
      isPublished: published !== undefined,
      date,
      body: lines.join('\n').trim(),
    };
  });
}

/**
 * Compares every published version with the one before it.
 *
 * @param {string} text
 * @param {string} repository address of the project, as package.json says it
 */
export function withLinks(text, repository) {
  const address = repository.replace(/^git\+/, '').replace(/\.git$/, '');
  const versions = sectionsOf(text).flatMap(({ version, isPublished }) => (isPublished && version ? [version] : []));
  const links = versions.map((version, index) => {
    const before = versions[index + 1];
    const tag = version === 'Unreleased' ? 'HEAD' : `v${version}`;
    const first = version === 'Unreleased' ? 'commits/HEAD' : `releases/tag/${tag}`;
    return `[${version}]: ${address}/${before === undefined ? first : `compare/v${before}...${tag}`}\n`;
  });
  return `${withoutLinks(text)}\n\n${links.join('')}`;
}

/**
 * What isn't in the form of Keep a Changelog.
 *
 * @param {string} text
 * @param {string} repository address of the project, as package.json says it
 * @returns {string[]}
 */
export function problemsOf(text, repository) {
  const sections = sectionsOf(text);
  const problems = sections.flatMap(({ title, version, date, body }) => {
    if (version === undefined) return [`"${title}" is neither "## [Unreleased]" nor "## [1.2.3] - 2026-01-31"`];
    const kinds = [...body.matchAll(/^### (.*)$/gm)].map(([, kind = '']) => kind);
    const known = kinds.filter((kind) => types.includes(kind));
    const [before = ''] = body.split(/^### /m);
    return [
      ...(version !== 'Unreleased' && date === undefined ? [`"${title}" has no date`] : []),
      ...kinds
        .filter((kind) => !types.includes(kind))
        .map((kind) => `"${title}": "${kind}" is none of ${types.join(', ')}`),
      ...(new Set(known).size < known.length ? [`"${title}" has a heading twice`] : []),
      ...(/^[*-] /m.test(before) ? [`"${title}" has entries above its first heading`] : []),
      ...(kinds.length === 0 ? [`"${title}" says nothing`] : []),
    ];
  });
  return withLinks(text, repository) === text
    ? problems
    : [...problems, 'the links at the end are others: npm run sync'];
}
