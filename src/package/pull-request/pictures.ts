import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TextFile } from '../../connector/source-file.ts';
import { nameProblem, whyLinkedOutside } from '../../files/contained-path.ts';
import { readRegular } from '../../files/read.ts';
import { decodePercent } from '../../percent-encoding.ts';

/** A picture that a document shows. */
export interface Picture {
  /** Path relative to the document, with slashes. */
  name: string;
  bytes: Buffer;
}

export interface Pictures {
  pictures: Picture[];
  /** References that lead nowhere, or out of the document's folder. */
  missing: string[];
}

const isPicture = /\.(?:png|jpe?g|gif|svg|webp|bmp)$/i;

/** `![text](target)`, `[name]: target`, `<img src="target">`. */
const references = [
  /!\[[^[\]]*\]\(\s*(?:<([^<>\n]+)>|([^\s)]+))/g,
  /^ {0,3}\[[^[\]]+\]:\s*(?:<([^<>\n]+)>|(\S+))/gm,
  /<img\b[^<>]*?\bsrc\s*=\s*(?:"([^"]+)"|'([^']+)')/gi,
] as const;

/** The pictures beside a document that it shows; those on the web need nothing. */
export function picturesOf(document: TextFile): Pictures {
  const folder = dirname(document.path);
  const found: Pictures = { pictures: [], missing: [] };
  for (const name of targets(document.text)) {
    const bytes = readInside(folder, name);
    if (bytes === undefined) found.missing.push(name);
    else found.pictures.push({ name, bytes });
  }
  return found;
}

function targets(text: string): string[] {
  const names = references.flatMap((reference) =>
    [...text.matchAll(reference)].map(([, bracketed, plain]) => bracketed ?? plain ?? ''),
  );
  const local = names.filter((name) => !/^(?:[a-z][a-z0-9+.-]*:|\/|#)/i.test(name)).map(pathOf);
  return [...new Set(local.filter((name) => isPicture.test(name)))];
}

/** Without query and fragment, and decoded. */
function pathOf(target: string): string {
  const path = target.replace(/[?#][\s\S]*$/s, '').replace(/^(?:\.\/)+/, '');
  return decodePercent(path);
}

/**
 * A file below the folder, also when links are followed; nothing else on this disk gets published. The copy gets the
 * same name, which therefore never leads out.
 */
export function readInside(folder: string, name: string): Buffer | undefined {
  if (name.includes('\\') || nameProblem(name) !== undefined) return undefined;
  const path = join(folder, ...name.split('/'));
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return undefined;
  return whyLinkedOutside(folder, path) === undefined ? readRegular(path) : undefined;
}
