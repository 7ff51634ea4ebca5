import { categories } from '../../connector/categories.ts';
import { isWebAddress } from '../../connector/facts/addresses.ts';
import { asArray, getOwn, isObject, type Json, type JsonObject } from '../../connector/json/value.ts';
import { type MetadataName, metadataNames } from '../../connector/metadata.ts';
import { quote } from '../../quote.ts';
import type { Location } from '../engine/location.ts';
import { defineFamily, type Fix, oncePerConnector, type Report } from '../engine/rule.ts';
import type { Located, Visitor } from '../engine/visitor.ts';
import { isBlank, isPlainHttp } from '../support/texts.ts';

const section = 'x-ms-connector-metadata';

/** As they are documented; the service itself doesn't mind their case. */
const names = metadataNames;
type Name = MetadataName;
const nameByLowerCase = new Map<string, Name>(names.map((name) => [name.toLowerCase(), name]));

const knownCategories: ReadonlySet<string> = new Set(categories);
const categoryByLowerCase = new Map<string, string>(categories.map((name) => [name.toLowerCase(), name]));
const maxCategories = 2;

/** The list itself; undefined where there is none. */
const metadata = (root: Located): { list: Json[]; place: Location } | undefined => {
  const list = getOwn(root.value, section);
  return Array.isArray(list) ? { list, place: root.place.at(section) } : undefined;
};

const nameOf = (entry: JsonObject): Name | undefined => {
  const name = getOwn(entry, 'propertyName');
  return typeof name === 'string' ? nameByLowerCase.get(name.trim().toLowerCase()) : undefined;
};

interface Value {
  name: Name;
  text: string;
  place: Location;
}

/** The values of the documented names, those that are texts and not blank. */
const values = oncePerConnector((connector): Value[] => {
  const found = connector.root && metadata({ value: connector.definition, place: connector.root });
  return asArray(found?.list).flatMap((entry, index) => {
    const name = isObject(entry) ? nameOf(entry) : undefined;
    const text = isObject(entry) ? getOwn(entry, 'propertyValue') : undefined;
    return name !== undefined && typeof text === 'string' && !isBlank(text) && found !== undefined
      ? [{ name, text, place: found.place.at(index, 'propertyValue') }]
      : [];
  });
});

const onValues = (which: readonly Name[], check: (value: Value, report: Report) => void): Visitor => ({
  root: (_root, report, connector) => {
    for (const value of values(connector)) if (which.includes(value.name)) check(value, report);
  },
});

/** The list is there, and this name has no value in it. */
const onMissing = (name: Name, message: string): Visitor => ({
  root: (root, report, connector) => {
    const found = metadata(root);
    if (found === undefined || values(connector).some((value) => value.name === name)) return;
    const index = found.list.findIndex((entry) => isObject(entry) && nameOf(entry) === name);
    report(index < 0 ? found.place : found.place.at(index, 'propertyValue'), message);
  },
});

/** The parts of a list of categories, whatever separates them. */
const parts = (text: string): string[] =>
  text
    .split(/[;,]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

const addresses = ['Website', 'Privacy policy'] as const;

/** The list of the clean example connector, with changes. */
const list = (changes: Partial<Record<string, Json>> = {}, ...more: JsonObject[]): JsonObject => {
  const documented: Record<string, string> = {
    Website: 'https://www.contoso.com',
    'Privacy policy': 'https://www.contoso.com/privacy',
    Categories: 'Data;Productivity',
  };
  const entries = Object.entries(documented).flatMap(([propertyName, value]) => {
    const propertyValue = propertyName in changes ? changes[propertyName] : value;
    return propertyValue === undefined ? [] : [{ propertyName, propertyValue }];
  });
  return { [section]: [...entries, ...more] };
};

const at = (path: string): string[] => [`definition#/${section}${path}`];

/** Rules about `x-ms-connector-metadata`. */
export const family = defineFamily({ name: 'Connector metadata', order: 70 }, [
  {
    id: 'metadata-required',
    title: 'The definition has connector metadata.',
    why: 'Website, privacy policy and categories are shown on the page of the connector.',
    remedy: `Add the list "${section}" with Website, Privacy policy and Categories at the root of the definition.`,
    source: 'Certification submission guide; pull request 1095',
    severity: 'I/E/E',
    fix: 'safe',
    on: {
      root: (root, report) => {
        const value = getOwn(root.value, section);
        if (Array.isArray(value)) return;
        const place = root.place.at(section);
        const info = getOwn(root.value, 'info');
        const misplaced = isObject(info) ? getOwn(info, section) : undefined;
        if (value === undefined && Array.isArray(misplaced)) {
          const move: Fix[] = [
            { op: 'set', at: place, value: misplaced },
            { op: 'remove', at: root.place.at('info', section) },
          ];
          report(place, `"${section}" is in info; it belongs to the root of the definition`, move);
          return;
        }
        report(
          place,
          value === undefined
            ? `there is no "${section}"; add the list with Website, Privacy policy and Categories`
            : `"${section}" is ${quote(value)}; it must be a list of objects with propertyName and propertyValue`,
        );
      },
    },
    examples: {
      good: [{ name: 'all three', definition: {} }],
      bad: [
        { name: 'none', definition: { [section]: null }, expect: at('') },
        { name: 'an object', definition: { [section]: { Website: 'https://www.contoso.com' } }, expect: at('') },
        {
          name: 'inside info',
          definition: { [section]: null, info: list() },
          expect: at(''),
          fixed: { definition: {} },
        },
      ],
    },
  },
  {
    id: 'metadata-entry-shape',
    title: 'Each entry of the metadata has a propertyName and a propertyValue, both texts.',
    why: 'The service reads nothing else.',
    remedy: 'Write { "propertyName": "…", "propertyValue": "…" }.',
    source: 'Certification submission guide; published definition schema',
    severity: 'W/E/E',
    on: {
      root: (root, report) => {
        const found = metadata(root);
        for (const [index, entry] of asArray(found?.list).entries()) {
          const place = found?.place.at(index) ?? root.place;
          if (!isObject(entry)) {
            report(place, `the entry is ${quote(entry)}; it must be an object with propertyName and propertyValue`);
            continue;
          }
          for (const key of ['propertyName', 'propertyValue']) {
            const value = getOwn(entry, key);
            if (typeof value === 'string') continue;
            report(
              place.at(key),
              value === undefined
                ? `the entry has no ${key}; every entry needs propertyName and propertyValue`
                : `${key} is ${quote(value)}; it must be a text`,
            );
          }
        }
      },
    },
    examples: {
      good: [{ name: 'two texts', definition: list() }],
      bad: [
        {
          name: 'a text for an object',
          definition: { [section]: [...names, 'more'] },
          expect: [...at('/0'), ...at('/1'), ...at('/2'), ...at('/3')],
          implies: ['metadata-website', 'metadata-privacy-policy', 'metadata-categories'],
        },
        {
          name: 'a list of categories',
          definition: list({ Categories: ['Data'] }),
          expect: at('/2/propertyValue'),
          implies: ['metadata-categories'],
        },
      ],
    },
  },
  {
    id: 'metadata-website',
    title: 'The metadata names the website.',
    why: 'Makers must find the service behind the connector.',
    remedy: 'Add an entry with the propertyName Website and the address of the service.',
    source: 'Certification submission guide; certification policy',
    official: 'ConnectorMetadataPropertiesMissing',
    policy: '5000.3.1.3',
    severity: 'I/E/E',
    on: onMissing('Website', 'the metadata has no Website; add the address of the service'),
    examples: {
      good: [{ name: 'an address', definition: list() }],
      bad: [
        { name: 'none', definition: list({ Website: undefined }), expect: at('') },
        { name: 'blank', definition: list({ Website: '' }), expect: at('/0/propertyValue') },
      ],
    },
  },
  {
    id: 'metadata-privacy-policy',
    title: 'The metadata names the privacy policy.',
    why: 'Administrators decide by it; independent publishers give the policy of the service behind.',
    remedy: 'Add an entry with the propertyName Privacy policy and the address of the policy.',
    source: 'Certification submission guide; certification policy',
    official: 'ConnectorMetadataPropertiesMissing',
    policy: '5000.3.1.5',
    severity: 'I/E/E',
    on: onMissing('Privacy policy', 'the metadata has no Privacy policy; add the address of the policy of the service'),
    examples: {
      good: [{ name: 'an address', definition: list() }],
      bad: [{ name: 'none', definition: list({ 'Privacy policy': undefined }), expect: at('') }],
    },
  },
  {
    id: 'metadata-categories',
    title: 'The metadata names the categories.',
    why: 'Makers browse connectors by category.',
    remedy: 'Add an entry with the propertyName Categories and one or two of the documented categories.',
    source: 'Certification submission guide; pull request 4077',
    official: 'ConnectorMetadataPropertiesMissing',
    severity: 'I/E/E',
    on: onMissing('Categories', `the metadata has no Categories; add one or two of: ${categories.join(', ')}`),
    examples: {
      good: [{ name: 'two', definition: list() }],
      bad: [{ name: 'none', definition: list({ Categories: undefined }), expect: at('') }],
    },
  },
  {
    id: 'metadata-name-casing',
    title: 'The names of the metadata are spelled as documented: Website, Privacy policy, Categories.',
    why: 'The documentation asks for the exact spelling; that the service ignores case is not promised.',
    remedy: 'Correct the spelling.',
    source: 'Certification submission guide; practice of published connectors',
    severity: 'I/W/W',
    fix: 'safe',
    on: {
      root: (root, report) => {
        const found = metadata(root);
        for (const [index, entry] of asArray(found?.list).entries()) {
          const name = isObject(entry) ? nameOf(entry) : undefined;
          if (!isObject(entry) || found === undefined || name === undefined || entry.propertyName === name) continue;
          const place = found.place.at(index, 'propertyName');
          report(place, `the name is ${quote(entry.propertyName)}; it is spelled "${name}"`, {
            op: 'set',
            at: place,
            value: name,
          });
        }
      },
    },
    examples: {
      good: [{ name: 'as documented', definition: list() }],
      bad: [
        {
          name: 'a capital P',
          definition: list(
            { 'Privacy policy': undefined },
            { propertyName: 'Privacy Policy', propertyValue: 'https://www.contoso.com/privacy' },
          ),
          expect: at('/2/propertyName'),
          fixed: {
            definition: list(
              { 'Privacy policy': undefined },
              { propertyName: 'Privacy policy', propertyValue: 'https://www.contoso.com/privacy' },
            ),
          },
        },
      ],
    },
  },
  {
    id: 'metadata-unknown-name',
    title: 'The metadata has no other entries than Website, Privacy policy and Categories.',
    why: 'Other entries are not shown anywhere; most are misspellings.',
    remedy: 'Correct the name or remove the entry.',
    source: 'Certification submission guide',
    severity: 'I/W/W',
    on: {
      root: (root, report) => {
        const found = metadata(root);
        for (const [index, entry] of asArray(found?.list).entries()) {
          const name = isObject(entry) ? getOwn(entry, 'propertyName') : undefined;
          if (!isObject(entry) || found === undefined || typeof name !== 'string' || nameOf(entry) !== undefined)
            continue;
          report(
            found.place.at(index, 'propertyName'),
            `the metadata has no ${quote(name)}; it takes ${names.join(', ')}`,
          );
        }
      },
    },
    examples: {
      good: [{ name: 'the three', definition: list() }],
      bad: [
        {
          name: 'terms',
          definition: list({}, { propertyName: 'Terms', propertyValue: 'https://www.contoso.com/terms' }),
          expect: at('/3/propertyName'),
        },
      ],
    },
  },
  {
    id: 'metadata-url-absolute',
    title: 'Website and privacy policy are absolute web addresses.',
    why: 'They become links on the page of the connector.',
    remedy: 'Write the whole address, such as https://www.contoso.com/privacy.',
    source: 'Certification submission guide; certification validator rules',
    official: 'UrlNotValid',
    severity: 'I/E/E',
    on: onValues(addresses, ({ name, text, place }, report) => {
      if (isWebAddress(text)) return;
      report(
        place,
        `${name} is ${quote(text)}, which is not an absolute web address; write one such as https://www.contoso.com`,
      );
    }),
    examples: {
      good: [{ name: 'two addresses', definition: list() }],
      bad: [
        { name: 'no scheme', definition: list({ Website: 'www.contoso.com' }), expect: at('/0/propertyValue') },
        {
          name: 'a blank, which RFC 3986 does not allow',
          definition: list({ 'Privacy policy': 'https://www.contoso.com/privacy policy.pdf' }),
          expect: at('/1/propertyValue'),
        },
        {
          name: 'the scheme twice',
          definition: list({ 'Privacy policy': 'https://https://www.contoso.com' }),
          expect: at('/1/propertyValue'),
        },
      ],
    },
  },
  {
    id: 'metadata-url-https',
    title: 'Website and privacy policy start with https.',
    why: 'Certification asks for encrypted addresses.',
    remedy: 'Write https instead of http.',
    source: 'Certification policy',
    policy: '5000.3.1.6',
    severity: 'I/W/W',
    fix: 'safe',
    on: onValues(addresses, ({ name, text, place }, report) => {
      if (!isPlainHttp(text)) return;
      report(place, `${name} is ${quote(text)}, which is not encrypted; write https`, {
        op: 'set',
        at: place,
        value: text.replace(/http:/i, 'https:'),
      });
    }),
    examples: {
      good: [{ name: 'https', definition: list() }],
      bad: [
        {
          name: 'http',
          definition: list({ Website: 'http://www.contoso.com' }),
          expect: at('/0/propertyValue'),
          fixed: { definition: list() },
        },
      ],
    },
  },
  {
    id: 'metadata-categories-allowed',
    title: 'Each category is one of the documented ones.',
    why: 'Makers browse by these; the service refuses others.',
    remedy: `Use one or two of: ${categories.join(', ')}.`,
    source: 'Certification submission guide; pull requests 570 and 4077',
    official: 'InvalidConnectorCategory',
    severity: 'I/E/E',
    on: onValues(['Categories'], ({ text, place }, report) => {
      for (const part of parts(text)) {
        if (knownCategories.has(part)) continue;
        const meant = categoryByLowerCase.get(part.toLowerCase());
        report(
          place,
          `there is no category ${quote(part)}; ${meant === undefined ? `use one or two of: ${categories.join(', ')}` : `it is spelled "${meant}"`}`,
        );
      }
    }),
    examples: {
      good: [{ name: 'with a blank', definition: list({ Categories: 'Sales and CRM; Social Media' }) }],
      bad: [
        { name: 'an unknown one', definition: list({ Categories: 'Weather' }), expect: at('/2/propertyValue') },
        { name: 'other case', definition: list({ Categories: 'Content And Files' }), expect: at('/2/propertyValue') },
      ],
    },
  },
  {
    id: 'metadata-categories-max',
    title: 'There are at most two categories.',
    why: 'The service refuses more.',
    remedy: 'Keep the two that fit best.',
    source: 'Certification submission guide; pull request 4077',
    official: 'TooManyConnectorCategories',
    severity: 'I/E/E',
    on: onValues(['Categories'], ({ text, place }, report) => {
      const count = parts(text).length;
      if (count <= maxCategories) return;
      report(place, `there are ${count} categories; at most ${maxCategories} are allowed, keep those that fit best`);
    }),
    examples: {
      good: [{ name: 'one', definition: list({ Categories: 'Data' }) }],
      bad: [{ name: 'three', definition: list({ Categories: 'Data;AI;Finance' }), expect: at('/2/propertyValue') }],
    },
  },
  {
    id: 'metadata-categories-separator',
    title: 'Categories are separated by semicolons.',
    why: 'With a comma they count as one category that does not exist.',
    remedy: 'Write a semicolon instead of the comma.',
    source: 'Certification submission guide',
    severity: 'I/E/E',
    fix: 'safe',
    on: onValues(['Categories'], ({ text, place }, report) => {
      if (!text.includes(',')) return;
      report(place, `the categories ${quote(text)} are separated by a comma; write a semicolon`, {
        op: 'set',
        at: place,
        value: text.replaceAll(/(?:(?<!\s)\s+)?,\s*/g, ';'),
      });
    }),
    examples: {
      good: [{ name: 'a semicolon', definition: list() }],
      bad: [
        {
          name: 'a comma',
          definition: list({ Categories: 'Data, Productivity' }),
          expect: at('/2/propertyValue'),
          fixed: { definition: list() },
        },
      ],
    },
  },
]);
