import { expect } from 'chai';
import { readText } from '../support/folders.ts';
import { hasGit } from '../support/git.ts';
import { Journey, type Stage } from './journey.ts';

/** From an empty folder to "submitted", once for each profile, and what comes afterwards. */

const description = `openapi: 3.1.0
info: { title: Contoso Orders, version: '1.0', description: 'Reads the orders that customers place with Contoso, and adds new ones.' }
servers: [{ url: https://api.contoso.com/v1 }]
components:
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Contoso-Key }
security: [{ key: [] }]
paths:
  /orders/{orderId}:
    get:
      operationId: GetOrder
      summary: Get an order
      description: Returns one order with its customer.
      parameters: [{ name: orderId, in: path, required: true, description: Identifies the order., schema: { type: string } }]
      responses:
        '200':
          description: The order.
          content: { application/json: { schema: { type: object, properties: { customer: { type: [string, 'null'], description: Who has placed it. } } } } }
`;

const facts =
  '--title "Contoso Orders" --contact-name "Contoso Support" --contact-url https://support.contoso.com ' +
  '--contact-email support@contoso.com --website https://www.contoso.com --privacy-policy https://www.contoso.com/privacy --categories Commerce';

const development = 'https://contoso-dev.crm.dynamics.com';

const journeys: Record<string, { stages: readonly Stage[]; ends: Record<string, string> }> = {
  'a connector for the own company, in two environments': {
    stages: [
      {
        does: 'pp-connector new . --yes --git --auth basic --title "Contoso Orders" --host api.contoso.com',
        next: 'login',
      },
      { does: 'pp-connector operation --path "/orders/{orderId}" --yes' },
      { does: 'pp-connector validate' },
      { does: 'pp-connector test --min 100', says: /[1-9]\d* passed; covered: operations 100 %/ },
      { does: `pp-connector login --environment ${development}` },
      { does: `pp-connector deploy --environment ${development}`, next: 'test', says: /Created Contoso Orders/ },
      { does: 'pp-connector status', says: /offline tests pass, and go through [1-9]/ },
      { does: 'pp-connector status --done test', next: 'share' },
      { does: 'pp-connector status --done share', next: null },
      { does: 'git add --all' },
      { does: 'git commit --quiet --message "Contoso Orders"' },
      { does: 'pp-connector release', says: /connector-v1\.0/ },
      { does: 'pp-connector operation --path /stock --yes', next: 'deploy' },
      { does: 'pp-connector diff --profile verified', says: /info\.version/ },
      { does: 'pp-connector deploy --environment contoso-dev', next: 'test', says: /Updated Contoso Orders/ },
      { does: 'pp-connector download --environment contoso-dev', says: /Nothing to change|nothing to change/ },
      { does: 'pp-connector deploy --environment https://contoso.crm.dynamics.com', says: /Created Contoso Orders/ },
      { does: 'pp-connector operation --remove GetOrder', next: 'deploy' },
      { does: 'pp-connector diff --profile verified', status: 1, says: /GetOrder is gone/ },
    ],
    ends: { login: 'done', test: 'stale' },
  },
  'a verified publisher, from an API description': {
    stages: [
      {
        does: `pp-connector new . --yes --git --profile verified --api openapi.yaml --publisher Contoso --stack-owner Contoso ${facts}`,
        files: { 'openapi.yaml': description },
        next: 'unique',
      },
      { does: 'pp-connector validate' },
      { does: 'pp-connector test --min 100', says: /[1-9]\d* passed; covered: operations 100 %/ },
      { does: 'pp-connector status --done unique', next: 'partner-account' },
      { does: 'pp-connector status --done partner-account', next: 'login' },
      { does: `pp-connector login --environment ${development}`, next: 'login' },
      {
        does: `pp-connector deploy --environment ${development} --solution ContosoOrders`,
        next: 'test',
        says: /new_|prefix/,
      },
      { does: 'pp-connector status --done test', next: 'solution-checker' },
      { does: 'pp-connector status --done solution-checker', next: 'test-credentials' },
      { does: 'pp-connector status --done test-credentials --note "account review@contoso.com"', next: 'release' },
      { does: 'git add --all' },
      { does: 'git commit --quiet --message "Contoso Orders"' },
      { does: 'pp-connector release', next: 'pull-request-folder' },
      { does: 'pp-connector package --pull-request', next: 'pull-request', says: /PULL_REQUEST\.md/ },
      { does: 'pp-connector status --done pull-request --note "number 4711"', next: 'license' },
      { does: 'pp-connector status --done license', next: 'merge' },
      { does: 'pp-connector status --done merge', next: 'solutions' },
      { does: 'export solutions' },
      { does: 'pp-connector status --done solutions', next: 'submission-package' },
      { does: 'pp-connector package --submission --solution connector.zip --solution flow.zip', next: 'upload' },
      { does: 'pp-connector status --done upload', next: 'submission' },
      { does: 'pp-connector status --done submission', next: 'review' },
      { does: 'pp-connector status', says: /5000\.1\.1\.x[\s\S]*Resubmit/ },
      // a reviewer asks for a change
      { does: 'pp-connector operation --edit GetOrder --summary "Find an order"', next: 'deploy' },
      { does: 'pp-connector deploy --environment contoso-dev', next: 'test' },
      { does: 'pp-connector status --done test', next: 'solution-checker' },
      { does: 'pp-connector status --done solution-checker', next: 'release' },
      { does: 'git commit --all --quiet --message "Find an order"' },
      { does: 'pp-connector release', next: 'deploy' },
      // the version is a part of what is deployed, and of what is exported
      { does: 'pp-connector deploy --environment contoso-dev', next: 'pull-request-folder' },
      { does: 'pp-connector package --pull-request', next: 'pull-request' },
      { does: 'pp-connector status --done pull-request --done merge', next: 'solutions' },
      { does: 'export solutions' },
      { does: 'pp-connector status --done solutions', next: 'submission-package' },
      { does: 'pp-connector package --solution connector.zip --solution flow.zip', next: 'upload' },
      { does: 'pp-connector status --done upload --done submission', next: 'review' },
      { does: 'pp-connector status --done review', next: 'preview-test' },
      { does: 'pp-connector status --done preview-test', next: 'sign-off', says: /2 business days/ },
      { does: 'pp-connector status --done sign-off', next: 'deployment' },
      { does: 'pp-connector status --done deployment', next: 'general-availability' },
    ],
    ends: { submission: 'by-hand', login: 'done', unique: 'by-hand', deployment: 'by-hand' },
  },
  'an independent publisher': {
    stages: [
      {
        does: `pp-connector new . --yes --git --profile independent --auth api-key --api openapi.yaml --publisher "Robin Counts" --stack-owner Contoso --host api.contoso.com --description "Reads the orders that customers place with Contoso, and adds new ones." ${facts.replace('support@contoso.com', 'robin@example.org')}`,
        files: { 'openapi.yaml': description },
        next: 'unique',
      },
      { does: 'pp-connector test --min 100', says: /[1-9]\d* passed; covered: operations 100 %/ },
      { does: 'pp-connector status --done unique', next: 'registration' },
      { does: 'pp-connector status --done registration', next: 'proposal' },
      { does: 'pp-connector package --pull-request --proposal', says: /readme\.md/ },
      { does: 'pp-connector status --done proposal --note "number 4712"', next: 'login' },
      { does: `pp-connector login --environment ${development}` },
      { does: `pp-connector deploy --environment ${development}`, next: 'test' },
      { does: 'pp-connector status --done test', next: 'solution-checker' },
      { does: 'pp-connector status --done solution-checker', next: 'screenshots' },
      { does: 'pp-connector status --done screenshots', next: 'release' },
      { does: 'git add --all' },
      { does: 'git commit --quiet --message "Contoso Orders"' },
      { does: 'pp-connector release', next: 'solutions' },
      // the service answers "No zip" to this
      { does: 'pp-connector package', says: /layout-package-present/ },
      { does: 'export solutions' },
      { does: 'pp-connector status --done solutions', next: 'submission-package' },
      { does: 'pp-connector package --solution connector.zip --solution flow.zip', next: 'pull-request' },
      { does: 'pp-connector status --done pull-request', next: 'license' },
      { does: 'pp-connector status --done license', next: 'identity', says: /robin@example\.org/ },
      { does: 'pp-connector status --done identity', next: 'review', says: /More than one zip file/ },
      { does: 'pp-connector status --done review', next: 'deployment', says: /3-4 weeks/ },
      { does: 'pp-connector status --done deployment', next: 'general-availability' },
      // an update that isn't exported again
      {
        does: 'pp-connector operation --path /stock --summary "See the stock" --description "Returns what is in stock." --yes',
        next: 'deploy',
      },
      { does: 'pp-connector package', says: /solution-fresh/ },
    ],
    ends: { review: 'stale', submission: 'not-needed', 'preview-test': 'not-needed', intro: 'done' },
  },
};

describe('journeys', function () {
  this.timeout(60_000);

  for (const [name, { stages, ends }] of Object.entries(journeys)) {
    describe(name, () => {
      let journey: Journey;
      let isLost = false;

      before(function () {
        if (!hasGit) this.skip();
        journey = new Journey('contoso-orders');
      });
      after(() => journey?.pac.remove());

      stages.forEach((stage, index) => {
        const where = stage.next === undefined ? '' : ` → ${stage.next ?? 'nothing left'}`;
        it(`${index + 1}. ${stage.does.slice(0, 90)}${where}`, async function () {
          // what comes after a stage that failed says nothing
          if (isLost) this.skip();
          isLost = true;
          await journey.take(stage);
          isLost = false;
        });
      });

      it('ends where it shall', () => {
        const states = Object.fromEntries(journey.status().steps.map(({ id, state }) => [id, state]));
        expect(states).to.include(ends);
        expect(readText(journey.cwd, 'config.json')).not.to.match(/secret/i);
      });
    });
  }
});
