import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { findConnector, findRepositoryRoot } from '../../connector/find.ts';
import { type Connector, loadConnector } from '../../connector/load.ts';
import { profileOf } from '../../connector/profile.ts';
import { factsOf } from '../../docs/document-files.ts';
import { UserError } from '../../errors.ts';
import { decide, type PlannedFile, summarise } from '../../files/commit.ts';
import { GeneratedFiles } from '../../files/generated-files.ts';
import { takeFolder } from '../../files/lock.ts';
import { shownPath } from '../../files/names.ts';
import { readRegularText } from '../../files/read.ts';
import { writeFiles } from '../../files/write.ts';
import { checkPackage } from '../../package/check-package.ts';
import { kindNames } from '../../package/contents.ts';
import { describeRequest, requestTitle } from '../../package/pull-request/describe-request.ts';
import { judgeFolder } from '../../package/pull-request/judge-folder.ts';
import { outputPlace } from '../../package/pull-request/output-folder.ts';
import { planFolder, submittedName } from '../../package/pull-request/plan-folder.ts';
import { type SubmittedProfile, topFolders } from '../../package/pull-request/submitted-files.ts';
import { hideSecrets } from '../../package/pull-request/without-secrets.ts';
import { readNamedArchive } from '../../package/read-file.ts';
import { repositoryFacts } from '../../package/repository-facts.ts';
import { makeSubmission, submissionParts } from '../../package/submission.ts';
import { type ConnectorReport, errorsOf, makeReport, reaches } from '../../rules/engine/report.ts';
import { severities } from '../../rules/engine/rule.ts';
import { validateConnector } from '../../rules/engine/validate-connector.ts';
import { formatNames, loadFormat } from '../../rules/reporters/formats.ts';
import { noteLine, onOneLine } from '../../shown.ts';
import type { CommandSpec, Context, Flags } from '../command.ts';

const modes = ['pull-request', 'submission', 'check'] as const;

export const command: CommandSpec = {
  name: 'package',
  summary: 'make what is submitted for certification, or check it: the pull-request folder, the package',
  group: 'publish',
  order: 20,
  flags: [
    { name: 'pull-request', description: 'the folder for microsoft/PowerPlatformConnectors (the default)' },
    { name: 'proposal', description: 'with --pull-request: the README only, the first step of independent publishers' },
    {
      name: 'folder',
      value: 'NAME',
      description: 'with --pull-request: the folder of a connector that is published under another name than its title',
    },
    { name: 'submission', description: 'the package of a verified publisher: intro.md and the exported solutions' },
    {
      name: 'solution',
      value: 'FILE',
      many: true,
      description: 'with --submission: an exported solution: connector, flow, and plugin if there is one, in any order',
    },
    { name: 'pdpkg', value: 'FILE', description: 'with --submission: a *.pdpkg.zip that pac package made, instead' },
    { name: 'check', value: 'FILE', description: 'check a package, a *.pdpkg.zip or an exported solution' },
    { name: 'plugin', description: 'the package brings an AI plugin (default: its content tells)' },
    {
      name: 'output',
      value: 'PATH',
      description:
        'folder of --pull-request (default: package/pull-request), file of --submission (default: package/NAME.zip)',
    },
    {
      name: 'connector',
      value: 'PATH',
      description: 'the connector (default: the repository around the current folder)',
    },
    {
      name: 'profile',
      value: 'NAME',
      description: 'whose rules apply (default: config.json, the parent folder)',
      choices: Object.keys(topFolders),
    },
    {
      name: 'fail-on',
      value: 'SEVERITY',
      description: 'lowest severity that makes the exit status 1 (default: error)',
      choices: [...severities, 'never'],
    },
  ],
  formats: formatNames,
  examples: [
    ['pp-connector package', 'the folder for the pull request, and its text'],
    ['pp-connector package --output ../PowerPlatformConnectors', 'the same, straight into a clone of your fork'],
    ['pp-connector package --pull-request --proposal', 'the first step of an independent publisher'],
    [
      'pp-connector package --submission --solution connector.zip --solution flow.zip',
      'the package of a verified publisher, checked',
    ],
    ['pp-connector package --submission --pdpkg weather.pdpkg.zip', 'around a package that pac package made'],
    ['pp-connector package --check package.zip --format json', 'check any package, for a script'],
  ],
  async run(context, _positionals, flags) {
    const mode = modeOf(flags);
    if (mode === 'check') return check(context, flags);
    const path = connectorPath(context, flags) ?? context.cwd;
    const release = await takeRepository(path, context);
    try {
      const connector = loadConnector(path);
      return await (mode === 'submission' ? submit(connector, context, flags) : fillFolder(connector, context, flags));
    } finally {
      release();
    }
  },
};

/** What a flag is good for. */
const flagModes: Readonly<Record<string, readonly (typeof modes)[number][]>> = {
  proposal: ['pull-request'],
  folder: ['pull-request'],
  solution: ['submission'],
  pdpkg: ['submission'],
  plugin: ['submission', 'check'],
  output: ['pull-request', 'submission'],
};

function modeOf(flags: Flags): (typeof modes)[number] {
  const given = flags.given();
  const chosen = modes.filter((mode) => given[mode] !== undefined);
  if (chosen.length > 1) {
    throw new UserError(`--${chosen.join(' and --')} are different jobs; choose one`, {
      hint: 'see: pp-connector package --help',
    });
  }
  const mode = chosen[0] ?? (given.solution === undefined && given.pdpkg === undefined ? 'pull-request' : 'submission');
  for (const [flag, allowed] of Object.entries(flagModes)) {
    if (given[flag] === undefined || allowed.includes(mode)) continue;
    throw new UserError(`--${flag} goes with --${allowed.join(' or --')}, not with --${mode}`, {
      hint: 'see: pp-connector package --help',
    });
  }
  return mode;
}

function connectorPath({ cwd }: Context, flags: Flags): string | undefined {
  const path = flags.text('connector');
  return path === undefined ? findRepositoryRoot(cwd) : resolve(cwd, path);
}

/** What is packed is written into the repository; a bare folder is only read. @returns gives it back */
async function takeRepository(path: string, { err }: Context): Promise<() => void> {
  const { layout, root } = findConnector(path);
  return layout === 'repository' ? takeFolder(root, { command: 'pp-connector package', tell: err }) : () => {};
}

/** `--check`: any archive, against the connector it was exported from where that is known. */
async function check(context: Context, flags: Flags): Promise<number> {
  const file = readNamedArchive(flags.text('check') ?? '', '--check', context.cwd);
  const path = connectorPath(context, flags);
  const connector = path === undefined ? undefined : loadConnector(path);
  const { contents, report } = await checkPackage(file.bytes, file.path, {
    profile: checkedProfile(connector, flags),
    plugin: flags.on('plugin'),
    repository: connector && repositoryFacts(connector),
    config: connector?.config?.value,
  });
  const compared = path === undefined ? '' : `, and compared with the connector in ${shownPath(path, context.cwd)}`;
  context.err(`${onOneLine(file.path)}: looked at as ${kindNames[contents.kind]}${compared}\n`);
  return finish(report, context, flags);
}

/** Packages are for verified publishers, whatever the connector was so far. */
function checkedProfile(connector: Connector | undefined, flags: Flags): SubmittedProfile {
  const profile = profileFlag(flags) ?? (connector && profileOf(connector));
  return profile === 'independent' ? profile : 'verified';
}

const profileFlag = (flags: Flags): SubmittedProfile | undefined =>
  flags.text('profile') as SubmittedProfile | undefined;

/** `--pull-request`: written first, then judged as it stands there. */
async function fillFolder(connector: Connector, context: Context, flags: Flags): Promise<number> {
  const { cwd } = context;
  const profile = submittedProfile(connector, flags);
  const proposal = flags.on('proposal');
  if (proposal && profile !== 'independent') {
    throw new UserError(`--proposal is the first step of independent publishers; this profile is ${profile}`, {
      hint: 'leave it out, or give --profile independent',
    });
  }
  const name = submittedName(connector, flags.text('folder'));
  const output = outputPlace(connector.location, cwd, flags.text('output'));
  const plan = planFolder(connector, { name, profile, output: output.folder, proposal });
  await writePlanned(plan.files, connector, context);
  for (const note of plan.notes) context.err(noteLine(note));
  for (const other of plan.foreign) context.err(noteLine(`left alone, it is not ours: ${other}`));
  const report = await judgeFolder(plan.folder, connector, { cwd, profile, proposal });
  const request = {
    profile,
    proposal,
    facts: factsOf(connector, profile),
    folder: basename(plan.folder),
    hasIcon: existsSync(join(plan.folder, 'icon.png')),
    findings: report.findings,
  };
  const before = existsSync(output.text) ? readRegularText(output.text) : undefined;
  // what the author wrote in the definition is quoted
  const { text } = hideSecrets(describeRequest(request, before));
  await writePlanned([{ path: output.text, contents: text, kind: 'edited' }], connector, context);
  context.err(`Pull request "${onOneLine(requestTitle(request))}": its text is in ${shownPath(output.text, cwd)}\n`);
  if (report.counts.error > 0) context.err('correct the connector, not this folder, then run the command again\n');
  return finish(report, context, flags);
}

function submittedProfile(connector: Connector, flags: Flags): SubmittedProfile {
  if (connector.definition === undefined) {
    throw new UserError(`${connector.location.root}: there is no connector here`, {
      hint: 'go to a connector repository, name one with --connector PATH, or make one with: pp-connector new',
    });
  }
  const profile = profileOf(connector, profileFlag(flags));
  if (profile !== 'custom') return profile;
  throw new UserError('the profile of this connector is custom, and such connectors are not submitted', {
    hint: 'write "profile": "verified" or "independent" into config.json, or give --profile',
  });
}

/** `--submission`: judged first, then written. */
async function submit(connector: Connector, context: Context, flags: Flags): Promise<number> {
  const { cwd } = context;
  requireVerified(connector, flags);
  const pdpkg = flags.text('pdpkg');
  const parts = submissionParts(connector, {
    solutions: flags.list('solution').map((path) => readNamedArchive(path, '--solution', cwd)),
    deployer: pdpkg === undefined ? undefined : readNamedArchive(pdpkg, '--pdpkg', cwd),
  });
  const { root } = connector.location;
  const judged = await validateConnector(connector, shownPath(root, cwd), { cwd, profile: 'verified' });
  if (judged.counts.error > 0) {
    context.err('error: nothing was packed: correct the errors of the connector first\n');
    await finish(errorsOf(judged), context, flags);
    return 1;
  }
  const output = resolve(cwd, flags.text('output') ?? join(root, 'package', `${parts.name}.zip`));
  const bytes = await makeSubmission(parts);
  const { report } = await checkPackage(bytes, shownPath(output, cwd), {
    profile: 'verified',
    plugin: flags.on('plugin'),
    repository: repositoryFacts(connector),
    config: connector.config?.value,
  });
  if (report.counts.error > 0) {
    context.err('error: nothing was written: this package would be refused\n');
    await finish(report, context, flags);
    return 1;
  }
  await writePlanned([{ path: output, contents: bytes, kind: 'edited' }], connector, context);
  return finish(report, context, flags);
}

function requireVerified(connector: Connector, flags: Flags): void {
  const profile = profileOf(connector, profileFlag(flags));
  if (profile === 'verified') return;
  throw new UserError(`--submission is the way of verified publishers; the profile of this connector is ${profile}`, {
    hint:
      profile === 'independent'
        ? 'independent publishers submit by pull request only: pp-connector package --pull-request'
        : 'write "profile": "verified" into config.json, or give --profile verified',
  });
}

/** Writes what differs, and says so. */
async function writePlanned(files: readonly PlannedFile[], { location }: Connector, context: Context): Promise<void> {
  const { layout, root } = location;
  const decisions = await decide(files, { root, generated: GeneratedFiles.read(root) });
  const different = decisions.filter(({ outcome }) => outcome !== 'same');
  writeFiles(
    different.map(({ file }) => [file.path, file.contents]),
    layout === 'repository' ? { root } : {},
  );
  if (different.length > 0) context.err(summarise(different, context.cwd));
}

/** Prints the result, and turns it into the exit status. */
async function finish(judged: ConnectorReport, context: Context, flags: Flags): Promise<number> {
  const name = context.format ?? 'stylish';
  const format = await loadFormat(name);
  context.out(format(makeReport([forPeople.has(name) ? withPolicies(judged) : judged]), { color: context.color }));
  return reaches(judged.counts, flags.text('fail-on') ?? 'error') ? 1 : 0;
}

/** Formats that show one name of a rule beside our own; the others have a place for the policy. */
const forPeople: ReadonlySet<string> = new Set(['stylish', 'github', 'markdown']);

/** Reviewers answer with nothing but the number of a policy: it stands where the official name would. */
const withPolicies = (report: ConnectorReport): ConnectorReport => ({
  ...report,
  findings: report.findings.map((finding) =>
    finding.policy === undefined ? finding : { ...finding, official: finding.official ?? `policy ${finding.policy}` },
  ),
});
