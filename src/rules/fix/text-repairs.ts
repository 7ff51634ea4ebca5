import { hasHtml, htmlTag } from '../../language/html.ts';
import { letterPattern } from '../../language/letters.ts';
import { endsLikeName, restrictedCharacter } from '../support/texts.ts';

/** Repairs of texts for fixes: each returns undefined where only the author can tell what is meant. */

/** Without the restricted characters that have an evident substitute. */
export function plainSummary(text: string): string | undefined {
  const plain = text
    .replaceAll(/(?:(?<!\s)\s+)?&\s*/g, ' and ')
    .replace(/(?:(?<!\s)\s+)?(?<![?*])[?*]+\s*$/, '')
    .trim();
  return plain === '' || restrictedCharacter(plain) !== undefined ? undefined : plain;
}

/** Without the punctuation at its end. */
export function trimmedEnding(text: string): string | undefined {
  const trimmed = text.replace(/(?<![\s.,;:!?*\-\u2013\u2014\u2026])[\s.,;:!?*\-\u2013\u2014\u2026]+$/, '');
  return trimmed !== '' && endsLikeName(trimmed) ? trimmed : undefined;
}

/** With a period at its end; not after a link, which it would break. */
export function asSentence(text: string): string | undefined {
  let end = text.length;
  while (end > 0 && /[\s,;:]/.test(text.charAt(end - 1))) end -= 1;
  const kept = text.slice(0, end);
  const lastWord = kept.slice(kept.lastIndexOf(' ') + 1);
  return wordEnd(lastWord).test(lastWord) && !lastWord.includes('://') ? `${kept}.` : undefined;
}

const wordEnd = letterPattern(/[A-Za-z0-9)\]"'%]$/, () => /[\p{L}\p{N})\]"'%]$/u);

const lineTag = /<\/?(?:br|div|h[1-6]|hr|li|ol|p|pre|table|tr|ul)(?:\s[^<>]*)?\/?>/gi;

/** Without its HTML tags; undefined where nothing else is left, or tags stay. */
export function withoutHtml(text: string): string | undefined {
  const plain = text.replaceAll(lineTag, ' ').replaceAll(htmlTag, '').replaceAll(/\s+/g, ' ').trim();
  return plain === '' || hasHtml(plain) ? undefined : plain;
}
