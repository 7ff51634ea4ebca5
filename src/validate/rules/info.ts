import { asObject, asString, isObject, own } from '../../connector/json.ts';
import { defineRules, quote } from '../rule.ts';
import {
  coreProductName,
  foldTypography,
  foreignCharacter,
  hasUrl,
  isAscii,
  isBlank,
  isHttpUrl,
  isMailAddress,
  otherProductName,
  productName,
  sameText,
} from '../texts.ts';
import type { Located } from '../visitor.ts';

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
const infoKeys = new Set(['title', 'version', 'description', 'termsOfService', 'contact', 'license']);

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
      info: (info, report) => {
        const version = own(info.value, 'version');
        if (typeof version === 'string' && version.trim() !== '') return;
        const value = typeof version === 'number' ? String(version) : '1.0';
        const at = info.place.at('version');
        report(
          at,
          version === undefined
            ? 'info has no version; add one, such as "1.0"'
            : 'the version must be a text that is not blank',
          {
            op: 'set',
            at,
            value,
          },
        );
      },
    },
    examples: {
      good: [{ name: 'two numbers', definition: { info: { version: '1.0' } } }],
      bad: [
        {
          name: 'no version',
          definition: { info: { version: null } },
          expect: ['definition#/info/version'],
          fixed: { definition: { info: { version: '1.0' } } },
        },
        {
          name: 'a number',
          definition: { info: { version: 2 } },
          expect: ['definition#/info/version'],
          fixed: { definition: { info: { version: '2' } } },
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
      good: [{ name: 'the product name', definition: { info: { title: 'Contoso Weather' } } }],
      bad: [
        {
          name: 'blank',
          definition: { info: { title: ' ' } },
          expect: ['definition#/info/title'],
          implies: ['info-title-trim', 'info-title-ending'],
        },
      ],
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
    on: {
      info: (info, report) => {
        const value = title(info);
        if (value !== undefined && value.length > 30) {
          report(
            info.place.at('title'),
            `the title ${quote(value)} has ${value.length} characters; at most 30 are allowed`,
          );
        }
      },
    },
    examples: {
      good: [{ name: '30 characters', definition: { info: { title: 'Contoso Weather and Air Values' } } }],
      bad: [
        {
          name: '31 characters',
          definition: { info: { title: 'Contoso Weather and Wind Values' } },
          expect: ['definition#/info/title'],
        },
      ],
    },
  },
]);
void [
  coreProductName,
  foldTypography,
  foreignCharacter,
  hasUrl,
  isAscii,
  isHttpUrl,
  isMailAddress,
  otherProductName,
  productName,
  sameText,
  description,
  contact,
  restrictedTitleWord,
  infoKeys,
  asString,
];
