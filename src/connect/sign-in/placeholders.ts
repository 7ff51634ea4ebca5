import { UserError } from '../../errors.ts';

/** Values for `{Name}`, names in lower case. */
export type Fillings = ReadonlyMap<string, string>;

/** What the platform fills in itself; one that a request has nothing for is empty. */
export const platformNames: ReadonlySet<string> = new Set([
  'clientid',
  'clientsecret',
  'redirecturl',
  'state',
  'scopes',
  'code',
  'refreshtoken',
]);

/** Names in braces, in lower case. */
export const namesIn = (template: string): string[] =>
  [...template.matchAll(/\{([\w-]+)\}/g)].map(([, name = '']) => name.toLowerCase());

/**
 * A template with its values (docs/reference/authentication.md#oauth-20-by-templates). In a query or a form they are
 * encoded; in an address they are as they are, since a value may be the whole of it.
 *
 * @throws UserError for a name that is neither the platform's nor a connection parameter with a value
 */
export function filled(template: string, fillings: Fillings, place: 'address' | 'query'): string {
  return template.replaceAll(/\{([\w-]+)\}/g, (whole, name: string) => {
    const key = name.toLowerCase();
    const value = fillings.get(key) ?? (platformNames.has(key) ? '' : undefined);
    if (value === undefined) {
      throw new UserError(`the sign-in needs ${whole}, and the connection has no value for it`, {
        hint: `declare the connection parameter token:${name}, and give it a value`,
      });
    }
    return place === 'query' ? encodeURIComponent(value) : value;
  });
}
