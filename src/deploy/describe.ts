import { asObject, asString, own } from '../connector/json.ts';
import type { Connector } from '../connector/load.ts';
import { type ExternalCommand, formatCommand } from '../programs/command.ts';
import type { Deployed } from './deploy.ts';
import type { DeploymentPlan } from './plan-deployment.ts';

/** `--dry-run --format json` of login and deploy. */
export const commandsAsJson = (commands: readonly ExternalCommand[]): string =>
  `${JSON.stringify({ commands }, null, 2)}\n`;

/** `--dry-run`: one command per line. */
export const commandsAsText = (commands: readonly ExternalCommand[], platform: NodeJS.Platform): string =>
  commands.map((command) => `${formatCommand(command, platform)}\n`).join('');

/** Where the commands run, which their text doesn't say. */
export const folderNote = ({ cwd }: ExternalCommand): string => `in the folder ${cwd}:\n`;

/** The temporary properties file in a dry run, which writes none. */
export const privateFileNote =
  'The file apiProperties.json named above is a copy with the OAuth client in it; it exists only while pac runs.\n';

/** What was done, and what to write down for the next time. */
export function describeDeployment(connector: Connector, plan: DeploymentPlan, deployed: Deployed): string {
  const info = asObject(own(asObject(connector.definition?.value), 'info'));
  const title = asString(own(info, 'title')) ?? 'the connector';
  const place = placeOf(plan);
  const id = deployed.connectorId === undefined ? '' : ` (${deployed.connectorId})`;
  const done = `${plan.action === 'create' ? 'Created' : 'Updated'} ${title}${id} in ${place}.\n`;
  return plan.action === 'create' ? `${done}${rememberId(plan, deployed)}` : done;
}

function placeOf({ environment }: DeploymentPlan): string {
  if (environment === undefined) return 'the environment that pac is signed in to';
  return environment.name === undefined ? environment.target : `${environment.name} (${environment.target})`;
}

/** Without the id the next deployment would create a second connector. */
function rememberId({ environment }: DeploymentPlan, { connectorId }: Deployed): string {
  const target = environment === undefined ? '' : ` --environment ${environment.target}`;
  const found =
    connectorId === undefined ? `Find its id with "pac connector list${target}", then write` : 'Write its id';
  const name = environment?.name ?? 'dev';
  const url =
    environment?.name === undefined ? `"url": "${environment?.target ?? 'https://….crm.dynamics.com'}", ` : '';
  const entry = `"environments": { "${name}": { ${url}"connectorId": "${connectorId ?? '…'}" } }`;
  return `${found} into config.json, and the next deployment updates this connector instead of creating another one:\n  ${entry}\n`;
}

/** `--format json` after a deployment. */
export const deploymentAsJson = (plan: DeploymentPlan, deployed: Deployed): string =>
  `${JSON.stringify(
    {
      action: deployed.action,
      connectorId: deployed.connectorId ?? null,
      environment: plan.environment?.target ?? null,
      solution: plan.solution ?? null,
    },
    null,
    2,
  )}\n`;
