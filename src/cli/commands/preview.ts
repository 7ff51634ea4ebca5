import { resolve } from 'node:path';
import { findRepositoryRoot } from '../../connector/find.ts';
import { type Profile, profiles } from '../../connector/profile.ts';
import { readPreview } from '../../preview/read-preview.ts';
import { shownJson } from '../../shown.ts';
import type { CommandSpec } from '../command.ts';

export const command: CommandSpec = {
  name: 'preview',
  summary: 'see the connector as makers will: fields, outputs, connection dialog, agent tools',
  group: 'check',
  order: 27,
  positionals: [{ name: 'folder', description: 'the connector (default: the repository around the current folder)' }],
  flags: [
    {
      name: 'profile',
      value: 'NAME',
      description: 'whose rules apply (default: config.json, the parent folder, custom)',
      choices: profiles,
    },
  ],
  formats: ['text', 'json'],
  examples: [['pp-connector preview --format json', 'fields, outputs, connection and agent tools, for a script']],
  async run(context, [folder], flags) {
    const { cwd } = context;
    const path = folder === undefined ? (findRepositoryRoot(cwd) ?? cwd) : resolve(cwd, folder);
    const profile = flags.text('profile') as Profile | undefined;
    const { model } = await readPreview(path, { cwd, profile });
    context.out(shownJson(`${JSON.stringify(model, null, 2)}\n`));
    return 0;
  },
};
