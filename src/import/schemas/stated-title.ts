import { asString, type JsonObject } from '../../connector/json/value.ts';
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
