import { dirname, join, resolve } from 'node:path';
import type { ConnectorLocation } from '../../connector/find.ts';
import { getOwn } from '../../connector/json/value.ts';
import type { SourceFile } from '../../connector/source-file.ts';
import type { Location } from '../engine/location.ts';
import type { ConnectorModel } from '../engine/model.ts';
import type { Fix } from '../engine/rule.ts';

/**
 * Gives a file of the connector its right name; settings.json and config.json follow.
 *
 * @returns nothing where another file has that name, or while those two can't be edited
 */
export function renameFile(connector: ConnectorModel, { path }: SourceFile, to: string): Fix[] {
  const target = join(dirname(path), to);
  const references = referencesTo(path, connector);
  if (references === undefined || isTaken(target, path, connector.files.location)) return [];
  const follow = references.flatMap(({ at, text }): Fix[] => {
    const value = text.replace(/(?<![^/\\])[^/\\]*$/, to);
    return value === text ? [] : [{ op: 'set', at, value }];
  });
  return [{ op: 'rename-file', path, to }, ...follow];
}

/** Deletes a file from the connector's folder; settings.json names none in its place. */
export function deleteFile(connector: ConnectorModel, path: string): Fix[] {
  const references = referencesTo(path, connector);
  if (references === undefined) return [];
  const follow = references.map(({ at }): Fix => ({ op: 'set', at, value: null }));
  return [{ op: 'delete-file', path }, ...follow];
}

interface Reference {
  at: Location;
  text: string;
}

const referring = [
  ['settings', ['apiProperties', 'apiDefinition', 'icon', 'script']],
  ['config', ['apiDefinition', 'icon']],
] as const;

/** Where a file is named, in whatever case; undefined while a file that may name it can't be edited. */
function referencesTo(path: string, connector: ConnectorModel): Reference[] | undefined {
  const references: Reference[] = [];
  for (const [role, keys] of referring) {
    const file = connector.files[role];
    // what is deleted itself follows nothing
    if (file === undefined || file.path === path) continue;
    if (file.problems.length > 0 || file.encoding === 'windows-1252') return undefined;
    for (const key of keys) {
      const text = getOwn(file.value, key);
      if (typeof text !== 'string' || text === '') continue;
      const named = resolve(dirname(file.path), text.replaceAll('\\', '/'));
      if (isSame(named, path)) references.push({ at: connector.place(file).at(key), text });
    }
  }
  return references;
}

/** Whether renaming a file would hide or replace another one, on any file system. */
function isTaken(target: string, path: string, { files, assets, others }: ConnectorLocation): boolean {
  const there = [...Object.values(files), ...others.map((name) => join(assets, name.replace(/\/$/, '')))];
  return there.some((other) => other !== path && isSame(other, target));
}

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
