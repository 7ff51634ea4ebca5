import manifest from '../../../package.json' with { type: 'json' };
import { errorReport } from '../../doctor/error-report.ts';
import { examine, type MachineReport } from '../../doctor/examine.ts';
import { formatMachine, machineAsJson } from '../../doctor/format.ts';
import { installCommand, knownReferences } from '../../runtime/script/references.ts';
import type { CommandSpec } from '../command.ts';

/** Whether what scripts are compiled against is here; .NET itself is one of the programs. */
function scriptsOn(cwd: string): MachineReport['scripts'] {
  const folder = knownReferences(cwd);
  return folder === undefined ? { status: 'missing', install: [installCommand] } : { status: 'ok', path: folder };
}

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
    {
      name: 'install',
      description:
        'get, by NuGet, what the code of connectors (script.csx) is compiled against; nothing else uses the network',
    },
  ],
  formats: ['text', 'json'],
  examples: [
    ['pp-connector doctor', 'what is installed, what it is needed for, and how to install what is missing'],
    ['pp-connector doctor --format json', 'the same, for a script'],
    ['pp-connector doctor --install', 'get what is needed to check and run script.csx on this machine'],
    ['pp-connector doctor --report', 'what to paste into an issue; no texts of yours and no secrets are in it'],
  ],
  async run(context, _positionals, flags) {
    if (flags.on('report')) {
      context.out(errorReport(context.cwd));
      return 0;
    }
    if (flags.on('install')) {
      const { prepareScripts } = await import('../script-runner.ts');
      await prepareScripts(context);
    }
    const report: MachineReport = {
      ...(await examine({ engines: manifest.engines.node })),
      scripts: scriptsOn(context.cwd),
    };
    context.out(context.format === 'json' ? machineAsJson(report) : formatMachine(report, { color: context.color }));
    return report.ok ? 0 : 1;
  },
};
