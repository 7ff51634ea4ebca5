import { basename, join } from 'node:path';
import { UserError } from '../errors.ts';
import type { PlannedFile } from '../files/commit.ts';
import { repositoryNames } from './find.ts';
import { formatJson, updateJsonText } from './json/edit.ts';
import { asObject, clone, getOwn, isObject, type JsonObject, replaceContents, setOwn } from './json/value.ts';
import { type Connector, withFiles } from './load.ts';
import { requireStrictJson, requireStrictObject } from './require-json.ts';
import { type JsonFile, repairedJson, type SourceFile, type TextFile } from './source-file.ts';

/** The JSON files of a connector that generators and commands change. */
const jsonRoles = ['config', 'definition', 'properties', 'settings'] as const;
export type JsonRole = (typeof jsonRoles)[number];

/**
 * A connector that is being changed: plain objects to work on, which become the author's files again with every
 * untouched byte kept. Nothing is written here; `files` says what would be.
 */
export class ConnectorDraft {
  readonly source: Connector;
  /** Whole files; change them freely. An object of a file that doesn't exist is empty, and isn't written while it stays so. */
  readonly config: JsonObject;
  readonly definition: JsonObject;
  readonly properties: JsonObject;
  readonly settings: JsonObject;
  /** Text of script.csx; undefined: there is none. */
  script: string | undefined;

  /** @throws UserError naming file, line and column when one of the JSON files is not strict JSON */
  constructor(source: Connector) {
    this.source = source;
    this.config = workingCopy(source.config);
    this.definition = workingCopy(source.definition);
    this.properties = workingCopy(source.properties);
    this.settings = workingCopy(source.settings);
    this.script = source.script?.text;
  }

  /** Another draft with the same changes, to try further ones on. */
  copy(): ConnectorDraft {
    const copy = new ConnectorDraft(this.source);
    for (const role of jsonRoles) replaceContents(copy[role], clone(this[role]));
    copy.script = this.script;
    return copy;
  }

  /** The inner `properties` of apiProperties.json, made when it is missing. */
  get connectorProperties(): JsonObject {
    const inner = getOwn(this.properties, 'properties');
    if (isObject(inner)) return inner;
    const created: JsonObject = {};
    setOwn(this.properties, 'properties', created);
    return created;
  }

  /** `info` of the definition, for reading. */
  get info(): JsonObject {
    return asObject(getOwn(this.definition, 'info'));
  }

  /** The files that differ from what was read: absolute path → new text, or null for a file to be deleted. */
  files(): Map<string, string | null> {
    const changed = new Map<string, string | null>();
    for (const role of jsonRoles) {
      const file = this.source[role];
      const value = this[role];
      if (file !== undefined) {
        const text = updateJsonText(file.text, value);
        if (text !== file.text) requireOurs(file);
        if (text !== file.text) changed.set(file.path, (file.bom ? '\uFEFF' : '') + text);
      } else if (Object.keys(value).length > 0) {
        changed.set(this.pathOf(role), formatJson(value));
      }
    }
    if (this.script !== this.source.script?.text) {
      changed.set(this.pathOf('script'), this.script ?? null);
    }
    return changed;
  }

  /** The same to be written with other files. */
  plannedFiles(): PlannedFile[] {
    return [...this.files()].map(([path, contents]) => ({ path, contents, kind: 'edited' }));
  }

  /** The connector with all changes, as if it had been read back. @param added files that are not part of the draft */
  finished(added: readonly SourceFile[] = []): Connector {
    const changes = this.files();
    const changed = [...jsonRoles, 'script' as const].flatMap((role): SourceFile[] => {
      const path = this.pathOf(role);
      const text = changes.get(path);
      return typeof text === 'string' ? [{ role, path, bytes: Buffer.from(text) }] : [];
    });
    const isGone = changes.get(this.pathOf('script')) === null;
    return withFiles(isGone ? { ...this.source, script: undefined } : this.source, [...changed, ...added]);
  }

  /** Absolute path of a file, also where it doesn't exist yet. */
  pathOf(role: JsonRole | 'script'): string {
    const { assets, root, files } = this.source.location;
    return files[role] ?? join(role === 'config' ? root : assets, basename(repositoryNames[role]));
  }
}

function workingCopy(file: JsonFile | undefined): JsonObject {
  if (file === undefined) return {};
  // what has one certain remedy is repaired by `validate`, which reads the same files
  const isCertain = file.problems.length > 0 && repairedJson(file) !== undefined;
  if (isCertain) requireStrictJson(file, 'let it be repaired: pp-connector validate --fix');
  return clone(requireStrictObject(file));
}

/** The new text of a text file with its old byte-order mark and line ends; `text` has LF. */
export function keepLayout(file: TextFile | undefined, text: string): string {
  if (file === undefined) return text;
  const eol = file.text.includes('\r\n') ? text.replaceAll(/\r?\n/g, '\r\n') : text;
  return (file.bom ? '\uFEFF' : '') + eol;
}

/** Keys of which a file of that name has at least one when it is a connector's. */
const ownKeys: Readonly<Partial<Record<string, readonly string[]>>> = {
  settings: ['connectorId', 'environment', 'apiProperties', 'apiDefinition', 'icon', 'script', 'powerAppsUrl'],
  properties: ['properties'],
};

/** Other programs have a settings.json, too: theirs is never edited. */
function requireOurs(file: JsonFile): void {
  const keys = Object.keys(asObject(file.value)).filter((key) => key !== '$schema');
  const known = ownKeys[file.role];
  if (known === undefined || keys.length === 0 || keys.some((key) => known.includes(key))) return;
  throw new UserError(`${file.path}: this is a file of another program, which has "${keys[0]}"`, {
    hint: `nothing was changed; the file of a connector has one of: ${known.join(', ')}. Choose another "outputDirectory" in config.json`,
  });
}
