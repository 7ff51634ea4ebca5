/** The main job on a sample: scaffold a connector, validate it, show how it would be deployed. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm, root, run, say } from './support.mjs';

const sample = join(root, 'sample');
const program = join(root, 'dist', 'pp-connector.cjs');
const answers = [
  ['--title', 'Contoso Weather'],
  ['--description', 'Reads what the weather stations of Contoso measure, and adds new stations.'],
  ['--profile', 'verified'],
  ['--publisher', 'Contoso'],
  ['--contact-name', 'Contoso Support'],
  ['--contact-url', 'https://support.contoso.com'],
  ['--contact-email', 'support@contoso.com'],
  ['--website', 'https://www.contoso.com'],
  ['--privacy-policy', 'https://www.contoso.com/privacy'],
  ['--categories', 'Data;Productivity'],
  ['--host', 'weather.contoso.com'],
  ['--base-path', '/v1'],
  ['--auth', 'api-key'],
  ['--environment-url', 'https://contoso.crm.dynamics.com'],
];

rmSync(sample, { recursive: true, force: true });
say('1. Scaffold a connector repository: pp-connector new sample …');
run(process.execPath, [program, 'new', 'sample', '--yes', ...answers.flat()], root);
say('2. Install this package into it: npm install');
npm(['install', '--no-audit', '--no-fund'], sample);
say('3. Add an operation of the API, and leave the sample: npm run add:operation -- … --drop-sample');
const operation = ['--method', 'get', '--path', '/stations/{stationId}', '--response-sample', 'station.json'];
writeFileSync(
  join(sample, 'station.json'),
  `${JSON.stringify({ id: 'north-7', city: 'Oslo', temperature: 21.5, measuredAt: '2026-01-31T08:00:00Z' })}\n`,
);
npm(['run', '--silent', 'add:operation', '--', '--yes', ...operation, '--drop-sample'], sample);
say('4. Validate it: npm run validate');
npm(['run', '--silent', 'validate'], sample);
say('5. Show how it would be deployed: npm run deploy -- --dry-run');
npm(['run', '--silent', 'deploy', '--', '--dry-run'], sample);
say(`The connector is in the folder sample. Look at
  sample/README.md                       the document that certification asks for
  sample/connector/apiDefinition.json    the operations
  sample/connector/apiProperties.json    how users sign in
  sample/connector/icon.png              its icon
Change something there and run "npm run validate" in that folder again.`);
