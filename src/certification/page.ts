import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Connector } from '../connector/load.ts';
import { readText } from '../connector/source-file.ts';
import { beginMarker, endMarker } from '../docs/markers.ts';
import { updateDocument } from '../docs/update-document.ts';
import type { PlannedFile } from '../files/commit.ts';
import type { ConnectorReport } from '../rules/engine/report.ts';
import { evaluateSteps } from './evaluate-steps.ts';
import { gatherEvidence } from './evidence.ts';
import { readSignOffs, type SignOffs } from './sign-offs.ts';
import { statusList } from './status-list.ts';
import { pageName, wantsCertificationPage } from './wants-page.ts';

const block = 'certification';

const newPage = `# Certification

The way of this connector to everybody's list of connectors. \`npx pp-connector status\` shows where it stands now, and what is next.
The list below is from the last \`npx pp-connector readme\` or \`npx pp-connector status --done STEP\`; everything outside of it is yours.

${beginMarker(block)}
${endMarker(block)}

## Notes

Ticket numbers, contacts, what reviewers asked for.
`;

/**
 * docs/certification.md of a repository, where it wants one. It shows what the repository holds: neither git tags nor packages, which differ from machine to machine, nor today's date.
 *
 * @param report of the connector by its own profile
 * @param signOffs when others than the remembered ones count
 * @returns the file as it shall be; none where there shall be none
 * @throws UserError for broken markers in the page, or a damaged memory of sign-offs
 */
export function certificationPage(connector: Connector, report: ConnectorReport, signOffs?: SignOffs): PlannedFile[] {
  if (!wantsCertificationPage(connector, report.profile)) return [];
  const { root } = connector.location;
  const path = join(root, ...pageName.split('/'));
  const page = existsSync(path) ? readText('readme', path) : undefined;
  const status = evaluateSteps(gatherEvidence(connector, report, undefined), signOffs ?? readSignOffs(root));
  const blocks = new Map([[block, statusList(status)]]);
  const text = updateDocument(page?.text ?? newPage, blocks, { path });
  return [{ path, contents: (page?.bom ? '\uFEFF' : '') + text, kind: 'edited' }];
}
