import { findNodeAtOffset, getNodePath, type Node, parseTree } from 'jsonc-parser';
import type { Range } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Path } from '../connector/json/locate.ts';

/** Positions of the protocol count from 0 in UTF-16 units, as texts of JavaScript do. */

/** The tree of half-written JSON, too. */
export const treeOf = (text: string): Node | undefined => parseTree(text, [], { allowTrailingComma: true });

export interface At {
  /** The value, or the key, at the place. */
  node: Node;
  path: Path;
  isKey: boolean;
}

/** What is at an offset of a JSON text; undefined between values. */
export function nodeAt(text: string, offset: number): At | undefined {
  const root = treeOf(text);
  const node = root && findNodeAtOffset(root, offset, true);
  if (node === undefined || node.type === 'property') return undefined;
  return {
    node,
    path: getNodePath(node),
    isKey: node.parent?.type === 'property' && node.parent.children?.[0] === node,
  };
}

export const rangeOf = (document: TextDocument, { offset, length }: Pick<Node, 'offset' | 'length'>): Range => ({
  start: document.positionAt(offset),
  end: document.positionAt(offset + length),
});

/** All texts in a JSON value that are values, not keys. */
export function* textValues(node: Node | undefined): Generator<Node> {
  if (node === undefined) return;
  if (node.type === 'string') yield node;
  const inner = node.type === 'property' ? node.children?.slice(1) : node.children;
  for (const child of inner ?? []) yield* textValues(child);
}
