import { relative } from 'node:path';
import { findConnector } from '../../connector/find.ts';
import { UserError } from '../../errors.ts';
import { leadsOut } from '../../files/contained-path.ts';
import { slashes } from '../../files/names.ts';
import { readRegularText } from '../../files/read.ts';
import { listGuides, readGuide } from '../../guides/guides.ts';
import { decodePercent } from '../../percent-encoding.ts';
import { workingFolder } from './confine.ts';

export interface Resource {
  uri: string;
  name: string;
  mimeType: string;
}

/** Addresses that aren't listed one by one. */
export const resourceTemplates = [
  { uriTemplate: 'rule://{id}', name: 'A validation rule: why, remedy, examples', mimeType: 'text/plain' },
  { uriTemplate: 'guide://{name}', name: 'A guide', mimeType: 'text/markdown' },
  { uriTemplate: 'connector://{file}', name: 'A file of the connector', mimeType: 'text/plain' },
] as const;

/** Characters of a file that are handed out. */
const mostCharacters = 400_000;

/** The files of a connector that a model can read; settings.json may hold a secret of older tools. */
const readable = ['definition', 'properties', 'script', 'config', 'readme', 'intro'] as const;

/** Guides, and the files of the connector in the root. */
export function listResources(root: string): Resource[] {
  const guides = listGuides().map(({ name, title }) => ({
    uri: `guide://${name}`,
    name: title,
    mimeType: 'text/markdown',
  }));
  const files = [...filesOf(root).keys()].map((name) => ({ uri: `connector://${name}`, name, mimeType: typeOf(name) }));
  return [...files, ...guides];
}

/**
 * @param explain describes a rule
 * @throws UserError for an address that leads nowhere, or out of the root
 */
export async function readResource(
  root: string,
  uri: string,
  explain: (id: string) => Promise<string>,
): Promise<{ uri: string; mimeType: string; text: string }> {
  const [, scheme, name = ''] = /^([a-z]+):\/\/(.*)$/s.exec(uri) ?? [];
  const id = decodePercent(name);
  if (scheme === 'rule') return { uri, mimeType: 'text/plain', text: await explain(id) };
  if (scheme === 'guide') return { uri, mimeType: 'text/markdown', text: readGuide(id) };
  const path = scheme === 'connector' ? filesOf(root).get(id) : undefined;
  if (path === undefined) {
    throw new UserError(`${uri.slice(0, 200)}: there is no such resource`, {
      hint: `there are rule://ID, guide://NAME and ${[...filesOf(root).keys()].map((file) => `connector://${file}`).join(', ')}`,
    });
  }
  const text = readRegularText(path);
  return { uri, mimeType: typeOf(id), text: text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : text };
}

/** Path in the repository → absolute path; links that lead out aren't among them. */
function filesOf(root: string): Map<string, string> {
  const location = findConnector(workingFolder(root));
  return new Map(
    readable
      .map((role) => location.files[role])
      .filter((path) => path !== undefined)
      .filter((path) => leadsOut(root, path) === undefined)
      .map((path) => [slashes(relative(location.root, path)), path]),
  );
}

const typeOf = (name: string): string =>
  name.endsWith('.json') ? 'application/json' : name.endsWith('.md') ? 'text/markdown' : 'text/plain';
