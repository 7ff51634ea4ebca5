import { asArray, asObject, asString, getOwn, type JsonObject } from '../connector/json/value.ts';
import type { Profile } from '../connector/profile.ts';
import { gatherOperations, type OperationFacts } from './operation-facts.ts';
import { Definition } from './resolve.ts';
import { gatherSignIns, type SignInFacts } from './sign-in-facts.ts';

/** What the documents are made from. */
export interface FactSource {
  /** apiDefinition.json. */
  definition: JsonObject;
  /** Whole apiProperties.json. */
  properties: JsonObject;
  profile: Profile;
  /** The connector has a script.csx. */
  hasScript: boolean;
  /** A repository of ours has npm scripts; a bare folder is worked on by the command itself. */
  hasNpmScripts: boolean;
  /** Path of apiProperties.json below the document's folder, with forward slashes. */
  propertiesPath: string;
}

/** Everything that the documents say about a connector. Texts are the author's, or empty. */
export interface DocumentFacts {
  title: string;
  description: string;
  publisher: string;
  stackOwner: string;
  /** What the service behind the connector is called in sentences; never empty. */
  service: string;
  contact: { name: string; url: string; email: string };
  website: string;
  privacyPolicy: string;
  profile: Profile;
  /** At least one; `none` alone means that nobody signs in. */
  signIns: SignInFacts[];
  /** Visible ones. */
  operations: OperationFacts[];
  hasScript: boolean;
  usesGateway: boolean;
  hasNpmScripts: boolean;
  propertiesPath: string;
}

export function gatherFacts(source: FactSource): DocumentFacts {
  const { definition, properties, profile, hasScript, hasNpmScripts, propertiesPath } = source;
  const info = asObject(getOwn(definition, 'info'));
  const contact = asObject(getOwn(info, 'contact'));
  const inner = asObject(getOwn(properties, 'properties'));
  const title = text(info, 'title');
  const publisher = text(inner, 'publisher');
  const stackOwner = text(inner, 'stackOwner');
  const signIns = gatherSignIns(definition, properties);
  return {
    title: title || 'Untitled connector',
    description: text(info, 'description'),
    publisher,
    stackOwner,
    service: serviceOf(title) || stackOwner || publisher || 'the service',
    contact: { name: text(contact, 'name'), url: text(contact, 'url'), email: text(contact, 'email') },
    website: metadata(definition, 'website'),
    privacyPolicy: metadata(definition, 'privacy policy'),
    profile,
    signIns,
    operations: gatherOperations(new Definition(definition)),
    hasScript,
    usesGateway:
      signIns.some((signIn) => signIn.kind === 'gateway') || asArray(getOwn(inner, 'capabilities')).includes('gateway'),
    hasNpmScripts,
    propertiesPath,
  };
}

/** Makers know the service by the name of its connector, not by the company; titles may say who publishes it. */
const serviceOf = (title: string): string => title.replace(/\((?:independent publisher|preview)\)$/i, '').trimEnd();

/** All names in the facts, which sentences may end with. */
export const namesInFacts = ({ title, service, publisher, stackOwner, contact }: DocumentFacts): string[] => [
  ...new Set([title, service, publisher, stackOwner, contact.name]),
];

const text = (value: JsonObject, key: string): string => (asString(getOwn(value, key)) ?? '').trim();

/** Names are compared without case (docs/reference/connector-format.md#connector-metadata). */
function metadata(definition: JsonObject, name: string): string {
  for (const entry of asArray(getOwn(definition, 'x-ms-connector-metadata')).map(asObject)) {
    if (text(entry, 'propertyName').toLowerCase() === name) return text(entry, 'propertyValue');
  }
  return '';
}
