import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { Environments } from '../../src/deploy/environment.ts';
import { type LoginChoice, loginMethods } from '../../src/deploy/login-methods.ts';
import { clouds, type LoginPlan, type LoginRequest, planLogin } from '../../src/deploy/plan-login.ts';
import { UserError } from '../../src/errors.ts';
import { isContinuousIntegration } from '../../src/process/platform.ts';
import { temporaryFolder } from '../support/folders.ts';
import { loginRequest } from './options.ts';
import { devUrl } from './sample.ts';

const application = { applicationId: 'app', tenant: 'tenant' };
const inCi = { CI: 'true' };
const secretInCi = { ...inCi, PAC_CLIENT_SECRET: 'S3cr3t' };
const plan = (given: Partial<LoginRequest>): LoginPlan => planLogin(loginRequest(given), new Environments(undefined));
const args = (given: Partial<LoginRequest>): string => plan(given).command.args.join(' ');
const by = (flag: string, value: string | true = true): LoginChoice['methods'] => ({ [flag]: value });

describe('ways to sign in', () => {
  const cases: [string, Partial<LoginRequest>, string][] = [
    ['by a person', {}, 'auth create'],
    ['device code', { methods: by('device-code') }, 'auth create --deviceCode'],
    ['managed identity', { methods: by('managed-identity') }, 'auth create --managedIdentity'],
    [
      'GitHub',
      { methods: by('github-federated'), ...application, environment: devUrl },
      `auth create --githubFederated --applicationId app --tenant tenant --environment ${devUrl}`,
    ],
    [
      'Azure DevOps',
      { methods: by('azure-devops-federated'), ...application },
      'auth create --azureDevOpsFederated --applicationId app --tenant tenant',
    ],
    [
      'a secret, in CI',
      { methods: by('service-principal'), ...application, env: secretInCi },
      'auth create --applicationId app --clientSecret S3cr3t --tenant tenant',
    ],
    [
      'a secret elsewhere, when asked for',
      { methods: by('service-principal'), ...application, env: { PAC_CLIENT_SECRET: 'x' }, allowSecretArgument: true },
      'auth create --applicationId app --clientSecret x --tenant tenant',
    ],
    [
      'a secret on Linux, where no keyring may be',
      { methods: by('service-principal'), ...application, env: secretInCi, platform: 'linux' },
      'auth create --applicationId app --clientSecret S3cr3t --tenant tenant --accept-cleartext-caching',
    ],
    [
      'no secret on Linux',
      { methods: by('github-federated'), ...application, env: secretInCi, platform: 'linux' },
      'auth create --githubFederated --applicationId app --tenant tenant',
    ],
    ['another cloud', { cloud: 'UsGov' }, 'auth create --cloud UsGov'],
    ['a name', { name: 'ci', environment: devUrl }, `auth create --name ci --environment ${devUrl}`],
  ];
  for (const [what, given, expected] of cases) it(what, () => expect(args(given)).to.equal(expected));

  it('a certificate, with or without a password', () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, 'ci.pfx'), '');
    const given = { methods: by('certificate', 'ci.pfx'), ...application, cwd };
    const file = join(cwd, 'ci.pfx');
    expect(args(given)).to.equal(`auth create --certificateDiskPath ${file} --applicationId app --tenant tenant`);
    expect(args({ ...given, env: { ...inCi, PAC_CERTIFICATE_PASSWORD: 'pw' } })).to.equal(
      `auth create --certificateDiskPath ${file} --applicationId app --certificatePassword pw --tenant tenant`,
    );
  });

  it('names the secrets that must not be shown', () => {
    expect(plan({ methods: by('service-principal'), ...application, env: secretInCi }).secrets).to.deep.equal([
      'S3cr3t',
    ]);
    expect(plan({ methods: by('github-federated'), ...application, env: secretInCi }).secrets).to.deep.equal([]);
  });

  it('gives a person any time', () => {
    expect(plan({}).isByPerson).to.equal(true);
    expect(plan({ methods: by('device-code') }).isByPerson).to.equal(true);
    expect(plan({ methods: by('managed-identity') }).isByPerson).to.equal(false);
    expect(plan({ methods: by('github-federated'), ...application }).isByPerson).to.equal(false);
  });

  it('knows CI also where CI is not set', () => {
    expect(isContinuousIntegration({ TF_BUILD: 'True' })).to.equal(true);
    for (const CI of ['', '0', 'false', 'False']) expect(isContinuousIntegration({ CI })).to.equal(false);
  });

  it('names every cloud that pac knows', () => {
    expect(clouds).to.deep.equal(['Public', 'UsGov', 'UsGovHigh', 'UsGovDod', 'China']);
  });

  const refused: [string, Partial<LoginRequest>, RegExp, RegExp][] = [
    [
      'two ways',
      { methods: { ...by('device-code'), ...by('managed-identity') } },
      /--managed-identity and --device-code are two ways/,
      /--help/,
    ],
    ['no tenant', { methods: by('github-federated'), applicationId: 'a' }, /needs --tenant/, /Entra/],
    [
      'no application',
      { methods: by('service-principal'), tenant: 'a', env: secretInCi },
      /needs --application-id/,
      /Entra/,
    ],
    ['an application without a way', application, /--application-id says which/, /--service-principal/],
    [
      'an application with a managed identity',
      { methods: by('managed-identity'), ...application },
      /means nothing with --managed-identity/,
      /leave --application-id out/,
    ],
    [
      'no secret',
      { methods: by('service-principal'), ...application, env: inCi },
      /PAC_CLIENT_SECRET, which is not set/,
      /--github-federated/,
    ],
    [
      'a secret outside CI',
      { methods: by('service-principal'), ...application, env: { PAC_CLIENT_SECRET: 'S3cr3t' } },
      /PAC_CLIENT_SECRET is for CI: pac takes it as an argument/,
      /--allow-secret-argument/,
    ],
    [
      'a secret that pac would take for a flag',
      { methods: by('service-principal'), ...application, env: { ...inCi, PAC_CLIENT_SECRET: '-S3cr3t' } },
      /PAC_CLIENT_SECRET: its value begins with a dash/,
      /another secret/,
    ],
    [
      'a certificate that is not there',
      { methods: by('certificate', 'no.pfx'), ...application },
      /--certificate: no\.pfx: there is no such file/,
      /\.pfx/,
    ],
    ['a long name', { name: 'x'.repeat(31) }, /1 to 30 characters/, /--name ci/],
  ];
  for (const [what, given, message, hint] of refused) {
    it(`refuses ${what}`, () => {
      let error: unknown;
      try {
        plan(given);
      } catch (thrown) {
        error = thrown;
      }
      expect(error)
        .to.be.instanceOf(UserError)
        .with.property('message')
        .that.matches(message)
        .and.not.includes('S3cr3t');
      expect(error).to.have.property('hint').that.matches(hint);
    });
  }

  it('says of each what it needs', () => {
    for (const { isApplication, description } of loginMethods) {
      expect(description.includes('--application-id, --tenant')).to.equal(isApplication);
    }
  });
});
