/**
 * A text of Markdown that has to fit: whole lines of it, so that no character and no row of a table is cut in two.
 *
 * @param {number} most characters, without what is said of the rest
 * @param {string} text
 * @param {string} more said in the place of the rest
 */
export function upTo(most, text, more) {
  if (text.length <= most) return text;
  const end = Math.max(0, text.lastIndexOf('\n', most));
  return `${text.slice(0, end)}\n\n${more}\n`;
}
