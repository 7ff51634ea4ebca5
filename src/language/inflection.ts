/**
 * Singular and plural of English nouns, third person of verbs: by ending, with a table of exceptions. Kept libraries
 * were tried; they make "cooky" of cookies, "cach" of caches and "len" of lens, and an operation id lasts for ever.
 */

import { letterPattern } from './letters.ts';

/** Plurals that no ending tells. */
const irregularPlurals: readonly (readonly [plural: string, singular: string])[] = [
  ['people', 'person'],
  ['children', 'child'],
  ['grandchildren', 'grandchild'],
  ['men', 'man'],
  ['women', 'woman'],
  ['feet', 'foot'],
  ['teeth', 'tooth'],
  ['mice', 'mouse'],
  ['geese', 'goose'],
  ['indices', 'index'],
  ['vertices', 'vertex'],
  ['appendices', 'appendix'],
  ['matrices', 'matrix'],
  ['criteria', 'criterion'],
  ['phenomena', 'phenomenon'],
  ['axes', 'axis'],
  ['analyses', 'analysis'],
  ['bases', 'base'],
  ['crises', 'crisis'],
  ['diagnoses', 'diagnosis'],
  ['hypotheses', 'hypothesis'],
  ['parentheses', 'parenthesis'],
  ['synopses', 'synopsis'],
  ['theses', 'thesis'],
  ['oases', 'oasis'],
  ['lives', 'life'],
  ['knives', 'knife'],
  ['wives', 'wife'],
  ['leaves', 'leaf'],
  ['shelves', 'shelf'],
  ['halves', 'half'],
  ['wolves', 'wolf'],
  ['calves', 'calf'],
  ['selves', 'self'],
  ['scarves', 'scarf'],
  ['quizzes', 'quiz'],
  ['movies', 'movie'],
  ['cookies', 'cookie'],
  ['selfies', 'selfie'],
  ['zombies', 'zombie'],
  ['rookies', 'rookie'],
  ['calories', 'calorie'],
  ['ties', 'tie'],
  ['pies', 'pie'],
  ['lies', 'lie'],
  ['dies', 'die'],
  ['lenses', 'lens'],
  ['gases', 'gas'],
  ['buses', 'bus'],
  ['heroes', 'hero'],
  ['potatoes', 'potato'],
  ['tomatoes', 'tomato'],
  ['echoes', 'echo'],
  ['vetoes', 'veto'],
  ['cargoes', 'cargo'],
  ['caches', 'cache'],
  ['headaches', 'headache'],
  ['niches', 'niche'],
  ['avalanches', 'avalanche'],
  ['axles', 'axle'],
  ['taxis', 'taxi'],
  ['skis', 'ski'],
  ['emojis', 'emoji'],
  ['apis', 'api'],
  ['uris', 'uri'],
  ['kpis', 'kpi'],
  ['menus', 'menu'],
  ['skus', 'sku'],
  ['gpus', 'gpu'],
  ['cpus', 'cpu'],
  ['ious', 'iou'],
];

/** Words that are the same in both numbers, or have only one. */
const unchanging: ReadonlySet<string> = new Set(
  (
    'data metadata media news series species information info equipment software hardware feedback traffic inventory ' +
    'staff advice evidence history status https dns sms gps mms ios aws css kubernetes always alias analytics basis ' +
    'mathematics logistics statistics economics physics politics ethics canvas atlas bias gas lens bus plus minus thus ' +
    'this us its is has was does yes access process progress success business address express canvass chassis christmas ' +
    'texas iris axis oasis means headquarters sales goods premises savings earnings proceeds billing shipping pricing ' +
    'rss pos sas tls ttls iris saas paas iaas os as vars'
  ).split(' '),
);
/** Of these only the plural can be told apart. */
const pluralOnly: ReadonlyMap<string, string> = new Map([
  ['aliases', 'alias'],
  ['statuses', 'status'],
  ['addresses', 'address'],
  ['canvases', 'canvas'],
  ['atlases', 'atlas'],
  ['biases', 'bias'],
  ['businesses', 'business'],
  ['processes', 'process'],
]);

const singularOf: ReadonlyMap<string, string> = new Map([...irregularPlurals, ...pluralOnly]);
const pluralOf: ReadonlyMap<string, string> = new Map(
  [...irregularPlurals, ...pluralOnly].map(([many, one]) => [one, many]),
);

/** The singular of an English plural: `companies` → `company`, `Movies` → `Movie`; a singular stays as it is. */
export function singular(word: string): string {
  const lower = word.toLowerCase();
  const known = singularOf.get(lower);
  if (known !== undefined) return likeCase(word, known);
  if (unchanging.has(lower) || !lower.endsWith('s') || lower.length < 2) return word;
  if (/(?:ss|us|is|ics)$/.test(lower)) return word;
  if (/(?:sses|shes|ches|xes|zzes)$/.test(lower)) return word.slice(0, -2);
  // viruses, campuses, bonuses; short ones are uses, fuses and pauses
  if (/.{2}[^aeou]uses$/.test(lower) && lower !== 'excuses') return word.slice(0, -2);
  if (/[^aeiou]ies$/.test(lower) && lower.length > 4) return `${word.slice(0, -3)}${keepCase(word, 'y')}`;
  return word.slice(0, -1);
}

/** The plural of an English noun: `company` → `companies`; a plural, or a word without one, stays as it is. */
export function plural(word: string): string {
  const lower = word.toLowerCase();
  if (singular(word) !== word) return word;
  const known = pluralOf.get(lower);
  if (known !== undefined) return likeCase(word, known);
  if (unchanging.has(lower) || /(?:[^aeiou]ics|data|information|media|ware)$/.test(lower)) return word;
  if (/[^aeiou]y$/.test(lower)) return `${word.slice(0, -1)}${keepCase(word, 'ies')}`;
  return /(?:s|x|z|ch|sh)$/.test(lower) ? `${word}es` : `${word}s`;
}

/** Whether a noun is a plural, as far as its form tells. */
export const isPlural = (word: string): boolean => singular(word) !== word;

/** The third person of a verb: `get` → `gets`, `reply` → `replies`, `push` → `pushes`. */
export function thirdPerson(verb: string): string {
  if (/[^aeiou]y$/.test(verb)) return verb.replace(/y$/, 'ies');
  if (/[^z]z$/.test(verb)) return `${verb}zes`;
  return /(?:s|x|zz|ch|sh|o)$/.test(verb) ? `${verb}es` : `${verb}s`;
}

/** `an` before a word that begins with the sound of a vowel, else `a`. */
export const articleFor = (word: string): 'a' | 'an' => {
  if (/^(?:hour|honest|heir)/i.test(word)) return 'an';
  if (/^(?:[AEFHILMNORSX][A-Z0-9]+s?)(?![a-z])/.test(word) && !/^(?:EU|UK|US|UTC|URL|URI|UUID|UI)/.test(word))
    return 'an';
  if (/^(?:u(?:ni(?!n)|s[aei]|r[il]|ti|[A-Z])|eu|one\b|once)/i.test(word) || /^U[A-Z]/.test(word)) return 'a';
  return /^[aeiou]/i.test(word) ? 'an' : 'a';
};

const capitalStart = letterPattern(/^[A-Z]/, () => /^\p{Lu}/u);

/** `known` with the capitals of `word`. */
function likeCase(word: string, known: string): string {
  if (word.length > 1 && word === word.toUpperCase()) return known.toUpperCase();
  return capitalStart(word).test(word) ? known.charAt(0).toUpperCase() + known.slice(1) : known;
}

const keepCase = (word: string, ending: string): string =>
  word.length > 1 && word === word.toUpperCase() ? ending.toUpperCase() : ending;
