import { compareVersions } from '../../compare-versions.ts';
import { toolName } from '../package-json.ts';
import type { Migration } from '../update/migration.ts';
import { changePackage } from '../update/package-json.ts';

export const raiseTool: Migration = {
  id: 'raise-tool',
  summary: `package.json asks for this version of ${toolName}`,
  apply: (draft, { version, spec: wanted }) =>
    changePackage(draft, ({ spec, setSpec }) => {
      // a path, an address, a tag or a wider range is the author's choice
      const [, least] = /^[~^]?(\d+\.\d+\.\d+)$/.exec(spec) ?? [];
      if (least === undefined || compareVersions(least, version) >= 0) return [];
      setSpec(wanted);
      return ['install the new version with: npm install'];
    }),
};
