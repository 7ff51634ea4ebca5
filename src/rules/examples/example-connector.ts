import { derivedTextsName, recordFrom } from '../../connector/derived-texts.ts';
import type { Layout } from '../../connector/find.ts';
import { formatJson } from '../../connector/json/edit.ts';
import { clone, getOwn, isObject, type Json, type JsonObject, setOwn } from '../../connector/json/value.ts';
import { type Connector, connectorFrom } from '../../connector/load.ts';
import type { FileRole, SourceFile } from '../../connector/source-file.ts';
import type { Example, Subject } from '../engine/rule.ts';
import {
  exampleDefinition,
  exampleIcon,
  exampleIntro,
  exampleProperties,
  exampleReadme,
  exampleSettings,
} from './example-files.ts';

/**
 * A small connector without any finding, in every profile: the examples of all rules are changes of it, and so are
 * the tests which show that breaking one thing makes one rule speak.
 */

/** Whoever doesn't own the service gives an address of their own. */
const ofIndependent = { info: { contact: { email: 'ann@example.org' } } } as const;

/** A submitted folder is called like the connector. */
const exampleFolder = 'Contoso Weather';

const layoutOf: Record<Subject, Layout> = {
  repository: 'repository',
  folder: 'folder',
  file: 'file',
  package: 'folder',
};

/**
 * The clean connector with an example's changes, as if it had been read from disk.
 *
 * @returns a connector whose paths are below `/example`; nothing is read or written
 */
export function exampleConnector(example: Omit<Example, 'name'> = {}): Connector {
  const { profile = 'verified', subject = 'repository' } = example;
  const definitionName = subject === 'repository' ? 'apiDefinition.json' : 'apiDefinition.swagger.json';
  const contents = new Map<string, string | { base64: string }>();
  const json = (name: string, value: Json, patch: JsonObject | undefined) =>
    contents.set(
      name,
      formatJson(patch === undefined ? value : mergePatch(clone(value), patch), { indent: '    ', eol: '\n' }),
    );
  const base = profile === 'independent' ? mergePatch(clone(exampleDefinition), ofIndependent) : exampleDefinition;
  json(definitionName, base, example.definition);
  if (subject !== 'file') {
    json('apiProperties.json', exampleProperties(profile), example.properties);
    contents.set('readme.md', exampleReadme);
  }
  if (subject === 'repository') {
    json(
      'config.json',
      { apiDefinition: 'connector/apiDefinition.json', icon: 'connector/icon.png', profile },
      example.config,
    );
    json('settings.json', exampleSettings(profile), example.settings);
  } else if (example.settings !== undefined) {
    json('settings.json', exampleSettings(profile), example.settings);
  }
  if (subject !== 'file' && profile !== 'independent') contents.set('icon.png', { base64: exampleIcon });
  if (subject === 'repository' || subject === 'package') contents.set('intro.md', exampleIntro);
  if (profile === 'independent' && (subject === 'folder' || subject === 'package')) contents.set('package.zip', '');
  for (const [name, content] of Object.entries(example.files ?? {})) {
    if (content === null) contents.delete(name);
    else contents.set(name, content);
  }
  return assemble(
    contents,
    subject,
    subject === 'repository' ? '/example' : `/example/${example.folder ?? exampleFolder}`,
  );
}

const roles: readonly (readonly [RegExp, FileRole])[] = [
  [/^config\.json$/i, 'config'],
  [/^apidefinition(\.swagger)?\.json$|\.swagger\.json$/i, 'definition'],
  [/^apiproperties\.json$/i, 'properties'],
  [/^settings\.json$/i, 'settings'],
  [/^icon\.png$/i, 'icon'],
  [/^scripts?\.csx?$/i, 'script'],
  [/^readme\.md$/i, 'readme'],
  [/^intro\.md$/i, 'intro'],
];

function assemble(contents: Map<string, string | { base64: string }>, setting: Subject, root: string): Connector {
  const files: Partial<Record<FileRole, SourceFile>> = {};
  const others: string[] = [];
  for (const [name, content] of contents) {
    const role = roles.find(([pattern]) => pattern.test(name))?.[1];
    if (role === undefined) {
      if (name !== derivedTextsName) others.push(name);
    } else {
      const bytes = typeof content === 'string' ? Buffer.from(content) : Buffer.from(content.base64, 'base64');
      files[role] = { role, path: `${root}/${name}`, bytes };
    }
  }
  const paths = Object.entries(files).map(([role, file]) => [role, file.path]);
  const location = {
    layout: layoutOf[setting],
    root,
    assets: root,
    files: Object.fromEntries(paths),
    others,
  };
  const remembered = contents.get(derivedTextsName);
  const derived = typeof remembered === 'string' ? { derivedTexts: recordFrom(JSON.parse(remembered)) } : {};
  return { ...connectorFrom(location, Object.values(files)), ...derived };
}

/** RFC 7396. */
export function mergePatch(target: Json, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const result: JsonObject = isObject(target) ? target : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else setOwn(result, key, mergePatch(getOwn(result, key) ?? null, value));
  }
  return result;
}
