import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import ts from 'typescript';
import { ciProviders } from '../../src/repository/ci/providers.ts';
import { staticFiles } from '../../src/repository/static-files.ts';
import { checkout } from '../support/folders.ts';
import { imports, sources } from './sources.ts';

/** What the build bundles, each loaded by its path, and the connector of the examples, which rules' tests and pages use. */
const entries =
  /^generators\/[^/]+\/index\.ts$|^src\/cli\/(?:pp-connector|environment)\.ts$|^src\/preview\/page\/main\.tsx$|\/example-connector\.ts$/;

/** The templates of these folders have lists, by the folder. */
const listed: Readonly<Record<'app' | 'workspace', readonly string[]>> = {
  app: [...staticFiles, ...ciProviders.flatMap(({ templates }) => templates)],
  workspace: ciProviders.flatMap(({ workspaceTemplates }) => workspaceTemplates),
};

describe('a file that is forgotten in its list', () => {
  it('is a module that nothing imports', () => {
    const imported = new Set(imports.map(({ to }) => to));
    const orphans = sources.map(({ path }) => path).filter((path) => !imported.has(path) && !entries.test(path));
    expect(orphans, 'add it to the list of its kind: CONTRIBUTING.md').to.deep.equal([]);
  });

  it('is a template that nothing names', () => {
    const texts = new Set<string>();
    const collect = (node: ts.Node): void => {
      if (ts.isStringLiteralLike(node)) texts.add(node.text);
      ts.forEachChild(node, collect);
    };
    for (const { file } of sources) collect(file);
    const files = readdirSync(join(checkout, 'templates'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(join(checkout, 'templates').length + 1))
      .map((name) => name.replaceAll('\\', '/'));
    const isNamed = (name: string): boolean => {
      const [folder, ...rest] = name.split('/');
      const path = rest.join('/');
      if (folder === 'app' || folder === 'workspace') return listed[folder].includes(path) || texts.has(path);
      const last = rest.at(-1) ?? '';
      return texts.has(last) || texts.has(last.replace(/\.csx\.ejs$/, ''));
    };
    expect(files.filter((name) => !isNamed(name))).to.deep.equal([]);
  });

  it('is a template that is named, but not there', () => {
    const wrong = Object.entries(listed).flatMap(([folder, names]) => {
      const there = readdirSync(join(checkout, 'templates', folder), { recursive: true });
      const paths = there.map((name) => String(name).replaceAll('\\', '/'));
      return names.filter((name) => !paths.includes(name)).map((name) => `${folder}/${name}`);
    });
    expect(wrong).to.deep.equal([]);
  });
});
