import { getOwn, isObject } from '../../connector/json/value.ts';
import { setInOrder } from '../../connector/key-order.ts';
import { repositoryScripts } from '../package-json.ts';
import type { Migration } from '../update/migration.ts';
import { changePackage } from '../update/package-json.ts';

const added = ['download', 'package', 'preview', 'release', 'status', 'update'] as const;

export const addScripts: Migration = {
  id: 'add-scripts',
  since: '0.2.0',
  summary: `npm scripts of the new commands: ${added.join(', ')}`,
  apply: (draft) =>
    changePackage(draft, ({ manifest }) => {
      const scripts = getOwn(manifest, 'scripts');
      if (!isObject(scripts)) return [];
      const taken = added.filter((name) => Object.hasOwn(scripts, name) && scripts[name] !== repositoryScripts[name]);
      for (const name of added) {
        if (!Object.hasOwn(scripts, name)) {
          setInOrder(scripts, name, repositoryScripts[name], Object.keys(repositoryScripts));
        }
      }
      return taken.map(
        (name) => `package.json has a script "${name}" of your own; ours would be: ${repositoryScripts[name]}`,
      );
    }),
};
