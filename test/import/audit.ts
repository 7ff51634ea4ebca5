import { textSites } from '../../src/connector/derived-texts.ts';
import { isObject, type Json } from '../../src/connector/json/value.ts';
import { connectorFrom } from '../../src/connector/load.ts';
import { type ImportResult, importDescription } from '../../src/import/import-description.ts';
import type { ImportOptions } from '../../src/import/options.ts';
import type { LoadedSource } from '../../src/import/read/source.ts';
import { isRefusal } from '../../src/import/refusal.ts';
import { formatDefinition } from '../../src/import/serialise.ts';
import { plainText } from '../../src/language/plain-text.ts';
import { sentenceEnd } from '../../src/language/sentences.ts';
import { validateConnector } from '../../src/rules/engine/validate-connector.ts';
import { schemaErrors } from './convert.ts';
import { measureFidelity } from './fidelity.ts';
import { measureCollection } from './fidelity-postman.ts';

/** What is wrong with an import; nothing in any of the lists is right. */
export interface Audit {
  /** Findings of our own rules with the severity error, and errors of the schema of Swagger 2.0. */
  errors: string[];
  /** Parts of the description that are neither in the result nor in the report. */
  lost: string[];
  /** Texts that the description doesn't say, and that no entry calls derived. */
  unrecorded: string[];
}

/** The code of a refusal, or an import with what is wrong about it. */
export type Outcome = { refused: string } | { result: ImportResult; audit: Audit };

/** What only the author can know or judge: no import can make it up. */
const ofTheAuthor = /^(?:metadata-|info-contact-|info-description-|publisher-)|-english$/;

/** Converts a description and looks at the result from outside. Descriptions without a host get one, as by their users. */
export async function auditImport(source: LoadedSource, options: ImportOptions = {}): Promise<Outcome> {
  let result: ImportResult;
  try {
    result = withHost(source, options);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return { refused: error.code };
  }
  return { result, audit: await auditResult(source, result) };
}

/** What is wrong with a result. Where its texts aren't recorded, `unrecorded` has all that the source doesn't say. */
export async function auditResult(source: LoadedSource, result: ImportResult): Promise<Audit> {
  const measure = result.report.source.format === 'postman' ? measureCollection : measureFidelity;
  return {
    errors: await errorsOf(result),
    lost: measure(source, result).missing,
    unrecorded: unrecordedTexts(source, result),
  };
}

function withHost(source: LoadedSource, options: ImportOptions): ImportResult {
  try {
    return importDescription(source, options);
  } catch (error) {
    if (!isRefusal(error) || error.code !== 'no-host' || options.host !== undefined) throw error;
    return importDescription(source, { ...options, host: 'api.contoso.com' });
  }
}

/** By the text of a result: most changes of one description lead to the same few. */
const knownErrors = new Map<string, string[]>();

async function errorsOf(result: ImportResult): Promise<string[]> {
  const key = JSON.stringify([result.definition, result.properties]);
  const known = knownErrors.get(key) ?? (await foundErrors(result));
  // large results are the corpus's, and come once
  if (key.length < 20_000) knownErrors.set(key, known);
  return known;
}

async function foundErrors({ definition, indent, properties }: ImportResult): Promise<string[]> {
  const files = { definition: '/apiDefinition.json', properties: '/apiProperties.json' };
  const contents: Record<keyof typeof files, string> = {
    definition: formatDefinition(definition, indent),
    properties: JSON.stringify({ properties: { iconBrandColor: '#0b6a3f', capabilities: [], ...properties } }),
  };
  const connector = connectorFrom(
    { layout: 'file', root: '/', assets: '/', files, others: [] },
    (['definition', 'properties'] as const).map((role) => ({
      role,
      path: files[role],
      bytes: Buffer.from(contents[role]),
    })),
  );
  const { findings } = await validateConnector(connector, files.definition, {
    cwd: '/',
    profile: 'verified',
    least: 'error',
  });
  const own = findings
    .filter(({ rule, severity }) => severity === 'error' && !ofTheAuthor.test(rule))
    .map(({ rule, message }) => `${rule}: ${message}`);
  return [...new Set([...schemaErrors(definition), ...own])];
}

/** Sentences that explain a conversion, and are no description: they go with what the description says. */
const explanations = /^(?:One value|JSON text|Text in the format|Several values are|Written as|For example|One of)\b/;

function unrecordedTexts(source: LoadedSource, { definition, derived }: ImportResult): string[] {
  const said = ` ${[...source.files.values()].map(({ root }) => wordsIn(root)).join(' ')} `;
  const isSaid = (text: string): boolean =>
    sentencesOf(text).some((sentence) => {
      const words = wordsOf(sentence).split(' ').slice(0, 12).join(' ');
      return words !== '' && said.includes(` ${words} `);
    });
  return textSites(definition)
    .filter(({ kind, text }) => {
      // what tells two summaries apart is no text of its own
      const stated = kind === 'operation-summary' ? text.replace(/(?: \([^()]*\))+$/, '') : text;
      return !derived[kind].has(text) && !isSaid(stated) && !explanations.test(text);
    })
    .map(({ kind, owner, names, text }) => `${kind} ${owner} ${names.join('.')}: ${text}`);
}

/** All texts and names of a value, as words. */
function wordsIn(root: Json): string {
  const words: string[] = [];
  const queue: Json[] = [root];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (typeof next === 'string')
      words.push(wordsOf(plainText(next)), wordsOf(plainText(next).replace(/\([^()]*\)/g, ' ')));
    else if (Array.isArray(next)) queue.push(...next);
    else if (isObject(next)) {
      for (const [key, value] of Object.entries(next)) {
        words.push(key);
        queue.push(value);
      }
    }
  }
  return words.join(' . ');
}

/** `Create/update "A"` and `create or update A` are the same. */
const wordsOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/&/g, ' and ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(/ and or | or /g, ' ')
    .trim();

function sentencesOf(text: string): string[] {
  const sentences: string[] = [];
  for (let from = 0; from < text.length; ) {
    const end = sentenceEnd(text, from);
    sentences.push(text.slice(from, end < 0 ? text.length : end));
    from = end < 0 ? text.length : end;
  }
  return sentences;
}
