import { basename } from 'node:path';
import { expect } from 'chai';
import type { Connector } from '../../src/connector/load.ts';
import { filesOf } from '../../src/connector/load.ts';
import { profiles } from '../../src/connector/profile.ts';
import type { SourceFile } from '../../src/connector/source-file.ts';
import type { BadExample, Example, Rule } from '../../src/rules/engine/rule.ts';
import { RuleConfiguration } from '../../src/rules/engine/rule-configuration.ts';
import { type Finding, runRules } from '../../src/rules/engine/run.ts';
import { exampleConnector } from '../../src/rules/examples/example-connector.ts';
import { allRules, families } from '../../src/rules/families/catalogue.ts';
import { fixConnector } from '../../src/rules/fix/fix-connector.ts';
import type { Compilation } from '../../src/script/compilation.ts';

/** What a rule's declaration says is tested here, for all rules alike. */

const noSettings = () => new RuleConfiguration(new Set(), undefined, new Map());

const check = (connector: Connector, example: Omit<Example, 'name'>, rules = allRules): Promise<Finding[]> =>
  runRules(connector, {
    profile: example.profile ?? 'verified',
    subject: example.subject ?? 'repository',
    rules,
    settings: noSettings(),
    compile: example.compilation && (async () => example.compilation as Compilation),
  });

const roleOf: [RegExp, string][] = [
  [/config\.json$/i, 'config'],
  [/apidefinition.*json$|swagger\.json$/i, 'definition'],
  [/apiproperties\.json$/i, 'properties'],
  [/settings\.json$/i, 'settings'],
  [/icon\.png$/i, 'icon'],
  [/\.csx?$/i, 'script'],
  [/readme\.md$/i, 'readme'],
  [/intro\.md$/i, 'intro'],
];

const placeOf = (finding: Finding): string => {
  const role = roleOf.find(([pattern]) => pattern.test(finding.file))?.[1] ?? 'folder';
  return finding.pointer === '' ? role : `${role}#${finding.pointer}`;
};

const only = (rule: Rule, example: Omit<Example, 'name'>, connector = exampleConnector(example)) =>
  check(connector, example, [rule]);

describe('rules', () => {
  describe('the clean example connector', () => {
    for (const profile of profiles) {
      for (const subject of ['repository', 'folder', 'package', 'file'] as const) {
        it(`has no finding (${profile}, ${subject})`, async () => {
          const findings = await check(exampleConnector({ profile, subject }), { profile, subject });
          expect(findings.map((finding) => `${finding.rule} ${placeOf(finding)}: ${finding.message}`)).to.deep.equal(
            [],
          );
        });
      }
    }
  });

  it('have unique kebab-case ids', () => {
    const ids = allRules.map((rule) => rule.id);
    expect(ids).to.deep.equal([...new Set(ids)]);
    for (const id of ids) expect(id).to.match(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  for (const family of families) {
    describe(family.name, () => {
      for (const rule of family.rules) describe(rule.id, () => describeRule(rule));
    });
  }
});

function describeRule(rule: Rule): void {
  it('says what, why, what to do and who says so', () => {
    for (const text of [rule.title, rule.why, rule.remedy, rule.source]) expect(text.trim()).to.not.equal('');
    expect(rule.severity).to.match(/^[EWI-]\/[EWI-]\/[EWI-]$/);
  });

  if (rule.on === undefined) return;

  it('has examples', () => {
    expect(rule.examples?.good.length).to.be.greaterThan(0);
    expect(rule.examples?.bad.length).to.be.greaterThan(0);
  });

  it('shows its fix', () => {
    const isShown = rule.examples?.bad.some((example) => example.fixed !== undefined) ?? false;
    expect(isShown).to.equal(rule.fix !== undefined);
  });

  it('says who has to do what after a fix that is not safe', () => {
    expect(rule.consequence !== undefined).to.equal(rule.fix === 'unsafe' || rule.fix === 'deletion');
  });

  for (const example of rule.examples?.good ?? []) {
    it(`accepts: ${example.name}`, async () => {
      expect((await only(rule, example)).map((finding) => finding.message)).to.deep.equal([]);
    });
  }
  for (const example of rule.examples?.bad ?? []) describeBad(rule, example);
}

function describeBad(rule: Rule, example: BadExample): void {
  it(`reports: ${example.name}`, async () => {
    const connector = exampleConnector(example);
    const before = JSON.stringify([connector.definition?.value, connector.properties?.value]);
    const findings = await only(rule, example, connector);
    expect(findings.map(placeOf).sort()).to.deep.equal([...example.expect].sort());
    for (const finding of findings) expect(finding.message).to.match(/^\S.*\S$/);
    expect(JSON.stringify([connector.definition?.value, connector.properties?.value])).to.equal(before);
  });

  it(`makes no other error speak: ${example.name}`, async () => {
    const findings = await check(exampleConnector(example), example);
    const others = findings.filter((finding) => finding.severity === 'error' && finding.rule !== rule.id);
    expect(others.map((finding) => finding.rule).filter((id) => !example.implies?.includes(id))).to.deep.equal([]);
  });

  it(`has a fix if it declares one: ${example.name}`, async () => {
    const fixable = (await only(rule, example)).some((finding) => finding.fixable);
    if (rule.fix === undefined) expect(fixable).to.equal(false);
    if (example.fixed === undefined) return;
    expect(fixable).to.equal(true);
  });

  if (example.fixed === undefined) return;

  it(`fixes: ${example.name}`, async () => {
    const { profile, subject } = example;
    const connector = exampleConnector(example);
    const validate = (version: Connector) => only(rule, example, version);
    const { connector: now, findings } = await fixConnector(connector, { validate, wanted: () => true });
    expect(contentsOf(now)).to.deep.equal(contentsOf(exampleConnector({ ...example.fixed, profile, subject })));
    expect(findings.map((finding) => finding.message)).to.deep.equal([]);
  });
}

/** What is in each file, JSON as its value, and which others there are. */
function contentsOf(connector: Connector): Record<string, unknown> {
  const contents = filesOf(connector).map((file) => [basename(file.path), contentOf(file)]);
  return { ...Object.fromEntries(contents), others: connector.location.others };
}

const contentOf = (file: SourceFile): unknown => {
  if ('value' in file) return file.value;
  return 'text' in file ? file.text : file.bytes.toString('base64');
};
