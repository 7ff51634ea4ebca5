import type { DeployOptions } from '../../src/deploy/deploy.ts';
import type { DeploymentRequest } from '../../src/deploy/plan-deployment.ts';
import type { LoginRequest } from '../../src/deploy/plan-login.ts';

/** Nothing was given but what the test says. */
export const deployRequest = (given: Partial<DeploymentRequest> = {}): DeploymentRequest => ({
  environment: undefined,
  solution: undefined,
  connectorId: undefined,
  create: false,
  ...given,
});

/** Nobody can be asked, and nobody waits. */
export const deployOptions = (given: Partial<DeployOptions> = {}): DeployOptions => ({
  onOutput: () => {},
  notify: () => {},
  warn: () => {},
  wait: async () => {},
  failOnDrift: false,
  skipDriftCheck: false,
  now: () => new Date('2026-03-04T05:06:07Z'),
  ...given,
});

export const loginRequest = (given: Partial<LoginRequest> = {}): LoginRequest => ({
  environment: undefined,
  url: undefined,
  name: undefined,
  cloud: undefined,
  methods: {},
  applicationId: undefined,
  tenant: undefined,
  allowSecretArgument: false,
  env: {},
  platform: 'win32',
  cwd: '/repo',
  ...given,
});
