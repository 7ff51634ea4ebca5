import { expect } from 'chai';
import { evaluateSteps, type Status, type StepStatus } from '../../src/certification/evaluate-steps.ts';
import type { SignOff } from '../../src/certification/sign-offs.ts';
import { steps } from '../../src/certification/steps.ts';
import { evidence, nothingMade, ready } from './evidence.ts';

const stepOf = (status: Status, id: string): StepStatus => {
  const found = status.steps.find((step) => step.id === id);
  if (found === undefined) throw new Error(`there is no step ${id}`);
  return found;
};

/** Ticks of these steps as the connector is now. */
const ticked = (ids: readonly string[], done = '2026-05-02'): Map<string, SignOff> =>
  new Map(ids.map((id) => [id, { done, fingerprint: evidence().fingerprint }]));

const byHand = steps.filter(({ how }) => how.kind === 'hand').map(({ id }) => id);

const stepsBefore = (id: string): string[] =>
  steps
    .slice(
      0,
      steps.findIndex((step) => step.id === id),
    )
    .filter(({ how }) => how.kind === 'hand' || how.kind === 'waiting')
    .map((step) => step.id);

describe('the state of a step', () => {
  it('is done where the repository shows it', () => {
    const status = evaluateSteps(ready(), new Map());
    expect(stepOf(status, 'assets')).to.include({ state: 'done' });
    expect(stepOf(status, 'deploy')).to.include({ state: 'done', since: '2026-05-01', why: 'in dev' });
    expect(stepOf(status, 'release')).to.include({ state: 'done', why: 'tag connector-v1.0.0' });
  });

  it('is to do with the next command where it does not', () => {
    const status = evaluateSteps(evidence({ environments: ['dev', 'test'] }), new Map());
    expect(stepOf(status, 'login')).to.include({ state: 'to-do', command: 'pp-connector login --environment dev' });
    expect(stepOf(status, 'deploy')).to.include({ state: 'to-do', command: 'pp-connector deploy --environment dev' });
    expect(stepOf(status, 'release')).to.include({ state: 'to-do', command: 'pp-connector release' });
    expect(stepOf(status, 'test')).to.include({ state: 'to-do', command: 'pp-connector status --done test' });
  });

  it('names what was deployed from other files', () => {
    const deployments = [
      { environment: 'dev', date: '2026-04-01', changed: 'the definition has changed' },
      { environment: 'test', date: '2026-05-01', changed: 'script.csx has changed' },
    ];
    const status = evaluateSteps(ready({ environments: ['dev', 'test'], deployments }), new Map());
    expect(stepOf(status, 'deploy')).to.include({
      state: 'to-do',
      why: 'script.csx has changed since it was deployed to test on 2026-05-01',
      command: 'pp-connector deploy --environment test',
    });
  });

  it('does not praise what nobody could read', () => {
    const status = evaluateSteps(evidence({ unvalidated: 'the definition' }), new Map());
    expect(stepOf(status, 'texts')).to.include({ state: 'to-do', why: "the definition can't be read yet" });
    expect(stepOf(status, 'readme')).to.include({ state: 'done' });
  });

  it('is by hand where the author ticked it, with the day and the note', () => {
    const ticks = new Map([
      ['test', { done: '2026-05-02', note: '12 calls each', fingerprint: evidence().fingerprint }],
    ]);
    expect(stepOf(evaluateSteps(evidence(), ticks, '2026-06-01'), 'test')).to.include({
      state: 'by-hand',
      since: '2026-05-02',
      note: '12 calls each',
      why: undefined,
    });
  });

  it('is stale where the connector has changed since the tick, and only for steps that depend on it', () => {
    const now = evidence({ fingerprint: { ...evidence().fingerprint, definition: 'another' } });
    const status = evaluateSteps(now, ticked(['test', 'unique', 'test-credentials']));
    expect(stepOf(status, 'test')).to.include({
      state: 'stale',
      why: 'ticked 2026-05-02, the definition has changed since',
      command: 'pp-connector status --done test',
    });
    expect(stepOf(status, 'unique').state).to.equal('by-hand');
    expect(stepOf(status, 'test-credentials').state).to.equal('by-hand');
    expect(status.counts.stale).to.equal(1);
  });

  it('is stale for a script that came, and for several files at once', () => {
    const now = evidence({ fingerprint: { definition: 'x', properties: 'y', script: 'z' } });
    expect(stepOf(evaluateSteps(now, ticked(['test'])), 'test').why).to.equal(
      'ticked 2026-05-02, the definition, apiProperties.json and script.csx have changed since',
    );
  });

  it('shows a day in the future and does not count from it', () => {
    const status = evaluateSteps(ready(), ticked([...stepsBefore('merge')], '2031-01-01'), '2026-05-02');
    const doubt = 'that day lies in the future: today is 2026-05-02';
    expect(stepOf(status, 'test')).to.include({ state: 'by-hand', since: '2031-01-01', why: doubt });
    expect(stepOf(status, 'merge')).to.include({ state: 'waiting', since: '2031-01-01', why: doubt });
  });

  it('is waiting once it is the turn of Microsoft, since the day of the step before', () => {
    const status = evaluateSteps(ready(), ticked(stepsBefore('review')), '2026-05-20');
    expect(stepOf(status, 'review')).to.include({
      state: 'waiting',
      since: '2026-05-02',
      why: 'for 18 days now',
      duration: '24-48 hours, then 1-2 weeks per round',
      command: 'pp-connector status --done review',
    });
    expect(stepOf(status, 'deployment')).to.include({ state: 'to-do', why: 'comes after "Go-live in Partner Center"' });
  });

  it('does not ask for what lay on one machine once it was used', () => {
    const elsewhere = ready({ machine: nothingMade });
    expect(stepOf(evaluateSteps(elsewhere, new Map()), 'pull-request-folder').state).to.equal('to-do');
    const status = evaluateSteps(elsewhere, ticked(['pull-request']));
    expect(stepOf(status, 'pull-request-folder')).to.include({
      state: 'done',
      since: '2026-05-02',
      why: 'it went into "Pull request"',
    });
    expect(stepOf(status, 'submission-package').state).to.equal('to-do');
    const changed = ready({ machine: nothingMade, fingerprint: { ...evidence().fingerprint, definition: 'another' } });
    expect(stepOf(evaluateSteps(changed, ticked(['pull-request'])), 'pull-request-folder').state).to.equal('to-do');
  });

  it('is not needed for a connector without OAuth, or that nobody signs in to', () => {
    const status = evaluateSteps(evidence({ signIns: [] }), new Map());
    for (const id of ['redirect-mode', 'redirect-addresses', 'test-credentials']) {
      expect(stepOf(status, id).state, id).to.equal('not-needed');
    }
  });
});

describe('the next step', () => {
  it('is the first that is not done', () => {
    expect(evaluateSteps(evidence(), new Map()).next).to.equal('unique');
    expect(evaluateSteps(ready(), ticked(byHand)).next).to.equal('merge');
    const messy = evidence({ unvalidated: 'apiProperties.json' });
    expect(evaluateSteps(messy, ticked(byHand)).next).to.equal('texts');
  });

  it('leaves something to do while Microsoft has it', () => {
    const submitted = stepsBefore('merge');
    expect(evaluateSteps(ready(), ticked(submitted))).to.include({ next: 'merge', meanwhile: undefined });
    const independent = ready({ profile: 'independent' });
    const asked = [...submitted, 'solutions', 'identity'];
    expect(evaluateSteps(independent, ticked(asked))).to.include({ next: 'review', meanwhile: undefined });
    expect(evaluateSteps(independent, ticked([...submitted, 'solutions']))).to.include({ next: 'identity' });
  });

  it('is none at the end', () => {
    const all = steps.filter(({ how }) => how.kind === 'hand' || how.kind === 'waiting').map(({ id }) => id);
    const status = evaluateSteps(ready(), ticked(all));
    expect(status.next).to.equal(undefined);
    expect(stepOf(status, 'updates')).to.include({
      state: 'not-needed',
      why: 'nothing has changed since the publication',
    });
  });

  it('begins anew with a change after the publication', () => {
    const all = steps.filter(({ how }) => how.kind === 'hand' || how.kind === 'waiting').map(({ id }) => id);
    const changed = ready({
      fingerprint: { ...evidence().fingerprint, definition: 'another' },
      machine: nothingMade,
      deployments: [{ environment: 'dev', date: '2026-05-01', changed: 'the definition has changed' }],
    });
    const status = evaluateSteps(changed, ticked(all));
    expect(status.next).to.equal('deploy');
    expect(stepOf(status, 'updates')).to.include({ state: 'to-do', command: 'pp-connector diff' });
    for (const id of ['test', 'pull-request', 'submission']) expect(stepOf(status, id).state, id).to.equal('stale');
    for (const id of ['unique', 'partner-account', 'license', 'general-availability']) {
      expect(stepOf(status, id).state, id).to.equal('by-hand');
    }
  });
});
