import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { splitCommandLine } from '../../src/operation/split-command-line.ts';
import { names, solutions, zip } from '../package/archives.ts';
import type { CliResult } from '../support/cli.ts';
import { readText, temporaryFolder, writeTree } from '../support/folders.ts';
import { gitEnvironment } from '../support/git.ts';
import { type StandInPac, standInPac } from '../support/pac/stand-in.ts';
import { warmCli } from '../support/warm/warm.ts';

/** One thing that an author does on the way, and where the status then says that they are. */
export interface Stage {
  /** A command line, of `pp-connector` or `git`; or `export solutions`, which is done in the maker portal. */
  does: string;
  /** The step that `status` names next; null: none. Left out: nothing that it knows of has changed. */
  next?: string | null;
  /** Part of what the command prints. */
  says?: RegExp;
  /** Default 0. */
  status?: number;
  /** Files that the author writes before it. */
  files?: Readonly<Record<string, string>>;
}

/** The way of one author, from an empty folder on, each stage on what the former one left. */
export class Journey {
  readonly pac: StandInPac = standInPac();
  readonly cwd: string;
  private next: string | null | undefined;

  /** @param name of the folder, which the author makes first */
  constructor(name: string) {
    this.cwd = temporaryFolder(name);
  }

  async take({ does, next, says, status = 0, files = {} }: Stage): Promise<void> {
    writeTree(this.cwd, files);
    const result = await this.perform(does);
    const printed = `${result.stdout}${result.stderr}`;
    expect(result.status, `${does}\n${printed}`).to.equal(status);
    if (says !== undefined) expect(printed).to.match(says);
    if (next !== undefined) this.next = next;
    expect(this.status().next, `what is next after: ${does}`).to.equal(this.next ?? null);
  }

  /** As `status --format json` tells it. */
  status(): { next: string | null; steps: { id: string; state: string }[] } {
    const { stdout, stderr, status } = this.run(['status', '--format', 'json']);
    expect(status, stderr).to.equal(0);
    return JSON.parse(stdout);
  }

  private async perform(line: string): Promise<CliResult> {
    if (line === 'export solutions') return this.exportSolutions();
    const [program = '', ...args] = splitCommandLine(line);
    if (program === 'pp-connector') return this.run(args);
    const env = { ...process.env, ...gitEnvironment };
    const { status, stdout, stderr } = spawnSync(program, args, { cwd: this.cwd, encoding: 'utf8', env });
    return { status, stdout, stderr };
  }

  private run(args: readonly string[]): CliResult {
    return warmCli(args, { cwd: this.cwd, env: this.pac.env(gitEnvironment) });
  }

  /** What the portal exports is the definition as it is deployed. */
  private async exportSolutions(): Promise<CliResult> {
    const definition = { [names.definition]: readText(this.cwd, 'connector/apiDefinition.json') };
    writeFileSync(join(this.cwd, 'connector.zip'), await zip({ ...solutions.connector, ...definition }));
    writeFileSync(join(this.cwd, 'flow.zip'), await zip({ ...solutions.flow, ...definition }));
    return { status: 0, stdout: '', stderr: '' };
  }
}
