import type { Change, Files, Kind } from './change.ts';

/** Mistakes in script.csx. */

type Place = Omit<Change, 'kind'>;

/** A change of each place that a pattern finds, outside of comments. */
const each =
  (pattern: RegExp, change: (found: string) => string | undefined): Kind =>
  ({ script }: Files) =>
    (script ?? '').split('\n').flatMap((line, index) => {
      if (/^\s*(?:\/\/|\*|\/\*)/.test(line)) return [];
      return [...line.matchAll(pattern)].flatMap((match): Place[] => {
        const to = change(match[0]);
        if (to === undefined || to === match[0]) return [];
        return [
          {
            at: `line ${index + 1}, column ${match.index + 1}`,
            apply: (files) => {
              const lines = (files.script ?? '').split('\n');
              lines[index] = `${line.slice(0, match.index)}${to}${line.slice(match.index + match[0].length)}`;
              files.script = lines.join('\n');
            },
          },
        ];
      });
    });

export const scriptKinds: Readonly<Record<string, Kind>> = {
  'other text in code': each(/(?<![@$])"(?:[^"\\]|\\.)+"/g, (text) => `${text.slice(0, -1)}x"`),
  'other status in code': each(/HttpStatusCode\.\w+/g, (text) =>
    text.endsWith('.OK') ? 'HttpStatusCode.Accepted' : 'HttpStatusCode.OK',
  ),
  'other method in code': each(/HttpMethod\.\w+/g, (text) =>
    text.endsWith('.Post') ? 'HttpMethod.Put' : 'HttpMethod.Post',
  ),
  'turned condition in code': each(/(?<=\bif \()[^()]+(?=\)$)|[!=]=/g, (text) =>
    text === '==' ? '!=' : text === '!=' ? '==' : undefined,
  ),
  'other number in code': each(/(?<![\w."])\d+(?![\w."])/g, (text) => String(Number(text) + 1)),
  'removed statement in code': each(/^\s+[\w.]+(?:\.|\[)[^=]*(?:\)|=.*);$/g, (text) =>
    /\breturn\b|\bvar\b|\bthrow\b/.test(text) ? undefined : '',
  ),
};
