import { loadConnector } from '../../src/connector/load.ts';
import { deploy } from '../../src/deploy/deploy.ts';
import { readCredentials } from '../../src/deploy/oauth-credentials.ts';
import { planDeployment } from '../../src/deploy/plan-deployment.ts';

/** A process that deploys the repository of its first argument: what a signal does to it can be seen from outside. */
const root = process.argv[2] ?? '.';
const credentials = readCredentials(process.env);
const plan = planDeployment(loadConnector(root), { environment: undefined, solution: undefined, credentials });
await deploy(plan, root, credentials, { onOutput: (chunk) => process.stderr.write(chunk) });
