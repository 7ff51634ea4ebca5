import { appQuestions } from '../../repository/questions/app.ts';
import type { CommandSpec } from '../command.ts';
import { flagsOfQuestions, generate } from '../generator-command.ts';

export const command: CommandSpec = {
  name: 'new',
  summary: 'scaffold a connector repository',
  group: 'make',
  order: 10,
  positionals: [{ name: 'folder', description: 'folder of the repository (default: the current one)' }],
  flags: flagsOfQuestions(appQuestions),
  examples: [
    ['pp-connector new contoso-weather', 'ask for everything, start from a small sample'],
    ['pp-connector new contoso-weather --api swagger.json --yes', 'start from a definition, ask nothing'],
    ['pp-connector new contoso-weather --from "certified-connectors/Contoso Weather"', 'adopt an existing connector'],
  ],
  run: (context, [folder], flags) => generate('app', context, flags, folder === undefined ? {} : { folder }),
};
