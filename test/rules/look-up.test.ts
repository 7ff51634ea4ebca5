import { expect } from 'chai';
import { botAnswers, partnerCenterAnswers } from '../../src/certification/answers.ts';
import { steps } from '../../src/certification/steps.ts';
import { isUserError } from '../../src/errors.ts';
import { describeLookedUp, explainLookedUp } from '../../src/rules/explain-looked-up.ts';
import { allRules, ruleById } from '../../src/rules/families/catalogue.ts';
import { type LookedUp, lookUp, policyCodes } from '../../src/rules/look-up.ts';
import { comparePolicyCodes, describedPolicies, policyGroups, readPolicyCode } from '../../src/rules/policy-codes.ts';
import { pagesOf, sourcePages } from '../../src/rules/source-pages.ts';
import { warmCli } from '../support/warm/warm.ts';

const idsOf = (found: LookedUp): string[] =>
  found.kind === 'rule'
    ? [found.rule.id]
    : found.kind === 'policies'
      ? found.codes.flatMap(({ rules }) => rules.map(({ id }) => id))
      : found.rules.map(({ id }) => id);

describe('what can be looked up', () => {
  it('is every rule by its id, every policy number and every name of the service', () => {
    for (const rule of allRules) {
      expect(idsOf(lookUp(rule.id)), rule.id).to.deep.equal([rule.id]);
      if (rule.policy !== undefined) expect(idsOf(lookUp(rule.policy)), rule.policy).to.include(rule.id);
      if (rule.official !== undefined) expect(idsOf(lookUp(rule.official)), rule.official).to.include(rule.id);
    }
  });

  it('is the seventeen numbers of the package, each with what, why and what to do', () => {
    for (let last = 1; last <= 17; last += 1) {
      const code = `5000.1.1.${last}`;
      const text = explainLookedUp(lookUp(code));
      for (const part of ['Why', 'Remedy', 'Source', 'Read        https://learn.microsoft.com/', 'Checked by']) {
        expect(text, code).to.include(`\n${part}`);
      }
      // nothing here scans for malware; of all others there is a rule
      expect(idsOf(lookUp(code)).length > 0, code).to.equal(last !== 4);
    }
  });

  it('is a number as it is copied', () => {
    for (const text of ['5000.1.1.12', ' 5000.1.1.12 ', 'policy 5000.1.1.12', 'Policy: 5000.1.1.12.', '5000.1.1.12:'])
      expect(idsOf(lookUp(text)), text).to.deep.equal(['package-assets']);
    expect(readPolicyCode('5000.1.1.12.3')).to.equal(undefined);
    expect(readPolicyCode('50001')).to.equal(undefined);
  });

  it('is the beginning of numbers, in their order', () => {
    for (const beginning of ['5000.2.x', '5000.2', '5000.2.*', '5000.2.x.x', '5000.2.'])
      expect(explainLookedUp(lookUp(beginning)), beginning).to.match(/5000\.2\.6\.9[\s\S]*5000\.2\.6\.10/);
    expect(explainLookedUp(lookUp('5000.1.1.x')))
      .to.include('5000.1.1.17')
      .and.not.include('5000.2');
    expect(explainLookedUp(lookUp('5000.x')))
      .to.include('5000.1.1.1 ')
      .and.include('5000.3.1.6');
    expect([...policyCodes].sort(comparePolicyCodes)).to.deep.equal(policyCodes);
  });

  it('is in every number that is known: what it is about, and its group', () => {
    for (const code of policyCodes) {
      const found = lookUp(code);
      expect(JSON.stringify(describeLookedUp(found)), code).to.match(/"title":"[^"]{10}/);
      expect(explainLookedUp(found).length, code).to.be.lessThan(10_000);
      expect(policyGroups.has(code.slice(0, code.lastIndexOf('.'))), code).to.equal(true);
    }
    for (const { rules = [] } of describedPolicies.values())
      for (const id of rules) expect(ruleById.has(id), id).to.equal(true);
  });

  it('is nothing else: the nearest names are said', () => {
    const said = (text: string): string => {
      try {
        lookUp(text);
      } catch (error) {
        if (isUserError(error)) return `${error.message}\n${error.hint}`;
      }
      return 'nothing';
    };
    expect(said('info-title-lenght')).to.include('did you mean "info-title-length"');
    expect(said('OperationIdNotUniqe')).to.include('did you mean "OperationIdNotUnique"');
    expect(said('webhook')).to.include('webhook-delete').and.include('webhook-verb');
    expect(said('5000.1.1.99')).to.include('pp-connector rules 5000.1.1.x');
    expect(said('5000.9.9.9')).to.include('pp-connector rules 5000.x');
    for (const text of ['', ' ', 'zzz', '\u001b[2J', '__proto__', 'constructor']) {
      expect(said(text), JSON.stringify(text)).to.match(/pp-connector rules/);
    }
  });
});

describe('advice to look something up', () => {
  it('names what is there', () => {
    const texts = [...botAnswers, ...partnerCenterAnswers].flatMap((answer) => Object.values(answer));
    const named = texts.flatMap((text) => [...text.matchAll(/pp-connector rules (\S+)/g)].map(([, word = '']) => word));
    expect(named.length).to.be.greaterThan(0);
    for (const word of [...named, ...texts.flatMap((text) => text.match(/5000(?:\.\w+)+/g) ?? [])])
      expect(() => lookUp(word), word).to.not.throw();
    for (const { id, rules = [] } of steps) for (const rule of rules) expect(ruleById.has(rule), id).to.equal(true);
  });
});

describe('the pages of a source', () => {
  it('are found by words and numbers', () => {
    expect(pagesOf('Certification policy; pull requests 3943 and 705')).to.have.length(3);
    expect(pagesOf('Issues 7630 of coe-starter-kit')).to.deep.equal([]);
    expect(pagesOf('This tool')).to.deep.equal([]);
  });

  it('each belong to some rule', () => {
    const all = allRules.flatMap(({ source }) => source.split(';').map((part) => part.trim().toLowerCase()));
    for (const [words, page] of sourcePages)
      expect(
        all.some((part) => words.test(part)),
        page,
      ).to.equal(true);
  });
});

describe('pp-connector rules CODE', () => {
  it('prints JSON for a script', () => {
    const { policy, rules } = JSON.parse(warmCli(['rules', '5000.1.1.12', '--format', 'json']).stdout);
    expect(policy).to.include({ code: '5000.1.1.12' }).and.include.keys('title', 'why', 'remedy', 'source', 'page');
    expect(rules.map(({ id }: { id: string }) => id)).to.deep.equal(['package-assets']);
    const { policies } = JSON.parse(warmCli(['rules', '5000.1.x', '--format', 'json']).stdout);
    expect(policies).to.have.length(17);
    const { official } = JSON.parse(warmCli(['rules', 'operationidnotunique', '--format', 'json']).stdout);
    expect(official).to.equal('OperationIdNotUnique');
  });

  it('leaves with 2 where nothing is known', () => {
    const { status, stdout } = warmCli(['rules', '5000.1.1.18']);
    expect({ status, stdout }).to.deep.equal({ status: 2, stdout: '' });
  });
});
