/** `safe`, `vulnerable: 2nd degree polynomial`, `unknown` … of each expression, by its text. */
export type Results = Record<string, string>;

export function checkExpression(source: string, flags: string): string;
