import { relative } from 'node:path';
import { loadConnector } from '../../connector/load.ts';
import { profileOf } from '../../connector/profile.ts';
import { documentFiles } from '../../docs/document-files.ts';
import { documentTemplates } from '../render-repository.ts';
import type { Migration } from '../update/migration.ts';

/** Independent publishers submit a package as well, since autumn 2025: their repositories had no INTRO.md. */
export const addIntroduction: Migration = {
  id: 'introduction',
  since: '0.2.0',
  summary: 'INTRO.md is the introduction in the package, which independent publishers submit, too',
  apply(draft) {
    const connector = loadConnector(draft.root);
    const profile = profileOf(connector);
    const isReadable = connector.definition?.problems.length === 0 && connector.properties?.problems.length === 0;
    if (profile === 'custom' || connector.intro !== undefined || !isReadable) return [];
    for (const [path, text] of documentFiles(connector, { profile, templates: documentTemplates() })) {
      const name = relative(draft.root, path).replaceAll('\\', '/');
      // the README is another matter: it is brought up to date by its own command
      if (/^intro\.md$/i.test(name)) draft.edit(name, text);
    }
    return [];
  },
};
