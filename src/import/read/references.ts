import { below, fromPointer } from '../../connector/json/pointer.ts';
import { asString, getOwn, isObject, type Json, type JsonObject, valueAt } from '../../connector/json/value.ts';
import { decodePercent } from '../../percent-encoding.ts';
import type { Dropped } from '../model.ts';
import { ImportRefused } from '../refusal.ts';
import { isObjectNode, type LoadedSource, type Located, members, type SourceFile } from './source.ts';

/** What a reference leads to; `key` is the same for every way of writing the same target. */
export interface Target {
  readonly node: Located;
  readonly key: string;
}

/** Follows `$ref`, one node at a time: the document is never expanded as a whole. */
export class References {
  private readonly source: LoadedSource;
  private readonly targets = new Map<string, Target | undefined>();
  private readonly anchors = new Map<string, Map<string, Located>>();
  /** Where the chain ends that begins with a target: each link is followed once, however many lead to it. */
  private readonly ends = new Map<string, Target | undefined>();

  constructor(source: LoadedSource) {
    this.source = source;
  }

  /** Files that the description refers to and that aren't there. */
  get missing(): readonly string[] {
    return this.source.missing;
  }

  /** The node that `reference`, written in `from`, names; undefined when there is none. */
  target(reference: string, from: Located): Target | undefined {
    const hash = reference.indexOf('#');
    const address = hash < 0 ? reference : reference.slice(0, hash);
    const fragment = decodePercent(hash < 0 ? '' : reference.slice(hash + 1));
    const file = address === '' ? from.file : this.file(address, from);
    if (file === undefined) return this.named(reference, from);
    const key = `${file === this.source.root ? '' : file.uri}#${fragment}`;
    if (this.targets.has(key)) return this.targets.get(key);
    const at = file === this.source.root ? '' : from.at;
    const node =
      fragment === '' || fragment.startsWith('/')
        ? nodeAt(file, fragment, file === this.source.root ? fragment : at)
        : this.anchor(file, fragment);
    const target = node && { node, key };
    this.targets.set(key, target);
    return target;
  }

  /**
   * The node itself or, when it is a reference, what the chain of references ends at.
   * Undefined when the chain breaks or runs in a circle.
   */
  resolve(node: Located | undefined): Located | undefined {
    return this.resolveTarget(node)?.node;
  }

  /** Like `resolve`, with the identity of the target; `key` is empty for a node written in place. */
  resolveTarget(node: Located | undefined): Target | undefined {
    const passed = new Set<string>();
    const end = this.follow(node, passed);
    for (const key of passed) this.ends.set(key, end);
    return end;
  }

  /** @param passed gets the keys of all targets on the way */
  private follow(node: Located | undefined, passed: Set<string>): Target | undefined {
    let last: Target | undefined = node && { node, key: '' };
    while (last !== undefined) {
      const reference = referenceOf(last.node.value);
      if (reference === undefined) return last;
      last = this.target(reference, last.node);
      if (last === undefined || passed.has(last.key)) return undefined;
      if (this.ends.has(last.key)) return this.ends.get(last.key);
      passed.add(last.key);
    }
    return undefined;
  }

  private file(address: string, from: Located): SourceFile | undefined {
    const uri = resolveUri(address, from.file.uri);
    const file = this.source.files.get(uri);
    if (file !== undefined) return file;
    const reason = this.source.refused.get(uri);
    if (reason === undefined) return undefined;
    throw new ImportRefused('ref-remote', `The reference ${address} at ${from.at || '/'} is not followed: ${reason}.`, {
      pointer: from.at,
      hint: 'Bundle the description into one file, or allow it: --allow-remote for https addresses, --ref-root FOLDER for files.',
    });
  }

  /** A reference by `$id`, relative or absolute. */
  private named(reference: string, from: Located): Target | undefined {
    const node = this.anchorsOf(from.file).get(reference.replace(/#$/, ''));
    return node && { node, key: `${from.file === this.source.root ? '' : from.file.uri}#${node.at}` };
  }

  private anchor(file: SourceFile, name: string): Located | undefined {
    return this.anchorsOf(file).get(name);
  }

  /** `$anchor`, `$dynamicAnchor` and `$id` of a file; searched only when a reference needs one. */
  private anchorsOf(file: SourceFile): Map<string, Located> {
    const known = this.anchors.get(file.uri);
    if (known !== undefined) return known;
    const found = new Map<string, Located>();
    const queue: [Json, string][] = [[file.root, '']];
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      const [value, at] = next;
      if (Array.isArray(value)) {
        for (const [index, entry] of value.entries()) queue.push([entry, below(at, index)]);
      } else if (isObject(value)) {
        for (const keyword of ['$anchor', '$dynamicAnchor', '$id']) {
          const name = asString(getOwn(value, keyword));
          if (name !== undefined && !found.has(name)) found.set(name, { value, at, file });
        }
        for (const [key, entry] of Object.entries(value)) queue.push([entry, below(at, key)]);
      }
    }
    this.anchors.set(file.uri, found);
    return found;
  }
}

/** The reference that a node consists of. A *property named* `$ref` holds an object, not a string. */
export function referenceOf(value: Json | undefined): string | undefined {
  return (
    asString(getOwn(value, '$ref')) ??
    asString(getOwn(value, '$dynamicRef')) ??
    asString(getOwn(value, '$recursiveRef'))
  );
}

/** The place that a reference written in `base` points to; file addresses and URLs alike. */
export function resolveUri(address: string, base: string): string {
  try {
    // a file may be called `100%.json`
    const url = new URL(address.replaceAll('\\', '/').replace(/%(?![\da-f]{2})/gi, '%25'), base);
    url.hash = '';
    return url.href;
  } catch {
    return address;
  }
}

/** Walks a pointer from the root of `file`; array indexes included. */
function nodeAt(file: SourceFile, pointer: string, at: string): Located | undefined {
  const value = valueAt(file.root, fromPointer(pointer));
  return value === undefined ? undefined : { value, at, file };
}

export interface DescribedMember {
  name: string;
  /** As it is written there, perhaps a reference. */
  written: Located;
  /** What it leads to. */
  resolved: Located<JsonObject>;
}

/**
 * The members of a node, without extensions, each with what its reference leads to. One that leads nowhere is dropped.
 *
 * @param problem of a member, for the report
 */
export function* describedMembers(
  node: Located | undefined,
  { references, dropped, problem }: { references: References; dropped: Dropped[]; problem: (name: string) => string },
): Generator<DescribedMember> {
  for (const [name, written] of members(node)) {
    if (name.startsWith('x-')) continue;
    const resolved = references.resolve(written);
    if (isObjectNode(resolved)) yield { name, written, resolved };
    else dropped.push({ code: 'ref-unresolved', at: written.at, message: problem(name) });
  }
}

export const unreadablePath = (path: string): string => `Path ${path} cannot be read: its reference leads nowhere.`;
export const unreadableResponse = (code: string): string => `Response ${code}: its reference leads nowhere.`;

/** A string, or the text of a (Markdown) file that is in its place. */
export function textOf(node: Located | undefined, references: References): string | undefined {
  const resolved = isObjectNode(node) ? references.resolve(node) : node;
  const value = resolved?.value;
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}
