import { asObject, getOwn } from '../../connector/json/value.ts';
import { lettersOfAnotherLanguage } from '../../language/english.ts';
import { isAscii, letterPattern } from '../../language/letters.ts';
import { quote } from '../../quote.ts';
import { defineFamily } from '../engine/rule.ts';
import { onInfoText, textIn, withInfo } from '../support/info-texts.ts';
import { coreProductName, foldTypography, hasUrl, isBlank, otherProductName, sameText } from '../support/texts.ts';

const apiWord = letterPattern(/(?<![A-Za-z0-9])API(?![A-Za-z0-9])/i, () => /(?<![\p{L}\p{N}])API(?![\p{L}\p{N}])/iu);

const atDescription = ['definition#/info/description'];

/** Rules about the description of the connector. */
export const family = defineFamily({ name: 'Description', order: 50 }, [
  {
    id: 'info-description-required',
    title: 'The connector has a description.',
    why: 'It tells makers what the connector is for.',
    remedy: 'Describe in 30 to 500 characters what the service does.',
    source: 'Certification submission guide; certification policy',
    severity: 'W/E/E',
    on: {
      root: (root, report) => {
        if (!isBlank(getOwn(asObject(getOwn(root.value, 'info')), 'description'))) return;
        report(
          root.place.at('info', 'description'),
          'the connector has no description; say in 30 to 500 characters what the service does',
        );
      },
    },
    examples: {
      good: [{ name: 'a sentence', ...withInfo({ description: 'Reads the weather stations of Contoso.' }) }],
      bad: [{ name: 'none', ...withInfo({ description: null }), expect: atDescription }],
    },
  },
  {
    id: 'info-description-min-length',
    title: 'The description has at least 30 characters.',
    why: 'Less can hardly say what the connector is for.',
    remedy: 'Say what the service does and what the connector makes of it.',
    source: 'Certification submission guide; certification policy',
    policy: '5000.2.3.4',
    severity: 'I/E/E',
    on: onInfoText('description', (value, at, report) => {
      if (value.length >= 30) return;
      report(at, `the description ${quote(value)} has ${value.length} characters; at least 30 are needed`);
    }),
    examples: {
      good: [{ name: '30 characters', ...withInfo({ description: 'Reads all measured air values.' }) }],
      bad: [
        { name: '29 characters', ...withInfo({ description: 'Reads all measured air values' }), expect: atDescription },
      ],
    },
  },
  {
    id: 'info-description-max-length',
    title: 'The description has at most 500 characters.',
    why: 'The list of connectors has no room for more.',
    remedy: 'Keep what a maker must know; the rest belongs in the intro.',
    source: 'Certification submission guide; certification policy',
    policy: '5000.2.3.4',
    severity: 'I/E/E',
    on: onInfoText('description', (value, at, report) => {
      if (value.length <= 500) return;
      report(at, `the description has ${value.length} characters; at most 500 are allowed`);
    }),
    examples: {
      good: [{ name: '500 characters', ...withInfo({ description: 'Reads air. '.repeat(46).slice(0, 500) }) }],
      bad: [{ name: '506 characters', ...withInfo({ description: 'Reads air. '.repeat(46) }), expect: atDescription }],
    },
  },
  {
    id: 'info-description-product-names',
    title: 'The description names neither Power Apps nor Power Automate nor Logic Apps.',
    why: 'Connectors work in all of these products; naming one misleads makers of the others.',
    remedy: 'Say what the service does, not where the connector is used.',
    source: 'Certification submission guide; certification policy; pull request 3943',
    policy: '5000.2.3.5',
    severity: 'I/E/E',
    on: onInfoText('description', (value, at, report) => {
      const name = coreProductName(value);
      if (name === undefined) return;
      report(at, `the description names ${quote(name)}; say what the service does, not where it is used`);
    }),
    examples: {
      good: [{ name: 'flows', ...withInfo({ description: 'Starts a flow when the weather of a station changes.' }) }],
      bad: [
        {
          name: 'Power Automate',
          ...withInfo({ description: 'Brings the weather stations of Contoso to Power Automate.' }),
          expect: atDescription,
        },
      ],
    },
  },
  {
    id: 'info-description-other-products',
    title: 'The description names no other product of the Power Platform.',
    why: 'Connectors work in all of these products; naming one misleads makers of the others.',
    remedy: 'Say what the service does, not where the connector is used.',
    source: 'Certification submission guide',
    severity: 'I/W/W',
    on: onInfoText('description', (value, at, report) => {
      const name = otherProductName(value);
      if (name === undefined) return;
      report(at, `the description names ${quote(name)}; say what the service does, not where it is used`);
    }),
    examples: {
      good: [{ name: 'its own product', ...withInfo({ description: 'Reads the weather stations of Contoso.' }) }],
      bad: [
        {
          name: 'Power Platform',
          ...withInfo({ description: 'Brings the weather stations of Contoso to the Power Platform.' }),
          expect: atDescription,
        },
      ],
    },
  },
  {
    id: 'info-description-api-word',
    title: 'The description does without the word API.',
    why: 'Makers think in actions; the interface behind them says nothing to them.',
    remedy: 'Write service, or the name of the product.',
    source: 'String guidance',
    severity: 'I/I/I',
    on: onInfoText('description', (value, at, report) => {
      const word = apiWord(value).exec(value)?.[0];
      if (word === undefined) return;
      report(at, `the description has the word ${quote(word)}; write "service", or the name of the product`);
    }),
    examples: {
      good: [
        {
          name: 'inside another word',
          ...withInfo({ description: 'Makes contact rapidly with all weather stations.' }),
        },
      ],
      bad: [
        {
          name: 'the word',
          ...withInfo({ description: 'Calls the API of the Contoso weather stations.' }),
          expect: atDescription,
        },
      ],
    },
  },
  {
    id: 'info-description-english',
    title: 'The description is in English.',
    why: 'Descriptions are listed in English for all regions and translated from there.',
    remedy: 'Write it with English letters only.',
    source: 'Certification submission guide; certification validator rules',
    official: 'ValueMustBeInEnglish',
    policy: '5000.2.3.1',
    severity: 'I/E/E',
    on: onInfoText('description', (value, at, report) => {
      const foreign = lettersOfAnotherLanguage(value);
      if (foreign === undefined) return;
      report(
        at,
        `the description has ${quote(foreign)}, which is not an English letter, in a text that does not read as English; write it in English`,
      );
    }),
    examples: {
      good: [{ name: 'a long dash', ...withInfo({ description: 'Reads weather stations – on land and at sea.' }) }],
      bad: [
        {
          name: 'German',
          ...withInfo({ description: 'Liest Messwerte der Wetterstationen für alle Regionen.' }),
          expect: atDescription,
        },
      ],
    },
  },
  {
    id: 'info-description-ascii',
    title: 'The description consists of ASCII characters.',
    why: 'Typographic quotes, dashes and invisible blanks get in by pasting and come out wrong elsewhere.',
    remedy: 'Write plain quotes and hyphens.',
    source: 'Certification validator rules',
    severity: 'I/W/W',
    fix: 'safe',
    on: onInfoText('description', (value, at, report) => {
      const found = /[^\x00-\x7f]/u.exec(value)?.[0];
      if (found === undefined) return;
      const folded = foldTypography(value);
      const code = (found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
      report(
        at,
        `the description has ${quote(found)} (U+${code}), which is not ASCII; write it plainly`,
        isAscii(folded) ? { op: 'set', at, value: folded } : [],
      );
    }),
    examples: {
      good: [
        { name: 'plain quotes', ...withInfo({ description: "Reads the stations of Contoso's weather network." }) },
      ],
      bad: [
        {
          name: 'pasted quotes and dash',
          ...withInfo({ description: 'Reads the stations of Contoso’s “weather” network — all.' }),
          expect: atDescription,
          fixed: withInfo({ description: 'Reads the stations of Contoso\'s "weather" network - all.' }),
        },
        {
          name: 'a letter',
          ...withInfo({ description: 'Reads the stations of the Café weather network.' }),
          expect: atDescription,
          implies: ['info-description-english'],
        },
      ],
    },
  },
  {
    id: 'info-description-no-url',
    title: 'The description has no link.',
    why: 'Links do not work there; the website has its own place in the metadata.',
    remedy: 'Move the link to x-ms-connector-metadata or to the readme.',
    source: 'Certification policy',
    policy: '5000.2.3.6',
    severity: 'I/W/W',
    on: onInfoText('description', (value, at, report) => {
      if (!hasUrl(value)) return;
      report(at, 'the description has a link; move it to x-ms-connector-metadata or to the readme');
    }),
    examples: {
      good: [{ name: 'a host name', ...withInfo({ description: 'Reads the weather stations of contoso.com.' }) }],
      bad: [
        {
          name: 'a link',
          ...withInfo({ description: 'Reads weather stations, see https://www.contoso.com' }),
          expect: atDescription,
        },
      ],
    },
  },
  {
    id: 'info-description-differs-from-title',
    title: 'The description says more than the title.',
    why: 'Makers read both, one below the other.',
    remedy: 'Say what the service does and what the connector makes of it.',
    source: 'String guidance',
    severity: 'I/W/W',
    on: onInfoText('description', (value, at, report, info) => {
      if (!sameText(value, textIn(info, 'title') ?? '')) return;
      report(at, `the description ${quote(value)} repeats the title; say what the service does`);
    }),
    examples: {
      good: [{ name: 'a sentence about it', ...withInfo({ description: 'Contoso Weather reads weather stations.' }) }],
      bad: [
        {
          name: 'the title with a full stop',
          ...withInfo({ title: 'Weather stations of Contoso AG', description: 'Weather stations of Contoso AG.' }),
          expect: atDescription,
        },
      ],
    },
  },
]);
