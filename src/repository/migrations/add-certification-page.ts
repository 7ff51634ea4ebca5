import { pageName } from '../../certification/wants-page.ts';
import { loadConnector } from '../../connector/load.ts';
import { renderCertification } from '../render-repository.ts';
import type { Migration } from '../update/migration.ts';

export const addCertificationPage: Migration = {
  id: 'certification-page',
  since: '0.2.0',
  summary: `${pageName} shows the way to certification`,
  async apply(draft) {
    const connector = loadConnector(draft.root);
    if (draft.text(pageName) !== undefined || connector.definition === undefined) return [];
    const { files } = await renderCertification(connector);
    for (const { contents } of files) draft.edit(pageName, String(contents));
    return [];
  },
};
