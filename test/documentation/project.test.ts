import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { checkout, readText } from '../support/folders.ts';
import { lintWorkflow } from '../support/lint-workflow.ts';

const workflows = readdirSync(join(checkout, '.github', 'workflows')).map((name) => `.github/workflows/${name}`);
const scripts = Object.keys((JSON.parse(readText(checkout, 'package.json')) as { scripts: object }).scripts);

describe("the project's own workflows", () => {
  for (const name of workflows) {
    const text = readText(checkout, name);

    it(`${name}: the linters have nothing to say`, async () => {
      expect(await lintWorkflow(text)).to.deep.equal([]);
    });

    it(`${name}: may do only what its jobs say, by actions of a certain commit`, () => {
      const { permissions } = parse(text) as { permissions: unknown };
      expect(permissions).to.deep.equal({});
      const used = text.split('\n').filter((line) => line.includes('uses:'));
      expect(used).to.not.be.empty;
      for (const line of used) expect(line).to.match(/@[0-9a-f]{40} # v\d/);
    });

    it(`${name}: runs scripts that are there`, () => {
      const run = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, script = '']) => script);
      expect(run.filter((script) => !scripts.includes(script))).to.deep.equal([]);
    });
  }
});

describe('the forms for issues', () => {
  const folder = join(checkout, '.github', 'ISSUE_TEMPLATE');
  for (const name of readdirSync(folder).filter((file) => file !== 'config.yml')) {
    it(`${name}: has what GitHub asks for`, () => {
      const form = parse(readText(folder, name)) as { name: string; description: string; body: Field[] };
      expect(form.name).to.be.a('string');
      expect(form.description).to.be.a('string');
      const ids = form.body.map(({ id }) => id);
      expect(new Set(ids).size).to.equal(ids.length);
      for (const { type, attributes } of form.body) {
        expect(['input', 'textarea', 'dropdown', 'checkboxes', 'markdown']).to.include(type);
        expect(attributes.label).to.be.a('string');
      }
    });
  }
});

interface Field {
  type: string;
  id: string;
  attributes: { label?: string };
}
