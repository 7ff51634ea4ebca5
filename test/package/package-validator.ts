import { inflateRawSync } from 'node:zlib';

/**
 * A second opinion about packages, written from what is published about the package validator and from descriptions of
 * packages that were accepted, without any code of ours: it counts and classifies as those say, and nothing more.
 */

type Entries = Map<string, Buffer>;

/** What is wrong with a package; empty: it is accepted. */
export function refusals(bytes: Buffer, { plugin = false } = {}): string[] {
  const outer = unzip(bytes);
  if (outer === undefined) return ['not a zip archive'];
  const wrong = [
    ...(folders(outer).length > 0 ? ['folders in the outer archive'] : []),
    ...counted(outer, /\.md$/i, 1, 'documents in the outer archive'),
    ...counted(outer, /\.zip$/i, 1, 'archives in the outer archive'),
  ];
  const inner = unzip(first(outer, /^[^/]+\.zip$/i));
  if (inner === undefined) return [...wrong, 'no inner archive'];
  const [assets, ...others] = folders(inner);
  if (assets === undefined || others.length > 0) return [...wrong, 'not exactly one folder in the inner archive'];
  const below = new Map(
    [...inner].flatMap(([name, data]) =>
      name.startsWith(`${assets}/`) ? [[name.slice(assets.length + 1), data] as const] : [],
    ),
  );
  if (folders(below).length > 0) wrong.push('folders among the solutions');
  const solutions = [...below].filter(([name]) => /^[^/]+\.zip$/i.test(name));
  if (solutions.length !== (plugin ? 3 : 2)) wrong.push(`${solutions.length} solutions`);
  const kinds = solutions.map(([name, data]) => judgeSolution(name, unzip(data), wrong));
  for (const kind of ['connector', 'flow', ...(plugin ? ['plugin'] : [])]) {
    if (!kinds.includes(kind)) wrong.push(`no ${kind} solution`);
  }
  return wrong;
}

function judgeSolution(name: string, files: Entries | undefined, wrong: string[]): string {
  if (files === undefined) {
    wrong.push(`${name} is not a zip archive`);
    return 'unknown';
  }
  for (const core of ['[Content_Types].xml', 'customizations.xml', 'solution.xml']) {
    if (!files.has(core)) wrong.push(`${name} lacks ${core}`);
  }
  const xml = files.get('customizations.xml')?.toString('utf8') ?? '';
  const has = (node: string): boolean =>
    [...xml.matchAll(new RegExp(`<${node}(\\s[^>]*)?>([\\s\\S]*?)</${node}>`, 'g'))].some(
      ([, , text = '']) => text.trim() !== '',
    );
  const kind = has('aicopilot_aiplugin') ? 'plugin' : has('Workflows') ? 'flow' : 'connector';
  if (!has('Connector')) wrong.push(`${name} has no connector`);
  const needed = {
    connector: ['Connector'],
    flow: ['Connector', 'Workflows'],
    plugin: ['Connector', 'aiplugins', 'aipluginoperations'],
  };
  for (const folder of needed[kind])
    if (!folders(files).includes(folder)) wrong.push(`${name} lacks the folder ${folder}`);
  if (kind !== 'flow' && folders(files).includes('Workflows')) wrong.push(`${name} has flows`);
  for (const [, path = ''] of xml.matchAll(/<JsonFileName>\/?([^<]+)<\/JsonFileName>/g)) {
    if (!files.has(path)) wrong.push(`${name} lacks ${path}`);
  }
  return kind;
}

function counted(entries: Entries, pattern: RegExp, wanted: number, what: string): string[] {
  const count = [...entries.keys()].filter((name) => !name.includes('/') && pattern.test(name)).length;
  return count === wanted ? [] : [`${count} ${what}`];
}

const first = (entries: Entries, pattern: RegExp): Buffer | undefined =>
  [...entries].find(([name]) => pattern.test(name))?.[1];

const folders = (entries: Entries): string[] => [
  ...new Set([...entries.keys()].filter((name) => name.includes('/')).map((name) => name.slice(0, name.indexOf('/')))),
];

/** The entries by the central directory; undefined for what has none. */
function unzip(bytes: Buffer | undefined): Entries | undefined {
  const end = bytes?.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1')) ?? -1;
  if (bytes === undefined || end < 0) return undefined;
  const entries: Entries = new Map();
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [size, nameLength] = [bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28)];
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const raw = bytes.subarray(start, start + size);
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    entries.set(name, bytes.readUInt16LE(at + 10) === 8 ? inflateRawSync(raw) : raw);
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}
