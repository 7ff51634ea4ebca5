import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { generatedFiles, pagesFolder, withRuleIds } from '../../scripts/generated-files.ts';
import { commandsList, familiesList } from '../../scripts/registries.ts';
import { pageHeader } from '../../scripts/rule-pages.ts';
import { configProblems } from '../../src/config/config-problems.ts';
import { defineFamily, type Family } from '../../src/rules/engine/rule.ts';
import { explainRule } from '../../src/rules/explain.ts';
import { allRules, families } from '../../src/rules/families/catalogue.ts';
import { checkout } from '../support/folders.ts';

const read = (name: string): string | undefined =>
  existsSync(join(checkout, name)) ? readFileSync(join(checkout, name), 'utf8') : undefined;

const advice = 'run: npm run sync';

describe('the lists of commands and of rule families', () => {
  it('are up to date', async () => {
    for (const [name, contents] of [familiesList(), await commandsList()])
      expect(read(name), advice).to.equal(contents);
  });

  it('give every family a place of its own in the documentation', () => {
    const orders = families.map(({ order }) => order);
    expect(new Set(orders).size).to.equal(orders.length);
  });
});

describe('what is generated from the rules', () => {
  const files = generatedFiles(families, read);

  it('is up to date', () => {
    const stale = [...files].filter(([name, contents]) => read(name) !== contents).map(([name]) => name);
    expect(stale, advice).to.deep.equal([]);
  });

  it('has a page for every rule, and no other', () => {
    const pages = readdirSync(join(checkout, pagesFolder)).sort();
    expect(pages, advice).to.deep.equal([...allRules.map(({ id }) => `${id}.md`), 'README.md'].sort());
  });

  it('says in its first line where it comes from', () => {
    for (const [name, contents] of files) {
      if (name.startsWith(pagesFolder)) expect(contents.split('\n')[0]).to.equal(pageHeader);
    }
    expect(pageHeader).to.include('scripts/sync.ts').and.to.include('npm run sync');
  });

  it('is the same whenever it is made', () => {
    expect(generatedFiles(families, read)).to.deep.equal(files);
    const again = generatedFiles(families, (name) => files.get(name) ?? read(name));
    expect(again).to.deep.equal(files);
  });

  it('has pages with links that lead somewhere, and blocks that end', () => {
    for (const [name, contents] of files) {
      if (!name.startsWith(pagesFolder)) continue;
      const links = [...contents.matchAll(/\]\(([\w-]+\.md)\)/g)].map(([, target]) => `${pagesFolder}/${target}`);
      for (const target of links) expect([...files.keys()], name).to.include(target);
      const fences = contents.split('\n').filter((line) => /^`{3,}/.test(line));
      expect(fences.length % 2, name).to.equal(0);
      expect(contents.length, name).to.be.lessThan(name.endsWith('/README.md') ? 200_000 : 20_000);
    }
  });

  it('knows a new rule everywhere', () => {
    const added: Family = defineFamily({ name: 'Fresh things', order: 1000 }, [
      {
        id: 'fresh-rule',
        title: 'Fresh things are <fresh> | new.',
        why: 'Old ones smell.',
        remedy: 'Replace them.',
        source: 'Common sense',
        severity: 'I/W/E',
        fix: 'safe',
        examples: { good: [{ name: 'fresh', definition: { fresh: true } }], bad: [] },
      },
    ]);
    const more = generatedFiles([...families, added], read);
    expect(more.get(`${pagesFolder}/fresh-rule.md`))
      .to.include('Old ones smell.')
      .and.to.include('"fresh": true');
    expect(more.get(`${pagesFolder}/README.md`)).to.include(
      '| [fresh-rule](fresh-rule.md) | Fresh things are &lt;fresh> \\| new. | info | warning | error | safe |',
    );
    const schema = JSON.parse(more.get('schemas/config.schema.json') ?? '');
    expect(schema.properties.rules.propertyNames.enum).to.include('fresh-rule');
    expect(more.get(`${pagesFolder}/README.md`)).to.include('| [Fresh things](#fresh-things) | 1 | 0 | 0 | 1 | 1 |');
    const fewer = generatedFiles(families, read);
    expect([...more.keys()].filter((name) => !fewer.has(name))).to.deep.equal([`${pagesFolder}/fresh-rule.md`]);
  });
});

describe('the rule ids in the schema of config.json', () => {
  it('are all known to editors', () => {
    const schema = JSON.parse(read('schemas/config.schema.json') ?? '');
    expect(schema.properties.rules.propertyNames.enum).to.deep.equal(allRules.map(({ id }) => id).sort());
  });

  it('leave the rest of the file as it is', () => {
    const text =
      '{\n    "properties": { "rules": { "type": "object", "propertyNames": { "enum": ["a"] } } },\n    "x": 1.0\n}\n';
    const now = withRuleIds(text, '/properties/rules', ['a', 'b']);
    expect(now.replaceAll(/\s/g, '')).to.equal(text.replaceAll(/\s/g, '').replace('["a"]', '["a","b"]'));
    expect(withRuleIds(now, '/properties/rules', ['a', 'b'])).to.equal(now);
  });

  it('are not what the validation complains of: it names the nearest rule itself', () => {
    expect(configProblems({ rules: { 'info-title-lenght': 'off' } })).to.deep.equal([]);
    expect(configProblems({ rules: { 'info-title-length': 'of' } })).to.have.length(1);
  });
});

describe('the explanation of a rule on the terminal', () => {
  it('says all that is known, for every rule', () => {
    for (const rule of allRules) {
      const text = explainRule(rule);
      expect(text.startsWith(`${rule.id}\n`), rule.id).to.equal(true);
      for (const part of ['Severity', 'Why', 'Remedy', 'Source', 'Fixed by'])
        expect(text, rule.id).to.include(`\n${part} `);
      expect(text.length, rule.id).to.be.lessThan(10_000);
    }
  });

  it('shows how to switch off what validate finds, and only that', () => {
    for (const rule of allRules) {
      const can = rule.manual !== true && (rule.command ?? 'validate').startsWith('validate');
      expect(explainRule(rule).includes('"reason"'), rule.id).to.equal(can);
    }
  });
});
