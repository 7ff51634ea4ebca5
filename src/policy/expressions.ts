/** Expressions in the parameters of policies: docs/reference/policy-templates.md#expressions. */

/** A call in a text, such as `@connectionParameters('tenant','contoso')` or `@{connectionParameters('port')}`. */
export interface PolicyExpression {
  /** As the author wrote it, up to the opening parenthesis: `@{connectionParameters`. */
  start: string;
  /** The function, in the author's capitals: `connectionParameters`. */
  name: string;
  /** Whether it is in braces after the sign: `@{…}`. */
  braces: boolean;
}

const calls = /@(\{)?([A-Za-z]+)(?=\()/g;

/** The expressions of a text, in order. */
export const expressionsOf = (text: string): PolicyExpression[] =>
  text.includes('@')
    ? [...text.matchAll(calls)].map(([start, brace, name = '']) => ({ start, name, braces: brace !== undefined }))
    : [];

const references = /@\{?connectionParameters\(\s*['"]([^'"]+)['"]/gi;

/** The names of the connection parameters that a text refers to, in both forms. */
export const connectionParametersIn = (text: string): string[] =>
  text.includes('(') ? [...text.matchAll(references)].map(([, name = '']) => name) : [];

/** What the value of `setproperty` can't take, in lower case: what the platform leaves there as text. */
const unknownToSetProperty: ReadonlySet<string> = new Set([
  'connectionparameters',
  'queryparameters',
  'headers',
  'header',
]);

/** The first expression in the value of `setproperty` that isn't expanded there: only the body and its items are. */
export const unexpandedInSetProperty = (value: string): PolicyExpression | undefined =>
  expressionsOf(value).find(({ name }) => unknownToSetProperty.has(name.toLowerCase()));

/** Where the value of `setproperty` is, without the prefix. */
export const setPropertyValue = 'propertyValuePathTemplate';

/**
 * Whether an address from `dynamichosturl` may bring a path: it has one, a default in it has one, or all of it comes
 * from one expression, whose value is then a whole address.
 */
export function mayHavePath(urlTemplate: string): boolean {
  const [, rest = urlTemplate] = /^\s*https?:\/\/(.*)$/is.exec(urlTemplate) ?? [];
  const literal = rest.replaceAll(/@\{?[A-Za-z]+\([^()]*\)\}?/g, '');
  if (/\/[^/\s]/.test(literal)) return true;
  const defaults = [...rest.matchAll(/'([^']*)'/g)].map(([, text = '']) => text.replace(/^https?:\/\//i, ''));
  return defaults.some((text) => /\/[^/\s]/.test(text)) || (rest === urlTemplate && literal.trim() === '');
}
