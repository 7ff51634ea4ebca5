import { hasFolder, type Solution } from '../solution.ts';
import type { Check, ReportBreach } from './check.ts';

/** One solution holds a flow, together with the connector that it uses. */
export const solutionFlow: Check<'solution-flow'> = {
  rule: 'solution-flow',
  run: ({ contents: { kind, solutions, deployer, assets } }, report) => {
    for (const solution of solutions) if (solution.role === 'flow') checkSolution(solution, report);
    if (kind === 'solution' || deployer === undefined || assets === undefined || solutions.length === 0) return;
    if (solutions.some(({ role }) => role === 'flow')) return;
    report(
      `${deployer.place}!${assets}`,
      'no solution holds a flow; export one that holds the connector and a flow with it',
    );
  },
};

function checkSolution({ archive, has }: Solution, report: ReportBreach): void {
  if (!has.connector) {
    report(
      `${archive.place}!customizations.xml`,
      'the solution holds flows, but not the connector that they use; add it',
    );
  } else if (!hasFolder(archive, 'connector')) {
    report(
      archive.place,
      'customizations.xml names the connector, but there is no folder "Connector"; export it again',
    );
  }
  if (!hasFolder(archive, 'workflows')) {
    report(
      archive.place,
      'customizations.xml names flows, but there is no folder "Workflows"; export the solution again',
      {
        policy: '5000.1.1.14',
      },
    );
  }
}
