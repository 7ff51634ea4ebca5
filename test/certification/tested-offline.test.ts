import { expect } from 'chai';
import type { TestEvidence } from '../../src/certification/machine-evidence.ts';
import { testedOffline } from '../../src/certification/tested-offline.ts';
import { temporaryFolder, writeTree } from '../support/folders.ts';
import { warmCli } from '../support/warm/warm.ts';
import { nothingMade } from './evidence.ts';

const shown = (tests: TestEvidence | undefined): string | undefined =>
  testedOffline({ machine: { ...nothingMade, tests } });

const all = ['A', 'B', 'C', 'D', 'E'];

describe('what tests show of the step "test"', () => {
  it('says which operations they go through, what failed, and what was skipped', () => {
    expect(shown(undefined)).to.equal(undefined);
    expect(shown({ failed: 0, skipped: 0, operations: { all, seen: all } })).to.equal(
      'offline tests pass, and go through 5 of 5 operations',
    );
    expect(shown({ failed: 0, skipped: 2, operations: { all, seen: ['A'] } })).to.equal(
      'offline tests pass, and go through 1 of 5 operations; not through B, C, D and 1 more; 2 tests skipped',
    );
    expect(shown({ failed: 1, skipped: 0, operations: { all, seen: all } })).to.contain('1 offline test fails');
  });

  it('is said by status, and never ticks the step', function () {
    this.timeout(20_000);
    const definition = {
      swagger: '2.0',
      info: { title: 'Things', version: '1.0' },
      host: 'api.contoso.com',
      paths: { '/things': { get: { operationId: 'ListThings', responses: { 200: { description: 'OK' } } } } },
    };
    const cwd = writeTree(temporaryFolder(), {
      'apiDefinition.swagger.json': JSON.stringify(definition),
      'tests/a.test.yaml': 'operation: ListThings\ncases: [ { name: a } ]\n',
    });
    const { steps } = JSON.parse(warmCli(['status', '--format', 'json'], { cwd }).stdout);
    const step = steps.find(({ id }: { id: string }) => id === 'test');
    expect(step.state).to.equal('to-do');
    expect(step.why).to.equal('offline tests pass, and go through 1 of 1 operation');
  });
});
