import { asString, type JsonObject } from '../../connector/json/value.ts';
import { letterPattern } from '../../language/letters.ts';
import { plainText } from '../../language/plain-text.ts';
import { clipWords } from '../../language/sentences.ts';
import type { Report } from '../report.ts';

/** The designer shows as many characters of a label. */
const longestTitle = 80;

/** The label that a source states itself, within the limit of the platform. */
export function statedTitle(extensions: JsonObject, at: string, report: Report): string | undefined {
  const title = asString(extensions['x-ms-summary']);
  if (title === undefined || title.trim().length <= longestTitle) return title;
  report.lossy(
    'title-cut',
    at,
    `The x-ms-summary has ${title.trim().length} characters, and ${longestTitle} are allowed: it is cut.`,
  );
  return clipWords(title.trim(), longestTitle);
}

const usable = letterPattern(/^[A-Za-z0-9][A-Za-z0-9 ()'-]*$/, () => /^[\p{L}\p{N}][\p{L}\p{N} ()'-]*$/u);
const letter = letterPattern(/[A-Za-z]/, () => /\p{L}/u);

/** The title of a schema where it can be a label: short, and of words. */
export function usableTitle(source: string | undefined): string | undefined {
  const title = source === undefined ? '' : plainText(source);
  return title !== '' &&
    title.length <= 40 &&
    usable(title).test(title) &&
    letter(title).test(title) &&
    !/[a-z][A-Z]|_/.test(title)
    ? title
    : undefined;
}
