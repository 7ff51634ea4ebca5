import { addAgentFiles } from '../migrations/add-agent-files.ts';
import { addCertificationPage } from '../migrations/add-certification-page.ts';
import { addIntroduction } from '../migrations/add-introduction.ts';
import { addScripts } from '../migrations/add-scripts.ts';
import { addTests } from '../migrations/add-tests.ts';
import { followTemplates } from '../migrations/follow-templates.ts';
import { ignoreFiles } from '../migrations/ignore-files.ts';
import { raiseTool } from '../migrations/raise-tool.ts';
import type { Migration } from './migration.ts';

/** All migrations, in the order in which they run. A new one is added at its place; none is ever changed or removed. */
export const migrations: readonly Migration[] = [
  followTemplates,
  addScripts,
  ignoreFiles,
  addIntroduction,
  addCertificationPage,
  addAgentFiles,
  addTests,
  raiseTool,
];
