import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConnector } from '../../src/connector/load.ts';
import { type DeploymentResult, type DeployOptions, deploy } from '../../src/deploy/deploy.ts';
import { Environments } from '../../src/deploy/environment.ts';
import type { Credentials } from '../../src/deploy/oauth-credentials.ts';
import { type DeploymentRequest, planDeployment } from '../../src/deploy/plan-deployment.ts';
import { planLogin } from '../../src/deploy/plan-login.ts';
import { runPac } from '../../src/deploy/run-pac.ts';
import { UserError } from '../../src/errors.ts';
import { type PacFailure, type StandInPac, standInPac } from '../support/pac/stand-in.ts';
import { deployOptions, deployRequest, loginRequest } from './options.ts';
import { devUrl } from './sample.ts';

export interface Attempt {
  deployed?: DeploymentResult;
  error?: UserError;
  /** What the user saw of pac. */
  seen: string;
  notes: string[];
  warnings: string[];
  /** What `--verbose` shows. */
  record: string[];
  /** Milliseconds between attempts. */
  waits: number[];
}

export interface AttemptOptions {
  failure?: PacFailure | undefined;
  credentials?: Partial<Credentials>;
  request?: Partial<DeploymentRequest>;
  options?: Partial<DeployOptions>;
}

/** The operating system reads one of these. */
const folderVariables = ['TMPDIR', 'TEMP', 'TMP'] as const;

/** Deployments in this process with the stand-in for pac, each test with temporary folders of its own. */
export class Harness {
  pac: StandInPac = standInPac();
  temporary = '';
  private before: (string | undefined)[] = [];

  /** For `beforeEach`. */
  begin(): void {
    this.pac.remove();
    this.pac = standInPac();
    this.temporary = mkdtempSync(join(tmpdir(), 'deploy-test-'));
    this.before = folderVariables.map((name) => process.env[name]);
    for (const name of folderVariables) process.env[name] = this.temporary;
  }

  /** For `afterEach`. */
  end(): void {
    folderVariables.forEach((name, index) => {
      if (this.before[index] === undefined) delete process.env[name];
      else process.env[name] = this.before[index];
    });
    this.pac.remove();
    rmSync(this.temporary, { recursive: true, force: true });
  }

  host(failure?: PacFailure, extra: Record<string, string | undefined> = {}) {
    return { platform: process.platform, env: this.pac.env(extra, failure) };
  }

  async login(environment = devUrl): Promise<void> {
    const { command } = planLogin(loginRequest({ environment, cwd: this.temporary }), new Environments(undefined));
    await runPac(command, { host: this.host(), onOutput: () => {} });
  }

  async attempt(root: string, { failure, credentials, request, options }: AttemptOptions = {}): Promise<Attempt> {
    const given = { clientId: undefined, clientSecret: undefined, ...credentials };
    const plan = planDeployment(loadConnector(root), deployRequest(request));
    const chunks: Buffer[] = [];
    const seen: Omit<Attempt, 'seen'> = { notes: [], warnings: [], record: [], waits: [] };
    const all = deployOptions({
      host: this.host(failure, { CONNECTOR_CLIENT_SECRET: given.clientSecret }),
      onOutput: (chunk) => chunks.push(chunk),
      notify: (note) => seen.notes.push(note),
      warn: (text) => seen.warnings.push(text),
      record: (line) => seen.record.push(line),
      wait: async (milliseconds) => void seen.waits.push(milliseconds),
      ...options,
    });
    const output = () => Buffer.concat(chunks).toString();
    try {
      return { ...seen, deployed: await deploy(plan, root, given, all), seen: output() };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      return { ...seen, error, seen: output() };
    }
  }

  /** The calls of pac so far, by their names: `connector create`. */
  called(): string[] {
    return this.pac.calls().map(({ argv }) => argv.slice(0, 2).join(' '));
  }
}
