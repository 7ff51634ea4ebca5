import { certificationPage, pageName } from '../../certification/page.ts';
import { loadConnector } from '../../connector/load.ts';
import { validateConnector } from '../../rules/engine/validate-connector.ts';
import type { Migration } from '../update/migration.ts';

export const addCertificationPage: Migration = {
  id: 'certification-page',
  since: '0.2.0',
  summary: `${pageName} shows the way to certification`,
  async apply(draft) {
    const connector = loadConnector(draft.root);
    if (draft.text(pageName) !== undefined || connector.definition === undefined) return [];
    const report = await validateConnector(connector, '.', { cwd: draft.root });
    for (const { contents } of certificationPage(connector, report)) draft.edit(pageName, String(contents));
    return [];
  },
};
