import { agentFiles } from '../agent-files.ts';
import { ciProviders } from '../ci/providers.ts';
import { staticFiles, targetOf } from '../static-files.ts';
import type { Migration } from '../update/migration.ts';

/** What is added to these line by line once somebody edited them: see the migrations of their own. */
const grown: readonly string[] = ['_gitignore'];

/** The templates whose files follow them. Yeoman keeps answers in `.yo-rc.json`, and so may the author. */
export const followedTemplates: readonly string[] = [
  ...staticFiles.filter((name) => name !== '_yo-rc.json'),
  ...agentFiles,
  ...ciProviders.flatMap(({ templates }) => templates),
];

/** Workflows, editor settings and the like; a file that its author deleted stays away. */
export const followTemplates: Migration = {
  id: 'follow-templates',
  summary: 'generated files that nobody edited follow their templates',
  apply(draft, { template }) {
    for (const name of followedTemplates) {
      const target = targetOf(name);
      const isThere = draft.text(target) !== undefined;
      if (isThere && (draft.isOurs(target) || !grown.includes(name))) draft.follow(target, template(name));
    }
    return [];
  },
};
