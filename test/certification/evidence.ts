import { type Evidence, gatherEvidence } from '../../src/certification/evidence.ts';
import type { MachineEvidence } from '../../src/certification/machine-evidence.ts';
import { exampleConnector } from '../../src/rules/examples/example-connector.ts';
import { frozen } from '../support/frozen.ts';

export const nothingMade: MachineEvidence = frozen({
  release: undefined,
  pullRequest: 'missing',
  submission: 'missing',
  hasDrawnIcon: false,
});

export const allMade: MachineEvidence = frozen({
  release: { tag: 'connector-v1.0.0', isCurrent: true },
  pullRequest: 'current',
  submission: 'current',
  hasDrawnIcon: false,
});

/** What the clean example connector shows, with what a test says otherwise. */
export function evidence(changes: Partial<Evidence> = {}): Evidence {
  const profile = changes.profile ?? 'verified';
  const report = { path: '.', profile, findings: [], counts: { error: 0, warning: 0, info: 0 } };
  return { ...gatherEvidence(exampleConnector({}), report, nothingMade), ...changes };
}

/** As far as files and programs can bring it. */
export const ready = (changes: Partial<Evidence> = {}): Evidence =>
  evidence({
    environments: ['dev'],
    deployments: [{ environment: 'dev', date: '2026-05-01', changed: undefined }],
    machine: allMade,
    ...changes,
  });
