import ejs from 'ejs';
import { makeBlocks } from './blocks.ts';
import { needsCredentials } from './credentials-block.ts';
import { type DocumentFacts, namesInFacts } from './facts.ts';
import { withoutDoubledStops } from './full-stops.ts';
import { introduction } from './introduction.ts';
import { inline, paragraph } from './markdown.ts';
import type { DocumentKind } from './model.ts';
import { updateDocument } from './update-document.ts';

/**
 * A new document: the prose of a template with the generated blocks filled in.
 *
 * @param template EJS text from `templates/readme`, with empty blocks between markers
 * @returns text with LF
 */
export function newDocument(kind: DocumentKind, facts: DocumentFacts, template: string): string {
  return updateDocument(newProse(facts, template), makeBlocks(kind, facts), { path: `${kind} template` });
}

/** The prose of a template, with empty blocks and LF. */
export function newProse(facts: DocumentFacts, template: string): string {
  const text = ejs.render(template, wordsFor(facts), { escape: (value: unknown) => String(value) });
  return withoutDoubledStops(text.replaceAll('\r\n', '\n').replaceAll(/\n{3,}/g, '\n\n'), namesInFacts(facts));
}

/** What templates may use; ready for Markdown. */
function wordsFor(facts: DocumentFacts) {
  return {
    title: inline(facts.title),
    description: paragraph(facts.description),
    service: inline(facts.service),
    introduction: introduction(facts),
    needsCredentials: needsCredentials(facts),
    hasTriggers: facts.operations.some((operation) => operation.isTrigger),
    isIndependent: facts.profile === 'independent',
  };
}
