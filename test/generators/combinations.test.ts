import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { allKinds } from '../../src/authentication/kinds.ts';
import { scaffold } from '../../src/cli/scaffold.ts';
import { profiles } from '../../src/connector/profile.ts';
import { operationKinds } from '../../src/operation/kinds/catalogue.ts';
import { validatePath } from '../../src/rules/engine/validate-connector.ts';
import { temporaryFolder } from '../support/folders.ts';
import { generate } from '../support/generators.ts';
import { inProcess } from '../support/in-process.ts';

/**
 * What `--yes` makes of any flags together is what our own rules accept, but for the sample and what nobody has said. All
 * combinations: `COMBINATIONS=all npx mocha test/generators/combinations.test.ts`, some ten minutes.
 */

const facts = {
  title: 'Contoso Weather',
  description: 'Reads what the weather stations of Contoso measure, and adds new stations.',
  publisher: 'Contoso',
  host: 'weather.contoso.com',
  toolSpec: '^0.2.0',
};
const certification = {
  stackOwner: 'Contoso',
  contactName: 'Contoso Support',
  contactUrl: 'https://support.contoso.com',
  contactEmail: 'support@contoso.com',
  website: 'https://www.contoso.com',
  privacyPolicy: 'https://www.contoso.com/privacy',
  categories: 'Data',
};

const starts = {
  sample: {},
  empty: { empty: true },
  curl: { curl: 'curl https://weather.contoso.com/v1/stations' },
  description: { api: 'api.json' },
} as const;

const description = JSON.stringify({
  openapi: '3.0.3',
  info: { title: 'Contoso Weather', version: '1', description: facts.description },
  servers: [{ url: 'https://weather.contoso.com/v1' }],
  paths: {
    '/stations': { get: { operationId: 'ListStations', responses: { 200: { description: 'The stations.' } } } },
  },
});

/** What each kind of operation can't do without. */
const needed: Readonly<Record<string, Record<string, unknown>>> = {
  webhook: { notificationSample: ['{"id":"1","at":"2026-01-02T03:04:05Z"}'] },
  polling: { responseSample: ['[{"id":"1","at":"2026-01-02T03:04:05Z"}]'], stateParam: 'since', statePath: 'at' },
  paging: { responseSample: ['{"value":[{"id":"1"}],"nextLink":"https://weather.contoso.com/v1/things?page=2"}'] },
};

interface Combination {
  profile: (typeof profiles)[number];
  auth: string;
  start: keyof typeof starts;
  kind: string;
  code: boolean;
  ci: string;
}

const dimensions = {
  profile: profiles,
  auth: allKinds.map(({ name }) => name),
  start: Object.keys(starts) as (keyof typeof starts)[],
  kind: ['', ...operationKinds],
  code: [false, true],
  ci: ['none', 'github', 'azure', 'both'],
} as const;

/** Of the sample, of a connector without operations, and of a sign-in that the profile doesn't permit: said, and meant. */
function expected({ profile, auth, start, kind }: Combination): Set<string> {
  return new Set([
    ...(profile === 'custom' ? [] : ['sample-operations', 'sample-description', 'sample-host']),
    ...(start === 'empty' && kind === '' ? ['paths-not-empty'] : []),
    ...(profile === 'independent' && /oauth|entra|client/.test(auth) ? ['oauth-independent'] : []),
  ]);
}

async function errorsOf(combination: Combination): Promise<string[]> {
  const { profile, auth, start, kind, code, ci } = combination;
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, 'api.json'), description);
  const flags = { ...facts, ...(profile === 'custom' ? {} : certification), ...starts[start], profile, auth, ci };
  const made = await inProcess({ cwd }, (context) =>
    scaffold(context, { folder: 'made', flags, dryRun: false, force: false }),
  );
  expect(made.status, `${JSON.stringify(combination)}\n${made.stderr}`).to.equal(0);
  const folder = join(cwd, 'made');
  if (kind !== '') {
    // the gateway runs no code, and the operation is refused
    const location = kind === 'webhook' && code && auth !== 'windows' ? { location: 'script' } : {};
    await generate('operation', { cwd: folder, flags: { kind, path: '/things', ...needed[kind], ...location } });
  }
  const { findings } = await validatePath(folder, { cwd: folder });
  const known = expected(combination);
  return findings
    .filter(({ severity, rule }) => severity === 'error' && !known.has(rule))
    .map(({ rule, message }) => `${rule}: ${message}`);
}

describe('--yes with any flags together', function () {
  this.timeout(process.env.COMBINATIONS === 'all' ? 3_600_000 : 60_000);

  it('makes what the rules accept', async () => {
    if (process.env.COMBINATIONS === 'all') {
      const wrong = new Set<string>();
      for (const combination of everyCombination())
        for (const error of await errorsOf(combination)) wrong.add(`${JSON.stringify(combination)} ${error}`);
      expect([...wrong].join('\n')).to.equal('');
      return;
    }
    const combinations = fc.record(
      Object.fromEntries(
        Object.entries(dimensions).map(([name, values]) => [name, fc.constantFrom<unknown>(...values)]),
      ),
    );
    const property = fc.asyncProperty(combinations, async (combination) => {
      expect((await errorsOf(combination as unknown as Combination)).join('\n')).to.equal('');
    });
    await fc.assert(property, { numRuns: 15, seed: 18, endOnFailure: true });
  });

  it('refuses code for a connector over the gateway', async () => {
    const cwd = temporaryFolder();
    const flags = { ...facts, auth: 'windows', empty: true };
    await inProcess({ cwd }, (context) => scaffold(context, { folder: '.', flags, dryRun: false, force: false }));
    const operation = { kind: 'webhook', path: '/things', location: 'script', ...needed.webhook };
    const refused = await generate('operation', { cwd, flags: operation }).catch((error: Error) => error.message);
    expect(refused).to.match(/runs no custom code/);
  });
});

function* everyCombination(): Generator<Combination> {
  const { profile, auth, start, kind, code, ci } = dimensions;
  // code and workflows concern few others
  for (const p of profile)
    for (const a of auth)
      for (const s of start)
        for (const k of kind)
          for (const c of k === 'webhook' ? code : [false])
            for (const w of s === 'sample' && k === '' ? ci : ['none'])
              yield { profile: p, auth: a, start: s, kind: k, code: c, ci: w };
}
