import { counted } from '../../counted.ts';
import { hasFolder, type Solution } from '../solution.ts';
import type { Check, ReportBreach } from './check.ts';

/** One solution holds the connector and nothing else. */
export const solutionConnector: Check<'solution-connector'> = {
  rule: 'solution-connector',
  run: ({ contents: { kind, solutions, deployer, assets } }, report) => {
    for (const solution of solutions) checkSolution(solution, report);
    if (kind === 'solution' || deployer === undefined || assets === undefined || solutions.length === 0) return;
    if (solutions.some(({ role }) => role === 'connector')) return;
    report(`${deployer.place}!${assets}`, 'no solution holds the connector alone, without flows and plugins');
  },
};

function checkSolution({ archive, role, missing, unreadable, connectors }: Solution, report: ReportBreach): void {
  // of a damaged solution nothing certain can be said
  if (missing.length > 0 || unreadable.length > 0) return;
  const customizations = `${archive.place}!customizations.xml`;
  if (role === 'none') report(customizations, 'the solution holds neither the connector nor a flow nor a plugin');
  if (role !== 'connector') return;
  if (!hasFolder(archive, 'connector')) {
    report(
      archive.place,
      'customizations.xml names the connector, but there is no folder "Connector"; export it again',
    );
  }
  for (const folder of ['workflows', 'aiplugins', 'aipluginoperations']) {
    if (!hasFolder(archive, folder)) continue;
    report(archive.place, `the folder "${folder}" does not belong into the solution of the connector`);
  }
  if (connectors.length > 1) {
    report(customizations, `the solution holds ${counted(connectors.length, 'connector')}; one is submitted at a time`);
  }
}
