import { nearest } from '../did-you-mean.ts';
import { UserError } from '../errors.ts';
import { insertSections } from './insert-sections.ts';
import { findBlocks, layOut, type MarkedBlock } from './markers.ts';
import type { Blocks, DocumentKind } from './model.ts';

export interface UpdateOptions {
  /** Of the document, for messages. */
  path: string;
  /** Also add the blocks that are not there yet, with the headings of that kind of document. Default: don't. */
  insert?: DocumentKind;
}

/**
 * The document with its blocks made anew. What is outside the markers is kept word for word, byte-order mark and
 * line ends included; a document without markers comes back unchanged unless blocks are to be inserted.
 *
 * @throws UserError with file and line when a marker is broken, or names a block that doesn't exist
 */
export function updateDocument(text: string, blocks: Blocks, options: UpdateOptions): string {
  const bom = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const updated = fillBlocks(text.slice(bom.length), blocks, options.path);
  return bom + (options.insert === undefined ? updated : insertSections(updated, blocks, options.insert, options.path));
}

function fillBlocks(text: string, blocks: Blocks, path: string): string {
  let result = '';
  let from = 0;
  for (const block of findBlocks(text, path)) {
    result += text.slice(from, block.start) + layOut(contentOf(block, blocks, path), block.eol);
    from = block.end;
  }
  return result + text.slice(from);
}

function contentOf(block: MarkedBlock, blocks: Blocks, path: string): string {
  const content = blocks.get(block.name);
  if (content !== undefined) return content;
  const known = [...blocks.keys()];
  const near = nearest(block.name, known);
  const hint = near === undefined ? '' : `; did you mean "${near}"?`;
  throw new UserError(`${path}:${block.line}: there is no block "${block.name}"${hint}`, {
    hint: `the blocks of this document are ${known.join(', ')}`,
  });
}
