/** Lines whose parts are between bars; a bar within a part is written `\|`. */

export const splitBars = (line: string): string[] =>
  line.split(/(?<!\\)\|/).map((part) => part.replaceAll('\\|', '|').trim());

export const escapeBars = (text: string): string => text.replaceAll('|', '\\|');
