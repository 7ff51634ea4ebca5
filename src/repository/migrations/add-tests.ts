import { getOwn, isObject } from '../../connector/json/value.ts';
import { setInOrder } from '../../connector/key-order.ts';
import { loadConnector } from '../../connector/load.ts';
import { existingTestFiles } from '../../connector/test-files.ts';
import { nameOf } from '../../files/names.ts';
import { allTests } from '../generated-tests.ts';
import { repositoryScripts } from '../package-json.ts';
import type { Migration } from '../update/migration.ts';
import { changePackage } from '../update/package-json.ts';
import type { RepositoryDraft } from '../update/repository-draft.ts';

export const addTests: Migration = {
  id: 'add-tests',
  since: '0.2.0',
  summary: 'tests of what the connector promises, and npm test, which runs them',
  async apply(draft) {
    const connector = loadConnector(draft.root);
    if (connector.definition === undefined || existingTestFiles(draft.root).length > 0) return [];
    const notes = addScript(draft);
    for (const [path, text] of (await allTests(connector)) ?? []) draft.follow(nameOf(draft.root, path), text);
    return notes;
  },
};

/** What `npm test` runs may be something else already. */
const addScript = (draft: RepositoryDraft): string[] =>
  changePackage(draft, ({ manifest }) => {
    const scripts = getOwn(manifest, 'scripts');
    if (!isObject(scripts)) return [];
    const there = getOwn(scripts, 'test');
    if (there === undefined) setInOrder(scripts, 'test', repositoryScripts.test, Object.keys(repositoryScripts));
    return there === undefined || there === repositoryScripts.test
      ? []
      : [
          `package.json has a script "test" of your own; to run the tests of the connector, too: ${repositoryScripts.test}`,
        ];
  });
