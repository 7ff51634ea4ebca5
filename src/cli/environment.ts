import { fileURLToPath } from 'node:url';
import { createEnv } from 'yeoman-environment';

/**
 * Runs one of our generators without `yo`: the same class in the same environment, loaded only by the commands that
 * generate.
 *
 * @param name `app`, `operation`, `oauth` or `readme`
 */
export async function runGenerator(name: string, cwd: string, options: Record<string, unknown>): Promise<void> {
  const environment = createEnv({ cwd, skipInstall: true });
  // Yeoman announces every failure by the name of the phase; what happened is said once, where it is caught
  environment.adapter.log.error = () => environment.adapter.log;
  const file = new URL(`./generators/${name}/index.js`, import.meta.url);
  environment.register(fileURLToPath(file), { namespace: `pp-connector:${name}` });
  // nothing is kept beside the repository, and Yeoman would fail for a user without a home folder
  await environment.run([`pp-connector:${name}`], { ...options, localConfigOnly: true });
}
