import { resolve } from 'node:path';
import { findRepositoryRoot } from '../../connector/find.ts';
import { loadConnector } from '../../connector/load.ts';
import { diffConnectors } from '../../diff/diff-report.ts';
import { findBase } from '../../diff/find-base.ts';
import { formatNames, loadFormat } from '../../diff/formats/formats.ts';
import { type Profile, profiles } from '../../validate/rule.ts';
import type { CommandSpec } from '../command.ts';

export const command: CommandSpec = {
  name: 'diff',
  summary: 'tell what an update would break for the flows and apps that exist',
  positionals: [
    {
      name: 'base',
      description: 'a git branch, tag or commit, a folder or a file (default: the last release, else HEAD)',
    },
  ],
  flags: [
    { name: 'to', value: 'FILE|FOLDER', description: 'what to compare with the base (default: the working tree)' },
    {
      name: 'profile',
      value: 'NAME',
      description: 'whose severities apply (default: config.json, the parent folder, verified)',
      choices: profiles,
    },
  ],
  formats: formatNames,
  examples: [
    ['pp-connector diff', 'changes since the last release (git tag connector-v…)'],
    ['pp-connector diff origin/main --format github', 'in a workflow: annotations of a pull request'],
    ['pp-connector diff connector-v1.2.0', 'since a certain release'],
    ['pp-connector diff old/apiDefinition.json --to new/apiDefinition.json', 'two files of any name'],
  ],
  async run({ cwd, format, color, out }, [word], flags) {
    const to = flags.text('to');
    const here = findRepositoryRoot(cwd) ?? cwd;
    const after = loadConnector(to === undefined ? here : resolve(cwd, to));
    // a revision is looked up for the connector of the working tree, unless there is none
    const tree = to === undefined ? after : loadConnector(here);
    const base = findBase(word, tree.definition === undefined ? after : tree, cwd);
    const profile = flags.text('profile') as Profile | undefined;
    const report = diffConnectors(base, after, { cwd, profile });
    const print = await loadFormat(format ?? 'text');
    out(print(report, { color }));
    return report.changes.some(({ breaking }) => breaking) ? 1 : 0;
  },
};
