import { join } from 'node:path';
import { updateJsonText } from '../../connector/json/edit.ts';
import { asObject, asString, clone, getOwn, type JsonObject, setOwn } from '../../connector/json/value.ts';
import { requireStrictObject } from '../../connector/require-json.ts';
import { decode, parseJson } from '../../connector/source-file.ts';
import { toolName } from '../package-json.ts';
import type { RepositoryDraft } from './repository-draft.ts';

const fileName = 'package.json';

/** The lists that may name this package. */
const dependencyLists = ['devDependencies', 'dependencies'] as const;

/** package.json of a repository, while it is changed; undefined where it doesn't depend on this package. */
export interface ToolUser {
  manifest: JsonObject;
  /** How it names this package. */
  spec: string;
  /** Sets that name. */
  setSpec: (spec: string) => void;
}

/**
 * Changes package.json of a repository that depends on this package; every byte that isn't meant stays.
 *
 * @returns what the author has to know
 * @throws UserError when the file is not JSON
 */
export function changePackage(draft: RepositoryDraft, change: (user: ToolUser) => string[]): string[] {
  const text = draft.text(fileName);
  if (text === undefined) return [];
  const manifest = parseManifest(draft, text);
  const list = dependencyLists.find(
    (name) => asString(getOwn(asObject(getOwn(manifest, name)), toolName)) !== undefined,
  );
  if (list === undefined) return [];
  const dependencies = asObject(getOwn(manifest, list));
  const notes = change({
    manifest,
    spec: asString(getOwn(dependencies, toolName)) ?? '',
    setSpec: (spec) => setOwn(dependencies, toolName, spec),
  });
  draft.edit(fileName, updateJsonText(text, manifest));
  return notes;
}

function parseManifest(draft: RepositoryDraft, text: string): JsonObject {
  const path = join(draft.root, fileName);
  const file = parseJson(decode({ role: 'config', path, bytes: Buffer.from(text) }));
  return clone(requireStrictObject(file));
}
