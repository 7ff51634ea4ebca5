import { parse } from 'yaml';
import { readText, temporaryFolder } from '../support/folders.ts';
import { generate } from '../support/generators.ts';

/** The workflows of a generated repository, read as their services read them. */

export interface Step {
  name?: string;
  id?: string;
  if?: string;
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
  env?: Record<string, string>;
  'continue-on-error'?: boolean;
}

export interface Job {
  'runs-on': string;
  'timeout-minutes': number;
  if?: string;
  environment?: string;
  permissions: Record<string, string>;
  env?: Record<string, string>;
  steps: Step[];
}

export interface Workflow {
  on: Record<string, unknown>;
  permissions: Record<string, string>;
  concurrency: { group: string; 'cancel-in-progress': boolean };
  jobs: Record<string, Job>;
}

export interface AzureStep {
  checkout?: string;
  task?: string;
  script?: string;
  displayName?: string;
  condition?: string;
  inputs?: Record<string, unknown>;
  env?: Record<string, string>;
  persistCredentials?: boolean;
  fetchDepth?: number;
}

export interface AzureJob {
  job?: string;
  deployment?: string;
  condition?: string;
  environment?: string;
  timeoutInMinutes: number;
  steps?: AzureStep[];
  strategy?: { runOnce: { deploy: { steps: AzureStep[] } } };
}

export interface Pipeline {
  trigger: Record<string, unknown>;
  pr: unknown;
  lockBehavior?: string;
  variables?: { group?: string; name?: string; value?: string }[];
  jobs: AzureJob[];
}

export const githubNames = ['.github/workflows/deploy.yml', '.github/workflows/validate.yml'] as const;
export const azureNames = ['azure-pipelines-deploy.yml', 'azure-pipelines.yml'] as const;

let folder: Promise<string> | undefined;

/** A repository with all workflows. */
export function repositoryWithWorkflows(): Promise<string> {
  folder ??= make();
  return folder;
}

async function make(): Promise<string> {
  const cwd = temporaryFolder('weather');
  await generate('app', { cwd, flags: { ci: 'both', toolSpec: '^0.1.0' } });
  return cwd;
}

export const read = async <T>(name: string): Promise<T> => parse(readText(await repositoryWithWorkflows(), name)) as T;

export const stepsOf = ({ steps, strategy }: AzureJob): AzureStep[] => steps ?? strategy?.runOnce.deploy.steps ?? [];

/** Every script of every workflow: what it is in, what it runs. */
export async function allScripts(): Promise<{ at: string; script: string }[]> {
  const scripts: { at: string; script: string | undefined }[] = [];
  for (const name of githubNames) {
    const { jobs } = await read<Workflow>(name);
    for (const [id, { steps }] of Object.entries(jobs))
      for (const { run } of steps) scripts.push({ at: `${name} ${id}`, script: run });
  }
  for (const name of azureNames) {
    const { jobs } = await read<Pipeline>(name);
    for (const job of jobs) for (const { script } of stepsOf(job)) scripts.push({ at: name, script });
  }
  return scripts.flatMap(({ at, script }) => (script === undefined ? [] : [{ at, script }]));
}
