import { type CommandSpec, Flags } from '../command.ts';
import { command as validate } from './validate.ts';

export const command: CommandSpec = {
  ...validate,
  name: 'fix',
  summary: 'fix what has one certain remedy, then report what is left',
  order: 15,
  flags: validate.flags
    .filter(({ name }) => name !== 'fix')
    .map((flag) =>
      flag.name === 'dry-run' ? { ...flag, description: 'print the changes as a diff, write nothing' } : flag,
    ),
  examples: [
    ['pp-connector fix', 'fix what can be fixed, report the rest'],
    ['pp-connector fix --dry-run', 'see what would be fixed'],
    ['pp-connector fix --recursive connectors', 'in every connector below a folder'],
  ],
  run: (context, positionals, flags) => validate.run(context, positionals, new Flags({ ...flags.given(), fix: true })),
};
