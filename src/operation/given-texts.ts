import { standardTexts } from './standard-texts.ts';

/** The texts that an author has given to a command, and standard ones, to tell them from those that it makes of names. */
export class GivenTexts {
  private readonly texts = new Set<string>(Object.values(standardTexts).map(normalised));

  /** Every text in an answer, a file or a list of them; the parts of a text that is divided by `|` each for itself. */
  add(value: unknown): void {
    if (typeof value === 'string') for (const part of value.split('|')) this.texts.add(normalised(part));
    else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) this.add(inner);
  }

  /** Whether the text was given, apart from what is done to every text: a capital, a full stop. */
  has(text: string): boolean {
    return this.texts.has(normalised(text));
  }
}

function normalised(text: string): string {
  return text
    .trim()
    .replace(/\.$/, '')
    .replace(/^./u, (first) => first.toLowerCase());
}
