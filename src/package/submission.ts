import { join } from 'node:path';
import { asObject, asString, getOwn } from '../connector/json/value.ts';
import type { Connector } from '../connector/load.ts';
import { UserError } from '../errors.ts';
import { isDevice } from '../files/portable-names.ts';
import { readWithin } from '../files/read.ts';
import { readPackage } from './check-package.ts';
import type { NamedArchive } from './read-file.ts';
import type { SolutionRole } from './solution.ts';
import { writeArchive } from './zip/write-archive.ts';

export interface SubmissionParts {
  /** Begin of the names in the package. */
  name: string;
  intro: Buffer;
  /** Exported solutions, in any order; or else: */
  solutions: readonly NamedArchive[];
  /** A package archive that `pac package` made. */
  deployer: NamedArchive | undefined;
  /** For a connector with several ways to sign in. */
  customProperties: Buffer | undefined;
}

/** The order in which the guide wants the solutions to be added. */
const order: readonly SolutionRole[] = ['connector', 'flow', 'plugin', 'none'];

/**
 * The archive that a verified publisher submits. Package Deployer's own files (a compiled import package,
 * ImportConfig.xml) aren't made: they need .NET, and nobody looks at them; `deployer` brings one that has them.
 *
 * @throws UserError for a file that is not a solution, or no package archive
 */
export async function makeSubmission(parts: SubmissionParts): Promise<Buffer> {
  const { name, intro, customProperties } = parts;
  return writeArchive([
    ['intro.md', intro],
    ...(customProperties === undefined ? [] : [['customProperties.json', customProperties] as const]),
    [`${name}.pdpkg.zip`, await packageArchive(parts)],
  ]);
}

async function packageArchive({ solutions, deployer }: SubmissionParts): Promise<Buffer> {
  if (deployer !== undefined) {
    const { kind } = await readPackage(deployer.bytes, deployer.path);
    if (kind === 'deployer') return deployer.bytes;
    throw new UserError(
      `--pdpkg ${deployer.path}: this is not a package archive, but ${kind === 'solution' ? 'a solution' : 'something else'}`,
      {
        hint: 'give the *.pdpkg.zip that "dotnet publish" made; exported solutions go by --solution',
      },
    );
  }
  const ranked: { rank: number; name: string; bytes: Buffer }[] = [];
  for (const { path, name, bytes } of solutions) {
    const { kind, solutions: read } = await readPackage(bytes, path);
    const [solution] = read;
    if (kind !== 'solution' || solution === undefined) {
      throw new UserError(`--solution ${path}: this is not an exported solution`, {
        hint: 'export the solution as a zip file: pac solution export, or in the maker portal',
      });
    }
    ranked.push({ rank: order.indexOf(solution.role), name: `PkgAssets/${name}`, bytes });
  }
  requireDifferentNames(ranked.map((each) => each.name));
  ranked.sort((a, b) => a.rank - b.rank || (a.name < b.name ? -1 : 1));
  return writeArchive(ranked.map(({ name, bytes }) => [name, bytes] as const));
}

function requireDifferentNames(names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    const file = name.slice('PkgAssets/'.length);
    if (seen.has(name.toLowerCase())) {
      throw new UserError(`--solution: two files are called "${file}"`, { hint: 'rename one of them' });
    }
    if (!/\.zip$/i.test(file)) {
      throw new UserError(`--solution: "${file}" must end in .zip`, { hint: 'rename the file' });
    }
    seen.add(name.toLowerCase());
  }
}

/**
 * What a package is made of.
 *
 * @throws UserError when the connector has no intro, or it isn't clear which solutions are meant
 */
export function submissionParts(
  { definition, intro, location }: Connector,
  archives: Pick<SubmissionParts, 'solutions' | 'deployer'>,
): SubmissionParts {
  if ((archives.solutions.length === 0) === (archives.deployer === undefined)) {
    throw new UserError(
      '--submission takes exported solutions by --solution FILE, or one *.pdpkg.zip by --pdpkg FILE',
      {
        hint: 'for example: pp-connector package --submission --solution connector.zip --solution flow.zip',
      },
    );
  }
  if (intro === undefined) {
    throw new UserError(`${location.root}: there is no INTRO.md, which every package needs`, {
      hint: 'pp-connector readme writes one from the definition',
    });
  }
  const title = asString(getOwn(asObject(getOwn(asObject(definition?.value), 'info')), 'title')) ?? '';
  return { ...archives, name: packageName(title), intro: intro.bytes, customProperties: customProperties(location) };
}

/** Beside the definition, where `parameter-sets-custom-properties` looks for it. */
function customProperties({ others, assets, root }: Connector['location']): Buffer | undefined {
  const name = others.find((other) => other.toLowerCase() === 'customproperties.json');
  return name === undefined ? undefined : readWithin(root, join(assets, name));
}

/** Begin of file names, made of the title: `Contoso Weather` → `ContosoWeather`. */
function packageName(title: string): string {
  const name = title.replaceAll(/[^A-Za-z0-9]+/g, '') || 'connector';
  return isDevice(name) ? `${name}Connector` : name;
}
