import type { Document, Element, Node } from '@xmldom/xmldom';

/** XML of solutions, read tolerantly: names count without namespace and case. */

/** Why a text is not read, in words. */
export class XmlRefused extends Error {
  override readonly name = 'XmlRefused';
}

/** What a document may cost us; those of connectors and flows have some kilobytes. */
const most = { mebibytes: 4, tags: 200_000 };

/** @throws XmlRefused for what is not XML, and for a document type: no solution has one, and its entities do harm */
export async function readXml(bytes: Buffer): Promise<Element> {
  if (bytes.length > most.mebibytes * 1024 * 1024) throw new XmlRefused(`it is larger than ${most.mebibytes} MiB`);
  const text = decodeXml(bytes);
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) throw new XmlRefused('it has a document type (<!DOCTYPE …>)');
  if (text.split('<').length > most.tags) throw new XmlRefused(`it has more than ${most.tags} tags`);
  const { DOMParser } = await import('@xmldom/xmldom');
  const problems: string[] = [];
  let document: Document | undefined;
  try {
    const parser = new DOMParser({ onError: (level, message) => level !== 'warning' && problems.push(message) });
    document = parser.parseFromString(text, 'text/xml');
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
  }
  const root = document?.documentElement;
  if (problems.length > 0 || root === null || root === undefined) {
    throw new XmlRefused(`it is not well-formed XML${problems[0] === undefined ? '' : ` (${firstLine(problems[0])})`}`);
  }
  return root;
}

const firstLine = (text: string): string => text.split('\n', 1)[0]?.trim().slice(0, 120) ?? '';

/** UTF-8, or UTF-16 by its byte-order mark. */
function decodeXml(bytes: Buffer): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

const isElement = (node: Node): node is Element => node.nodeType === 1;

const localName = (element: Element): string => (element.localName ?? element.nodeName).toLowerCase();

const childElements = (element: Element): Element[] => Array.from(element.childNodes).filter(isElement);

/** Elements of a name anywhere below, in document order. */
export function elementsNamed(root: Element, name: string): Element[] {
  const found: Element[] = [];
  const open = [root];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (localName(next) === name.toLowerCase()) found.push(next);
    for (const child of childElements(next).reverse()) open.push(child);
  }
  return found;
}

/** The text of the first child element of that name, trimmed; undefined where it is absent or empty. */
export function childText(element: Element, name: string): string | undefined {
  const child = childElements(element).find((each) => localName(each) === name.toLowerCase());
  if (child === undefined) return undefined;
  const texts = Array.from(child.childNodes).map((node) => (isElement(node) ? '' : (node.nodeValue ?? '')));
  return texts.join('').trim() || undefined;
}

/** It has contents or attributes, blanks aside: what the validator of the connector repository takes for "there". */
export const isFilled = (element: Element): boolean =>
  element.attributes.length > 0 ||
  Array.from(element.childNodes).some((node) => isElement(node) || (node.nodeValue ?? '').trim() !== '');
