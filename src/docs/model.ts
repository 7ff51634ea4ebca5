/** README.md for people who get the connector's sources, INTRO.md for the page that is published with it. */
export type DocumentKind = 'readme' | 'intro';

/** Generated Markdown by block name, with LF between lines and none at the end; an empty text leaves its block empty. */
export type Blocks = ReadonlyMap<string, string>;
