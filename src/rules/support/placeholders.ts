/** What stands for a value that isn't there yet, and what looks like a live one. */

/** Brackets around a word, or a reference to an environment variable. */
const bracketed = /^\s*(\[.*\]|\{.*\}|<.*>|\(.*\)|%.*%|@@.*@@|\$\{?\w+\}?|@environmentVariables\(.*\))\s*$/i;

const placeholderWord =
  /dummy|place[\s_-]*holder|replace|insert|enter|your|change[\s_-]*me|example|sample|test|todo|tbd|fake|default|redacted|removed|hidden|secret|client|app[\s_-]*id|n\/a|none|null|undefined|x{3,}|\*{3,}|\.{3,}/i;

const guid = /^\{?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?$/i;

export const looksLikeGuid = (text: string): boolean => guid.test(text.trim());

/** 00000000-…, 11111111-…, 12345678-1234-…: nobody's. */
const isEmptyGuid = (text: string): boolean =>
  looksLikeGuid(text) &&
  (new Set(text.toLowerCase().replaceAll(/[^0-9a-f]/g, '')).size <= 2 || /^\{?12345678-/.test(text));

/** A GUID that means something somewhere. */
export const isLiveGuid = (text: string): boolean => looksLikeGuid(text) && !isEmptyGuid(text.trim());

/** Nothing, a bracketed name, or words that say so: DUMMY, [[CLIENT_ID]], your-client-id. */
export function isPlaceholder(text: string): boolean {
  const value = text.trim();
  if (value === '' || bracketed.test(value) || isEmptyGuid(value) || new Set(value).size === 1) return true;
  return !isLiveGuid(value) && placeholderWord.test(value) && !looksRandom(value.replaceAll(/[^A-Za-z0-9]+/g, ' '));
}

/** An identifier that a machine made: a GUID, or a long run of letters and digits without words. */
export function looksLive(text: string): boolean {
  const value = text.trim();
  if (isPlaceholder(value)) return false;
  return isLiveGuid(value) || looksRandom(value);
}

/** At least one long part that mixes digits or letter cases as words don't. */
function looksRandom(text: string): boolean {
  return text.split(/[^A-Za-z0-9]+/).some((part) => {
    if (part.length < 14) return false;
    const digits = part.match(/\d/g)?.length ?? 0;
    const turns = part.match(/[a-z][A-Z]|[A-Za-z]\d|\d[A-Za-z]/g)?.length ?? 0;
    return digits === part.length || turns >= 5 || (digits >= 4 && turns >= 3);
  });
}
