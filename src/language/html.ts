/** Tags of HTML in texts; other words in angle brackets stand for something: `<site URL>`. */

/** Every tag of an element that texts are marked up with. Global: for `replace` and `matchAll`, not for `test`. */
export const htmlTag =
  /<\/?(a|abbr|aside|b|big|blockquote|body|br|button|caption|center|cite|code|col|colgroup|dd|del|details|dfn|div|dl|dt|em|figure|font|footer|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|kbd|label|li|link|main|mark|meta|nav|ol|option|p|pre|q|s|samp|script|section|select|small|span|strike|strong|style|sub|summary|sup|table|tbody|td|textarea|tfoot|th|thead|title|tr|tt|u|ul|var|video|wbr)(?:\s[^<>]*|\/)?>/gi;

/** Elements whose names are words that authors put in angle brackets, too: `Bearer <code>`. */
const words: ReadonlySet<string> = new Set([
  ...['body', 'button', 'caption', 'code', 'details', 'footer', 'header', 'input', 'label', 'link', 'main', 'mark'],
  ...['meta', 'option', 'script', 'section', 'select', 'style', 'summary', 'table', 'title', 'video'],
]);

/** Whether a text has tags of HTML. A word that may be a placeholder is one only with an attribute or an end tag. */
export function hasHtml(text: string): boolean {
  if (!text.includes('<')) return false;
  const ends = text.toLowerCase();
  for (const [tag, name = ''] of text.matchAll(htmlTag)) {
    const element = name.toLowerCase();
    if (!words.has(element) || tag.includes('=') || ends.includes(`</${element}>`)) return true;
  }
  return false;
}
