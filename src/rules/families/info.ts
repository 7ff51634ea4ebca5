import { asObject, getOwn, isObject } from '../../connector/json/value.ts';
import { letterPattern } from '../../language/letters.ts';
import { quote } from '../../quote.ts';
import { defineFamily } from '../engine/rule.ts';
import { onInfoText, publisherSuffix, withInfo } from '../support/info-texts.ts';
import { endsLikeName, isBlank, productName } from '../support/texts.ts';
import { reportUnknownKeys } from '../support/unknown-keys.ts';

const restrictedTitleWord = letterPattern(
  /(?<![A-Za-z0-9])(API|Connector)(?![A-Za-z0-9])/i,
  () => /(?<![\p{L}\p{N}])(API|Connector)(?![\p{L}\p{N}])/iu,
);
const infoKeys = new Set(['title', 'version', 'description', 'termsOfService', 'contact', 'license']);

/** Without such words at the end, but for a title that has nothing else. */
function withoutWordsAtEnd(title: string): string {
  const words = title.trimEnd().split(/(?<!\s)(?=\s)/);
  while (words.length > 1 && /^\s+(?:API|Connector)$/i.test(words.at(-1) ?? '')) words.pop();
  return words.join('');
}

const atTitle = ['definition#/info/title'];

/** Rules about `info`: version and title. */
export const family = defineFamily({ name: 'Info', order: 40 }, [
  {
    id: 'info-version-required',
    title: 'The definition states its version.',
    why: 'Swagger 2.0 requires it, and updates of a published connector are recognised by it.',
    remedy: 'Add "version": "1.0" to info.',
    source: 'OpenAPI 2.0, info object',
    severity: 'E/E/E',
    fix: 'safe',
    on: {
      root: (root, report) => {
        const version = getOwn(asObject(getOwn(root.value, 'info')), 'version');
        if (typeof version === 'string' && version.trim() !== '') return;
        const at = root.place.at('info', 'version');
        report(
          at,
          version === undefined
            ? 'info has no version; add one, such as "1.0"'
            : `the version is ${quote(version)}; it must be a text such as "1.0"`,
          isObject(getOwn(root.value, 'info'))
            ? { op: 'set', at, value: typeof version === 'number' ? String(version) : '1.0' }
            : [],
        );
      },
    },
    examples: {
      good: [{ name: 'two numbers', ...withInfo({ version: '1.0' }) }],
      bad: [
        {
          name: 'no version',
          ...withInfo({ version: null }),
          expect: ['definition#/info/version'],
          fixed: withInfo({ version: '1.0' }),
        },
        {
          name: 'a number',
          definition: { info: { version: 2 } },
          expect: ['definition#/info/version'],
          fixed: withInfo({ version: '2' }),
        },
      ],
    },
  },
  {
    id: 'info-title-required',
    title: 'The connector has a title.',
    why: 'It is the name under which makers find the connector.',
    remedy: 'Give info.title the name of the product, at most 30 characters.',
    source: 'Certification submission guide; certification policy',
    severity: 'E/E/E',
    on: {
      root: (root, report) => {
        if (isBlank(getOwn(asObject(getOwn(root.value, 'info')), 'title'))) {
          report(root.place.at('info', 'title'), 'the connector has no title; give info.title the name of the product');
        }
      },
    },
    examples: {
      good: [{ name: 'the product name', ...withInfo({ title: 'Contoso Weather' }) }],
      bad: [{ name: 'blank', ...withInfo({ title: ' ' }), expect: atTitle }],
    },
  },
  {
    id: 'info-title-length',
    title: 'The title has at most 30 characters.',
    why: 'Longer names are cut in the designer, and connectors with longer names vanish from repacked solutions. Of independent publishers the name without "(Independent Publisher)" counts: 7 of 45 new ones of 2025 have that suffix, and reviewers let it pass.',
    remedy: 'Shorten the title to the name of the product.',
    source: 'Certification submission guide; certification policy',
    policy: '5000.2.2.1',
    severity: 'W/E/E',
    on: onInfoText('title', (value, at, report, _info, { profile }) => {
      // the suffix is another rule's
      const title = profile === 'independent' ? value.replace(publisherSuffix, '') : value;
      if (title.length <= 30) return;
      report(at, `the title ${quote(title)} has ${title.length} characters; at most 30 are allowed`);
    }),
    examples: {
      good: [
        { name: '30 characters', ...withInfo({ title: 'Contoso Weather and Air Values' }) },
        {
          name: 'the suffix of independent publishers does not count, it has a rule of its own',
          profile: 'independent',
          ...withInfo({ title: 'Contoso Duration (Independent Publisher)' }),
        },
      ],
      bad: [{ name: '31 characters', ...withInfo({ title: 'Contoso Weather and Wind Values' }), expect: atTitle }],
    },
  },
  {
    id: 'info-title-restricted-words',
    title: 'The title has neither the word API nor the word Connector.',
    why: 'Every entry of the list of connectors is one; the words only take space, and certification refuses them.',
    remedy: 'Use the name of the product alone.',
    source: 'Certification submission guide; certification policy; pull request 3943',
    policy: '5000.2.2.2',
    severity: 'I/E/E',
    fix: 'safe',
    on: onInfoText('title', (value, at, report) => {
      const word = restrictedTitleWord(value).exec(value)?.[0];
      if (word === undefined) return;
      const rest = withoutWordsAtEnd(value);
      const certain = rest !== value && !restrictedTitleWord(rest).test(rest) && !isBlank(rest);
      report(
        at,
        `the title ${quote(value)} has the word ${quote(word)}; use the name of the product alone`,
        certain ? { op: 'set', at, value: rest } : [],
      );
    }),
    examples: {
      good: [{ name: 'inside another word', ...withInfo({ title: 'RAPID Platform SMSAPI' }) }],
      bad: [
        {
          name: 'at the end',
          ...withInfo({ title: 'Contoso Weather Connector' }),
          expect: atTitle,
          fixed: withInfo({ title: 'Contoso Weather' }),
        },
        { name: 'in the middle', ...withInfo({ title: 'Weather api of Contoso' }), expect: atTitle },
      ],
    },
  },
  {
    id: 'info-title-product-names',
    title: 'The title names no product of the Power Platform.',
    why: 'A connector must not look as if it were part of these products.',
    remedy: 'Use the name of your own product.',
    source: 'Certification submission guide; certification policy; pull request 3943',
    severity: 'I/E/E',
    on: onInfoText('title', (value, at, report) => {
      const name = productName(value);
      if (name === undefined) return;
      report(at, `the title ${quote(value)} names ${quote(name)}; use the name of your own product alone`);
    }),
    examples: {
      good: [{ name: 'another product', ...withInfo({ title: 'Contoso Power Plants' }) }],
      bad: [
        { name: 'Power Automate', ...withInfo({ title: 'Contoso for Power Automate' }), expect: atTitle },
        { name: 'without blank', ...withInfo({ title: 'Contoso PowerApps' }), expect: atTitle },
      ],
    },
  },
  {
    id: 'info-title-ending',
    title: 'The title ends in a letter, a digit or a closing parenthesis.',
    why: 'Certification asks for a plain name.',
    remedy: 'Remove what is after the name.',
    // the guide says alphanumeric only, but a closing parenthesis is let through: 14 published titles end in one
    source: 'Certification submission guide; certification policy; practice of published connectors',
    policy: '5000.2.2.3',
    severity: 'I/W/W',
    fix: 'safe',
    on: onInfoText('title', (value, at, report) => {
      const trimmed = value.trim();
      if (endsLikeName(trimmed)) return;
      const rest = trimmed.replace(/(?<![\s.,;:-])[\s.,;:-]+$/, '');
      report(
        at,
        `the title ${quote(value)} ends in ${quote(trimmed.slice(-1))}; it must end in a letter, a digit or ")"`,
        rest !== '' && endsLikeName(rest) ? { op: 'set', at, value: rest } : [],
      );
    }),
    examples: {
      good: [{ name: 'a closing parenthesis', ...withInfo({ title: 'Contoso (Canada)' }) }],
      bad: [
        {
          name: 'a full stop',
          ...withInfo({ title: 'Contoso Weather.' }),
          expect: atTitle,
          fixed: withInfo({ title: 'Contoso Weather' }),
        },
        { name: 'an exclamation mark', ...withInfo({ title: 'Contoso!' }), expect: atTitle },
      ],
    },
  },
  {
    id: 'info-title-trim',
    title: 'The title has no blanks or line breaks around it.',
    why: 'They become part of the name under which the connector is listed.',
    remedy: 'Remove them.',
    source: 'Certification submission guide',
    severity: 'W/E/E',
    fix: 'safe',
    on: onInfoText('title', (value, at, report) => {
      const trimmed = value.trim();
      if (trimmed === value) return;
      report(at, `the title ${JSON.stringify(value)} has blanks around it; remove them`, {
        op: 'set',
        at,
        value: trimmed,
      });
    }),
    examples: {
      good: [{ name: 'none', ...withInfo({ title: 'Contoso Weather' }) }],
      bad: [
        {
          name: 'a line break',
          ...withInfo({ title: 'Contoso Weather\n' }),
          expect: atTitle,
          fixed: withInfo({ title: 'Contoso Weather' }),
        },
      ],
    },
  },
  {
    id: 'info-title-english',
    title: 'The title consists of English letters, digits and plain punctuation.',
    why: 'Titles are listed in English for all regions.',
    remedy: 'Write the title in ASCII.',
    source: 'Certification submission guide; certification validator rules',
    official: 'ValueMustBeInEnglish',
    severity: 'I/E/E',
    on: onInfoText('title', (value, at, report) => {
      const foreign = /[^\x00-\x7f]/u.exec(value)?.[0];
      if (foreign === undefined) return;
      report(
        at,
        `the title ${quote(value)} has ${quote(foreign)}; only English letters, digits and punctuation may be there`,
      );
    }),
    examples: {
      good: [{ name: 'plain', ...withInfo({ title: 'Contoso 24/7' }) }],
      bad: [{ name: 'an umlaut', ...withInfo({ title: 'Contoso für alle' }), expect: atTitle }],
    },
  },
  {
    id: 'info-title-ip-suffix',
    title: 'The title of an independent publisher’s connector has no suffix that says so.',
    why: 'The suffix belongs to the title of the pull request; the portal adds it to the name by itself.',
    remedy: 'Remove "(Independent Publisher)" from info.title.',
    source: 'Certification submission guide; pull request template; practice of published connectors',
    severity: '-/-/W',
    fix: 'safe',
    on: onInfoText('title', (value, at, report) => {
      const rest = value.replace(publisherSuffix, '');
      if (rest === value) return;
      report(
        at,
        `the title ${quote(value)} has the suffix of the pull request; remove it here`,
        isBlank(rest) ? [] : { op: 'set', at, value: rest },
      );
    }),
    examples: {
      good: [{ name: 'the name alone', profile: 'independent', ...withInfo({ title: 'Contoso Weather' }) }],
      bad: [
        {
          name: 'with suffix',
          profile: 'independent',
          ...withInfo({ title: 'Contoso (Independent Publisher)' }),
          expect: atTitle,
          fixed: withInfo({ title: 'Contoso' }),
        },
      ],
    },
  },
  {
    id: 'info-title-unique',
    title: 'No published connector has this title.',
    why: 'Makers could not tell the two apart.',
    remedy: 'Search the list of connectors for the title before you submit.',
    source: 'Certification submission guide; certification policy',
    policy: '5000.2.2.5',
    severity: 'I/W/W',
    // needs the list of all published connectors, which changes every week
    manual: true,
  },
  {
    id: 'info-unknown-property',
    title: 'info has only the keys of Swagger 2.0 and extensions that start with x-.',
    why: 'The service refuses what it does not know.',
    remedy: 'Remove the key, or move it to where it belongs.',
    source: 'Certification validator rules; published definition schema',
    severity: 'E/E/E',
    fix: 'safe',
    on: {
      info: (info, report) => reportUnknownKeys(info, 'info', infoKeys, report),
    },
    examples: {
      good: [{ name: 'keywords', definition: { info: { 'x-ms-keywords': ['weather'] } } }],
      bad: [
        { name: 'an author', ...withInfo({ author: 'Ann' }), expect: ['definition#/info/author'] },
        {
          name: 'lower case',
          ...withInfo({ termsofservice: 'https://www.contoso.com/terms' }),
          expect: ['definition#/info/termsofservice'],
          fixed: withInfo({ termsOfService: 'https://www.contoso.com/terms' }),
        },
      ],
    },
  },
]);
