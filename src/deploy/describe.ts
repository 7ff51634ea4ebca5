import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { redirectAddresses } from '../authentication/redirect-addresses.ts';
import { type ExternalCommand, formatCommand } from '../process/command.ts';
import { onOneLine } from '../shown.ts';
import type { DeploymentResult } from './deploy.ts';
import { isGuid } from './guid.ts';
import { type DeploymentPlan, deploymentCommand } from './plan-deployment.ts';
import { redirectModeOf, redirectNote } from './redirects.ts';

/** `--dry-run --format json` of login and deploy. */
export const commandsAsJson = (commands: readonly ExternalCommand[]): string =>
  `${JSON.stringify({ commands }, null, 2)}\n`;

/** `--dry-run`: one command per line. */
export const commandsAsText = (commands: readonly ExternalCommand[], platform: NodeJS.Platform): string =>
  commands.map((command) => `${formatCommand(command, platform)}\n`).join('');

/** The command that uploads, as far as it is known without asking the service; the folder is an example. */
export const commandOfPlan = (plan: DeploymentPlan): ExternalCommand =>
  deploymentCommand(plan, plan.connectorId, join(tmpdir(), 'pp-connector-private'));

/** What the command of a dry run doesn't say. */
export function dryRunNotes(plan: DeploymentPlan): string[] {
  const isLookedFor = plan.connectorId === undefined && !plan.create;
  return [
    'The command runs in a private folder with a copy of the connector; the folder exists only while pac runs.',
    ...(isLookedFor
      ? [
          `Before it, pac connector list is asked for "${onOneLine(plan.title)}"; if it is there, it is updated instead of created.`,
        ]
      : []),
    'Nothing was run. The same command without --dry-run does it, by pac: pp-connector doctor shows whether that is installed, pp-connector login signs in.',
  ];
}

/** What was done, and what to write down for the next time. */
export function describeDeployment(plan: DeploymentPlan, result: DeploymentResult): string {
  const id = result.connectorId === undefined ? '' : ` (${result.connectorId})`;
  const done = `${result.action === 'create' ? 'Created' : 'Updated'} ${onOneLine(`${plan.title}${id} in ${placeOf(plan)}`)}.\n`;
  const written = result.written.length === 0 ? '' : `Written, to be committed: ${result.written.join(', ')}\n`;
  return `${done}${written}${redirectNote(plan.properties, result.internalId)}${whatToWrite(plan, result)}`;
}

function placeOf({ environment }: DeploymentPlan): string {
  if (environment === undefined) return 'the environment that pac is signed in to';
  return environment.name === undefined ? environment.target : `${environment.name} (${environment.target})`;
}

/** Where the id could not be written into config.json: no id, no address, or no config.json. */
function whatToWrite(plan: DeploymentPlan, { connectorId }: DeploymentResult): string {
  const { environment } = plan;
  const target = environment === undefined ? '' : ` --environment ${environment.target}`;
  if (!plan.remembers) {
    return connectorId === undefined
      ? ''
      : `To deploy to it again: pp-connector deploy --connector-id ${connectorId}${target}\n`;
  }
  const isNoted =
    connectorId !== undefined &&
    environment !== undefined &&
    (environment.name !== undefined || !isGuid(environment.target));
  if (isNoted) return '';
  const found =
    connectorId === undefined ? `Find its id with "pac connector list${target}", then write` : 'Write its id';
  const url =
    environment?.name === undefined ? `"url": "${environment?.target ?? 'https://….crm.dynamics.com'}", ` : '';
  const entry = `"environments": { "${environment?.name ?? 'dev'}": { ${url}"connectorId": "${connectorId ?? '…'}" } }`;
  return `${found} into config.json, so that the next deployment needs no look at the list:\n  ${entry}\n`;
}

/** `--format json` after a deployment. */
export const deploymentAsJson = (
  plan: DeploymentPlan,
  { action, connectorId, written, internalId }: DeploymentResult,
): string =>
  `${JSON.stringify(
    {
      action,
      connectorId: connectorId ?? null,
      environment: plan.environment?.target ?? null,
      solution: plan.solution ?? null,
      redirectUrls: redirectAddresses(redirectModeOf(plan.properties) ?? 'other', internalId, false),
      written,
    },
    null,
    2,
  )}\n`;
