import { dirname, join, resolve } from 'node:path';
import { buildRepository } from '../../build/build-repository.ts';
import { findRepositoryRoot } from '../../connector/find.ts';
import { GeneratedFiles } from '../../files/generated-files.ts';
import { noteLine } from '../../shown.ts';
import { readTemplate } from '../../templates.ts';
import type { CommandSpec } from '../command.ts';
import { commitFiles } from '../commit-files.ts';

export const command: CommandSpec = {
  name: 'build',
  writes: () => true,
  summary: 'make the connector files from config.json and the definition',
  group: 'make',
  order: 70,
  flags: [
    { name: 'config', value: 'FILE', description: 'the configuration (default: config.json of the repository)' },
    {
      name: 'output',
      value: 'DIR',
      description: 'where the files go (default: "outputDirectory" of config.json, else connector)',
    },
    { name: 'force', description: 'replace a definition or icon that was edited since it was built' },
    { name: 'dry-run', description: 'show what would change, write nothing' },
  ],
  examples: [
    ['pp-connector build', 'bring the connector files up to date'],
    ['pp-connector build --config config.json --output output', 'what New-CustomConnectorConfig does'],
  ],
  async run(context, _, flags) {
    const given = flags.text('config');
    const config =
      given === undefined
        ? join(findRepositoryRoot(context.cwd) ?? context.cwd, 'config.json')
        : resolve(context.cwd, given);
    const output = flags.text('output');
    const generated = GeneratedFiles.read(dirname(config));
    const { root, files, notes } = await buildRepository({
      config,
      output: output === undefined ? undefined : resolve(context.cwd, output),
      script: readTemplate('oauth', 'script.csx'),
      generated,
      force: flags.on('force'),
    });
    const options = { root, generated, force: flags.on('force'), isDry: flags.on('dry-run') };
    await commitFiles(files, options, context);
    for (const note of notes) context.err(noteLine(note));
    return 0;
  },
};
