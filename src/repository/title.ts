import { coreProductName } from '../rules/support/texts.ts';

/** Words that certification refuses in titles; a folder is often called by them. */
const refused = new Set(['api', 'connector', 'custom', 'power', 'platform', 'pp']);

/** A title made of a folder's or package's name: `contoso-weather-connector` → `Contoso Weather`. */
export function titleFrom(name: string): string {
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');
  const kept = words.filter((word) => !refused.has(word.toLowerCase()));
  const title = withoutProducts(kept.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' '));
  if (title.length <= 30) return title === '' ? 'My Service' : title;
  const cut = title.slice(0, 31).lastIndexOf(' ');
  return title.slice(0, cut > 0 ? cut : 30);
}

/** Names of Microsoft's own products are refused, too. */
function withoutProducts(title: string): string {
  const product = coreProductName(title);
  if (product === undefined) return title;
  return withoutProducts(title.replace(product, ' ').replaceAll(/ +/g, ' ').trim());
}
