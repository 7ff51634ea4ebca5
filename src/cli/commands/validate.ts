import { resolve } from 'node:path';
import { findRepositoryRoot } from '../../connector/find.ts';
import { UserError } from '../../errors.ts';
import { nearest } from '../../nearest.ts';
import { findConnectorFolders } from '../../validate/find-connectors.ts';
import { type ConnectorReport, countFindings, type Format, makeReport } from '../../validate/report.ts';
import { type Profile, profiles, type Severity, severities } from '../../validate/rule.ts';
import { ruleById } from '../../validate/rules/catalogue.ts';
import { validatePath } from '../../validate/validate-connector.ts';
import type { CommandSpec, Flags } from '../command.ts';

const formats: Readonly<Record<string, () => Promise<Format>>> = {
  stylish: async () => (await import('../../validate/formats/stylish.ts')).stylish,
  json: async () => (await import('../../validate/formats/json.ts')).json,
};

export const command: CommandSpec = {
  name: 'validate',
  summary: 'check connectors against the rules of the service and of certification, offline',
  positionals: [
    {
      name: 'paths',
      many: true,
      description: 'repositories, connector folders or definitions (default: the repository around the current folder)',
    },
  ],
  flags: [
    { name: 'profile', value: 'NAME', description: 'whose rules apply (default: config.json, the parent folder, custom)', choices: profiles },
    { name: 'recursive', description: 'every connector below the given folders' },
    { name: 'fail-on', value: 'SEVERITY', description: 'lowest severity that makes the exit status 1 (default: error)', choices: [...severities, 'never'] },
    { name: 'quiet', description: 'errors only' },
    { name: 'max-findings', value: 'COUNT', description: 'show at most so many findings per connector' },
    { name: 'rule', value: 'ID=SEVERITY', many: true, description: 'set the severity of a rule: off, info, warning or error' },
  ],
  formats: Object.keys(formats),
  examples: [
    ['pp-connector validate', 'check the connector of this repository'],
    ['pp-connector validate certified-connectors/* --format json', 'check many folders, for a script'],
    ['pp-connector validate --profile verified --fail-on warning', 'what a reviewer would ask for, too'],
  ],
  async run(context, positionals, flags) {
    const rules = ruleFlags(flags.list('rule'));
    const limit = maxFindings(flags);
    const paths = inputs(context.cwd, positionals, flags.on('recursive'));
    const options = { cwd: context.cwd, profile: flags.text('profile') as Profile | undefined, rules };
    const connectors: ConnectorReport[] = [];
    // one after the other: hundreds of connectors are never in memory together
    for (const path of paths) connectors.push(await validatePath(path, options));
    const report = makeReport(connectors.map((connector) => (flags.on('quiet') ? errorsOnly(connector) : connector)));
    const shown = { ...report, connectors: report.connectors.map((connector) => ({ ...connector, findings: connector.findings.slice(0, limit) })) };
    const format = await (formats[context.format ?? 'stylish'] as () => Promise<Format>)();
    context.out(format(shown, { color: context.color }));
    return failed(makeReport(connectors).counts, flags.text('fail-on') ?? 'error') ? 1 : 0;
  },
};

function inputs(cwd: string, positionals: readonly string[], recursive: boolean): string[] {
  if (positionals.length === 0 && !recursive) return [findRepositoryRoot(cwd) ?? cwd];
  const paths = (positionals.length === 0 ? ['.'] : positionals).map((path) => resolve(cwd, path));
  return recursive ? paths.flatMap(findConnectorFolders) : paths;
}

function ruleFlags(values: readonly string[]): Map<string, Severity | 'off'> {
  const allowed = ['off', ...severities];
  return new Map(
    values.map((value) => {
      const [id = '', severity = ''] = value.split('=');
      if (!ruleById.has(id)) {
        const guess = nearest(id, [...ruleById.keys()]);
        throw new UserError(`--rule: there is no rule "${id}"${guess === undefined ? '' : `; did you mean ${guess}?`}`, {
          hint: 'list the rules with: pp-connector rules',
        });
      }
      if (!allowed.includes(severity)) {
        throw new UserError(`--rule ${id}: "${severity}" is no severity; allowed are: ${allowed.join(', ')}`);
      }
      return [id, severity as Severity | 'off'];
    }),
  );
}

function maxFindings(flags: Flags): number {
  const text = flags.text('max-findings');
  if (text === undefined) return Number.POSITIVE_INFINITY;
  if (!/^\d+$/.test(text)) throw new UserError(`--max-findings: "${text}" is no number`);
  return Number(text);
}

function errorsOnly(connector: ConnectorReport): ConnectorReport {
  const findings = connector.findings.filter((finding) => finding.severity === 'error');
  return { ...connector, findings, counts: countFindings(findings) };
}

function failed(counts: Record<Severity, number>, failOn: string): boolean {
  const threshold = (severities as readonly string[]).indexOf(failOn);
  return severities.some((severity, index) => index <= threshold && counts[severity] > 0);
}
