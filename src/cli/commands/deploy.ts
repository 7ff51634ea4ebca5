import { findRepositoryRoot } from '../../connector/find.ts';
import { type Connector, loadConnector } from '../../connector/load.ts';
import { type Profile, profiles } from '../../connector/profile.ts';
import { deploy } from '../../deploy/deploy.ts';
import {
  commandOfPlan,
  commandsAsJson,
  commandsAsText,
  deploymentAsJson,
  describeDeployment,
  dryRunNotes,
} from '../../deploy/describe.ts';
import { credentialWarnings } from '../../deploy/oauth-credentials.ts';
import { withOverrides } from '../../deploy/overrides.ts';
import { type DeploymentPlan, planDeployment, prefixConflict } from '../../deploy/plan-deployment.ts';
import { defaultTimeout } from '../../deploy/run-pac.ts';
import { connectorAsDeployed } from '../../deploy/settings-file.ts';
import { staleBuildWarning } from '../../deploy/stale-build.ts';
import { UserError } from '../../errors.ts';
import { startWaiting } from '../../progress.ts';
import { noteLine, onOneLine } from '../../shown.ts';
import type { CommandSpec, Context } from '../command.ts';
import { writeForPaconn } from '../paconn-settings.ts';
import { askToOverwrite, chooseConnector, obtainCredentials } from '../prompts/deploy-questions.ts';
import { showOutput } from '../screen.ts';
import { showErrors } from '../show-errors.ts';

export const command: CommandSpec = {
  name: 'deploy',
  summary: 'validate, then create or update the connector (pac connector)',
  group: 'deploy',
  order: 20,
  several: 'each',
  flags: [
    {
      name: 'environment',
      value: 'NAME|URL',
      description:
        'a name of "environments" in config.json, or an address (default: the only one there, else where pac is signed in)',
    },
    { name: 'solution', value: 'NAME', description: 'unique name of the solution that gets the connector' },
    {
      name: 'connector-id',
      value: 'GUID',
      description:
        'update this connector (default: the one of config.json, else the one with the same title, else a new one)',
    },
    { name: 'create', description: 'create a new connector, also where one is known or has the same title' },
    {
      name: 'profile',
      value: 'NAME',
      description: 'whose rules must be kept; custom: to try the connector out before it is ready for certification',
      choices: profiles,
    },
    { name: 'no-secret', description: 'deploy without the OAuth client secret; it is entered in the maker portal' },
    {
      name: 'fail-on-drift',
      description: 'deploy nothing when the connector was changed in the portal (exit status 1)',
    },
    {
      name: 'skip-drift-check',
      description: "don't download the connector before and after, which tells such changes",
    },
    { name: 'timeout', value: 'SECONDS', description: 'stop a pac that takes longer for one step (default: 600)' },
    {
      name: 'paconn-settings',
      value: 'FILE',
      description:
        "deploy nothing; write settings for paconn, Microsoft's older tool, and the properties that it accepts",
    },
    { name: 'verbose', description: 'tell each command as it is run, how it ended and how long it took' },
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
    [
      'pp-connector deploy --fail-on-drift --verbose',
      'in CI: nothing of others is overwritten, every step is recorded',
    ],
  ],
  async run(context, _positionals, flags) {
    const root = findRepositoryRoot(context.cwd) ?? context.cwd;
    const connector = connectorAsDeployed(loadConnector(root));
    const timeout = readTimeout(flags.text('timeout'));
    const makePlan = () =>
      planDeployment(connector, {
        environment: flags.text('environment'),
        solution: flags.text('solution'),
        connectorId: flags.text('connector-id'),
        create: flags.on('create'),
      });
    // in a folder without a connector the plan says so; otherwise broken files are findings, with their lines
    if (connector.definition === undefined) makePlan();
    if (!(await isValid(connector, context, flags.text('profile') as Profile | undefined))) return 1;
    const plan = makePlan();
    if (!(await keepsRules(plan, connector, context, flags.text('profile') as Profile | undefined))) return 1;
    const paconnSettings = flags.text('paconn-settings');
    if (paconnSettings !== undefined) {
      return writeForPaconn(plan, paconnSettings, { root, isDry: flags.on('dry-run'), context });
    }
    const credentials = await obtainCredentials(plan.properties, {
      withSecret: !flags.on('no-secret'),
      mayAsk: context.interactive && !flags.on('dry-run'),
    });
    const warn = (text: string) => context.err(`warning: ${text}\n`);
    const stale = staleBuildWarning(connector);
    if (stale !== undefined) warn(stale);
    for (const warning of credentialWarnings(plan.properties, credentials)) warn(warning);
    if (flags.on('dry-run')) return dryRun(plan, context, warn);
    const result = await deploy(plan, root, credentials, {
      onOutput: showOutput,
      waiting: (what) => startWaiting(what, () => process.stderr),
      timeout,
      record: flags.on('verbose') ? (line) => context.err(`${onOneLine(line)}\n`) : undefined,
      step: (what) => context.err(`${what} …\n`),
      notify: (text) => context.err(noteLine(text)),
      warn,
      choose: context.interactive ? chooseConnector : undefined,
      mayOverwrite: context.interactive ? askToOverwrite : undefined,
      failOnDrift: flags.on('fail-on-drift'),
      skipDriftCheck: flags.on('skip-drift-check'),
      now: () => new Date(),
    });
    context.out(context.format === 'json' ? deploymentAsJson(plan, result) : describeDeployment(plan, result));
    return 0;
  },
};

/** What an environment has otherwise is checked, too. */
async function keepsRules(
  { environment }: DeploymentPlan,
  connector: Connector,
  context: Context,
  profile?: Profile,
): Promise<boolean> {
  if (environment === undefined || Object.keys(environment.overrides).length === 0) return true;
  const isKept = await isValid(withOverrides(connector, environment), context, profile);
  if (!isKept) {
    context.err(
      `  they come from config.json: environments.${environment.name}.overrides (${Object.keys(environment.overrides).join(', ')})\n`,
    );
  }
  return isKept;
}

/** Errors stop a deployment. */
async function isValid(connector: Connector, context: Context, profile?: Profile): Promise<boolean> {
  const errors = await showErrors(connector, context, profile);
  if (errors === undefined) return true;
  context.err('error: nothing was deployed: correct the errors above first\n');
  if (errors.profile !== 'custom') {
    context.err(
      '  errors that only certification knows do not matter for a first try: pp-connector deploy --profile custom\n',
    );
  }
  return false;
}

/** Milliseconds. */
function readTimeout(text: string | undefined): number {
  if (text === undefined) return defaultTimeout;
  const seconds = Number(text);
  // more than a timer can count would be no time at all
  if (/^\d+$/.test(text) && seconds >= 1 && seconds <= 86_400) return seconds * 1000;
  throw new UserError(`--timeout: "${text}" is not a number of seconds from 1 to 86400`, {
    hint: 'such as: --timeout 900',
  });
}

function dryRun(plan: DeploymentPlan, context: Context, warn: (text: string) => void): number {
  const trap = plan.connectorId === undefined ? prefixConflict(plan) : undefined;
  if (trap !== undefined) warn(trap);
  const commands = [commandOfPlan(plan)];
  context.out(context.format === 'json' ? commandsAsJson(commands) : commandsAsText(commands, process.platform));
  for (const note of dryRunNotes(plan)) context.err(`${note}\n`);
  return 0;
}
