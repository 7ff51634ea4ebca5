import { expect } from 'chai';
import manifest from '../../package.json' with { type: 'json' };
import { problemsOf, sectionsOf, withLinks } from '../../scripts/changelog.mjs';
import { checkout, readText } from '../support/folders.ts';

const repository = 'git+https://github.com/contoso/tool.git';
const links = `[Unreleased]: https://github.com/contoso/tool/compare/v1.1.0...HEAD
[1.1.0]: https://github.com/contoso/tool/compare/v1.0.0...v1.1.0
[1.0.0]: https://github.com/contoso/tool/releases/tag/v1.0.0
`;
const good = `# Changelog

## [Unreleased]

### Fixed

* It works.

## [1.1.0] - 2026-03-04

### Added

* More.

## [1.0.0] - 2026-01-31

### Added

* Everything.

## 0.9.0 - 2026-01-01

Not published.

### Added

* The beginning.

${links}`;

describe('CHANGELOG.md', () => {
  it('has the form of Keep a Changelog', () => {
    expect(problemsOf(readText(checkout, 'CHANGELOG.md'), manifest.repository.url)).to.deep.equal([]);
  });

  it('ends with a comparison for each published version', () => {
    expect(problemsOf(good, repository)).to.deep.equal([]);
    expect(withLinks(good.replace(links, ''), repository)).to.equal(good);
    expect(sectionsOf(good).map(({ version }) => version)).to.deep.equal(['Unreleased', '1.1.0', '1.0.0', '0.9.0']);
  });

  const broken: [what: string, from: string, to: string, problem: RegExp][] = [
    ['a heading of another form', '## [1.1.0] - 2026-03-04', '## 1.1.0 (2026-03-04)', /is neither/],
    ['a version without its date', '## [1.1.0] - 2026-03-04', '## [1.1.0]', /no date/],
    ['a kind of change that is no kind', '### Fixed', '### Bugs', /"Bugs" is none of Added/],
    ['an entry without a kind', '### Fixed\n\n', '', /above its first heading/],
    ['a kind twice', '* It works.', '* It works.\n\n### Fixed\n\n* This, too.', /twice/],
    ['links to another place', 'contoso/tool/compare', 'other/tool/compare', /npm run sync/],
  ];
  for (const [what, from, to, problem] of broken) {
    it(`is refused with ${what}`, () => {
      expect(problemsOf(good.replace(from, to), repository).join('\n')).to.match(problem);
    });
  }
});
