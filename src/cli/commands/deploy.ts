import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { findRepositoryRoot } from '../../connector/find.ts';
import { type Connector, loadConnector } from '../../connector/load.ts';
import { deploy } from '../../deploy/deploy.ts';
import {
  commandsAsJson,
  commandsAsText,
  deploymentAsJson,
  describeDeployment,
  folderNote,
  privateFileNote,
} from '../../deploy/describe.ts';
import { readCredentials } from '../../deploy/oauth-credentials.ts';
import { type DeploymentPlan, deploymentCommand, planDeployment } from '../../deploy/plan-deployment.ts';
import { connectorAsDeployed } from '../../deploy/settings-file.ts';
import { makeReport } from '../../validate/report.ts';
import { type Profile, profiles } from '../../validate/rule.ts';
import { slashes, validateConnector } from '../../validate/validate-connector.ts';
import type { CommandSpec, Context } from '../command.ts';

export const command: CommandSpec = {
  name: 'deploy',
  summary: 'validate, then create or update the connector (pac connector)',
  flags: [
    {
      name: 'environment',
      value: 'NAME|URL',
      description:
        'a name of "environments" in config.json, or an address (default: the only one there, else where pac is signed in)',
    },
    { name: 'solution', value: 'NAME', description: 'unique name of the solution that gets the connector' },
    {
      name: 'profile',
      value: 'NAME',
      description: 'whose rules must be kept; custom: to try the connector out before it is ready for certification',
      choices: profiles,
    },
    { name: 'dry-run', description: 'validate, then print the commands instead of running them' },
  ],
  formats: ['text', 'json'],
  examples: [
    ['pp-connector deploy --dry-run', 'what would be run'],
    [
      'pp-connector deploy --environment test --solution ContosoConnectors',
      'into a solution of the environment "test"',
    ],
    ['CONNECTOR_CLIENT_SECRET=… pp-connector deploy', 'an OAuth connector with its secret (and CONNECTOR_CLIENT_ID)'],
  ],
  async run(context, _positionals, flags) {
    const root = findRepositoryRoot(context.cwd) ?? context.cwd;
    const connector = connectorAsDeployed(loadConnector(root));
    const credentials = readCredentials(process.env);
    const makePlan = () =>
      planDeployment(connector, {
        environment: flags.text('environment'),
        solution: flags.text('solution'),
        credentials,
      });
    // in a folder without a connector the plan says so; otherwise broken files are findings, with their lines
    if (connector.definition === undefined) makePlan();
    if (!(await isValid(connector, root, context, flags.text('profile') as Profile | undefined))) return 1;
    const plan = makePlan();
    for (const warning of plan.warnings) context.err(`warning: ${warning}\n`);
    if (flags.on('dry-run')) return dryRun(plan, context);
    const options = { onOutput: (chunk: Buffer) => process.stderr.write(chunk) };
    const deployed = await deploy(plan, root, credentials, options);
    const asJson = context.format === 'json';
    context.out(asJson ? deploymentAsJson(plan, deployed) : describeDeployment(connector, plan, deployed));
    return 0;
  },
};

/** Errors stop a deployment; everything that was found is shown where there are any. */
async function isValid(connector: Connector, root: string, context: Context, profile?: Profile): Promise<boolean> {
  const path = slashes(relative(context.cwd, root)) || '.';
  const judged = await validateConnector(connector, path, { cwd: context.cwd, profile });
  const errors = judged.findings.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return true;
  const { stylish } = await import('../../validate/formats/stylish.ts');
  const report = makeReport([{ ...judged, findings: errors, counts: { error: errors.length, warning: 0, info: 0 } }]);
  context.err(`${stylish(report, { color: false })}error: nothing was deployed: correct the errors above first\n`);
  if (judged.profile !== 'custom') {
    context.err(
      '  errors that only certification knows do not matter for a first try: pp-connector deploy --profile custom\n',
    );
  }
  return false;
}

function dryRun(plan: DeploymentPlan, context: Context): number {
  const isPrivate = plan.privateProperties !== undefined;
  const properties = isPrivate ? join(tmpdir(), 'pp-connector-private', 'apiProperties.json') : plan.files.properties;
  const commands = [deploymentCommand(plan, properties)] as const;
  if (context.format === 'json') {
    context.out(commandsAsJson(commands));
    return 0;
  }
  context.err(folderNote(commands[0]));
  context.out(commandsAsText(commands, process.platform));
  if (isPrivate) context.err(privateFileNote);
  return 0;
}
