import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Answer } from '../../../src/answers.ts';
import { ConnectorDraft } from '../../../src/connector/draft.ts';
import { loadConnector } from '../../../src/connector/load.ts';
import { readRegularText } from '../../../src/files/read.ts';
import { accept } from '../../../src/repository/questions/accept.ts';
import { appQuestions } from '../../../src/repository/questions/app.ts';
import { type KeptQuestions, readAnswersOf } from '../../../src/repository/questions/homes.ts';
import { kebabCase } from '../../../src/repository/questions/question.ts';
import { snapshot, temporaryFolder } from '../../support/folders.ts';
import { generate } from '../../support/generators.ts';

type Samples<Q extends KeptQuestions> = {
  // a row without samples doesn't compile, unless its answer is about one run only
  [Name in keyof Q as Q[Name] extends { once: true } ? never : Name]: readonly string[];
};

/** Answers that are not defaults; each is given by its flag, so that lists are texts here. */
const appSamples: Samples<typeof appQuestions> = {
  toolSpec: ['next', '^9.9.9', 'file:../tool'],
  name: ['tide-tool', 'x1', 'a.b_c'],
  profile: ['verified', 'custom'],
  title: ['Harbour Tides', 'It is "so", they say', "O'Neill & Sons"],
  description: [
    'Tells when high and low water come at each harbour of the coast.',
    'Says $1 and <b> of every harbour.',
  ],
  publisher: ['Tide Watchers', 'Tailspin Inc.'],
  stackOwner: ['Tides Ltd.', 'Harbour Office'],
  contactName: ['Support', 'Desk (day)'],
  contactUrl: ['https://tides.example/help', 'https://tides.example/?a=b&c=d#e'],
  contactEmail: ['support@tides.example', 'a+b@tides.example'],
  website: ['https://tides.example', 'https://tides.example/shop'],
  privacyPolicy: ['https://tides.example/privacy', 'https://tides.example/p?q=1'],
  categories: ['Data;Website', 'AI', 'Data'],
  host: ['api.tides.example', 'tides.example:8443'],
  basePath: ['/v3', '/a/b'],
  auth: ['none', 'api-key', 'basic', 'oauth2', 'oauth2-generic', 'entra', 'client-credentials', 'windows'],
  in: ['query', 'header'],
  keyName: ['key', 'X-Tide'],
  prefix: ['', 'Token'],
  by: ['policies', 'script'],
  authorizationUrl: ['https://id.tides.example/authorize', 'https://id.tides.example/a?b=c'],
  tokenUrl: ['https://id.tides.example/token', 'https://id.tides.example/t?u=v'],
  refreshUrl: ['https://id.tides.example/refresh', 'https://id.tides.example/r'],
  scope: ['tides.read', 'tides.read tides.write'],
  clientId: ['3f2504e0-4f89-11d3-9a0c-0305e82c3301', 'tides'],
  tenantId: ['3f2504e0-4f89-11d3-9a0c-0305e82c3302', 'organizations'],
  resourceUri: ['api://tides', 'https://tides.example'],
  brandColor: ['#336699', '#0b6a3f'],
  environmentUrl: ['https://tides.crm4.dynamics.com', 'https://contoso.crm.dynamics.com'],
  ci: ['azure', 'none', 'github;azure'],
  agents: ['none', 'all'],
  git: ['true', 'false'],
};

const filesOf = (cwd: string) => ({
  draft: new ConnectorDraft(loadConnector(cwd)),
  existing: true,
  has: (name: string) => existsSync(join(cwd, name)),
  text: (name: string) => readRegularText(join(cwd, name)),
});

/** Answers as flags, of the questions that apply. */
const given = fc.record(
  Object.fromEntries(Object.entries(appSamples).map(([name, values]) => [name, fc.constantFrom(...values)])),
);

function applying(flags: Readonly<Record<string, string>>): Record<string, Answer> {
  const answers: Record<string, Answer> = accept(appQuestions, flags, (name) => name);
  for (const [name, { when }] of Object.entries(appQuestions as KeptQuestions)) {
    if (when?.(answers) === false) delete answers[name];
  }
  // what starts no repository leaves none behind, and scopes are a list of words
  if (answers.git === false) delete answers.git;
  return answers;
}

describe('every answer of app', function () {
  this.timeout(120_000);

  it('is found again in the repository, and a second run changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(given, async (flags) => {
        const cwd = temporaryFolder();
        const answers = applying(flags);
        const asFlags = Object.fromEntries(Object.keys(answers).map((name) => [name, flags[name]]));
        await generate('app', { cwd, flags: asFlags });
        const found: Record<string, Answer> = readAnswersOf(appQuestions, filesOf(cwd));
        for (const [name, value] of Object.entries(answers)) {
          const expected = name === 'scope' ? String(value).split(' ') : value;
          expect(found[name] ?? '', `--${kebabCase(name)}`).to.deep.equal(expected);
        }
        const made = snapshot(cwd);
        for (const id of ['app', 'oauth', 'readme'] as const) {
          await generate(id, { cwd });
          expect(snapshot(cwd), `after ${id}`).to.deep.equal(made);
        }
      }),
      { numRuns: 16, seed: 11 },
    );
  });
});

describe('every answer of oauth', function () {
  this.timeout(120_000);

  /** One run each; all answers of a run belong together. */
  const runs: Record<string, unknown>[] = [
    { auth: 'none', hostParameter: 'tenant', hostTemplate: 'https://{tenant}.tides.example/v1' },
    { auth: 'api-key', in: 'query', name: 'key', sendField: ['site=header:X-Site|Site|The site.'] },
    { auth: 'api-key', in: 'header', name: 'Authorization', prefix: 'Token' },
    { auth: 'basic', transport: 'gateway' },
    { auth: 'windows' },
    { auth: 'entra', cloud: 'us-gov', tenantId: 'organizations', resourceUri: 'api://tides', onBehalfOf: 'on' },
    { auth: 'entra', entraVersion: 'v2', scope: ['api://tides/.default', 'offline_access'], app: 'connection' },
    {
      auth: 'oauth2',
      authorizationUrl: 'https://id.tides.example/a',
      tokenUrl: 'https://id.tides.example/t',
      refreshUrl: 'https://id.tides.example/r',
      scope: ['tides.read'],
      clientId: 'tides',
    },
    {
      auth: 'oauth2-generic',
      authorizationUrl: 'https://id.tides.example/a',
      tokenUrl: 'https://id.tides.example/t',
      tokenQuery: '?x=y',
      scopeDelimiter: ',',
      scope: ['a', 'b'],
    },
    { auth: 'client-credentials', tokenUrl: 'https://id.tides.example/t', scope: ['tides.read'] },
    { auth: 'api-key', field: ['region|Region|The region.'], testConnection: 'ListItems' },
  ];
  for (const flags of runs) {
    it(`survives a run without it: ${JSON.stringify(flags)}`, async () => {
      const cwd = temporaryFolder();
      await generate('app', { cwd });
      const before = snapshot(cwd);
      await generate('oauth', { cwd, flags });
      const made = snapshot(cwd);
      expect(made).to.not.deep.equal(before);
      for (const id of ['oauth', 'app', 'readme'] as const) {
        await generate(id, { cwd });
        expect(snapshot(cwd), `after ${id}`).to.deep.equal(made);
      }
    });
  }
});
