import MarkdownIt from 'markdown-it';

const markdown = new MarkdownIt();

/** The anchors that GitHub gives to the headings of a page: lower case, words joined by `-`; a repeated one gets a number. */
export function anchorsOf(page: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  const tokens = markdown.parse(page, {});
  for (const [index, { type }] of tokens.entries()) {
    if (type !== 'heading_open') continue;
    const text = (tokens[index + 1]?.children ?? []).map(({ content }) => content).join('');
    const anchor = text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-');
    let free = anchor;
    for (let number = 1; anchors.has(free); number += 1) free = `${anchor}-${number}`;
    anchors.add(free);
  }
  return anchors;
}

/** Where the links of a page lead, as written; pictures and code don't count. */
export const linksOf = (page: string): string[] =>
  markdown
    .parse(page, {})
    .flatMap(({ children }) => children ?? [])
    .filter(({ type }) => type === 'link_open')
    .map((token) => decodeURI(String(token.attrGet('href'))));
