import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, posix } from 'node:path';
import { expect } from 'chai';
import MarkdownIt from 'markdown-it';
import { categories } from '../../src/connector/categories.ts';
import { typeOfFormat } from '../../src/connector/facts/formats.ts';
import type { PolicyParameter } from '../../src/policy/template.ts';
import { policyTemplates } from '../../src/policy/templates.ts';
import { allRules } from '../../src/rules/families/catalogue.ts';
import { checkout, readTree } from '../support/folders.ts';
import { anchorsOf, linksOf } from '../support/markdown.ts';

/**
 * docs/reference is what comments cite: every place that is cited exists, no comment cites what readers of the repository
 * don't have, and the tables that the code has as well say the same.
 */

const folder = 'docs/reference';
const read = (path: string): string => readFileSync(join(checkout, path), 'utf8');
const anchors = new Map<string, ReadonlySet<string>>();

function hasAnchor(path: string, anchor: string): boolean {
  const known = anchors.get(path) ?? anchorsOf(read(path));
  anchors.set(path, known);
  return known.has(anchor);
}
const pages = readdirSync(join(checkout, folder)).map((name) => posix.join(folder, name));

/** Text files of some folders: path with `/` → text. */
function textsOf(folders: readonly string[], extension: RegExp): [path: string, text: string][] {
  return folders.flatMap((name) =>
    Object.entries(readTree(join(checkout, name)))
      .filter(([path]) => extension.test(path) && !path.endsWith('.generated.ts'))
      .map(([path, bytes]): [string, string] => [`${name}/${path}`, bytes.toString('utf8')]),
  );
}

const sources = textsOf(['src', 'generators', 'scripts', 'bench', 'test'], /\.[cm]?[jt]s$/).filter(
  ([path]) => !/^test\/(?:golden|fixtures)\//.test(path) && path !== 'test/documentation/reference.test.ts',
);
const templates = textsOf(['templates'], /./);

/** Lines that are comments or name the source of a rule, and what follows `//` in the others. */
const commentsOf = (text: string): string[] =>
  text.split('\n').flatMap((line) => /^\s*(?:\/\*|\*|\/\/|source: ').*$|\s\/\/ .*$/.exec(line)?.[0] ?? []);

/** Documents of a connector's repository, which comments name without meaning a file of this one. */
const documentsOfConnectors = new Set([
  'readme.md',
  'intro.md',
  'changelog.md',
  'pull_request.md',
  'docs/certification.md',
]);

const isKnownFile = (name: string, from: string): boolean =>
  documentsOfConnectors.has(name.toLowerCase()) ||
  documentsOfConnectors.has(basename(name).toLowerCase()) ||
  [checkout, join(checkout, dirname(from))].some((base) => existsSync(join(base, name)));

/** What is wrong with the citations of a comment. */
function faultsOf(comment: string, from: string): string[] {
  const faults = /§|\bdesign(?:-runtime)?\.md\b/.test(comment) ? [`${from}: ${comment.trim()}`] : [];
  for (const [, name = '', anchor] of comment.matchAll(/((?:[\w.-]+\/)*[\w-]+\.md)\b(?:#([\w-]+))?/g)) {
    if (!isKnownFile(name, from)) faults.push(`${from}: no file ${name}`);
    else if (anchor !== undefined && !hasAnchor(name, anchor)) faults.push(`${from}: no ${name}#${anchor}`);
  }
  return faults;
}

describe('docs/reference', () => {
  it('is cited by comments, at places that exist', () => {
    const cited = sources.filter(([, text]) => text.includes(`${folder}/`));
    expect(cited.length).to.be.greaterThan(25);
    const faults = sources.flatMap(([path, text]) => commentsOf(text).flatMap((line) => faultsOf(line, path)));
    expect(faults).to.deep.equal([]);
  });

  it('finds citations of what is not there', () => {
    expect(faultsOf('/** As there (rules.md). */', 'src/a.ts')).to.have.length(1);
    expect(faultsOf('// authentication.md §3', 'src/a.ts')).to.have.length(2);
    expect(faultsOf(`// ${folder}/authentication.md#no-such-heading`, 'src/a.ts')).to.have.length(1);
    expect(faultsOf(`// ${folder}/authentication.md#api-key, in README.md`, 'src/a.ts')).to.deep.equal([]);
  });

  it('is not cited in what repositories of connectors get', () => {
    expect(templates.filter(([, text]) => text.includes(folder) || text.includes('§')).map(([path]) => path)).to.eql(
      [],
    );
  });

  it('has every page in its index', () => {
    const index = read(`${folder}/README.md`);
    for (const page of pages) expect(index).to.include(`](${basename(page)})`.replace('](README.md)', ''));
  });

  for (const page of ['README.md', 'CONTRIBUTING.md', 'ARCHITECTURE.md', ...pages, ...guides()]) {
    it(`links to what exists: ${page}`, () => {
      const missing = linksOf(read(page)).filter((link) => {
        if (/^[a-z]+:/.test(link)) return false;
        const [name = '', anchor] = link.split('#');
        const target = name === '' ? page : posix.join(dirname(page), name);
        if (!existsSync(join(checkout, target))) return true;
        return anchor !== undefined && !hasAnchor(target, anchor);
      });
      expect(missing).to.deep.equal([]);
    });
  }

  it('has no heading twice in a page', () => {
    for (const page of pages) {
      const headings = [...read(page).matchAll(/^#+ (.*)$/gm)].map(([, text]) => text);
      expect(new Set(headings).size, page).to.equal(headings.length);
    }
  });
});

/** Rows of the first table below a heading, cells as Markdown. */
function tableBelow(page: string, heading: string): string[][] {
  const text = read(`${folder}/${page}`);
  const start = text.indexOf(`## ${heading}\n`);
  expect(start, heading).to.be.greaterThan(-1);
  const tokens = new MarkdownIt().parse(text.slice(start), {});
  const end = tokens.findIndex(({ type }) => type === 'table_close');
  const rows: string[][] = [];
  for (const [index, { type }] of tokens.slice(0, end).entries()) {
    if (type === 'tr_open') rows.push([]);
    if (type === 'td_open') rows.at(-1)?.push(tokens[index + 1]?.content ?? '');
  }
  return rows.filter((row) => row.length > 0);
}

const codesIn = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);

describe('docs/reference and the code', () => {
  it('know the same policy templates, parameters and sections', () => {
    const rows = tableBelow('policy-templates.md', 'Templates').filter(
      ([, , , section]) => !/not offered/.test(section ?? ''),
    );
    const documented = rows.map(([id = '', , parameters = '', section = '']) => ({
      id: codesIn(id)[0],
      required: [...parameters.matchAll(/\*\*(\w+)\*\*/g)].map(([, name = '']) => name).sort(),
      optional: parameters
        .split(', ')
        .filter((name) => !name.startsWith('**'))
        .sort(),
      sections: section.match(/Request|Response|Failure/g) ?? [],
    }));
    const namesOf = (parameters: readonly PolicyParameter[], isRequired: boolean): string[] =>
      parameters
        .filter(({ required }) => required === isRequired)
        .map(({ name }) => name)
        .sort();
    const inCode = Object.entries(policyTemplates).map(([id, { parameters, sections }]) => ({
      id,
      required: namesOf(parameters, true),
      optional: namesOf(parameters, false),
      sections: [...sections],
    }));
    expect(documented).to.have.deep.members(inCode);
  });

  it('know the documents that rules name as their sources', () => {
    const words = tableBelow('README.md', 'Sources that rules name').flatMap(([cell = '']) => cell.split(', '));
    const unknown = allRules
      .flatMap(({ id, source }) => source.split(';').map((part) => ({ id, part: part.trim() })))
      .filter(({ part }) => !words.some((word) => part.toLowerCase().includes(word)));
    expect(unknown, 'add the words to docs/reference/README.md#sources-that-rules-name').to.deep.equal([]);
  });

  it('know the same formats', () => {
    const documented = tableBelow('openapi-extensions.md', 'Formats').flatMap(([type, formats = '']) =>
      codesIn(formats).map((format) => `${format} ${type}`),
    );
    expect(documented.sort()).to.deep.equal([...typeOfFormat].map((pair) => pair.join(' ')).sort());
  });

  it('know the same categories', () => {
    const text = read(`${folder}/connector-format.md`).replace(/\s+/g, ' ');
    const [, listed = ''] = /separated by `;`, of (.*?)\. All 19/.exec(text) ?? [];
    expect(listed.split(', ')).to.have.members([...categories]);
  });

  it('know the same codes of import', () => {
    const code = textsOf(['src/import'], /\.ts$/)
      .map(([, text]) => text)
      .join('\n');
    const named = codesIn(read(`${folder}/import-mapping.md`)).filter((word) =>
      /^(?!x-)[a-z0-9]+(?:-[a-z0-9]+)+$/.test(word),
    );
    expect(named.length).to.be.greaterThan(50);
    expect(named.filter((word) => !code.includes(`'${word}'`))).to.deep.equal([]);
  });
});

function guides(): string[] {
  return readdirSync(join(checkout, 'docs/guides')).map((name) => `docs/guides/${name}`);
}
