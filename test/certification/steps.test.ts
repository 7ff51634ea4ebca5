import { expect } from 'chai';
import { judge } from '../../src/certification/judge.ts';
import { textFor } from '../../src/certification/step.ts';
import { steps } from '../../src/certification/steps.ts';
import { type Profile, profiles } from '../../src/rules/engine/rule.ts';
import { allRules } from '../../src/rules/families/catalogue.ts';
import { evidence } from './evidence.ts';

/** Step by step what a publisher of each kind does, in the order in which it is done. */
const ways: Readonly<Record<Profile, readonly string[]>> = {
  custom: ['assets', 'texts', 'secrets', 'login', 'deploy', 'redirect-addresses', 'test', 'share'],
  verified: [
    ...['assets', 'texts', 'secrets', 'redirect-mode', 'readme', 'intro', 'icon', 'unique', 'partner-account'],
    ...['login', 'deploy', 'redirect-addresses', 'test', 'solution-checker', 'test-credentials', 'release'],
    ...['pull-request-folder', 'pull-request', 'license', 'solutions', 'submission-package', 'upload', 'submission'],
    ...['merge', 'review', 'preview-test', 'notice', 'deployment', 'general-availability', 'updates'],
  ],
  independent: [
    ...['assets', 'texts', 'secrets', 'redirect-mode', 'readme', 'unique', 'registration', 'identity', 'proposal'],
    ...['login', 'deploy', 'redirect-addresses', 'test', 'solution-checker', 'screenshots', 'release'],
    ...['pull-request-folder', 'pull-request', 'license'],
    ...['merge', 'review', 'preview-test', 'notice', 'deployment', 'general-availability', 'updates'],
  ],
};

describe('the steps of certification', () => {
  for (const profile of profiles) {
    it(`are those of the profile ${profile}, in their order`, () => {
      const own = steps.filter((step) => step.profiles.includes(profile)).map(({ id }) => id);
      expect(own).to.deep.equal(ways[profile]);
    });

    it(`say for ${profile} what is done, by whom, how long it takes, and why others aren't needed`, () => {
      for (const status of judge(evidence({ profile }), new Map()).steps) {
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
    for (const [index, step] of steps.entries()) {
      for (const profile of step.profiles) {
        const after = textFor(step.after, profile);
        if (after === undefined) {
          expect(['waiting', 'upkeep'], step.id).to.not.include(step.how.kind);
          continue;
        }
        const before = steps.findIndex(({ id }) => id === after);
        expect(before, `${step.id} after ${after}`).to.be.within(0, index - 1);
        expect(steps[before]?.profiles).to.include(profile);
      }
    }
  });

  it('are made for steps that stand behind them and are ticked', () => {
    for (const [index, { id, madeFor, how }] of steps.entries()) {
      if (madeFor === undefined) continue;
      expect(how.kind, id).to.equal('check');
      const target = steps.findIndex((step) => step.id === madeFor);
      expect(target, id).to.be.greaterThan(index);
      expect(steps[target]?.how.kind, id).to.equal('hand');
    }
  });

  it('ask for every rule of validation and packages that no program can judge', () => {
    const asked = steps.flatMap(({ rules = [] }) => rules).sort();
    const manual = allRules.filter((rule) => rule.manual && rule.command !== 'diff').map(({ id }) => id);
    expect(asked).to.deep.equal(manual.sort());
  });

  it("leave Microsoft's part to Microsoft", () => {
    const waiting = steps.filter(({ how }) => how.kind === 'waiting');
    expect(waiting.map(({ id }) => id)).to.deep.equal(['merge', 'review', 'deployment']);
    for (const { who } of waiting) expect(who).to.equal('Microsoft');
  });
});
