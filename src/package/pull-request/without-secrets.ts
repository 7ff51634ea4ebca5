import { connectionParametersOf } from '../../authentication/all-parameters.ts';
import { clientIdPlaceholder } from '../../authentication/authentication.ts';
import { updateJsonText } from '../../connector/json/edit.ts';
import { clone, getOwn, isObject, type JsonObject, setOwn } from '../../connector/json/value.ts';
import { requireStrictJson } from '../../connector/require-json.ts';

import type { JsonFile, TextFile } from '../../connector/source-file.ts';
import { isPlaceholder } from '../../rules/support/placeholders.ts';
import { findSecrets } from '../../rules/support/secret-patterns.ts';

/** Stands where a secret was. */
const removed = 'REMOVED';

/** A file as it is published. */
export interface PublishedFile {
  bytes: Buffer;
  /** What was taken out, for people: `a GitHub token`. */
  removed: string[];
}

/** A file without the shapes of secrets; the same bytes where there are none. */
export function withoutSecrets(file: TextFile): PublishedFile {
  const { text, found } = hideSecrets(file.text);
  return found.length === 0 ? { bytes: file.bytes, removed: [] } : { bytes: encode(file, text), removed: found };
}

/** apiProperties.json without client ids and secrets; everything else keeps its bytes. */
export function publishedProperties(file: JsonFile): PublishedFile {
  requireStrictJson(file);
  const value = isObject(file.value) ? clone(file.value) : {};
  const taken = oauthSettings(value).flatMap(hideClient);
  const hidden = taken.length === 0 ? file.text : updateJsonText(file.text, value);
  const { text, found } = hideSecrets(hidden);
  const all = [...taken, ...found];
  return all.length === 0 ? { bytes: file.bytes, removed: [] } : { bytes: encode(file, text), removed: all };
}

/** `oAuthSettings` of all connection parameters. */
const oauthSettings = (root: JsonObject): JsonObject[] =>
  connectionParametersOf(root)
    .map((parameter) => getOwn(parameter, 'oAuthSettings'))
    .filter(isObject);

function hideClient(settings: JsonObject): string[] {
  const taken: string[] = [];
  const id = getOwn(settings, 'clientId');
  if (typeof id === 'string' && !isPlaceholder(id)) {
    setOwn(settings, 'clientId', clientIdPlaceholder);
    taken.push('an OAuth client id');
  }
  const secret = getOwn(settings, 'clientSecret');
  if (secret !== undefined && secret !== null && !(typeof secret === 'string' && isPlaceholder(secret))) {
    delete settings.clientSecret;
    taken.push('an OAuth client secret');
  }
  return taken;
}

/** A text with something harmless where a secret was, and what was found, for people. */
export function hideSecrets(text: string): { text: string; found: string[] } {
  const found: string[] = [];
  let clean = text;
  // one at a time: two shapes may share characters, and all offsets move
  for (let [next] = findSecrets(clean); next !== undefined; [next] = findSecrets(clean)) {
    clean = clean.slice(0, next.offset) + removed + clean.slice(next.offset + next.length);
    found.push(next.kind);
  }
  return { text: clean, found };
}

const encode = (file: TextFile, text: string): Buffer =>
  Buffer.from((file.bom && file.encoding === 'utf-8' ? '\uFEFF' : '') + text);
