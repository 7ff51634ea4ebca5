import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ConnectorDraft } from '../connector/draft.ts';
import { asObject, asString, getOwn, setOwn } from '../connector/json/value.ts';
import type { Connector } from '../connector/load.ts';
import { decode, readBinary } from '../connector/source-file.ts';
import { type DiffReport, diffConnectors, versionOf } from '../diff/diff-report.ts';
import { isRaised, versionText } from '../diff/update-scope.ts';
import { UserError } from '../errors.ts';
import { containedPath, requireNoLinkOut } from '../files/contained-path.ts';
import type { Change } from '../files/write.ts';
import { releasedConnector, rootPrefix, tagPrefix } from '../git/baseline.ts';
import { GitRepository } from '../git/repository.ts';
import { shellWord } from '../process/command.ts';
import type { Platform } from '../process/platform.ts';
import { addSection, type Section, sectionText } from './changelog.ts';
import { describeFirst, describeUpdate, type Update } from './describe-update.ts';
import { type Level, nextVersion, requireTaggable } from './next-version.ts';

export interface ReleaseRequest {
  cwd: string;
  host: Platform;
  /** `--version`: instead of the one that the changes ask for. */
  version?: string | undefined;
  /** `--baseline` */
  baseline?: string | undefined;
  /** `2026-11-23` */
  date: string;
}

export interface ReleasePlan {
  git: GitRepository;
  /** What has been released last; undefined: nothing. */
  base: string | undefined;
  /** What has changed since; undefined without a base. */
  report: DiffReport | undefined;
  /** Undefined: nothing has changed since the base. */
  next: NextRelease | undefined;
  /** Files of the connector that aren't committed, relative to the repository's root. */
  uncommitted: string[];
}

export interface NextRelease {
  version: string;
  tag: string;
  message: string;
  level: Level;
  /** Markdown, as it goes into the changelog. */
  section: string;
  /** The files that are written and committed, those of them that differ. */
  files: Change[];
  notes: string[];
}

/**
 * What a release would do. Nothing is written.
 *
 * @throws UserError outside a git repository, without a commit, for versions that can't be and tags that are there
 */
export function planRelease(connector: Connector, request: ReleaseRequest): ReleasePlan {
  const { cwd, host, baseline } = request;
  const version = versionOf(connector, cwd);
  const git = requireRepository(connector, host);
  const base = releasedConnector(connector, host, baseline);
  const uncommitted = git.uncommitted(filesOf(connector));
  if (base === undefined) {
    const next = nextRelease(connector, describeFirst(version), git, undefined, request);
    next.notes.push(...tagsOfTheRoot(connector, git));
    return { git, base: undefined, report: undefined, next, uncommitted };
  }
  const report = diffConnectors(base, connector, { cwd });
  const hasChanged = git.changedSince(base.name, releasedFiles(connector)).length > 0;
  if (!hasChanged && request.version === undefined) {
    return { git, base: base.name, report, next: undefined, uncommitted };
  }
  const before = versionOf(base.connector, cwd);
  const update = describeUpdate({ before, after: version }, report.changes);
  const next = nextRelease(connector, update, git, versionText(before.definition), request);
  return { git, base: base.name, report, next, uncommitted };
}

/** Releases of a repository that held one connector, which has moved into a folder, or that an older version tagged. */
function tagsOfTheRoot({ location }: Connector, git: GitRepository): string[] {
  const prefix = tagPrefix(location.root, git);
  const [newest] = prefix === rootPrefix ? [] : git.tags(`${rootPrefix}*`);
  if (newest === undefined || git.tags(`${prefix}*`).length > 0) return [];
  return [
    `the tag ${newest} doesn't count: releases of this connector are tagged ${prefix}… If it is one of them, first run: git tag ${shellWord(`${prefix}${newest.slice(rootPrefix.length)}`)} ${shellWord(newest)}`,
  ];
}

function requireRepository({ location }: Connector, host: Platform): GitRepository {
  const git = GitRepository.around(location.assets, host);
  const hint = 'releases are tags of git: git init, git add --all, git commit --message "First version"';
  if (git === undefined) {
    throw new UserError(`${location.assets}: it is in no git repository (or git is not installed)`, { hint });
  }
  if (git.commit('HEAD') === undefined) {
    throw new UserError(`${git.root}: the git repository has no commit yet`, { hint });
  }
  return git;
}

const changelogOf = ({ location }: Connector): string => join(location.root, 'CHANGELOG.md');

/** What people get with a release. */
function releasedFiles({ location }: Connector): string[] {
  const { definition, properties, icon, script, readme, intro } = location.files;
  return [definition, properties, icon, script, readme, intro].filter((path) => path !== undefined);
}

/** What a release is made of, and what it writes. */
function filesOf(connector: Connector): string[] {
  const { location, config } = connector;
  const source = asString(getOwn(asObject(config?.value), 'apiDefinition')) || undefined;
  return [
    ...new Set([
      location.assets,
      ...Object.values(location.files),
      ...(source === undefined
        ? []
        : [containedPath({ folder: location.root, name: source }, 'config.json: "apiDefinition"')]),
      changelogOf(connector),
    ]),
  ];
}

function nextRelease(
  connector: Connector,
  { level, items }: Update,
  git: GitRepository,
  before: string | undefined,
  request: ReleaseRequest,
): NextRelease {
  const { version, notes } = chooseVersion(connector, before, level, request);
  const tag = `${tagPrefix(connector.location.root, git)}${version}`;
  if (git.hasTag(tag)) {
    throw new UserError(`${tag}: there is such a git tag already, of another commit`, {
      hint: `raise the version: pp-connector release --version ${nextVersion(version, 'patch')}`,
    });
  }
  const section: Section = { title: `${version} (${request.date})`, items };
  const files = [...withVersion(connector, version), ...withSection(connector, version, section)];
  return { version, tag, message: `Release ${tag}`, level, section: sectionText(section), files, notes };
}

/** The author's own version, given or already raised, goes before what the changes ask for. */
function chooseVersion(
  { definition }: Connector,
  before: string | undefined,
  level: Level,
  { version: given }: ReleaseRequest,
): { version: string; notes: string[] } {
  const now = versionText(asObject(definition?.value));
  if (given !== undefined) {
    requireTaggable(given, '--version');
    if (before === undefined || isRaised(before, given)) return { version: given, notes: [] };
    throw new UserError(`--version ${given}: it isn't higher than ${before}, which has been released`, {
      hint: `the changes ask for ${nextVersion(before, level)}`,
    });
  }
  if (now === undefined || now === '') {
    throw new UserError('the definition has no info.version', {
      hint: 'say it: pp-connector release --version 1.0.0',
    });
  }
  if (before === undefined || (now !== before && isRaised(before, now))) {
    requireTaggable(now, 'info.version');
    return { version: now, notes: before === undefined ? [] : adviceFor(before, now, level) };
  }
  const version = nextVersion(before, level);
  requireTaggable(version, 'info.version');
  return { version, notes: [] };
}

function adviceFor(before: string, now: string, level: Level): string[] {
  const asked = nextVersion(before, level);
  if (asked === now || isRaised(asked, now)) return [];
  return [`info.version is ${now}, as you have set it; the changes since ${before} would ask for ${asked}`];
}

function withVersion(connector: Connector, version: string): Change[] {
  const draft = new ConnectorDraft(connector);
  const info = asObject(getOwn(draft.definition, 'info'));
  setOwn(info, 'version', version);
  setOwn(draft.definition, 'info', info);
  return [...draft.files()];
}

function withSection(connector: Connector, version: string, section: Section): Change[] {
  const path = changelogOf(connector);
  requireNoLinkOut(connector.location.root, path);
  const file = existsSync(path) ? decode(readBinary('readme', path)) : undefined;
  if (file !== undefined && file.encoding !== 'utf-8') {
    throw new UserError(`${relative(connector.location.root, path)}: it is ${file.encoding}, and UTF-8 is expected`, {
      hint: 'save it as UTF-8, then run the command again',
    });
  }
  const text = addSection(file?.text, version, section);
  return text === file?.text ? [] : [[path, (file?.bom ? '\uFEFF' : '') + text]];
}
