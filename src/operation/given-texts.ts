/** The texts that an author has given to a command, to tell them from those that it made. */
export class GivenTexts {
  private readonly texts = new Set<string>();

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

const normalised = (text: string): string =>
  text
    .trim()
    .replace(/\.$/, '')
    .replace(/^./u, (first) => first.toLowerCase());
