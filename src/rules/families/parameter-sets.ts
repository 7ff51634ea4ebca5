import { asArray, isObject, type JsonObject, own } from '../../connector/json/value.ts';
import { quote } from '../../quote.ts';
import { defineFamily } from '../engine/rule.ts';
import type { Located } from '../engine/visitor.ts';
import { isBlank } from '../support/texts.ts';

const sets = (properties: Located): Located | undefined => {
  const value = own(properties.value, 'connectionParameterSets');
  return isObject(value) ? { value, place: properties.place.at('connectionParameterSets') } : undefined;
};

const label: JsonObject = { displayName: 'API key', description: 'Sign in with a key.' };
const set = (name: string): JsonObject => ({ name, uiDefinition: label, parameters: {} });
const withSets = (values: JsonObject[], uiDefinition: JsonObject | null = label): JsonObject => ({
  properties: { connectionParameterSets: { uiDefinition, values } },
});

/** Rules about connectors that offer several ways to sign in. */
export const family = defineFamily({ name: 'Sets of connection parameters', order: 330 }, [
  {
    id: 'parameter-sets-shape',
    title: 'connectionParameterSets has a uiDefinition and at least one set.',
    why: 'The designer asks with these texts which of the sets to use.',
    remedy: 'Add "uiDefinition" with displayName and description, and "values" with the sets.',
    source: 'Multi-authentication guide',
    severity: 'E/E/E',
    on: {
      properties: (properties, report) => {
        if (own(properties.value, 'connectionParameterSets') === undefined) return;
        const found = sets(properties);
        const place = properties.place.at('connectionParameterSets');
        if (found === undefined) {
          report(place, 'connectionParameterSets must be an object with uiDefinition and values');
          return;
        }
        if (!isObject(own(found.value, 'uiDefinition'))) {
          report(
            place.at('uiDefinition'),
            'connectionParameterSets has no uiDefinition; add one with displayName and description',
          );
        }
        if (asArray(own(found.value, 'values')).length === 0) {
          report(place.at('values'), 'connectionParameterSets has no values; add a list with at least one set');
        }
      },
    },
    examples: {
      good: [{ name: 'one set', properties: withSets([set('key')]) }],
      bad: [
        {
          name: 'no texts, no set',
          properties: withSets([], null),
          expect: [
            'properties#/properties/connectionParameterSets/uiDefinition',
            'properties#/properties/connectionParameterSets/values',
          ],
        },
      ],
    },
  },
  {
    id: 'parameter-sets-names',
    title: 'Each set of connection parameters has an own name, a uiDefinition and parameters.',
    why: 'Connections refer to the set by its name, and makers choose it by its label.',
    remedy: 'Complete the set, and give each another name.',
    source: 'Multi-authentication guide',
    severity: 'E/E/E',
    on: {
      properties: (properties, report) => {
        const found = sets(properties);
        if (found === undefined) return;
        const names = new Set<string>();
        asArray(own(found.value, 'values')).forEach((entry, index) => {
          const place = found.place.at('values', index);
          if (!isObject(entry)) {
            report(place, 'a set must be an object with name, uiDefinition and parameters');
            return;
          }
          const name = own(entry, 'name');
          if (typeof name !== 'string' || isBlank(name)) {
            report(place.at('name'), 'the set has no name; connections refer to it by its name');
          } else if (names.has(name)) {
            report(place.at('name'), `another set has the name ${quote(name)}, too; names must differ`);
          } else {
            names.add(name);
          }
          for (const key of ['uiDefinition', 'parameters']) {
            if (!isObject(own(entry, key))) report(place.at(key), `the set ${quote(name ?? index)} has no ${key}`);
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
