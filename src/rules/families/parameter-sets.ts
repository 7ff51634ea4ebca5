import { asArray, asObject, getOwn, isObject, type JsonObject } from '../../connector/json/value.ts';
import { quote } from '../../quote.ts';
import { defineFamily } from '../engine/rule.ts';
import type { Located } from '../engine/visitor.ts';
import { isBlank } from '../support/texts.ts';

const sets = (properties: Located): Located | undefined => {
  const value = getOwn(properties.value, 'connectionParameterSets');
  return isObject(value) ? { value, place: properties.place.at('connectionParameterSets') } : undefined;
};

const label: JsonObject = { displayName: 'API key', description: 'Sign in with a key.' };
const set = (name: string): JsonObject => ({ name, uiDefinition: label, parameters: {} });
const withSets = (values: JsonObject[], uiDefinition: JsonObject | null = label): JsonObject => ({
  properties: { connectionParameterSets: { uiDefinition, values } },
});

/** The published schema knows both spellings. */
const hasLabel = (value: JsonObject): boolean => {
  const texts = asObject(getOwn(value, 'uiDefinition'));
  return !isBlank(getOwn(texts, 'displayName')) || !isBlank(getOwn(texts, 'displayname'));
};

/** Rules about connectors that offer several ways to sign in. */
export const family = defineFamily({ name: 'Sets of connection parameters', order: 330 }, [
  {
    id: 'parameter-sets-shape',
    title: 'connectionParameterSets has at least one set.',
    why: 'It says that there are ways to sign in to choose from.',
    remedy: 'Add "values" with the sets, or take connectionParameterSets away.',
    source: 'Multi-authentication guide; published schema of apiProperties.json (2026)',
    severity: 'E/E/E',
    on: {
      properties: (properties, report) => {
        if (getOwn(properties.value, 'connectionParameterSets') === undefined) return;
        const found = sets(properties);
        const place = properties.place.at('connectionParameterSets');
        if (found === undefined) {
          report(place, 'connectionParameterSets must be an object with the list "values"');
          return;
        }
        if (asArray(getOwn(found.value, 'values')).length === 0) {
          report(place.at('values'), 'connectionParameterSets has no values; add a list with at least one set');
        }
      },
    },
    examples: {
      good: [{ name: 'one set', properties: withSets([set('key')]) }],
      bad: [
        {
          name: 'no set',
          properties: withSets([]),
          expect: ['properties#/properties/connectionParameterSets/values'],
        },
      ],
    },
  },
  {
    id: 'parameter-sets-texts',
    title: 'The sets of connection parameters, and each of them, have a display name.',
    why: 'Makers choose by these texts how to sign in. The published schema has made them optional (2026): without them the names are shown.',
    remedy: 'Add "uiDefinition" with displayName and description.',
    source: 'Multi-authentication guide; published schema of apiProperties.json (2026)',
    severity: 'I/I/I',
    on: {
      properties: (properties, report) => {
        const found = sets(properties);
        if (found === undefined) return;
        const values = asArray(getOwn(found.value, 'values'));
        if (values.length === 0) return;
        if (!hasLabel(found.value)) {
          report(
            found.place.at('uiDefinition'),
            'connectionParameterSets has no displayName in a uiDefinition; add it',
          );
        }
        values.forEach((entry, index) => {
          if (!isObject(entry) || hasLabel(entry)) return;
          report(
            found.place.at('values', index, 'uiDefinition'),
            `the set ${quote(getOwn(entry, 'name') ?? index)} has no displayName in a uiDefinition; add it`,
          );
        });
      },
    },
    examples: {
      good: [
        { name: 'both', properties: withSets([set('key')]) },
        {
          name: 'in the other spelling of the schema',
          properties: withSets([{ ...set('key'), uiDefinition: { displayname: 'API key' } }]),
        },
      ],
      bad: [
        {
          name: 'none',
          properties: withSets([{ name: 'key', parameters: {} }], null),
          expect: [
            'properties#/properties/connectionParameterSets/uiDefinition',
            'properties#/properties/connectionParameterSets/values/0/uiDefinition',
          ],
        },
      ],
    },
  },
  {
    id: 'parameter-sets-names',
    title: 'Each set of connection parameters has an own name, and parameters.',
    why: 'Connections refer to the set by its name.',
    remedy: 'Complete the set, and give each another name.',
    source: 'Multi-authentication guide',
    severity: 'E/E/E',
    on: {
      properties: (properties, report) => {
        const found = sets(properties);
        if (found === undefined) return;
        const names = new Set<string>();
        asArray(getOwn(found.value, 'values')).forEach((entry, index) => {
          const place = found.place.at('values', index);
          if (!isObject(entry)) {
            report(place, 'a set must be an object with name and parameters');
            return;
          }
          const name = getOwn(entry, 'name');
          if (typeof name !== 'string' || isBlank(name)) {
            report(place.at('name'), 'the set has no name; connections refer to it by its name');
          } else if (names.has(name)) {
            report(place.at('name'), `another set has the name ${quote(name)}, too; names must differ`);
          } else {
            names.add(name);
          }
          if (!isObject(getOwn(entry, 'parameters'))) {
            report(place.at('parameters'), `the set ${quote(name ?? index)} has no parameters`);
          }
        });
      },
    },
    examples: {
      good: [{ name: 'two names', properties: withSets([set('key'), set('basic')]) }],
      bad: [
        {
          name: 'the same name twice',
          properties: withSets([set('key'), set('key')]),
          expect: ['properties#/properties/connectionParameterSets/values/1/name'],
        },
        {
          name: 'nothing but a label',
          properties: withSets([{ uiDefinition: label }]),
          expect: [
            'properties#/properties/connectionParameterSets/values/0/name',
            'properties#/properties/connectionParameterSets/values/0/parameters',
          ],
        },
      ],
    },
  },
  {
    // 8 of 9 published connectors do so, and nothing is wrong with it: listed so that nobody searches for it, never a finding
    id: 'parameter-sets-with-parameters',
    title: 'Sets of connection parameters may be used beside plain connection parameters.',
    why: 'The plain ones serve connections from before the sets.',
    remedy: 'Nothing is to be done.',
    source: 'Multi-authentication guide; published connectors',
    severity: 'I/I/I',
  },
  {
    id: 'parameter-sets-custom-properties',
    title: 'A connector with sets of connection parameters brings customProperties.json.',
    why: 'The submission package of such a connector is refused without it.',
    remedy: 'Export the connector from its solution and add its customProperties.json.',
    source: 'Certification policy',
    policy: '5000.1.1.5',
    severity: '-/W/W',
    // the file belongs to the package, not to the pull request
    appliesTo: ['repository', 'package'],
    on: {
      properties: (properties, report, connector) => {
        if (sets(properties) === undefined) return;
        const { others } = connector.files.location;
        if (others.some((name) => name.toLowerCase() === 'customproperties.json')) return;
        report(
          properties.place.at('connectionParameterSets'),
          'a connector with connectionParameterSets also needs customProperties.json in its package',
        );
      },
    },
    examples: {
      good: [{ name: 'it is there', properties: withSets([set('key')]), files: { 'customProperties.json': '{}' } }],
      bad: [
        {
          name: 'missing',
          properties: withSets([set('key')]),
          expect: ['properties#/properties/connectionParameterSets'],
        },
      ],
    },
  },
]);
