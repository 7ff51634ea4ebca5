import manifest from '../../../package.json' with { type: 'json' };
import { errorReport } from '../../doctor/error-report.ts';
import { examine } from '../../doctor/examine.ts';
import { formatMachine, machineAsJson } from '../../doctor/format.ts';
import type { CommandSpec } from '../command.ts';

export const command: CommandSpec = {
  name: 'doctor',
  summary: 'check that everything the commands need is installed',
  group: 'repository',
  order: 20,
  flags: [
    {
      name: 'report',
      description: 'print what belongs into the report of a fault: versions, platform, the last error of this program',
    },
  ],
  formats: ['text', 'json'],
  examples: [
    ['pp-connector doctor', 'what is installed, what it is needed for, and how to install what is missing'],
    ['pp-connector doctor --format json', 'the same, for a script'],
    ['pp-connector doctor --report', 'what to paste into an issue; no texts of yours and no secrets are in it'],
  ],
  async run(context, _positionals, flags) {
    if (flags.on('report')) {
      context.out(errorReport(context.cwd));
      return 0;
    }
    const report = await examine({ engines: manifest.engines.node });
    context.out(context.format === 'json' ? machineAsJson(report) : formatMachine(report, { color: context.color }));
    return report.ok ? 0 : 1;
  },
};
