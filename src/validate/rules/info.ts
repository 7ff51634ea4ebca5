import { asObject, isObject, own } from '../../connector/json.ts';
import type { Place } from '../place.ts';
import { defineRules, quote, type Report } from '../rule.ts';
import {
  coreProductName,
  endsLikeName,
  foldTypography,
  foreignCharacter,
  hasUrl,
  isAscii,
  isBlank,
  isMailAddress,
  isPlainHttp,
  isWebAddress,
  otherProductName,
  productName,
  sameText,
} from '../texts.ts';
import { reportUnknownKeys } from '../unknown-keys.ts';
import type { Located, Visitor } from '../visitor.ts';

/** The title as text; undefined when it is missing, blank or something else. */
const title = (info: Located): string | undefined => text(info, 'title');

const description = (info: Located): string | undefined => text(info, 'description');

function text(info: Located, key: string): string | undefined {
  const value = own(info.value, key);
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

const contact = (info: Located): Located | undefined => {
  const value = own(info.value, 'contact');
  return isObject(value) ? { value, place: info.place.at('contact') } : undefined;
};

const restrictedTitleWord = /(?<![\p{L}\p{N}])(API|Connector)(?![\p{L}\p{N}])/iu;
/** Such a word at the end, where the title stays a name without it. */
const restrictedWordAtEnd = /\S(\s+(?:API|Connector))+\s*$/i;
const apiWord = /(?<![\p{L}\p{N}])API(?![\p{L}\p{N}])/iu;
const publisherSuffix = /\s*\(\s*independent publisher\s*\)\s*$/i;
const infoKeys = new Set(['title', 'version', 'description', 'termsOfService', 'contact', 'license']);

type Check = (value: string, at: Place, report: Report, info: Located) => void;

/** Looks at the title where there is one; a missing title is a finding of its own. */
const onTitle = (check: Check): Visitor => ({
  info: (info, report) => {
    const value = title(info);
    if (value !== undefined) check(value, info.place.at('title'), report, info);
  },
});

const onDescription = (check: Check): Visitor => ({
  info: (info, report) => {
    const value = description(info);
    if (value !== undefined) check(value, info.place.at('description'), report, info);
  },
});

/** Looks at a text of `info.contact` where there is one. */
const onContact = (key: string, check: (value: string, at: Place, report: Report) => void): Visitor => ({
  info: (info, report) => {
    const person = contact(info);
    const value = person && own(person.value, key);
    if (person !== undefined && typeof value === 'string' && value.trim() !== '') {
      check(value, person.place.at(key), report);
    }
  },
});

/** `contact` is there and one of its texts isn't. */
const onContactWithout = (key: string, message: string): Visitor => ({
  info: (info, report) => {
    const person = contact(info);
    if (person !== undefined && isBlank(own(person.value, key))) report(person.place.at(key), message);
  },
});

const withInfo = (info: Record<string, string | null>) => ({ definition: { info } });
const withContact = (person: Record<string, string | null>) => ({ definition: { info: { contact: person } } });
const atTitle = ['definition#/info/title'];
const atDescription = ['definition#/info/description'];

/** Rules about the `info` block. */
export const infoRules = defineRules([
  {
    id: 'info-version-required',
    title: 'The definition states its version.',
    why: 'Swagger 2.0 requires it, and updates of a published connector are recognised by it.',
    remedy: 'Add "version": "1.0" to info.',
    source: 'OpenAPI 2.0, info object',
    levels: 'E/E/E',
    fix: 'safe',
    on: {
      root: (root, report) => {
        const version = own(asObject(own(root.value, 'info')), 'version');
        if (typeof version === 'string' && version.trim() !== '') return;
        const at = root.place.at('info', 'version');
        report(
          at,
          version === undefined
            ? 'info has no version; add one, such as "1.0"'
            : `the version is ${quote(version)}; it must be a text such as "1.0"`,
          isObject(own(root.value, 'info'))
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
    levels: 'E/E/E',
    on: {
      root: (root, report) => {
        if (isBlank(own(asObject(own(root.value, 'info')), 'title'))) {
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
    why: 'Longer names are cut in the designer, and connectors with longer names vanish from repacked solutions.',
    remedy: 'Shorten the title to the name of the product.',
    source: 'Certification submission guide; certification policy',
    policy: '5000.2.2.1',
    levels: 'W/E/E',
    on: onTitle((value, at, report) => {
      if (value.length <= 30) return;
      report(at, `the title ${quote(value)} has ${value.length} characters; at most 30 are allowed`);
    }),
    examples: {
      good: [{ name: '30 characters', ...withInfo({ title: 'Contoso Weather and Air Values' }) }],
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
    levels: 'I/E/E',
    fix: 'safe',
    on: onTitle((value, at, report) => {
      const word = restrictedTitleWord.exec(value)?.[0];
      if (word === undefined) return;
      const rest = value.replace(restrictedWordAtEnd, (found) => found.charAt(0));
      const certain = rest !== value && !restrictedTitleWord.test(rest) && !isBlank(rest);
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
    levels: 'I/E/E',
    on: onTitle((value, at, report) => {
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
    remedy: 'Remove what stands behind the name.',
    // the guide says alphanumeric only, but a closing parenthesis is let through: 14 published titles end in one
    source: 'Certification submission guide; certification policy; practice of published connectors',
    policy: '5000.2.2.3',
    levels: 'I/W/W',
    fix: 'safe',
    on: onTitle((value, at, report) => {
      const trimmed = value.trim();
      if (endsLikeName(trimmed)) return;
      const rest = trimmed.replace(/[\s.,;:-]+$/, '');
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
    levels: 'W/E/E',
    fix: 'safe',
    on: onTitle((value, at, report) => {
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
    levels: 'I/E/E',
    on: onTitle((value, at, report) => {
      const foreign = /[^\x00-\x7f]/u.exec(value)?.[0];
      if (foreign === undefined) return;
      report(
        at,
        `the title ${quote(value)} has ${quote(foreign)}; only English letters, digits and punctuation may stand there`,
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
    levels: '-/-/W',
    fix: 'safe',
    on: onTitle((value, at, report) => {
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
          implies: ['info-title-length'],
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
    levels: 'I/W/W',
    // needs the list of all published connectors, which changes every week
    manual: true,
  },
  {
    id: 'info-description-required',
    title: 'The connector has a description.',
    why: 'It tells makers what the connector is for.',
    remedy: 'Describe in 30 to 500 characters what the service does.',
    source: 'Certification submission guide; certification policy',
    levels: 'W/E/E',
    on: {
      root: (root, report) => {
        if (!isBlank(own(asObject(own(root.value, 'info')), 'description'))) return;
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
    levels: 'I/E/E',
    on: onDescription((value, at, report) => {
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
    levels: 'I/E/E',
    on: onDescription((value, at, report) => {
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
    levels: 'I/E/E',
    on: onDescription((value, at, report) => {
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
    levels: 'I/W/W',
    on: onDescription((value, at, report) => {
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
    levels: 'I/I/I',
    on: onDescription((value, at, report) => {
      const word = apiWord.exec(value)?.[0];
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
    levels: 'I/E/E',
    on: onDescription((value, at, report) => {
      const foreign = foreignCharacter(value);
      if (foreign === undefined) return;
      report(at, `the description has ${quote(foreign)}, which is no English letter; write it in English`);
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
    levels: 'I/W/W',
    fix: 'safe',
    on: onDescription((value, at, report) => {
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
    levels: 'I/W/W',
    on: onDescription((value, at, report) => {
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
    levels: 'I/W/W',
    on: onDescription((value, at, report, info) => {
      if (!sameText(value, title(info) ?? '')) return;
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
  {
    id: 'info-contact-required',
    title: 'The definition says whom to ask.',
    why: 'Makers and the certification team must be able to reach somebody.',
    remedy: 'Add info.contact with name, url and email.',
    source: 'Certification submission guide; pull request 1095',
    levels: 'I/E/E',
    on: {
      root: (root, report) => {
        const info = own(root.value, 'info');
        const value = own(asObject(info), 'contact');
        if (isObject(value)) return;
        report(
          root.place.at('info', 'contact'),
          value === undefined
            ? 'there is no info.contact; add one with name, url and email'
            : `info.contact is ${quote(value)}; it must be an object with name, url and email`,
        );
      },
    },
    examples: {
      good: [{ name: 'all three', definition: {} }],
      bad: [
        { name: 'none', definition: { info: { contact: null } }, expect: ['definition#/info/contact'] },
        { name: 'a text', ...withInfo({ contact: 'support@contoso.com' }), expect: ['definition#/info/contact'] },
      ],
    },
  },
  {
    id: 'info-contact-name',
    title: 'The contact has a name.',
    why: 'It is shown on the page of the connector.',
    remedy: 'Give info.contact.name the name of a person or a team.',
    source: 'Certification submission guide',
    levels: 'I/E/E',
    on: onContactWithout('name', 'the contact has no name; give the name of a person or a team'),
    examples: {
      good: [{ name: 'a team', ...withContact({ name: 'Contoso Support' }) }],
      bad: [{ name: 'blank', ...withContact({ name: '' }), expect: ['definition#/info/contact/name'] }],
    },
  },
  {
    id: 'info-contact-url',
    title: 'The contact has a web address.',
    why: 'It is shown on the page of the connector.',
    remedy: 'Give info.contact.url the address of the support page.',
    source: 'Certification submission guide',
    levels: 'I/W/W',
    on: onContactWithout('url', 'the contact has no url; give the address of the support page'),
    examples: {
      good: [{ name: 'a support page', ...withContact({ url: 'https://support.contoso.com' }) }],
      bad: [{ name: 'none', ...withContact({ url: null }), expect: ['definition#/info/contact/url'] }],
    },
  },
  {
    id: 'info-contact-email',
    title: 'The contact has a mail address.',
    why: 'The certification team writes to it.',
    remedy: 'Give info.contact.email the address of somebody who answers.',
    source: 'Certification submission guide; certification policy',
    policy: '5000.3.1.4',
    levels: 'I/W/W',
    on: onContactWithout('email', 'the contact has no email; give the address of somebody who answers'),
    examples: {
      good: [{ name: 'an address', ...withContact({ email: 'support@contoso.com' }) }],
      bad: [{ name: 'none', ...withContact({ email: null }), expect: ['definition#/info/contact/email'] }],
    },
  },
  {
    id: 'info-contact-email-format',
    title: 'The mail address of the contact is one.',
    why: 'The service refuses anything else.',
    remedy: 'Write one address in ASCII, such as support@contoso.com.',
    source: 'Certification validator rules',
    official: 'ContactEmailNotValid',
    levels: 'E/E/E',
    on: onContact('email', (value, at, report) => {
      if (isMailAddress(value.trim())) return;
      report(at, `the email ${quote(value)} is no mail address; write one such as support@contoso.com`);
    }),
    examples: {
      good: [{ name: 'with a plus sign', ...withContact({ email: 'ann+support@mail.contoso.com' }) }],
      bad: [
        { name: 'no domain', ...withContact({ email: 'support' }), expect: ['definition#/info/contact/email'] },
        {
          name: 'two addresses',
          ...withContact({ email: 'a@contoso.com; b@contoso.com' }),
          expect: ['definition#/info/contact/email'],
        },
      ],
    },
  },
  {
    id: 'info-contact-url-format',
    title: 'The web address of the contact is absolute.',
    why: 'The service refuses anything else.',
    remedy: 'Write the whole address, such as https://support.contoso.com.',
    source: 'Certification validator rules',
    official: 'UrlNotValid',
    levels: 'E/E/E',
    on: onContact('url', (value, at, report) => {
      if (isWebAddress(value)) return;
      report(at, `the url ${quote(value)} is no absolute web address; write one such as https://support.contoso.com`);
    }),
    examples: {
      good: [{ name: 'a support page', ...withContact({ url: 'https://support.contoso.com/help' }) }],
      bad: [
        { name: 'no scheme', ...withContact({ url: 'www.contoso.com' }), expect: ['definition#/info/contact/url'] },
      ],
    },
  },
  {
    id: 'info-contact-url-https',
    title: 'The web address of the contact starts with https.',
    why: 'Certification asks for encrypted addresses.',
    remedy: 'Write https instead of http.',
    source: 'Certification policy',
    policy: '5000.3.1.6',
    levels: 'I/W/W',
    fix: 'safe',
    on: onContact('url', (value, at, report) => {
      if (!isPlainHttp(value)) return;
      report(at, `the url ${quote(value)} is not encrypted; write https`, {
        op: 'set',
        at,
        value: value.replace(/http:/i, 'https:'),
      });
    }),
    examples: {
      good: [{ name: 'https', ...withContact({ url: 'https://support.contoso.com' }) }],
      bad: [
        {
          name: 'http',
          ...withContact({ url: 'http://support.contoso.com' }),
          expect: ['definition#/info/contact/url'],
          fixed: withContact({ url: 'https://support.contoso.com' }),
        },
      ],
    },
  },
  {
    id: 'info-unknown-property',
    title: 'info has only the keys of Swagger 2.0 and extensions that start with x-.',
    why: 'The service refuses what it does not know.',
    remedy: 'Remove the key, or move it to where it belongs.',
    source: 'Certification validator rules; published definition schema',
    levels: 'E/E/E',
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
