/** Addresses on the web and of e-mail, as the service takes them. */

/** Absolute http(s) URL as RFC 3986 has it: the parser of browsers escapes blanks and brackets, the service refuses them. */
export const isHttpUrl = (text: string): boolean => {
  if (/[\s<>"{}|\\^`]/.test(text)) return false;
  const url = URL.canParse(text) ? new URL(text) : null;
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:') && url.hostname !== '';
};

/** An ASCII e-mail address. */
export const isMailAddress = (text: string): boolean =>
  /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+$/.test(
    text,
  );
