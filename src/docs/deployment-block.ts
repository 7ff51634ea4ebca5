import type { DocumentFacts } from './facts.ts';
import { blocksOfText, numberedList } from './markdown.ts';

/** Before anything is deployed. */
const tryHere =
  '`npx pp-connector connect` makes a connection on your machine, and `npx pp-connector invoke OPERATION` calls the API with it.';

/** How the connector gets into an environment, with the commands of its repository. */
export function deploymentBlock(facts: DocumentFacts): string {
  const { hasNpmScripts, signIns } = facts;
  const run = (command: string, ...flags: string[]): string => {
    const program = hasNpmScripts ? 'npx pp-connector' : 'npx generator-pp-connector';
    // npm keeps flags for itself where the "--" before them is forgotten
    return `\`${hasNpmScripts && flags.length === 0 ? `npm run ${command}` : [program, command, ...flags].join(' ')}\``;
  };
  const needsApplication = signIns.some((signIn) => signIn.oauth !== undefined && !signIn.ownApplication);
  return blocksOfText(
    'You need Node.js 20.19, 22.12 or later, the Power Platform CLI (`pac`), and an account that may create connectors in the environment.',
    numberedList([
      ...(hasNpmScripts ? ['`npm install` fetches the tools of this repository.'] : []),
      `${run('validate')} checks the connector's files.`,
      ...(hasNpmScripts ? [tryHere] : []),
      `${run('login', '--environment', 'https://contoso.crm.dynamics.com')} signs in; use the address of your environment.`,
      `${run('deploy')} creates the connector, or updates it when it is already there. ${run('deploy', '--dry-run')} only shows what would be done.`,
      needsApplication
        ? 'Finish the registration as described under Obtaining Credentials, then create a connection.'
        : 'Create a connection, and try an operation on the **Test** page of the connector.',
    ]),
  );
}
