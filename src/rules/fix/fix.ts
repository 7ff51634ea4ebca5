import { updateJsonText } from '../../connector/json/edit.ts';
import type { Json, JsonObject } from '../../connector/json/value.ts';
import { clone, getOwn, isObject, setOwn } from '../../connector/json/value.ts';
import { decode, parseJson, type SourceFile, type TextFile } from '../../connector/source-file.ts';
import type { FileFix, Fix } from '../engine/rule.ts';

type ContentFix = Exclude<Fix, FileFix>;
type ValueFix = Extract<Fix, { at: unknown }>;

/**
 * Applies fixes to the contents of the files that they concern.
 *
 * @returns the new bytes per file path, of files that change; nothing is written
 */
export function applyFixes(fixes: readonly Fix[]): Map<string, Buffer> {
  const byFile = new Map<SourceFile, ContentFix[]>();
  for (const fix of fixes) {
    if ('path' in fix) continue;
    const file = 'at' in fix ? fix.at.file : fix.file;
    byFile.set(file, [...(byFile.get(file) ?? []), fix]);
  }
  const changed = new Map<string, Buffer>();
  for (const [file, list] of byFile) {
    const bytes = fixFile(file, list);
    if (!bytes.equals(file.bytes)) changed.set(file.path, bytes);
  }
  return changed;
}

function fixFile(file: SourceFile, fixes: readonly ContentFix[]): Buffer {
  let bytes = file.bytes;
  for (const fix of fixes) if (fix.op === 'bytes') bytes = fix.edit(bytes);
  const inText = fixes.filter((fix) => fix.op === 'text');
  const inValue = fixes.filter((fix): fix is ValueFix => 'at' in fix);
  if (inText.length === 0 && inValue.length === 0) return bytes;
  const source = decode({ ...file, bytes });
  // of what is read as Windows-1252 nobody knows the encoding: first it becomes UTF-8, then it is edited
  if (source.encoding === 'windows-1252') return bytes;
  let { text } = source;
  for (const fix of inText) text = fix.edit(text);
  if (inValue.length > 0) text = fixValues({ ...source, text }, inValue);
  return text === source.text ? bytes : encode(source, text);
}

/** The new text in the encoding that the file has. */
function encode(file: TextFile, text: string): Buffer {
  const content = (file.bom ? '\uFEFF' : '') + text;
  if (file.encoding === 'utf-16le') return Buffer.from(content, 'utf16le');
  if (file.encoding === 'utf-16be') return Buffer.from(content, 'utf16le').swap16();
  return Buffer.from(content, 'utf8');
}

/** Only strict JSON is edited: elsewhere an edit could lose what a tolerant reader guessed at. */
function fixValues(source: TextFile, fixes: readonly ValueFix[]): string {
  const file = parseJson(source);
  if (file.value === undefined || file.problems.length > 0) return file.text;
  const value = clone(file.value);
  for (const fix of [...fixes].sort(byEffect)) apply(value, fix);
  return updateJsonText(file.text, value);
}

const phases = { set: 0, remove: 1, rename: 2 } as const;

/**
 * So that no fix spoils the place of another one: values are set first (an object before what is in it), then things
 * are removed and renamed from the inside out, array elements from the end.
 */
function byEffect(a: ValueFix, b: ValueFix): number {
  const inward = a.at.path().length - b.at.path().length;
  if (a.op !== b.op) return phases[a.op] - phases[b.op];
  return a.op === 'set' ? inward : -inward || lastIndex(b) - lastIndex(a);
}

const lastIndex = (fix: ValueFix): number => (typeof fix.at.key === 'number' ? fix.at.key : -1);

function apply(root: Json, fix: ValueFix): void {
  const path = fix.at.path();
  const key = path.pop();
  if (key === undefined) return;
  const container = containerAt(root, path, fix.op === 'set');
  if (Array.isArray(container)) {
    if (fix.op === 'remove') container.splice(Number(key), 1);
    else if (fix.op === 'set') container[Number(key)] = fix.value;
  } else if (isObject(container)) {
    if (fix.op === 'set') setOwn(container, String(key), fix.value);
    else if (fix.op === 'remove') delete container[key];
    else rename(container, String(key), fix.to);
  }
}

/** The object or array at a path; missing objects are made on the way when a value is to be set. */
function containerAt(root: Json, path: readonly (string | number)[], create: boolean): Json | undefined {
  let value: Json | undefined = root;
  for (const key of path) {
    if (Array.isArray(value)) {
      value = value[Number(key)];
    } else if (isObject(value)) {
      if (create && !Object.hasOwn(value, String(key))) setOwn(value, String(key), {});
      value = getOwn(value, String(key));
    } else {
      return undefined;
    }
  }
  return value;
}

/** Renames a key in its place; a key that is there already is left alone. */
function rename(object: JsonObject, from: string, to: string): void {
  if (!Object.hasOwn(object, from) || Object.hasOwn(object, to)) return;
  const entries = Object.entries(object);
  for (const key of Object.keys(object)) delete object[key];
  for (const [key, value] of entries) setOwn(object, key === from ? to : key, value);
}
