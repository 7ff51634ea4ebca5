/** Patterns of code that an operation can be routed to; each is a template. */
export const scriptPatterns = ['transform', 'split', 'location', 'repeat-query', 'base64'] as const;
export type ScriptPattern = (typeof scriptPatterns)[number];
