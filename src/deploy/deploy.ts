import { formatJson } from '../connector/json-text.ts';
import { thisHost } from '../programs/host.ts';
import { guidsIn } from './guid.ts';
import type { Credentials } from './oauth-credentials.ts';
import { type DeploymentPlan, deploymentCommand } from './plan-deployment.ts';
import { withPrivateFolder, writePrivateFile } from './private-folder.ts';
import { type PacOptions, requirePac, runPac } from './run-pac.ts';

export interface Deployed {
  action: DeploymentPlan['action'];
  /** GUID of the connector; after a create undefined when pac didn't print it. */
  connectorId: string | undefined;
}

/**
 * Carries out a plan with pac. A properties file with secrets exists only while pac runs.
 *
 * @param root the connector's repository or folder
 * @throws UserError (exit status 1) when pac is missing or fails
 */
export async function deploy(
  plan: DeploymentPlan,
  root: string,
  { clientSecret }: Credentials,
  options: PacOptions,
): Promise<Deployed> {
  const { privateProperties } = plan;
  const run = (properties?: string): Promise<string> =>
    runPac(deploymentCommand(plan, properties), {
      ...options,
      secrets: clientSecret === undefined ? [] : [clientSecret],
    });
  // before a secret is written anywhere
  requirePac(options.host ?? thisHost());
  const output =
    privateProperties === undefined
      ? await run()
      : await withPrivateFolder(root, (folder) =>
          run(writePrivateFile(folder, 'apiProperties.json', formatJson(privateProperties))),
        );
  return { action: plan.action, connectorId: plan.connectorId ?? createdId(output, plan) };
}

/** The only GUID in what `pac connector create` printed; its output is documented nowhere, so more than one says nothing. */
function createdId(output: string, plan: DeploymentPlan): string | undefined {
  const ids = guidsIn(output).filter((id) => id !== plan.environment?.target.toLowerCase());
  return ids.length === 1 ? ids[0] : undefined;
}
