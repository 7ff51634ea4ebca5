import { asArray, getOwn, isObject, type JsonObject } from '../../connector/json/value.ts';
import { propertiesOrder } from '../../connector/key-order.ts';
import type { Profile } from '../../connector/profile.ts';
import { nearest } from '../../did-you-mean.ts';
import { quote } from '../../quote.ts';
import type { ConnectorModel } from '../engine/model.ts';
import { defineFamily, type Fix, type Report, type Rule } from '../engine/rule.ts';
import type { Located } from '../engine/visitor.ts';
import { dominantEdge, toHex } from '../parsers/icon-picture.ts';
import { reportDuplicateKeys, reportSyntax } from '../support/json-syntax.ts';
import { isBlank } from '../support/texts.ts';
import { aroundProperties, belongs } from '../support/where-it-belongs.ts';

const knownCapabilities = ['actions', 'triggers', 'cloud', 'gateway', 'tabular', 'blob'];

const independentColor = '#da3b01';

/** Colours that say nothing about the publisher: the portal's default and white. */
const forbiddenColors: ReadonlySet<string> = new Set(['#007ee5', '#ffffff']);

/** What the repository's two templates hold before anybody has filled them in. */
const templateTexts: ReadonlySet<string> = new Set([
  'name of company or organization.',
  'name of the owner of the service or product.',
  'full name or name of company or organization.',
  'name of company or organization that connector is connecting to.',
]);

const text = (properties: Located, key: string): string | undefined => {
  const value = getOwn(properties.value, key);
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
};

const colorOf = (properties: Located): string | undefined => text(properties, 'iconBrandColor')?.toLowerCase();

/** The colour that a missing one must have, where that is certain. */
function certainColor(connector: ConnectorModel): string | undefined {
  if (connector.profile === 'independent') return independentColor;
  const picture = connector.files.icon?.pixels;
  const edge = picture && dominantEdge(picture);
  return edge !== undefined && edge.share > 0.95 && edge.alpha > 250 ? toHex(edge) : undefined;
}

/** A rule about one colour value. */
function colorRule(
  rule: Pick<Rule, 'id' | 'title' | 'why' | 'remedy' | 'source' | 'severity' | 'policy' | 'fix' | 'examples'>,
  problem: (color: string) => string | undefined,
  fixed: (connector: ConnectorModel) => string | undefined = () => undefined,
): Rule {
  return {
    ...rule,
    on: {
      properties: (properties, report, connector) => {
        const color = colorOf(properties);
        const message = color === undefined ? undefined : problem(color);
        if (message === undefined) return;
        const at = properties.place.at('iconBrandColor');
        const value = fixed(connector);
        report(at, message, value === undefined ? [] : { op: 'set', at, value });
      },
    },
  };
}

/** A rule that a text must be there. */
function requiredText(
  key: 'publisher' | 'stackOwner',
  rule: Pick<Rule, 'id' | 'title' | 'why' | 'remedy' | 'source' | 'severity'>,
  who: string,
): Rule {
  return {
    ...rule,
    on: {
      properties: (properties, report) => {
        if (isBlank(getOwn(properties.value, key))) {
          report(properties.place.at(key), `properties has no ${key}; add the name of ${who}`);
        }
      },
    },
    examples: {
      good: [{ name: 'a company', properties: { properties: { [key]: 'Fabrikam' } } }],
      bad: [
        {
          name: 'missing',
          properties: { properties: { [key]: null } },
          expect: [`properties#/properties/${key}`],
        },
        {
          name: 'blank',
          properties: { properties: { [key]: ' ' } },
          expect: [`properties#/properties/${key}`],
        },
      ],
    },
  };
}

const inProfile = (profile: Profile, iconBrandColor: string | null) => ({
  profile,
  properties: { properties: { iconBrandColor } } as JsonObject,
});

/** Puts what is beside `properties` into it. */
function wrap(root: Located, keys: readonly string[]): Fix[] {
  const inner: JsonObject = {};
  for (const key of keys) inner[key] = getOwn(root.value, key) ?? null;
  return [
    { op: 'set', at: root.place.at('properties'), value: inner },
    ...keys.map((key): Fix => ({ op: 'remove', at: root.place.at(key) })),
  ];
}

function reportWrapper(root: Located, report: Report): void {
  const known = propertiesOrder.filter((key) => Object.hasOwn(root.value, key));
  if (!isObject(getOwn(root.value, 'properties'))) {
    const canWrap = known.length > 0 && !Object.hasOwn(root.value, 'properties');
    report(
      root.place.at('properties'),
      'the file must hold one object "properties", and everything else inside it',
      canWrap ? wrap(root, known) : [],
    );
    return;
  }
  for (const key of Object.keys(root.value)) {
    if (key !== 'properties' && key !== '$schema') {
      const elsewhere = (propertiesOrder as readonly string[]).includes(key)
        ? undefined
        : belongs(key, aroundProperties);
      report(
        root.place.at(key),
        elsewhere ?? `${quote(key)} is beside "properties"; only "$schema" may, move it inside or delete it`,
      );
    }
  }
}

/** Rules about the file, the brand, the publisher and the capabilities. */
export const family = defineFamily({ name: 'apiProperties.json', order: 310 }, [
  {
    id: 'props-json-valid',
    title: 'apiProperties.json is strict JSON in UTF-8, and no object repeats a key.',
    why: 'The service and the command-line tools read it with a strict parser; of a repeated key only the last value counts.',
    remedy: 'Repair the place that is named.',
    source: 'paconn documentation; published connectors',
    severity: 'E/E/E',
    fix: 'safe',
    on: {
      jsonFile: (file, report, connector) => {
        if (file.role !== 'properties') return;
        reportSyntax(file, report, connector);
        reportDuplicateKeys(file, report, connector);
        if (file.encoding !== 'utf-8') {
          const message = `the file is encoded as ${file.encoding}, not as UTF-8; save it as UTF-8`;
          const content = Buffer.from(file.text);
          // what is taken for Windows-1252 may be anything
          const certain = file.encoding !== 'windows-1252';
          report({ file, offset: 0 }, message, certain ? { op: 'bytes', file, edit: () => content } : []);
        }
      },
    },
    examples: {
      good: [{ name: 'as written by the generator' }],
      bad: [
        {
          name: 'a comma too many',
          files: {
            'apiProperties.json': '{ "properties": { "connectionParameters": {}, "iconBrandColor": "#0b6a3f", } }',
          },
          expect: ['properties'],
          fixed: {
            files: {
              'apiProperties.json': '{ "properties": { "connectionParameters": {}, "iconBrandColor": "#0b6a3f" } }',
            },
          },
          implies: ['publisher-required', 'stack-owner-required', 'json-valid', 'icon-brand-color-hex'],
        },
        {
          name: 'a repeated key',
          files: {
            'apiProperties.json':
              '{ "properties": { "connectionParameters": {}, "iconBrandColor": "#0b6a3f", "publisher": "A", "publisher": "Contoso", "stackOwner": "Contoso" } }',
          },
          expect: ['properties#/properties/publisher'],
          implies: ['json-duplicate-key'],
        },
      ],
    },
  },
  {
    id: 'props-wrapper',
    title: 'The root object of apiProperties.json holds only "properties" and "$schema".',
    why: 'The service reads nothing outside "properties".',
    remedy: 'Move what is beside "properties" into it.',
    source: 'JSON schema of apiProperties.json',
    severity: 'E/E/E',
    fix: 'safe',
    on: {
      jsonFile: (file, report, connector) => {
        if (file.role === 'properties' && isObject(file.value) && !file.unreliable) {
          reportWrapper({ value: file.value, place: connector.place(file) }, report);
        }
      },
    },
    examples: {
      good: [{ name: 'a schema for the editor', properties: { $schema: 'https://example.com/schema.json' } }],
      bad: [
        {
          name: 'a key beside it',
          properties: { website: 'https://www.contoso.com' },
          expect: ['properties#/website'],
        },
        {
          name: 'no wrapper',
          files: {
            'apiProperties.json':
              '{ "connectionParameters": {}, "iconBrandColor": "#0b6a3f", "publisher": "Contoso", "stackOwner": "Contoso" }',
          },
          expect: ['properties#/properties'],
          fixed: {
            files: {
              'apiProperties.json':
                '{ "properties": { "connectionParameters": {}, "iconBrandColor": "#0b6a3f", "publisher": "Contoso", "stackOwner": "Contoso" } }',
            },
          },
        },
      ],
    },
  },
  {
    id: 'props-unknown',
    title: 'Under "properties" are only keys that the platform knows.',
    why: 'The service ignores others silently, which mostly means that a misspelled one has no effect.',
    remedy: 'Correct the spelling, move it to where it belongs, or delete it.',
    source: 'JSON schema of apiProperties.json; paconn documentation; multi-authentication guide',
    severity: 'W/W/W',
    on: {
      properties: (properties, report) => {
        for (const key of Object.keys(properties.value)) {
          if ((propertiesOrder as readonly string[]).includes(key)) continue;
          const guess = nearest(key, propertiesOrder);
          const remark =
            key === 'properties'
              ? '"properties" is inside of "properties"; take one of the two away'
              : belongs(key, aroundProperties);
          report(
            properties.place.at(key),
            remark ??
              `the platform knows no property ${quote(key)}${guess === undefined ? '' : `; did you mean "${guess}"?`}`,
          );
        }
      },
    },
    examples: {
      good: [{ name: 'script operations', properties: { properties: { scriptOperations: [] } } }],
      bad: [
        {
          name: 'misspelled',
          properties: { properties: { stackowner: 'Contoso' } },
          expect: ['properties#/properties/stackowner'],
        },
        {
          name: 'known elsewhere, and the beginning of a property',
          properties: { properties: { script: 'script.csx' } },
          expect: ['properties#/properties/script'],
        },
      ],
    },
  },
  {
    id: 'icon-brand-color-required',
    title: 'The connector has a brand colour.',
    why: 'It is the colour behind the icon in the designer, and the one property that the schema requires.',
    remedy: 'Add "iconBrandColor" with the background colour of the icon (independent publishers: "#da3b01").',
    source: 'JSON schema of apiProperties.json',
    severity: 'E/E/E',
    fix: 'safe',
    on: {
      properties: (properties, report, connector) => {
        if (!isBlank(getOwn(properties.value, 'iconBrandColor'))) return;
        const at = properties.place.at('iconBrandColor');
        const value = certainColor(connector);
        report(
          at,
          `properties has no iconBrandColor; add ${value === undefined ? 'the background colour of the icon, such as "#0b6a3f"' : `"${value}"`}`,
          value === undefined ? [] : { op: 'set', at, value },
        );
      },
    },
    examples: {
      good: [{ name: 'a colour' }],
      bad: [
        {
          name: 'missing, independent publisher',
          ...inProfile('independent', null),
          expect: ['properties#/properties/iconBrandColor'],
          fixed: { properties: { properties: { iconBrandColor: independentColor } } },
        },
        {
          name: 'missing, the icon shows it',
          ...inProfile('verified', null),
          expect: ['properties#/properties/iconBrandColor'],
          fixed: { properties: { properties: { iconBrandColor: '#0b6a3f' } } },
        },
      ],
    },
  },
  colorRule(
    {
      id: 'icon-brand-color-hex',
      title: 'The brand colour is written as # and six hexadecimal digits.',
      why: 'The service accepts no other form.',
      remedy: 'Write it like "#0b6a3f".',
      source: 'paconn documentation; certification policy',
      policy: '5000.2.1.1',
      severity: 'E/E/E',
      examples: {
        good: [{ name: 'upper case', ...inProfile('verified', '#0B6A3F') }],
        bad: [
          {
            name: 'a word',
            ...inProfile('verified', 'green'),
            expect: ['properties#/properties/iconBrandColor'],
          },
          {
            name: 'three digits',
            ...inProfile('verified', '#0b6'),
            expect: ['properties#/properties/iconBrandColor'],
          },
        ],
      },
    },
    (color) =>
      /^#[0-9a-f]{6}$/.test(color)
        ? undefined
        : `iconBrandColor is ${quote(color)}; it must be # and six hexadecimal digits, such as "#0b6a3f"`,
  ),
  colorRule(
    {
      id: 'icon-brand-color-forbidden',
      title: 'The brand colour is neither the default blue nor white.',
      why: 'Certification wants a colour of your own: the default one and white make connectors look alike. The template of the pull request asks for it and reviewers refuse it, though not always: 2 of 8 certified connectors of 2025 that were looked at have the default (October 2024: 4 of 616).',
      remedy: 'Use the background colour of your icon.',
      source: 'Pull-request template; certification submission guide; certification policy',
      severity: 'I/E/-',
      fix: 'safe',
      examples: {
        good: [{ name: 'an own colour' }],
        bad: [
          {
            name: 'the default, and the icon shows another one',
            ...inProfile('verified', '#007EE5'),
            expect: ['properties#/properties/iconBrandColor'],
            fixed: { properties: { properties: { iconBrandColor: '#0b6a3f' } } },
          },
          {
            name: 'white, and there is no icon',
            ...inProfile('verified', '#ffffff'),
            files: { 'icon.png': null },
            expect: ['properties#/properties/iconBrandColor'],
            implies: ['icon-required'],
          },
        ],
      },
    },
    (color) =>
      forbiddenColors.has(color)
        ? `iconBrandColor is ${quote(color)}, ${color === '#ffffff' ? 'white' : 'the default'}; use the background colour of your icon`
        : undefined,
    (connector) => {
      const color = certainColor(connector);
      return color === undefined || forbiddenColors.has(color) ? undefined : color;
    },
  ),
  colorRule(
    {
      id: 'icon-brand-color-independent',
      title: 'Connectors of independent publishers have the brand colour #da3b01.',
      why: 'They all share one icon and its colour.',
      remedy: 'Set "iconBrandColor" to "#da3b01".',
      source: 'README of the connector repository; certification submission guide',
      severity: '-/-/E',
      fix: 'safe',
      examples: {
        good: [{ name: 'the shared colour', profile: 'independent' }],
        bad: [
          {
            name: 'an own colour',
            ...inProfile('independent', '#0b6a3f'),
            expect: ['properties#/properties/iconBrandColor'],
            fixed: { properties: { properties: { iconBrandColor: independentColor } } },
          },
        ],
      },
    },
    (color) =>
      color === independentColor
        ? undefined
        : `iconBrandColor is ${quote(color)}; connectors of independent publishers use "${independentColor}"`,
    () => independentColor,
  ),
  colorRule(
    {
      id: 'icon-brand-color-not-reserved',
      title: 'Verified connectors do not use the colour of independent publishers.',
      why: '#da3b01 tells makers that the connector comes from an independent publisher.',
      remedy: 'Use the background colour of your icon, or validate with the profile `independent`.',
      source: 'Certification submission guide; published connectors',
      severity: '-/W/-',
      examples: {
        good: [{ name: 'an own colour' }],
        bad: [
          {
            name: 'the reserved colour',
            ...inProfile('verified', '#DA3B01'),
            expect: ['properties#/properties/iconBrandColor'],
          },
        ],
      },
    },
    (color) =>
      color === independentColor
        ? 'iconBrandColor is the colour of independent publishers; use the background colour of your icon'
        : undefined,
  ),
  requiredText(
    'publisher',
    {
      id: 'publisher-required',
      title: 'The publisher is named.',
      why: 'Makers see it beside the connector.',
      remedy: 'Add "publisher" with the name of the company or person that publishes the connector.',
      source: 'Certification submission guide',
      severity: 'I/E/E',
    },
    'the company or person that publishes the connector',
  ),
  requiredText(
    'stackOwner',
    {
      id: 'stack-owner-required',
      title: 'The owner of the service behind the connector is named.',
      why: 'Certification asks who owns the service. (paconn cannot update a connector while the key is there: deploy a copy without it.)',
      remedy: 'Add "stackOwner" with the name of the company that owns the service.',
      source: 'Certification submission guide; paconn documentation',
      severity: 'I/W/E',
    },
    'the company that owns the service',
  ),
  {
    id: 'publisher-charset',
    title: 'The publisher is written with letters, digits and blanks.',
    why: 'The written rule allows nothing else, though dots, commas and accents pass.',
    remedy: 'Leave it if it is the true name; otherwise use plain letters.',
    source: 'Certification submission guide; published connectors',
    severity: '-/I/I',
    on: {
      properties: (properties, report) => {
        const publisher = text(properties, 'publisher');
        const odd = publisher === undefined ? null : /[^A-Za-z0-9 ]/u.exec(publisher);
        if (odd !== null) {
          report(
            properties.place.at('publisher'),
            `the publisher ${quote(publisher)} contains ${quote(odd[0])}; by the written rule only letters, digits and blanks are allowed`,
          );
        }
      },
    },
    examples: {
      good: [{ name: 'plain', properties: { properties: { publisher: 'Contoso 24' } } }],
      bad: [
        {
          name: 'a comma and a dot',
          properties: { properties: { publisher: 'Contoso, Inc.' } },
          expect: ['properties#/properties/publisher'],
        },
      ],
    },
  },
  {
    id: 'publisher-placeholder',
    title: 'The publisher is not the sample text of a template.',
    why: 'It would be shown to every maker.',
    remedy: 'Write the name of the publisher.',
    source: 'Templates of the connector repository',
    severity: '-/E/E',
    on: {
      properties: (properties, report) => {
        const publisher = text(properties, 'publisher');
        if (publisher !== undefined && templateTexts.has(publisher.trim().toLowerCase())) {
          report(
            properties.place.at('publisher'),
            `the publisher is still the text of the template, ${quote(publisher)}`,
          );
        }
      },
    },
    examples: {
      good: [{ name: 'a name' }],
      bad: [
        {
          name: 'the template',
          properties: { properties: { publisher: 'Name of company or organization.' } },
          expect: ['properties#/properties/publisher'],
        },
      ],
    },
  },
  {
    id: 'publisher-vs-stack-owner',
    title: 'Publisher and stack owner fit the kind of publisher.',
    why: 'A verified publisher owns the service or acts for its owner, an independent one does not own it.',
    remedy: 'Check both names, and whether the profile is the right one.',
    source: 'Certification submission guide; published connectors',
    // 92 % of the verified connectors name the same company twice: what is worth a word is the other 8 %
    severity: '-/I/W',
    on: {
      properties: (properties, report, connector) => {
        const publisher = text(properties, 'publisher')?.trim();
        const owner = text(properties, 'stackOwner')?.trim();
        if (publisher === undefined || owner === undefined) return;
        const same = publisher.toLowerCase() === owner.toLowerCase();
        const at = properties.place.at('stackOwner');
        if (connector.profile === 'independent' && same) {
          report(
            at,
            `publisher and stackOwner are both ${quote(owner)}; who owns the service publishes as verified publisher`,
          );
        } else if (connector.profile === 'verified' && !same) {
          report(
            at,
            `the stackOwner ${quote(owner)} is not the publisher ${quote(publisher)}; that is right only where you publish on the owner's behalf`,
          );
        }
      },
    },
    examples: {
      good: [{ name: 'verified, the same' }, { name: 'independent, different', profile: 'independent' }],
      bad: [
        {
          name: 'verified, different',
          properties: { properties: { stackOwner: 'Fabrikam' } },
          expect: ['properties#/properties/stackOwner'],
        },
        {
          name: 'independent, the same',
          profile: 'independent',
          properties: { properties: { publisher: 'Contoso', stackOwner: 'Contoso' } },
          expect: ['properties#/properties/stackOwner'],
        },
      ],
    },
  },
  {
    id: 'capabilities-array',
    title: 'Capabilities are a list of words that the platform knows.',
    why: 'The service answers ApiDefinitionCapabilitiesInvalid to others, and nothing is deployed.',
    remedy: `Use only ${knownCapabilities.join(', ')}; an empty list is the usual value.`,
    source:
      'JSON schema of apiProperties.json; paconn documentation; power-fx-enhanced-connector issue 22 (November 2025)',
    severity: 'E/E/E',
    fix: 'safe',
    on: {
      properties: (properties, report) => {
        const value = getOwn(properties.value, 'capabilities');
        if (value === undefined) return;
        const at = properties.place.at('capabilities');
        if (!Array.isArray(value)) {
          const known = typeof value === 'string' && knownCapabilities.includes(value.toLowerCase());
          report(
            at,
            'capabilities must be a list of words, such as [] or ["actions"]',
            known ? { op: 'set', at, value: [value.toLowerCase()] } : [],
          );
        }
        asArray(value).forEach((word, index) => {
          // capitals are another rule's
          if (typeof word === 'string' && knownCapabilities.includes(word.toLowerCase())) return;
          report(
            at.at(index),
            `the platform knows no capability ${quote(word)}; allowed are ${knownCapabilities.join(', ')}`,
          );
        });
      },
    },
    examples: {
      good: [{ name: 'actions and triggers', properties: { properties: { capabilities: ['actions', 'triggers'] } } }],
      bad: [
        {
          name: 'unknown',
          properties: { properties: { capabilities: ['federatedKnowledgeSource'] } },
          expect: ['properties#/properties/capabilities/0'],
        },
        {
          name: 'no list',
          properties: { properties: { capabilities: 'actions' } },
          expect: ['properties#/properties/capabilities'],
          fixed: { properties: { properties: { capabilities: ['actions'] } } },
        },
      ],
    },
  },
  {
    id: 'capabilities-case',
    title: 'Capabilities are written in lower case.',
    why: 'The schema has them in lower case only. A warning: the certified connector Tendocs Documents has "Actions" (October 2024), so the service does not refuse capitals as it refuses unknown words.',
    remedy: 'Write them in lower case.',
    source: 'JSON schema of apiProperties.json; published connectors',
    severity: 'W/W/W',
    fix: 'safe',
    on: {
      properties: (properties, report) => {
        const at = properties.place.at('capabilities');
        asArray(getOwn(properties.value, 'capabilities')).forEach((word, index) => {
          if (typeof word !== 'string' || knownCapabilities.includes(word)) return;
          const lower = word.toLowerCase();
          if (!knownCapabilities.includes(lower)) return;
          report(at.at(index), `the capability ${quote(word)} is written "${lower}"`, {
            op: 'set',
            at: at.at(index),
            value: lower,
          });
        });
      },
    },
    examples: {
      good: [{ name: 'lower case', properties: { properties: { capabilities: ['actions'] } } }],
      bad: [
        {
          name: 'a capital',
          properties: { properties: { capabilities: ['Actions'] } },
          expect: ['properties#/properties/capabilities/0'],
          fixed: { properties: { properties: { capabilities: ['actions'] } } },
        },
      ],
    },
  },
  {
    id: 'connection-parameters-present',
    title: 'The connection parameters are declared, be it an empty object.',
    why: 'Without them the service cannot create connections.',
    remedy: 'Add "connectionParameters": {} for an anonymous service, or the parameters that a connection needs.',
    source: 'JSON schema of apiProperties.json; multi-authentication guide',
    severity: 'E/E/E',
    fix: 'safe',
    on: {
      properties: (properties, report, connector) => {
        const { value, place } = properties;
        if (isObject(getOwn(value, 'connectionParameters')) || isObject(getOwn(value, 'connectionParameterSets')))
          return;
        const at = place.at('connectionParameters');
        const security = getOwn(connector.definition, 'securityDefinitions');
        const anonymous = connector.root !== undefined && (!isObject(security) || Object.keys(security).length === 0);
        report(
          at,
          'properties has neither connectionParameters nor connectionParameterSets; add "connectionParameters", {} for an anonymous service',
          anonymous ? { op: 'set', at, value: {} } : [],
        );
      },
    },
    examples: {
      good: [
        {
          name: 'empty',
          definition: { securityDefinitions: { api_key: null }, security: [] },
          properties: { properties: { connectionParameters: { api_key: null } } },
        },
      ],
      bad: [
        {
          name: 'missing, anonymous',
          definition: { securityDefinitions: { api_key: null }, security: [] },
          properties: { properties: { connectionParameters: null } },
          expect: ['properties#/properties/connectionParameters'],
          fixed: {
            definition: { securityDefinitions: { api_key: null }, security: [] },
            properties: { properties: { connectionParameters: { api_key: null } } },
          },
        },
      ],
    },
  },
]);
