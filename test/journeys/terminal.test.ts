import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { downloadedConnector } from '../../scripts/downloaded-connector.mjs';
import { hasTerminal, keys, Terminal } from '../../scripts/terminal.mjs';
import { splitCommandLine } from '../../src/operation/split-command-line.ts';
import { program } from '../support/cli.ts';
import { readText, temporaryFolder, writeTree } from '../support/folders.ts';
import { gitEnvironment, hasGit, initialise } from '../support/git.ts';
import { standInPac } from '../support/pac/stand-in.ts';
import { warmCli } from '../support/warm/warm.ts';

/** The first minutes of three people who have read nothing, by keys at a terminal: what is asked, and what they get. */

const { down, enter, space } = keys;

const parcels = `openapi: 3.0.3
info: { title: Parcel Ledger API, version: '3', description: 'Books parcels with carriers, and follows them until they arrive at their receivers.', contact: { name: Parcel Ledger Support, email: support@parcelledger.example, url: https://www.parcelledger.example/support } }
servers: [{ url: https://api.parcelledger.example/v3 }]
security: [{ login: [parcels.read] }]
paths:
  /parcels:
    get:
      operationId: ListParcels
      summary: List parcels
      description: Returns the parcels of the account, newest first.
      responses: { '200': { description: The parcels., content: { application/json: { schema: { type: array, items: { type: object, properties: { id: { type: string, description: Identifies the parcel. } } } } } } } }
components:
  securitySchemes:
    login: { type: oauth2, flows: { authorizationCode: { authorizationUrl: 'https://login.parcelledger.example/authorize', tokenUrl: 'https://login.parcelledger.example/token', scopes: { parcels.read: Read parcels } } } }
`;

const at = (cwd: string, line: string): Terminal =>
  new Terminal(process.execPath, [program, ...splitCommandLine(line)], {
    cwd,
    env: { ...process.env, ...gitEnvironment },
  });

describe('the first minutes at a terminal', function () {
  this.timeout(60_000);
  let pac: ReturnType<typeof standInPac>;

  before(function () {
    if (!hasTerminal || !hasGit) this.skip();
    pac = standInPac();
  });
  after(() => pac?.remove());

  /** What is told without questions. */
  function says(cwd: string, line: string, pattern: RegExp, expected = 0): void {
    const { status, stdout, stderr } = warmCli(splitCommandLine(line), { cwd, env: pac.env(gitEnvironment) });
    expect(`${stdout}${stderr}`, line).to.match(pattern);
    expect(status, `${line}\n${stdout}${stderr}`).to.equal(expected);
  }

  it('a maker has a call from the documentation of an API', async () => {
    const parent = temporaryFolder();
    const making = at(parent, 'new tide-alerts');
    await making.answer(/have to begin with\?[\s\S]*A curl command: as the doc[\s\S]*navigate/, down, down, enter);
    const call = `curl https://api.tidepool.example/v2/alerts -H 'Authorization: Bearer ab12' -d '{"harbour":"Cuxhaven"}'`;
    await making.answer(/The command[\s\S]*paste it/, call, enter);
    await making.answer(
      /Read: 1 operation, API key in Authorization[\s\S]*Who will use[\s\S]*My organization[\s\S]*navigate/,
      enter,
    );
    await making.answer(/Title, as makers will see it.*\(Tide Alerts\)/, 'Tide Alerts of all the Harbours', enter);
    // a mistake is said at once, and can be put right
    await making.answer(/has 31 characters; at most 30 are allowed/, '\x7f', enter);
    await making.answer(/What does it do\? 30 to 500/, 'Says when the tide is high in a harbour', enter);
    await making.answer(/Publisher/, enter);
    await making.answer(
      /Make it like this\?[\s\S]*Yes, make it[\s\S]*How do users sign in: API key[\s\S]*navigate/,
      enter,
    );
    const { status, screen } = await making.end();
    expect(status, screen).to.equal(0);
    expect(screen).to.match(
      /Next:\s+cd tide-alerts\s+npm install\s+npm run validate\s+npx pp-connector deploy --dry-run/,
    );
    const cwd = join(parent, 'tide-alerts');
    expect(readText(cwd, 'connector/apiDefinition.json')).not.to.include('ab12');
    says(cwd, 'validate', /(?:0 errors|No findings)/);
    says(cwd, 'deploy --dry-run', /pac connector create[\s\S]*Nothing was run[\s\S]*pp-connector login/);
  });

  it('a vendor has a description, and wants to be certified', async () => {
    const parent = temporaryFolder();
    writeTree(parent, { 'api.yaml': parcels });
    const making = at(parent, 'new parcel-ledger');
    await making.answer(/have to begin with\?[\s\S]*navigate/, down, enter);
    await making.answer(/Where is it\?/, 'apii.yaml', enter);
    await making.answer(/there is no such file; did you mean api\.yaml\?[\s\S]*navigate/, enter);
    await making.answer(/Where is it\?/, 'api.yaml', enter);
    await making.answer(
      /Parcel Ledger, 1 operation, OAuth 2\.0, at api[\s\S]*Who will use[\s\S]*navigate/,
      down,
      enter,
    );
    await making.answer(/Everybody, the service is ours\s+\?.*Publisher.*\(certification/, 'Parcel Ledger Ltd', enter);
    await making.answer(/Stack owner.*\(Parcel Ledger Ltd\)/, enter);
    await making.answer(/Website/, 'www.parcelledger.example', enter);
    await making.answer(/https:\/\//, '\x15https://www.parcelledger.example', enter);
    await making.answer(/Privacy policy/, 'https://www.parcelledger.example/privacy', enter);
    await making.answer(/Categories, at most two[\s\S]*navigate/, space, enter);
    await making.answer(
      /Make it like this\?[\s\S]*E-mail address of the support contact: support@[\s\S]*navigate/,
      enter,
    );
    const { status, screen } = await making.end();
    expect(status, screen).to.equal(0);
    expect(screen).to.include('Nothing was lost in the conversion.').and.include('npm run status');
    expect(screen).not.to.include('Before the profile');
    const cwd = join(parent, 'parcel-ledger');
    expect(readText(cwd, 'README.md')).to.include('List parcels').and.include('Parcel Ledger');
    expect(readText(cwd, 'INTRO.md')).to.include('Parcel Ledger');
    says(cwd, 'validate', /0 errors|No findings/);
    says(cwd, 'deploy --dry-run', /pac connector create/);
    says(cwd, 'status', /Next: Not on the platform yet/);
    says(cwd, 'package --pull-request', /PULL_REQUEST\.md/);
  });

  it('a consultant has several connectors, and environments', async () => {
    const root = temporaryFolder();
    for (const name of ['tides', 'currents']) {
      mkdirSync(join(root, 'old', name), { recursive: true });
      writeTree(
        join(root, 'old', name),
        downloadedConnector(name === 'tides' ? 'Harbour Tides' : 'Currents', `${name}.example`),
      );
    }
    initialise(root);
    const begun = at(root, 'workspace');
    await begun.answer(/Where are the connectors\?/, enter);
    await begun.answer(/Who will use the connectors\?[\s\S]*navigate/, enter);
    await begun.answer(/Publisher/, 'Harbour Consulting', enter);
    await begun.answer(/Workflows[\s\S]*navigate/, enter);
    expect((await begun.end()).screen).to.match(/Next:\s+npm install\s+npx pp-connector new connectors\/NAME/);
    const making = at(root, 'new connectors/tides');
    await making.answer(/have to begin with\?[\s\S]*navigate/, down, down, down, enter);
    await making.answer(/Where is it\?/, 'old/tides', enter);
    await making.answer(
      /Read: Harbour Tides, 1 operation, API key in X-Key, at tides[\s\S]*Make it like[\s\S]*navigate/,
      enter,
    );
    expect((await making.end()).status).to.equal(0);
    says(root, 'new connectors/currents --from old/currents --yes', /create connectors?/);
    says(
      root,
      'validate',
      /no connector here\s+in this workspace: 2 connectors; name one: pp-connector validate FOLDER\s+connectors\/currents\s+connectors\/tides\s+or take all of them: pp-connector validate --all/,
      2,
    );
    says(root, 'status --all', /Currents[\s\S]*Harbour Tides/);
    const cwd = join(root, 'connectors', 'tides');
    says(cwd, 'environment test --url https://contoso-test.crm.dynamics.com', /test/);
    says(cwd, 'deploy --environment test --dry-run', /pac connector create.*contoso-test/);
    says(root, 'deploy --all --dry-run', /connectors\/currents:[\s\S]*connectors\/tides:/);
  });
});
