import { expect } from 'chai';
import type { CliOptions, CliResult } from '../support/cli.ts';
import { temporaryFolder } from '../support/folders.ts';
import { ownApi } from '../support/own-api.ts';
import { warmCli } from '../support/warm/warm.ts';

/** Repositories as `new` makes them, and `status` in them. */

const facts: Readonly<Record<string, string>> = {
  title: 'Contoso Weather',
  description: 'Reads current measurements of the Contoso weather stations and tells about warnings.',
  publisher: 'Contoso',
  'stack-owner': 'Contoso',
  'contact-name': 'Contoso Support',
  'contact-url': 'https://support.contoso.com',
  'contact-email': 'support@contoso.com',
  website: 'https://www.contoso.com',
  'privacy-policy': 'https://www.contoso.com/privacy',
  categories: 'Data',
  host: 'weather.contoso.com',
};

/** A new repository in which nothing is missing that the profile wants. */
export function repository(profile: string, flags: Readonly<Record<string, string>> = {}): string {
  const cwd = temporaryFolder();
  const owner = profile === 'independent' ? { publisher: 'Ann Example' } : {};
  const all = { profile, 'tool-spec': '^0.1.0', api: ownApi(), ...facts, ...owner, ...flags };
  const words = Object.entries(all).flatMap(([name, value]) => [`--${name}`, value]);
  const { status, stderr } = warmCli(['new', '.', '--yes', ...words], { cwd });
  expect(status, stderr).to.equal(0);
  return cwd;
}

export interface JsonStatus {
  profile: string;
  connector: string;
  next: string | null;
  steps: { id: string; state: string; command?: string; since?: string; note?: string; why?: string; who: string }[];
  counts: Record<string, number>;
}

export const run = (cwd: string, args: readonly string[] = [], options: CliOptions = {}): CliResult =>
  warmCli(['status', ...args], { cwd, ...options });

/** The status as JSON, and one step of it. */
export function statusOf(cwd: string, args: readonly string[] = [], options: CliOptions = {}) {
  const { status, stdout, stderr } = run(cwd, ['--format', 'json', ...args], options);
  expect(status, stderr).to.equal(0);
  const parsed = JSON.parse(stdout) as JsonStatus;
  const step = (id: string) => {
    const found = parsed.steps.find((candidate) => candidate.id === id);
    if (found === undefined) throw new Error(`there is no step ${id}`);
    return found;
  };
  return { ...parsed, step };
}
