import { looksLikeSolution, readSolution, type Solution } from './solution.ts';
import { Budget } from './zip/limits.ts';
import { type Archive, readArchive } from './zip/read-archive.ts';
import { ArchiveRefused } from './zip/refused.ts';

/** What a file is taken for. */
export type PackageKind = 'package' | 'deployer' | 'solution';

/** An archive in an archive that isn't read. */
export interface Refusal {
  /** For people: `package.zip!name.pdpkg.zip`. */
  place: string;
  level: 'deployer' | 'solution';
  reason: string;
}

/** A package as deep as the rules look: outer archive, package archive, solutions. Nothing deeper is opened. */
export interface PackageContents {
  kind: PackageKind;
  /** For people: the file as given. */
  place: string;
  /** The archive that is submitted; only of a `package`. */
  outer: Archive | undefined;
  /** `*.pdpkg.zip`; undefined where there is none, or it isn't read. */
  deployer: Archive | undefined;
  /** Folder of the package archive that holds the solutions. */
  assets: string | undefined;
  /** Names of the solution archives in the assets folder. */
  solutionNames: string[];
  solutions: Solution[];
  refusals: Refusal[];
}

/** @throws ArchiveRefused when the file itself isn't read; archives in it that aren't are part of the answer */
export async function readContents(bytes: Buffer, place: string, budget = new Budget()): Promise<PackageContents> {
  const archive = await readArchive(bytes, place, budget);
  const kind = kindOf(archive);
  const contents: PackageContents = {
    kind,
    place,
    outer: kind === 'package' ? archive : undefined,
    deployer: kind === 'deployer' ? archive : undefined,
    assets: undefined,
    solutionNames: [],
    solutions: kind === 'solution' ? [await readSolution(archive)] : [],
    refusals: [],
  };
  if (kind === 'package') contents.deployer = await openDeployer(archive, contents, budget);
  if (contents.deployer !== undefined) await openSolutions(contents.deployer, contents, budget);
  return contents;
}

/** By content, never by name: a file may be called anything. */
function kindOf(archive: Archive): PackageKind {
  if (looksLikeSolution(archive)) return 'solution';
  const names = [...archive.files.keys()];
  // an intro in a folder beside an archive: somebody packed the folder instead of what is in it
  const isOuter = names.some((name) => /^[^/]+\.(?:md|zip)$|^[^/]+\/intro\.md$/i.test(name));
  const isDeployer = names.some((name) => /^[^/]+\/[^/]+\.zip$/i.test(name));
  return isDeployer && !isOuter ? 'deployer' : 'package';
}

export const zipsIn = ({ files }: Archive, folder: string): string[] =>
  [...files.keys()].filter((name) => {
    const inside = folder === '' || name.startsWith(`${folder}/`);
    const rest = folder === '' ? name : name.slice(folder.length + 1);
    return inside && !rest.includes('/') && /\.zip$/i.test(rest);
  });

async function openDeployer(outer: Archive, contents: PackageContents, budget: Budget): Promise<Archive | undefined> {
  const [name, ...others] = zipsIn(outer, '');
  // with several, package-root speaks, and which one is meant isn't known
  if (name === undefined || others.length > 0) return undefined;
  return open(outer, name, 'deployer', contents, budget);
}

async function openSolutions(deployer: Archive, contents: PackageContents, budget: Budget): Promise<void> {
  const folders = rootFolders(deployer);
  const assets = folders.find((folder) => folder.toLowerCase() === 'pkgassets') ?? folders[0];
  if (assets === undefined) return;
  contents.assets = assets;
  contents.solutionNames = zipsIn(deployer, assets);
  for (const name of contents.solutionNames) {
    const archive = await open(deployer, name, 'solution', contents, budget);
    if (archive !== undefined) contents.solutions.push(await readSolution(archive));
  }
}

async function open(
  parent: Archive,
  name: string,
  level: Refusal['level'],
  contents: PackageContents,
  budget: Budget,
): Promise<Archive | undefined> {
  const place = `${parent.place}!${name}`;
  try {
    return await readArchive(parent.files.get(name)?.bytes ?? Buffer.alloc(0), place, budget);
  } catch (error) {
    if (!(error instanceof ArchiveRefused)) throw error;
    contents.refusals.push({ place, level, reason: error.message });
    return undefined;
  }
}

/** Folders of the root; what operating systems leave behind doesn't count. */
export const rootFolders = ({ folders }: Archive): string[] =>
  [...folders].filter((folder) => !folder.includes('/') && folder.toLowerCase() !== '__macosx');

/** For people, before anything is reported. */
export const kindNames = {
  package: 'the archive that is submitted',
  deployer: 'a package archive (*.pdpkg.zip)',
  solution: 'an exported solution',
} as const satisfies Record<PackageKind, string>;
