import { asArray, getOwn, isObject, type Json } from '../../connector/json/value.ts';
import { examinedLength } from '../../examined-length.ts';
import { ImportRefused } from '../refusal.ts';
import type { DescriptionFormat } from './format.ts';
import { formats } from './formats.ts';
import { asText } from './source-values.ts';

/** Descriptions that are recognised only to be refused by name: how to tell, what to do instead. */
const foreignFormats: readonly { name: string; matches: (root: Json) => boolean; advice: string }[] = [
  {
    name: 'an AsyncAPI document',
    matches: (root) => getOwn(root, 'asyncapi') !== undefined,
    advice: 'It describes messages, not HTTP requests. Import the OpenAPI description of the same service.',
  },
  {
    name: 'a HAR recording',
    matches: (root) => getOwn(getOwn(root, 'log'), 'entries') !== undefined,
    advice: 'Import it into Postman, keep one request per operation and export a v2.1 collection.',
  },
  {
    name: 'a GraphQL schema',
    matches: (root) => getOwn(root, '__schema') !== undefined || getOwn(getOwn(root, 'data'), '__schema') !== undefined,
    advice: 'Describe the queries that you need as POST requests in a Postman collection and import that.',
  },
  {
    name: 'a Postman data export',
    matches: (root) => getOwn(root, 'collections') !== undefined && getOwn(root, 'version') !== undefined,
    advice: 'Export the collection itself: Collection v2.1.',
  },
  {
    name: 'a Postman v1 collection',
    matches: (root) =>
      Array.isArray(getOwn(root, 'requests')) &&
      (getOwn(root, 'order') !== undefined || getOwn(root, 'folders') !== undefined),
    advice: 'Export it again as Collection v2.1.',
  },
  {
    name: 'a Postman environment',
    matches: (root) => getOwn(root, '_postman_variable_scope') !== undefined,
    advice: 'Export the collection and give this file with --postman-environment.',
  },
  {
    name: 'an Insomnia export',
    matches: (root) => getOwn(root, '__export_format') !== undefined,
    advice: 'Export it from Insomnia as OpenAPI or HAR, then as a Postman v2.1 collection.',
  },
  {
    name: 'a Google API discovery document',
    matches: (root) => getOwn(root, 'discoveryVersion') !== undefined,
    advice: 'Convert it to OpenAPI first.',
  },
  {
    name: 'an OpenAPI overlay',
    matches: (root) => getOwn(root, 'overlay') !== undefined,
    advice: 'Apply it to its description first.',
  },
  {
    name: 'an Arazzo document',
    matches: (root) => getOwn(root, 'arazzo') !== undefined,
    advice: 'Import the descriptions that it names.',
  },
];

/** The same for text that is neither JSON nor a YAML mapping. */
const foreignText: readonly { name: string; pattern: RegExp; advice: string }[] = [
  {
    name: 'a WSDL description',
    pattern: /^\s*<[\s\S]{0,4000}?(?:wsdl|definitions)[\s:>]/,
    advice: 'Give the service a REST front (for example in Azure API Management) and import its OpenAPI description.',
  },
  { name: 'a WADL description', pattern: /^\s*<[\s\S]{0,4000}?wadl/, advice: 'Convert it to OpenAPI first.' },
  {
    name: 'an HTML page',
    pattern: /^\s*(?:<!doctype html|<html)/i,
    advice: 'Give the address of the description itself, not of its documentation page.',
  },
  { name: 'an XML document', pattern: /^\s*</, advice: 'Import an OpenAPI, Swagger 2.0 or Postman description.' },
  { name: 'a RAML description', pattern: /^\s*#%RAML/, advice: 'Convert it to OpenAPI first.' },
  { name: 'an API Blueprint', pattern: /^\s*FORMAT:\s*1A/, advice: 'Convert it to OpenAPI first.' },
  {
    name: 'a GraphQL schema',
    pattern: /^\s*(?:#[^\n]*\n\s*|"""(?:"{0,2}[^"])*"""\s*)*(?:schema|type|extend|scalar|interface|directive)\s+[@\w{]/,
    advice: 'Describe the queries that you need as POST requests in a Postman collection and import that.',
  },
  {
    name: 'a Protocol Buffers file',
    pattern: /^\s*(?:\/\/[^\n]*\n\s*)*syntax\s*=\s*"proto/,
    advice: 'Export an OpenAPI description from it first.',
  },
];

const accepted = `Known are, as JSON or YAML: ${formats.map(({ title }) => title).join('; ')}.`;

/** Refuses what the first characters already give away, before a parser stumbles over it. */
export function refuseForeignText(text: string, name: string): void {
  const start = text.slice(0, examinedLength).replace(/^\uFEFF/, '');
  const foreign = foreignText.find((kind) => kind.pattern.test(start));
  if (foreign !== undefined)
    throw new ImportRefused('format-unknown', `${name} is ${foreign.name}.`, { hint: foreign.advice });
}

/** The format by content, never by file name, and the version that it states. @throws `format-unknown` */
export function detectFormat(root: Json, name: string): { format: DescriptionFormat; version: string } {
  for (const format of formats) {
    const version = format.recognise(root);
    if (version !== undefined) return { format, version };
  }
  const stated = ['swagger', 'openapi', 'swaggerVersion']
    .map((key) => asText(getOwn(root, key)))
    .find((text) => text !== undefined);
  if (stated !== undefined) {
    throw new ImportRefused('format-unknown', `${name} states version ${stated}, which is not supported.`, {
      hint: accepted,
    });
  }
  const foreign = foreignFormats.find((kind) => kind.matches(root));
  if (foreign !== undefined)
    throw new ImportRefused('format-unknown', `${name} is ${foreign.name}.`, { hint: foreign.advice });
  const keys = isObject(root)
    ? Object.keys(root).slice(0, 8).join(', ')
    : Array.isArray(root)
      ? `a list of ${asArray(root).length}`
      : typeof root;
  throw new ImportRefused(
    'format-unknown',
    `${name} is not an API description that is known here (found: ${keys || 'nothing'}).`,
    { hint: accepted },
  );
}
