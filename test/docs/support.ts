import { readFileSync } from 'node:fs';
import type { JsonObject } from '../../src/connector/json/value.ts';
import type { Connector } from '../../src/connector/load.ts';
import type { Profile } from '../../src/connector/profile.ts';
import { decode, type FileRole } from '../../src/connector/source-file.ts';
import type { DocumentKind } from '../../src/docs/model.ts';
import type { Subject } from '../../src/rules/engine/rule.ts';
import { exampleConnector } from '../../src/rules/examples/example-connector.ts';

const read = (name: string): string => readFileSync(new URL(`../../templates/readme/${name}`, import.meta.url), 'utf8');

/** The templates that we publish. */
export const templates: Record<DocumentKind, string> = {
  readme: read('README.md.ejs'),
  intro: read('INTRO.md.ejs'),
};

export interface Change {
  profile?: Profile;
  subject?: Subject;
  definition?: JsonObject;
  properties?: JsonObject;
  files?: Record<string, string | null>;
}

/** The clean example connector without documents, with the given changes. */
export const undocumented = (change: Change = {}): Connector =>
  exampleConnector({ ...change, files: { 'readme.md': null, 'intro.md': null, ...change.files } });

/** The connector with its documents as they would be read after `texts` are written. */
export function documented(connector: Connector, texts: ReadonlyMap<string, string>): Connector {
  const result = { ...connector, location: { ...connector.location, files: { ...connector.location.files } } };
  for (const [path, text] of texts) {
    const role: FileRole & ('readme' | 'intro') = /readme/i.test(path) ? 'readme' : 'intro';
    result[role] = decode({ role, path, bytes: Buffer.from(text) });
    result.location.files[role] = path;
  }
  return result;
}
