import { loadConnector } from '../../src/connector/load.ts';
import { deploy } from '../../src/deploy/deploy.ts';
import { readCredentials } from '../../src/deploy/oauth-credentials.ts';
import { planDeployment } from '../../src/deploy/plan-deployment.ts';
import { deployOptions, deployRequest } from './options.ts';

/** A process that deploys the repository of its first argument: what a signal does to it can be seen from outside. */
const root = process.argv[2] ?? '.';
const plan = planDeployment(loadConnector(root), deployRequest({ environment: process.env.DEPLOY_TO }));
const options = deployOptions({
  onOutput: (chunk) => process.stderr.write(chunk),
  notify: (note) => process.stderr.write(`${note}\n`),
});
await deploy(plan, root, readCredentials(process.env), options);
