import { existsSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { readJson } from '../connector/source-file.ts';
import { paconnAdvice, paconnFiles } from '../deploy/paconn-settings.ts';
import type { DeploymentPlan } from '../deploy/plan-deployment.ts';
import { decide, summarise, write } from '../files/commit.ts';
import { GeneratedFiles } from '../files/generated-files.ts';
import { lockFolder } from '../files/lock.ts';
import { shownPath } from '../files/names.ts';
import type { Context } from './command.ts';

/** `deploy --paconn-settings FILE`: writes what paconn needs, and deploys nothing. @returns the exit status */
export async function writeForPaconn(
  plan: DeploymentPlan,
  file: string,
  { root, isDry, context }: { root: string; isDry: boolean; context: Context },
): Promise<number> {
  const path = resolve(context.cwd, file);
  const release = isDry ? () => {} : await lockFolder(root, { command: 'pp-connector deploy', notify: context.err });
  try {
    const existing = existsSync(path) ? readJson('settings', path) : undefined;
    const { files, connectorId } = paconnFiles(plan, path, existing);
    const options = { root, generated: GeneratedFiles.read(root) };
    const decisions = await decide(files, options);
    context.out(summarise(decisions, root));
    if (isDry) return 0;
    write(decisions, options);
    const folder = shownPath(dirname(path), context.cwd);
    context.out(paconnAdvice({ folder, name: basename(path), connectorId }));
    return 0;
  } finally {
    release();
  }
}
