/** Names of a source (snake_case, camelCase, dotted …) → words, titles and identifiers. */

/** Written in capitals wherever they occur as a word of their own. */
const acronyms: ReadonlySet<string> = new Set(
  'id url uri api http https json xml csv pdf utc ip vat sku uuid guid sms ui ux html css sql ssl tls ssh dns ftp jwt oauth2 sso mfa otp pin qr iban bic cvc cvv eu uk us usa crm erp hr it pos rest rpc sdk smtp tcp udp vm vpc cdn cpu gpu ram os ai ml llm iso mcc mac arn aws gcp ttl acl rbac svg png jpg gif mp3 mp4'.split(
    ' ',
  ),
);
/** Plurals of them keep a small s. */
const pluralAcronyms: Readonly<Record<string, string>> = {
  ids: 'IDs',
  urls: 'URLs',
  uris: 'URIs',
  apis: 'APIs',
  uuids: 'UUIDs',
  guids: 'GUIDs',
  skus: 'SKUs',
  ips: 'IPs',
  pdfs: 'PDFs',
};
const smallWords: ReadonlySet<string> = new Set('a an and as at by for from in of on or per the to with'.split(' '));

/** `filter[createdAt]` → filter, created, At. Runs of capitals stay together: `getURLFor` → get, URL, For. */
export function wordsOf(name: string): string[] {
  return name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .replace(/(?<!\p{Lu})(\p{Lu}+)(\p{Lu}\p{Ll}{2,})/gu, '$1 $2')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** A display name: `created_at` → "Created At", `userIds` → "User IDs". At most 80 characters. */
export function titleOf(name: string): string {
  const stripped = name.replace(/^[xX]-(?=.)/, '').replace(/\$/g, '');
  const words = wordsOf(stripped).map((word, index) => titleWord(word, index === 0));
  const title = words.join(' ');
  return title.length <= 80 ? title : clip(title);
}

function clip(title: string): string {
  const cut = title.slice(0, 81);
  return cut.slice(0, cut.lastIndexOf(' ') > 20 ? cut.lastIndexOf(' ') : 80);
}

function titleWord(word: string, first: boolean): string {
  const lower = word.toLowerCase();
  if (acronyms.has(lower)) return first || !smallWords.has(lower) ? word.toUpperCase() : lower;
  const plural = pluralAcronyms[lower];
  if (plural !== undefined) return plural;
  if (!first && smallWords.has(lower)) return lower;
  if (/^\p{Lu}{2,4}$/u.test(word)) return word;
  return lower.slice(0, 1).toUpperCase() + lower.slice(1);
}

/** Words for running text: lower case, acronyms kept. */
export function phraseOf(name: string): string {
  return titleOf(name)
    .split(' ')
    .map((word) => (/^[\p{Lu}\p{N}]{2,}s?$/u.test(word) ? word : word.toLowerCase()))
    .join(' ');
}

/** `repos/list-for-org` → `ReposListForOrg`: letters and digits only, the rest of each word as written. */
export function pascalCase(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/ß/g, 'ss')
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');
}

/** A name of a definition: characters that references cannot hold become `_`. */
export function definitionName(name: string): string {
  const clean = name.replace(/[^A-Za-z0-9_.-]/g, '_').slice(0, 120);
  return clean === '' || clean === '__proto__' ? 'Definition' : clean;
}

const irregular: Readonly<Record<string, string>> = {
  people: 'person',
  children: 'child',
  men: 'man',
  women: 'woman',
  data: 'data',
  media: 'media',
  news: 'news',
  series: 'series',
  species: 'species',
  status: 'status',
  address: 'address',
  analysis: 'analysis',
  indices: 'index',
  vertices: 'vertex',
  matrices: 'matrix',
  lens: 'lens',
  sms: 'sms',
  aliases: 'alias',
  statuses: 'status',
  movies: 'movie',
  cookies: 'cookie',
  properties: 'property',
};

/** The last word in the singular: `order items` → `order item`. English only, in the manner of rule and exception. */
export function singular(word: string): string {
  const lower = word.toLowerCase();
  const known = irregular[lower];
  if (known !== undefined) return matchCase(word, known);
  if (/(?:ss|us|is|ics)$/.test(lower)) return word;
  if (/ies$/.test(lower) && lower.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:ches|shes|sses|xes|zes)$/.test(lower)) return word.slice(0, -2);
  return /s$/.test(lower) && lower.length > 3 ? word.slice(0, -1) : word;
}

export function plural(word: string): string {
  if (/(?:s|data|media|news)$/i.test(word) && singular(word) !== word) return word;
  if (/[^aeiou]y$/i.test(word)) return `${word.slice(0, -1)}ies`;
  if (/(?:s|x|z|ch|sh)$/i.test(word))
    return singular(word) === word && /(?:ss|us|is|x|z|ch|sh)$/i.test(word) ? `${word}es` : word;
  return /(?:data|media|news|info|information|metadata)$/i.test(word) ? word : `${word}s`;
}

function matchCase(pattern: string, word: string): string {
  return /^[A-Z]/.test(pattern) ? word.slice(0, 1).toUpperCase() + word.slice(1) : word;
}

/** A name that is not taken yet: the wish itself, else with `separator2`, `separator3` … behind it. */
export function freeName(wish: string, taken: (name: string) => boolean, separator = '_'): string {
  if (!taken(wish)) return wish;
  for (let number = 2; ; number++) {
    const candidate = `${wish}${separator}${number}`;
    if (!taken(candidate)) return candidate;
  }
}
