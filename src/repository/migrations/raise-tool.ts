import { toolName } from '../package-json.ts';
import { isOlderSpec } from '../tool-spec.ts';
import type { Migration } from '../update/migration.ts';
import { changePackage } from '../update/package-json.ts';

export const raiseTool: Migration = {
  id: 'raise-tool',
  summary: `package.json asks for this version of ${toolName}`,
  apply: (draft, { version, spec: wanted }) =>
    changePackage(draft, ({ spec, setSpec }) => {
      if (!isOlderSpec(spec, version)) return [];
      setSpec(wanted);
      return ['install the new version with: npm install'];
    }),
};
