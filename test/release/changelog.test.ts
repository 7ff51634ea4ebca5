import { expect } from 'chai';
import { addSection } from '../../src/release/changelog.ts';

const section = { title: '1.1.0 (2024-05-01)', items: new Map([['Added', ['One.', 'Two.']]]) };
const text = '## 1.1.0 (2024-05-01)\n\n### Added\n\n* One.\n* Two.\n';
const add = (before: string | undefined) => addSection(before, '1.1.0', section);

describe('addSection', () => {
  it('begins a changelog', () => {
    expect(add(undefined)).to.equal(`# Changelog\n\n${text}`);
    expect(add('\n')).to.equal(`# Changelog\n\n${text}`);
  });

  it('puts the newest first, and keeps every byte of the rest', () => {
    const head = '# What is new\n\nWe   write *this*.\n\n';
    const old = '## 1.0.0\n\n* First release,\n  and more.\n';
    expect(add(head + old)).to.equal(`${head}${text}\n${old}`);
    expect(add(head)).to.equal(head + text);
    expect(add('# What is new')).to.equal(`# What is new\n\n${text}`);
    expect(add(old)).to.equal(`${text}\n${old}`);
  });

  it('keeps the line ends of Windows', () => {
    const before = '# Changelog\r\n\r\n## 1.0.0\r\n\r\n* First.\r\n';
    const after = add(before);
    expect(after.replaceAll('\r\n', '')).to.not.include('\n');
    expect(after)
      .to.include(text.replaceAll('\n', '\r\n'))
      .and.to.match(/## 1\.0\.0\r\n\r\n\* First\.\r\n$/);
  });

  it('takes in what the author has noted as unreleased', () => {
    for (const heading of ['## Unreleased', '## [Unreleased]', '## unreleased (soon)']) {
      const after = add(`# Changelog\n\n${heading}\n\nThanks to *Bob*.\n\n## 1.0.0\n\n* First.\n`);
      expect(after, heading).to.equal(
        '# Changelog\n\n## 1.1.0 (2024-05-01)\n\nThanks to *Bob*.\n\n### Added\n\n* One.\n* Two.\n\n## 1.0.0\n\n* First.\n',
      );
    }
    expect(add('## Unreleased\n')).to.equal(text);
  });

  it('leaves the section of this version to its author', () => {
    for (const heading of ['## 1.1.0', '## [1.1.0] - 2024-04-30', '## v1.1.0 (May)']) {
      const before = `# Changelog\n\n${heading}\n\n* By hand.\n`;
      expect(add(before), heading).to.equal(before);
    }
    expect(add('## 1.1.0-preview\n')).to.equal(`${text}\n## 1.1.0-preview\n`);
  });

  it('takes no heading from code', () => {
    const before = '# Changelog\n\n```md\n## 1.1.0\n```\n\n## 1.0.0\n';
    expect(add(before)).to.equal(`# Changelog\n\n\`\`\`md\n## 1.1.0\n\`\`\`\n\n${text}\n## 1.0.0\n`);
  });
});
