/** Addresses on the web and of e-mail, as the service takes them. */

/** As nearly all are: a full host name, nothing that is escaped. The parser takes every such one. */
const plainAddress = /^https?:\/\/(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,}(?:\/[\w./?=&#%-]*)?$/i;

/** Absolute http(s) URL as RFC 3986 has it: the parser of browsers escapes blanks and brackets, the service refuses them. */
export const isHttpUrl = (text: string): boolean => {
  if (plainAddress.test(text)) return true;
  if (/[\s<>"{}|\\^`]/.test(text)) return false;
  const url = URL.canParse(text) ? new URL(text) : null;
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:') && url.hostname !== '';
};

/** An address on the web that others can reach: absolute, http(s), with a full host name. */
export const isWebAddress = (text: string): boolean =>
  plainAddress.test(text) || (isHttpUrl(text) && new URL(text).hostname.includes('.'));

/** An ASCII e-mail address. */
export const isMailAddress = (text: string): boolean =>
  /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+$/.test(
    text,
  );
