import { readmeQuestions } from '../../repository/questions/readme.ts';
import type { CommandSpec } from '../command.ts';
import { flagsOfQuestions, generate } from '../generator-command.ts';

export const command: CommandSpec = {
  name: 'readme',
  summary: 'write README.md and INTRO.md, or bring them up to date',
  aliases: ['docs'],
  group: 'make',
  order: 60,
  several: 'each',
  flags: flagsOfQuestions(readmeQuestions),
  examples: [
    ['pp-connector readme', 'bring the generated parts up to date, keep the prose'],
    ['pp-connector readme --insert', 'add the generated sections to a README of your own'],
  ],
  run: (context, _, flags) => generate('readme', context, flags),
};
