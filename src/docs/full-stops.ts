import { inline } from './markdown.ts';

/** A text without the second full stop where a sentence ends with a name such as "Tailspin Inc.". @param text Markdown */
export function withoutDoubledStops(text: string, names: readonly string[]): string {
  return names
    .map(inline)
    .filter((name) => /[.!?]$/.test(name))
    .reduce((result, name) => result.replaceAll(`${name}.`, name), text);
}
