import { expect } from 'chai';
import { written } from '../../src/certification/checks.ts';
import { evaluateSteps } from '../../src/certification/evaluate-steps.ts';
import { stepsInOrder, textFor } from '../../src/certification/step.ts';
import { steps } from '../../src/certification/steps.ts';
import { type Profile, profiles } from '../../src/connector/profile.ts';
import type { Finding } from '../../src/rules/engine/run.ts';
import { allRules } from '../../src/rules/families/catalogue.ts';
import { evidence } from './evidence.ts';

/** Step by step what a publisher of each kind does, in the order in which it is done. */
const ways: Readonly<Record<Profile, readonly string[]>> = {
  custom: ['assets', 'texts', 'secrets', 'login', 'deploy', 'redirect-addresses', 'test', 'share'],
  verified: [
    ...['assets', 'texts', 'secrets', 'redirect-mode', 'readme', 'intro', 'icon', 'unique', 'partner-account'],
    ...['login', 'deploy', 'redirect-addresses', 'test', 'solution-checker', 'test-credentials', 'release'],
    ...['pull-request-folder', 'pull-request', 'license', 'merge'],
    ...['solutions', 'submission-package', 'upload', 'submission'],
    ...['review', 'preview-test', 'sign-off', 'deployment', 'general-availability', 'updates'],
  ],
  independent: [
    ...['assets', 'texts', 'secrets', 'sign-in', 'readme', 'intro', 'unique', 'registration', 'proposal'],
    ...['login', 'deploy', 'test', 'solution-checker', 'screenshots', 'release'],
    ...['solutions', 'submission-package', 'pull-request-folder', 'pull-request', 'license'],
    ...['identity', 'review', 'deployment', 'general-availability', 'updates'],
  ],
};

describe('the steps of certification', () => {
  for (const profile of profiles) {
    it(`are those of the profile ${profile}, in their order`, () => {
      const own = stepsInOrder(steps, profile).filter((step) => step.profiles.includes(profile));
      expect(own.map(({ id }) => id)).to.deep.equal(ways[profile]);
    });

    it(`say for ${profile} what is done, by whom, how long it takes, and why others aren't needed`, () => {
      for (const status of evaluateSteps(evidence({ profile }), new Map()).steps) {
        expect(status.about, status.id).to.match(/^[A-Za-z].+\.$/);
        expect(['publisher', 'Microsoft', 'both']).to.include(status.who);
        expect(status.duration, status.id).to.match(/\w/);
        if (!status.profiles.includes(profile)) {
          expect(status.state, status.id).to.equal('not-needed');
          expect(status.why, status.id).to.not.match(/^not for the profile/);
        }
      }
    });
  }

  it('have names that can be typed, each once', () => {
    const ids = steps.map(({ id }) => id);
    expect(new Set(ids).size).to.equal(ids.length);
    for (const id of ids) expect(id).to.match(/^[a-z]+(-[a-z]+)*$/);
  });

  it('come after steps that stand before them, in every profile that has them', () => {
    for (const profile of profiles) {
      const own = stepsInOrder(steps, profile);
      for (const [index, step] of own.entries()) {
        if (!step.profiles.includes(profile)) continue;
        const after = textFor(step.after, profile);
        if (after === undefined) {
          expect(['waiting', 'upkeep'], step.id).to.not.include(step.how.kind);
          continue;
        }
        const before = own.findIndex(({ id }) => id === after);
        expect(before, `${step.id} after ${after}`).to.be.within(0, index - 1);
        expect(own[before]?.profiles).to.include(profile);
      }
    }
  });

  it('are made for steps that stand behind them and are ticked', () => {
    for (const profile of profiles) {
      const own = stepsInOrder(steps, profile);
      for (const [index, { id, madeFor, how }] of own.entries()) {
        const name = textFor(madeFor, profile);
        if (name === undefined) continue;
        expect(how.kind, id).to.equal('check');
        const target = own.findIndex((step) => step.id === name);
        expect(target, id).to.be.greaterThan(index);
        expect(own[target]?.how.kind, id).to.equal('hand');
      }
    }
  });

  it('ask for every rule of validation and packages that no program can check', () => {
    const asked = steps.flatMap(({ rules = [] }) => rules).sort();
    const manual = allRules.filter((rule) => rule.manual && rule.command !== 'diff').map(({ id }) => id);
    expect(asked).to.deep.equal(manual.sort());
  });

  it('name the list of texts only for texts that are in it', () => {
    const commandFor = (...rules: string[]) => {
      const derived = rules.map((rule) => ({ rule, severity: 'warning', message: 'made' }) as Finding);
      const { findings } = evidence();
      const verdict = written(evidence({ findings: { ...findings, derived } }));
      return verdict.done ? undefined : verdict.command;
    };
    expect(commandFor()).to.equal(undefined);
    expect(commandFor('derived-connector-description')).to.equal('pp-connector validate --profile verified');
    const both = commandFor('derived-connector-description', 'derived-operation-descriptions');
    expect(both).to.equal('pp-connector texts');
  });

  it("leave Microsoft's part to Microsoft", () => {
    const waiting = steps.filter(({ how }) => how.kind === 'waiting');
    expect(waiting.map(({ id }) => id)).to.deep.equal(['merge', 'review', 'deployment']);
    for (const { who } of waiting) expect(who).to.equal('Microsoft');
  });
});
