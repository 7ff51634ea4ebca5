import { getOwn, type JsonObject } from '../../connector/json/value.ts';
import { lettersOfAnotherLanguage } from '../../language/english.ts';
import { hasHtml } from '../../language/html.ts';
import { letterPattern } from '../../language/letters.ts';
import { quote } from '../../quote.ts';
import { defineFamily } from '../engine/rule.ts';
import { asSentence, plainSummary, trimmedEnding, withoutHtml } from '../fix/text-repairs.ts';
import {
  endsLikeName,
  endsLikeSentence,
  hasUrl,
  isBlank,
  productName,
  restrictedCharacter,
  sameText,
} from '../support/texts.ts';
import { filledText, operationText } from '../support/visible-texts.ts';

/** The example's operation that reads one station, changed. */
const getStation = (patch: JsonObject): { definition: JsonObject } => ({
  definition: { paths: { '/stations/{stationId}': { get: patch } } },
});
const at = (key: string): string => `definition#/paths/~1stations~1{stationId}/get/${key}`;

/** Makers don't see internal operations: texts there are nobody's concern. */
const internal = (patch: JsonObject) => ({
  name: 'an internal operation',
  definition: { paths: { '/regions': { get: patch } } },
});

const summary = (text: string) => getStation({ summary: text });
const description = (text: string) => getStation({ description: text });

/** A single word that joins several: snake_case, camelCase, or one that starts with a small letter. */
const isJoinedWords = (text: string): boolean => !/\s/.test(text) && joint(text).test(text);

const joint = letterPattern(/^[a-z]|_|[a-z][A-Z]/, () => /^\p{Ll}|_|\p{Ll}\p{Lu}/u);
const neitherLetterNorDigit = letterPattern(/[^A-Za-z0-9\s()]/, () => /[^\p{L}\p{N}\s()]/u);

/** Rules about summaries and descriptions of operations. */
export const family = defineFamily({ name: 'Texts of operations', order: 130 }, [
  {
    id: 'operation-summary-required',
    title: 'A visible operation has a summary.',
    why: 'It is the name under which makers find the action.',
    remedy: 'Add a short name in sentence case, such as "Get station".',
    source: 'Certification submission guide; pull request 609',
    severity: 'W/E/E',
    on: {
      operation: (operation, report) => {
        if (!operation.visible || !isBlank(getOwn(operation.value, 'summary'))) return;
        report(operation.place.at('summary'), `${quote(operation.id)} has no summary; name it in a few words`);
      },
    },
    examples: {
      good: [internal({ summary: null })],
      bad: [
        { name: 'none', ...getStation({ summary: null }), expect: [at('summary')] },
        { name: 'blank', ...summary(' '), expect: [at('summary')] },
      ],
    },
  },
  {
    id: 'operation-summary-max-length',
    title: 'A summary has at most 80 characters.',
    why: 'The designer cuts longer names; the service itself warns from 120 characters.',
    remedy: 'Shorten the summary; details belong in the description.',
    source: 'Certification submission guide; string guidance; swagger validator rules',
    official: 'OperationSummaryTooLong',
    severity: 'W/E/E',
    on: operationText('summary', (text) =>
      text.length > 80
        ? { message: `the summary ${quote(text)} has ${text.length} characters; at most 80 are allowed` }
        : undefined,
    ),
    examples: {
      good: [{ name: '80 characters', ...summary(`Get ${'a'.repeat(76)}`) }],
      bad: [{ name: '81 characters', ...summary(`Get ${'a'.repeat(77)}`), expect: [at('summary')] }],
    },
  },
  {
    id: 'operation-summary-restricted-chars',
    title: 'A summary has none of / \\ < > * % & ?',
    why: 'The service refuses these characters in names of operations.',
    remedy: 'Rephrase, for instance with "and" or "or".',
    source: 'Swagger validator rules; pull request 1095',
    official: 'RestrictedCharactersInSummary',
    policy: '5000.2.6.2',
    severity: 'W/E/E',
    fix: 'safe',
    on: operationText('summary', (text) => {
      const found = restrictedCharacter(text);
      return (
        (found && {
          message: `the summary ${quote(text)} has "${found}"; / \\ < > * % & ? aren't allowed`,
          better: plainSummary(text),
        }) ||
        undefined
      );
    }),
    examples: {
      good: [{ name: 'parentheses', ...summary('Get station (preview)') }, internal({ summary: 'Regions & more' })],
      bad: [
        {
          name: 'an ampersand',
          ...summary('Get station & sensors'),
          expect: [at('summary')],
          fixed: summary('Get station and sensors'),
        },
        { name: 'a slash', ...summary('Get station/sensor'), expect: [at('summary')] },
      ],
    },
  },
  {
    id: 'operation-summary-ending',
    title: 'A summary ends with a letter, a digit or a closing parenthesis.',
    why: 'Names have no punctuation at their end. The written rule knows letters and digits only; parentheses pass.',
    remedy: 'Remove the punctuation at the end.',
    source: 'Certification submission guide; string guidance; swagger validator rules; published connectors',
    official: 'ValueMustEndWithAlphanumeric',
    severity: 'W/E/E',
    fix: 'safe',
    on: operationText('summary', (text) =>
      endsLikeName(text.trimEnd())
        ? undefined
        : {
            message: `the summary ${quote(text)} must end with a letter, a digit or ")"`,
            better: trimmedEnding(text),
          },
    ),
    examples: {
      good: [{ name: 'a parenthesis', ...summary('Get station (preview)') }],
      bad: [
        {
          name: 'a period',
          ...summary('Get station.'),
          expect: [at('summary')],
          fixed: summary('Get station'),
        },
        { name: 'a bracket', ...summary('Get station [preview]'), expect: [at('summary')] },
      ],
    },
  },
  {
    id: 'operation-summary-charset',
    title: 'A summary consists of letters, digits, blanks and parentheses.',
    why: 'The written rule; hyphens, commas and quotes are common in published connectors all the same.',
    remedy: 'Rephrase without other characters.',
    source: 'Certification submission guide; published connectors',
    severity: 'I/I/I',
    on: operationText('summary', (text) => {
      const found = neitherLetterNorDigit(text).exec(text)?.[0];
      return found === undefined
        ? undefined
        : {
            message: `the summary ${quote(text)} has "${found}"; the guide allows letters, digits, blanks and ( ) only`,
          };
    }),
    examples: {
      good: [{ name: 'digits and parentheses', ...summary('Get station 2 (preview)') }],
      bad: [{ name: 'a hyphen', ...summary('Get on-call station'), expect: [at('summary')] }],
    },
  },
  {
    id: 'operation-summary-english',
    title: 'A summary is written in English.',
    why: 'Connectors are published in English; Microsoft translates them.',
    remedy: 'Write the summary in English.',
    source: 'Certification submission guide; pull request 3943',
    official: 'ValueMustBeInEnglish',
    severity: 'I/E/E',
    on: operationText('summary', (text) => {
      const found = lettersOfAnotherLanguage(text);
      return found === undefined
        ? undefined
        : { message: `the summary ${quote(text)} has "${found}"; write it in English` };
    }),
    examples: {
      good: [internal({ summary: 'Länder' })],
      bad: [{ name: 'German', ...summary('Messstation für Regen lesen'), expect: [at('summary')] }],
    },
  },
  {
    id: 'operation-summary-product-names',
    title: 'A summary names no product of the Power Platform.',
    why: 'The connector works in several products, and reviewers ask to take their names out.',
    remedy: 'Leave the name out.',
    source: 'Certification submission guide',
    severity: 'I/W/W',
    on: operationText('summary', (text) => {
      const found = productName(text);
      return found === undefined
        ? undefined
        : { message: `the summary ${quote(text)} names "${found}"; leave names of Power Platform products out` };
    }),
    examples: {
      good: [{ name: 'a word of a name', ...summary('Get power station') }],
      bad: [{ name: 'a product', ...summary('Get station for Power Apps'), expect: [at('summary')] }],
    },
  },
  {
    id: 'operation-summary-readable',
    title: 'A summary consists of words, not of an identifier.',
    why: 'Makers read it; a repeated operationId tells them nothing.',
    remedy: 'Write the words in sentence case: "Get station" instead of "GetStation".',
    source: 'String guidance; OpenAPI extensions; pull request 583',
    severity: 'I/W/W',
    on: operationText('summary', (text) =>
      isJoinedWords(text.trim())
        ? { message: `the summary ${quote(text)} reads like an identifier; write words, in sentence case` }
        : undefined,
    ),
    examples: {
      good: [
        { name: 'one word', ...summary('Search') },
        { name: 'a name among words', ...summary('Get SharePoint station') },
      ],
      bad: [
        { name: 'the operationId', ...summary('GetStation'), expect: [at('summary')] },
        { name: 'snake_case', ...summary('get_station'), expect: [at('summary')] },
      ],
    },
  },
  {
    id: 'operation-summary-trim',
    title: 'A summary has no blanks around it.',
    why: 'They end up in the names of actions in flows.',
    remedy: 'Remove the blanks.',
    source: 'String guidance',
    severity: 'W/E/E',
    fix: 'safe',
    on: operationText('summary', (text) =>
      text === text.trim()
        ? undefined
        : { message: `the summary ${quote(text)} begins or ends with blanks; remove them`, better: text.trim() },
    ),
    examples: {
      good: [internal({ summary: 'List regions ' })],
      bad: [
        {
          name: 'a blank at the end',
          ...summary('Get station '),
          expect: [at('summary')],
          fixed: summary('Get station'),
        },
      ],
    },
  },
  {
    id: 'operation-description-required',
    title: 'A visible operation has a description.',
    why: 'Makers, and agents that choose among actions, rely on it.',
    remedy: 'Say in a sentence what the operation does.',
    source: 'Certification submission guide; pull requests',
    severity: 'W/E/E',
    on: {
      operation: (operation, report) => {
        if (!operation.visible || !isBlank(getOwn(operation.value, 'description'))) return;
        report(
          operation.place.at('description'),
          `${quote(operation.id)} has no description; say in a sentence what it does`,
        );
      },
    },
    examples: {
      good: [internal({ description: null })],
      bad: [{ name: 'none', ...getStation({ description: null }), expect: [at('description')] }],
    },
  },
  {
    id: 'operation-description-punctuation',
    title: 'A description is a sentence and ends with a period.',
    why: 'The written rule, and the one that published connectors ignore most.',
    remedy: 'End the description with a period.',
    source: 'Certification submission guide; coding standards',
    severity: 'I/I/W',
    fix: 'safe',
    on: operationText('description', (text) =>
      endsLikeSentence(text)
        ? undefined
        : { message: `the description ${quote(text)} doesn't end with a period`, better: asSentence(text) },
    ),
    examples: {
      good: [
        { name: 'a question', ...description('Which station is it?') },
        { name: 'a parenthesis after the period', ...description('Returns one station (or none.)') },
      ],
      bad: [
        {
          name: 'no period',
          ...description('Returns one weather station'),
          expect: [at('description')],
          fixed: description('Returns one weather station.'),
        },
        { name: 'a link at the end', ...description('See https://contoso.com'), expect: [at('description')] },
      ],
    },
  },
  {
    id: 'operation-description-differs',
    title: 'A description says more than the summary.',
    why: 'Reviewers ask for it; the same text twice helps nobody.',
    remedy: 'Say what the operation returns or changes.',
    source: 'String guidance; coding standards',
    severity: 'I/W/W',
    on: operationText('description', (text, operation) => {
      const name = filledText(operation.value, 'summary');
      return name !== undefined && sameText(name, text)
        ? { message: `the description repeats the summary ${quote(name)}; say what the operation does` }
        : undefined;
    }),
    examples: {
      good: [{ name: 'a sentence', ...description('Returns the station.') }],
      bad: [{ name: 'the same words', ...description('Get Station.'), expect: [at('description')] }],
    },
  },
  {
    id: 'operation-description-product-names',
    title: 'A description names no product of the Power Platform.',
    why: 'The connector works in several products, and reviewers ask to take their names out.',
    remedy: 'Leave the name out.',
    source: 'Certification submission guide',
    severity: 'I/W/W',
    on: operationText('description', (text) => {
      const found = productName(text);
      return found === undefined
        ? undefined
        : { message: `the description names "${found}"; leave names of Power Platform products out` };
    }),
    examples: {
      good: [{ name: 'a word of a name', ...description('Returns a power station.') }],
      bad: [{ name: 'a product', ...description('Returns a station to Power Automate.'), expect: [at('description')] }],
    },
  },
  {
    id: 'operation-description-english',
    title: 'A description is written in English.',
    why: 'Connectors are published in English; Microsoft translates them.',
    remedy: 'Write the description in English.',
    source: 'Certification submission guide; pull requests 3943 and 705',
    severity: 'I/E/E',
    on: operationText('description', (text) => {
      const found = lettersOfAnotherLanguage(text);
      return found === undefined
        ? undefined
        : { message: `the description ${quote(text)} has "${found}"; write it in English` };
    }),
    examples: {
      good: [{ name: 'a typographic quote', ...description('Returns the maker\u2019s station.') }],
      bad: [{ name: 'French', ...description('Retourne une station m\u00e9t\u00e9o.'), expect: [at('description')] }],
    },
  },
  {
    id: 'operation-description-no-url',
    title: 'A description has no link.',
    why: "Links can't be followed in the designer and grow old.",
    remedy: 'Say it in words; links belong in the readme.',
    source: 'Certification policy',
    policy: '5000.2.3.6',
    severity: 'I/I/I',
    on: operationText('description', (text) =>
      hasUrl(text) ? { message: `the description ${quote(text)} holds a link; say it in words` } : undefined,
    ),
    examples: {
      good: [{ name: 'no link', ...description('Returns one station of contoso.com.') }],
      bad: [{ name: 'a link', ...description('See https://contoso.com/api.'), expect: [at('description')] }],
    },
  },
  {
    id: 'operation-description-no-html',
    title: 'A description has no HTML.',
    why: 'The designer shows tags as they are written.',
    remedy: 'Remove the tags.',
    source: 'Published connectors',
    severity: 'I/I/I',
    fix: 'safe',
    on: operationText('description', (text) =>
      hasHtml(text)
        ? { message: `the description ${quote(text)} holds HTML; write plain text`, better: withoutHtml(text) }
        : undefined,
    ),
    examples: {
      good: [
        { name: 'less than', ...description('Returns stations with a height < 100.') },
        { name: 'placeholders', ...description('Returns https://<site URL>/<code> as long as <hasNext> is true.') },
      ],
      bad: [
        {
          name: 'tags',
          ...description('Returns <b>one</b> station.<br/>Height included.'),
          expect: [at('description')],
          fixed: description('Returns one station. Height included.'),
        },
      ],
    },
  },
  {
    id: 'internal-operation-summary',
    title: 'Internal operations have a summary, too.',
    why: 'Nobody sees it, but reviewers and colleagues read the definition.',
    remedy: 'Name the operation in a few words.',
    source: 'Published connectors',
    severity: 'I/I/I',
    on: {
      operation: (operation, report) => {
        if (operation.visible || !isBlank(getOwn(operation.value, 'summary'))) return;
        report(operation.place.at('summary'), `the internal operation ${quote(operation.id)} has no summary`);
      },
    },
    examples: {
      good: [{ name: 'a visible operation', ...getStation({ summary: null }) }],
      bad: [
        {
          name: 'none',
          definition: { paths: { '/regions': { get: { summary: null } } } },
          expect: ['definition#/paths/~1regions/get/summary'],
        },
      ],
    },
  },
]);
