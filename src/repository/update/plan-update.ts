import { compareVersions } from '../../compare-versions.ts';
import { UserError } from '../../errors.ts';
import type { PlannedFile } from '../../files/commit.ts';
import type { GeneratedFiles } from '../../files/generated-files.ts';
import { toolName } from '../package-json.ts';
import type { Migration, Tool } from './migration.ts';
import { RepositoryDraft } from './repository-draft.ts';

/** Repositories didn't remember their version before the second one. */
const firstVersion = '0.1.0';

export interface UpdatePlan {
  /** Version that the repository was up to date with. */
  from: string;
  files: PlannedFile[];
  /** Migrations that have something to change, in their order, with the names of the files. */
  steps: { migration: Migration; names: string[] }[];
  /** What the author has to know. */
  notes: string[];
}

export interface UpdateOptions {
  generated: GeneratedFiles;
  migrations: readonly Migration[];
  tool: Tool;
  /** Names of files that shall be as in their template, whoever edited them. */
  wanted?: ReadonlySet<string>;
}

/**
 * Plans what brings a repository up to date with this version. Nothing is written.
 *
 * @param root of the repository, absolute
 * @throws UserError when a newer version has written it
 */
export async function planUpdate(
  root: string,
  { generated, migrations, tool, wanted }: UpdateOptions,
): Promise<UpdatePlan> {
  const from = generated.version ?? firstVersion;
  if (compareVersions(from, tool.version) > 0) {
    throw new UserError(`${root} is up to date with version ${from} of ${toolName}; this is ${tool.version}`, {
      hint: `use that version or a later one: npm install --save-dev ${toolName}@^${from}`,
    });
  }
  const draft = new RepositoryDraft(root, generated, wanted);
  const steps: UpdatePlan['steps'] = [];
  const notes: string[] = [];
  for (const migration of migrations) {
    if (migration.since !== undefined && compareVersions(migration.since, from) <= 0) continue;
    const before = draft.changed.length;
    notes.push(...(await migration.apply(draft, tool)));
    const names = draft.changed.slice(before);
    if (names.length > 0) steps.push({ migration, names });
  }
  return { from, files: draft.files(), steps, notes };
}
