import { existsSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { configurationOf } from '../../connector/configuration.ts';
import { derivedIn } from '../../connector/derived-texts.ts';
import { findConnector, findRepositoryRoot } from '../../connector/find.ts';
import { type Connector, loadConnector } from '../../connector/load.ts';
import { noConnector } from '../../connector/no-connector.ts';
import { profileOf, severities } from '../../connector/profile.ts';
import { counted } from '../../counted.ts';
import { factsOf } from '../../docs/document-files.ts';
import { UserError } from '../../errors.ts';
import { decide, type PlannedFile, summarise } from '../../files/commit.ts';
import { GeneratedFiles } from '../../files/generated-files.ts';
import { lockFolder } from '../../files/lock.ts';
import { shownPath } from '../../files/names.ts';
import { readTextWithin } from '../../files/read.ts';
import { writeFiles } from '../../files/write.ts';
import { checkPackage } from '../../package/check-package.ts';
import { kindNames } from '../../package/contents.ts';
import { describeRequest, requestTitle } from '../../package/pull-request/describe-request.ts';
import { outputPlace } from '../../package/pull-request/output-folder.ts';
import { packagePath } from '../../package/pull-request/package-path.ts';
import { planFolder, submittedFolder, submittedName } from '../../package/pull-request/plan-folder.ts';
import { type SubmittedProfile, topFolders } from '../../package/pull-request/submitted-files.ts';
import { validateProposal, validateWithPackage } from '../../package/pull-request/validate-folder.ts';
import { hideSecrets } from '../../package/pull-request/without-secrets.ts';
import { readNamedArchive } from '../../package/read-file.ts';
import { repositoryFacts } from '../../package/repository-facts.ts';
import { makeSubmission, submissionParts } from '../../package/submission.ts';
import { type ConnectorReport, errorsOf, makeReport, reaches } from '../../rules/engine/report.ts';
import { validateConnector } from '../../rules/engine/validate-connector.ts';
import { factsOfFormat, reportFormats } from '../../rules/reporters/formats.ts';
import { noteLine, onOneLine } from '../../shown.ts';
import type { CommandSpec, Context, Flags } from '../command.ts';
import { type FlagHeadings, underHeadings } from '../flag-headings.ts';
import { policyNotes, withPolicies, worstOf } from '../package-report.ts';

const modes = ['pull-request', 'submission', 'check'] as const;

const headings: FlagHeadings = {
  'The folder of a pull request': ['pull-request', 'proposal', 'folder'],
  'The package that is submitted': ['submission', 'solution', 'pdpkg', 'plugin'],
};

export const command: CommandSpec = {
  name: 'package',
  summary: 'make or check what is submitted for certification',
  group: 'publish',
  order: 20,
  flags: underHeadings(
    [
      { name: 'pull-request', description: 'the folder for microsoft/PowerPlatformConnectors (the default)' },
      {
        name: 'proposal',
        description: 'with --pull-request: the README only, the first step of independent publishers',
      },
      {
        name: 'folder',
        value: 'NAME',
        description:
          'with --pull-request: the folder of a connector that is published under another name than its title',
      },
      {
        name: 'submission',
        description:
          'the package: intro.md and the exported solutions; that of an independent publisher goes into the folder',
      },
      {
        name: 'solution',
        value: 'FILE',
        many: true,
        description: 'for the package: an exported solution: connector, flow, and plugin if there is one, in any order',
      },
      { name: 'pdpkg', value: 'FILE', description: 'for the package: a *.pdpkg.zip that pac package made, instead' },
      {
        name: 'check',
        value: 'PATH',
        description:
          'check a package, a *.pdpkg.zip, an exported solution, or a folder that is submitted with its package',
      },
      { name: 'plugin', description: 'the package brings an AI plugin (default: its content tells)' },
      {
        name: 'output',
        value: 'PATH',
        description:
          'folder of the pull request (default: package/pull-request), or file of the package (verified: package/NAME.zip)',
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
      { name: 'verbose', description: 'show every finding, not only the ten worst' },
    ],
    headings,
  ),
  formats: reportFormats.names,
  examples: [
    ['pp-connector package', 'the folder for the pull request, and its text'],
    ['pp-connector package --output ../PowerPlatformConnectors', 'the same, straight into a clone of your fork'],
    ['pp-connector package --pull-request --proposal', 'the first step of an independent publisher'],
    [
      'pp-connector package --submission --solution connector.zip --solution flow.zip',
      'the package of a verified publisher, checked',
    ],
    [
      'pp-connector package --solution connector.zip --solution flow.zip',
      'the same; for an independent publisher the folder with the package in it',
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
      const job = { connector, context, flags, profile: submittedProfile(connector, flags) };
      return await (isForFolder(mode, job) ? fillFolder(job) : submit(job));
    } finally {
      release();
    }
  },
};

type Mode = (typeof modes)[number];

/** What is submitted, by whom. */
interface Job {
  connector: Connector;
  context: Context;
  flags: Flags;
  profile: SubmittedProfile;
}

/** What a flag is good for. */
const flagModes: Readonly<Record<string, readonly Mode[]>> = {
  proposal: ['pull-request'],
  folder: ['pull-request', 'submission'],
  solution: ['pull-request', 'submission'],
  pdpkg: ['pull-request', 'submission'],
  plugin: ['pull-request', 'submission', 'check'],
  output: ['pull-request', 'submission'],
};

/**
 * Whether the folder of the pull request is what is made. An independent publisher submits the package in it.
 *
 * @throws UserError for flags that this profile has no use for
 */
function isForFolder(mode: Mode, { flags, profile }: Job): boolean {
  const given = flags.given();
  if (profile === 'independent') {
    const isFile = /\.zip$/i.test(flags.text('output') ?? '');
    if (flags.on('proposal') && hasArchives(flags)) {
      throw new UserError('--proposal: a proposal brings the README only, no package', {
        hint: 'leave --solution and --pdpkg out; the package is added to the same pull request later',
      });
    }
    return mode === 'pull-request' || !isFile;
  }
  const other = ['solution', 'pdpkg', 'plugin'].find((name) => given[name] !== undefined);
  if (mode === 'pull-request' && other !== undefined) {
    throw new UserError(
      `--${other} goes with --submission: a verified publisher hands the package in at Partner Center`,
      {
        hint: 'the pull request has the sources only: pp-connector package --pull-request',
      },
    );
  }
  if (mode === 'submission' && given.folder !== undefined) {
    throw new UserError('--folder goes with --pull-request, not with --submission', {
      hint: 'see: pp-connector package --help',
    });
  }
  return mode === 'pull-request';
}

const hasArchives = (flags: Flags): boolean => {
  const given = flags.given();
  return given.solution !== undefined || given.pdpkg !== undefined;
};

function modeOf(flags: Flags): Mode {
  const given = flags.given();
  const chosen = modes.filter((mode) => given[mode] !== undefined);
  if (chosen.length > 1) {
    throw new UserError(`--${chosen.join(' and --')} are different jobs; choose one`, {
      hint: 'see: pp-connector package --help',
    });
  }
  const mode = chosen[0] ?? (hasArchives(flags) ? 'submission' : 'pull-request');
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
  return layout === 'repository' ? lockFolder(root, { command: 'pp-connector package', notify: err }) : () => {};
}

/** `--check`: any archive or folder, against the connector it was exported from where that is known. */
async function check(context: Context, flags: Flags): Promise<number> {
  const { cwd } = context;
  const given = flags.text('check') ?? '';
  const path = connectorPath(context, flags);
  const connector = path === undefined ? undefined : loadConnector(path);
  const profile = checkedProfile(connector, flags);
  const compared = path === undefined ? '' : `, and compared with the connector in ${shownPath(path, cwd)}`;
  const options = { plugin: flags.on('plugin') };
  if (statSync(resolve(cwd, given), { throwIfNoEntry: false })?.isDirectory()) {
    const folder = resolve(cwd, given);
    const source = connector ?? loadConnector(folder);
    const own = { cwd, profile: profileFlag(flags) ?? profileOf(loadConnector(folder), undefined), ...options };
    context.err(`${onOneLine(shownPath(folder, cwd))}: looked at as a folder that is submitted${compared}\n`);
    return finish(await validateWithPackage(folder, source, own), context, flags);
  }
  const file = readNamedArchive(given, '--check', cwd);
  const { contents, report } = await checkPackage(file.bytes, file.path, {
    profile,
    ...options,
    repository: connector && repositoryFacts(connector),
    config: connector && configurationOf(connector),
  });
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

/** The folder of the pull request: written first, then validated as it lies there; a package is validated before it. */
async function fillFolder(job: Job): Promise<number> {
  const { connector, context, flags, profile } = job;
  const { cwd } = context;
  const proposal = flags.on('proposal');
  if (proposal && profile !== 'independent') {
    throw new UserError(`--proposal is the first step of independent publishers; this profile is ${profile}`, {
      hint: 'leave it out, or give --profile independent',
    });
  }
  const name = submittedName(connector, flags.text('folder'));
  const output = outputPlace(connector.location, cwd, flags.text('output'));
  const target = { name, profile, output: output.folder, proposal };
  const packed = flags.on('submission') || hasArchives(flags) ? await pack(job, submittedFolder(target)) : undefined;
  if (packed !== undefined && packed.bytes === undefined) return 1;
  const plan = planFolder(connector, { ...target, archive: packed });
  await writePlanned(plan.files, connector, context);
  for (const note of plan.notes) context.err(noteLine(note));
  for (const other of plan.foreign) context.err(noteLine(`left alone, it is not ours: ${other}`));
  const options = { cwd, profile, plugin: flags.on('plugin') };
  const report = proposal
    ? await validateProposal(plan.folder, connector, options)
    : await validateWithPackage(plan.folder, connector, options);
  const request = {
    profile,
    proposal,
    facts: factsOf(connector, profile),
    folder: basename(plan.folder),
    hasIcon: existsSync(join(plan.folder, 'icon.png')),
    findings: report.findings,
    derived: derivedIn(connector).length,
  };
  const before = existsSync(output.text) ? readTextWithin(connector.location.root, output.text) : undefined;
  // what the author wrote in the definition is quoted
  const { text } = hideSecrets(describeRequest(request, before));
  await writePlanned([{ path: output.text, contents: text, kind: 'edited' }], connector, context);
  context.err(`Pull request "${onOneLine(requestTitle(request))}": its text is in ${shownPath(output.text, cwd)}\n`);
  if (request.derived > 0)
    context.err(
      `${counted(request.derived, 'text')} made of names: the box of detailed descriptions stays open until somebody has read them: pp-connector texts\n`,
    );
  const status = await finish(report, context, flags);
  const hasErrors = report.counts.error > 0;
  if (hasErrors) context.err('correct the connector, not this folder, then run the command again\n');
  else context.err('Next: pp-connector status\n');
  return status;
}

function submittedProfile(connector: Connector, flags: Flags): SubmittedProfile {
  if (connector.definition === undefined) {
    throw noConnector(
      connector.location.root,
      'go to a connector repository, name one with --connector PATH, or make one with: pp-connector new',
    );
  }
  const profile = profileOf(connector, profileFlag(flags));
  if (profile !== 'custom') return profile;
  throw new UserError('the profile of this connector is custom, and such connectors are not submitted', {
    hint: 'write "profile": "verified" or "independent" into config.json, or give --profile',
  });
}

/** A package as a file of its own: validated first, then written. */
async function submit(job: Job): Promise<number> {
  const { connector, context, flags } = job;
  const packed = await pack(job, join(connector.location.root, 'package'), flags.text('output'));
  if (packed.bytes === undefined) return 1;
  const { path, bytes, report } = packed;
  await writePlanned([{ path, contents: bytes, kind: 'edited' }], connector, context);
  return finish(report, context, flags);
}

/**
 * The package in memory, with what was found in it. Without `bytes` it is none that may be submitted, and why was
 * printed.
 *
 * @param folder where it goes by itself
 * @param output the file that is wanted instead, relative to the working folder
 */
async function pack({ connector, context, flags, profile }: Job, folder: string, output?: string) {
  const { cwd } = context;
  const pdpkg = flags.text('pdpkg');
  const parts = submissionParts(connector, {
    solutions: flags.list('solution').map((path) => readNamedArchive(path, '--solution', cwd)),
    deployer: pdpkg === undefined ? undefined : readNamedArchive(pdpkg, '--pdpkg', cwd),
  });
  const path = output === undefined ? packagePath(folder, parts.name, profile) : resolve(cwd, output);
  const ofConnector = await validateConnector(connector, shownPath(connector.location.root, cwd), { cwd, profile });
  if (ofConnector.counts.error > 0) {
    context.err('error: nothing was packed: correct the errors of the connector first\n');
    await finish(errorsOf(ofConnector), context, flags);
    return { path, bytes: undefined };
  }
  const bytes = await makeSubmission(parts);
  const { report } = await checkPackage(bytes, shownPath(path, cwd), {
    profile,
    plugin: flags.on('plugin'),
    repository: repositoryFacts(connector),
    config: configurationOf(connector),
  });
  if (report.counts.error === 0) return { path, bytes, report };
  context.err('error: nothing was written: this package would be refused\n');
  await finish(report, context, flags);
  return { path, bytes: undefined };
}

/** Writes what differs, and says so. */
async function writePlanned(files: readonly PlannedFile[], { location }: Connector, context: Context): Promise<void> {
  const { layout, root } = location;
  const decisions = await decide(files, { root, generated: GeneratedFiles.read(root) });
  const different = decisions.filter(({ outcome }) => outcome !== 'same');
  writeFiles(
    different.map(({ file }) => [file.path, file.contents]),
    layout === 'repository' ? { root } : { within: root },
  );
  if (different.length > 0) context.err(summarise(different, context.cwd));
}

/** Prints the result, and turns it into the exit status. */
async function finish(report: ConnectorReport, context: Context, flags: Flags): Promise<number> {
  const name = context.format ?? 'stylish';
  const format = await reportFormats.load(name);
  const isShort = name === 'stylish' && !flags.on('verbose');
  const shown = isShort ? worstOf(report) : report;
  const printed = makeReport([factsOfFormat(name).hasOneName ? withPolicies(shown) : shown]);
  context.out(format(printed, { color: context.color, verbose: true, restBy: 'all: --verbose' }));
  if (name === 'stylish') context.err(policyNotes(shown));
  return reaches(report.counts, flags.text('fail-on') ?? 'error') ? 1 : 0;
}
