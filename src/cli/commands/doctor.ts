import manifest from '../../../package.json' with { type: 'json' };
import { examine } from '../../doctor/examine.ts';
import { formatMachine, machineAsJson } from '../../doctor/format.ts';
import type { CommandSpec } from '../command.ts';

export const command: CommandSpec = {
  name: 'doctor',
  summary: 'check that everything the commands need is installed',
  group: 'repository',
  order: 20,
  flags: [],
  formats: ['text', 'json'],
  examples: [
    ['pp-connector doctor', 'what is installed, what it is needed for, and how to install what is missing'],
    ['pp-connector doctor --format json', 'the same, for a script'],
  ],
  async run(context) {
    const report = await examine({ engines: manifest.engines.node });
    context.out(context.format === 'json' ? machineAsJson(report) : formatMachine(report, { color: context.color }));
    return report.ok ? 0 : 1;
  },
};
