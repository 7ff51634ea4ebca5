import { derivedTextsName } from '../../connector/derived-texts.ts';
import { asObject, asString, getOwn } from '../../connector/json/value.ts';
import {
  hasSampleDescription,
  sampleDefinition,
  sampleDescription,
  sampleHost,
  sampleOperations,
} from '../../connector/sample.ts';
import { quote } from '../../quote.ts';
import { defineFamily } from '../engine/rule.ts';
import { hostIsReplaced } from '../support/host.ts';

const source = 'This tool: nobody has the service that a new repository begins with';

/** The sample's operations beside those of the clean connector, with what they refer to. */
const withSample = () => {
  const { paths = {}, definitions = {} } = sampleDefinition();
  const record = Object.fromEntries(
    sampleOperations({ paths }).map(({ id, value }) => [id, [asString(getOwn(value, 'summary')) ?? '']]),
  );
  return { definition: { paths, definitions }, files: { [derivedTextsName]: JSON.stringify(record) } };
};

/** Rules about what is left of the sample that a new repository begins with. */
export const family = defineFamily({ name: 'The sample of a new repository', order: 25 }, [
  {
    id: 'sample-operations',
    title: 'No operation is one of the sample that a new repository begins with.',
    why: 'The sample shows what a connector looks like; the API that it describes does not exist.',
    remedy:
      'Import the description of the API with pp-connector import, which takes the place of the sample; or add operations with pp-connector operation, and take those of the sample away with --drop-sample.',
    source,
    severity: 'I/E/E',
    appliesTo: ['repository'],
    on: {
      root: (root, report, { files }) => {
        // a connector that was adopted is its author's, whatever it looks like
        const [first, ...others] = sampleOperations(root.value).filter(({ id }) => files.derivedTexts?.has(id));
        if (first === undefined) return;
        const ids = [first, ...others].map(({ id }) => id).join(', ');
        const what = others.length === 0 ? 'is an operation' : 'are operations';
        report(
          root.place.at('paths', first.path, first.method),
          `${ids} ${what} of the sample, not of your API; replace them: pp-connector import FILE, or pp-connector operation --drop-sample`,
        );
      },
    },
    examples: {
      good: [
        {
          name: 'an adopted connector that looks like the sample',
          definition: withSample().definition,
        },
        {
          name: 'another operation at the path of the sample',
          definition: {
            paths: {
              '/items': {
                get: {
                  operationId: 'ListItems',
                  summary: 'List parts',
                  description: 'Returns the spare parts that are in stock.',
                  'x-ms-visibility': 'important',
                  responses: { '200': { description: 'The parts.', schema: { type: 'string' } } },
                },
              },
            },
          },
        },
      ],
      bad: [{ name: 'the whole sample', ...withSample(), expect: ['definition#/paths/~1items/get'] }],
    },
  },
  {
    id: 'sample-host',
    title: 'The host is not that of the sample.',
    why: 'Nothing answers there.',
    remedy: 'Give the host of the API: pp-connector new --host HOST, or change it in the definition.',
    source,
    severity: 'I/W/W',
    appliesTo: ['repository'],
    on: {
      root: (root, report, connector) => {
        if (getOwn(root.value, 'host') !== sampleHost || hostIsReplaced(connector)) return;
        report(
          root.place.at('host'),
          `the host ${quote(sampleHost)} is that of the sample; give that of your API: pp-connector new --host HOST`,
        );
      },
    },
    examples: {
      good: [{ name: 'a host of the service', definition: { host: 'weather.contoso.com' } }],
      bad: [{ name: 'that of the sample', definition: { host: sampleHost }, expect: ['definition#/host'] }],
    },
  },
  {
    id: 'sample-description',
    title: 'The description is not that of the sample.',
    why: 'It speaks of items that the service may not have; nobody has written what the connector is for.',
    remedy: 'Say what the service does: pp-connector new --description TEXT, or change it in the definition.',
    source,
    severity: 'I/E/E',
    on: {
      root: (root, report) => {
        if (!hasSampleDescription(root.value)) return;
        const text = String(getOwn(asObject(getOwn(root.value, 'info')), 'description'));
        report(
          root.place.at('info', 'description'),
          `the description ${quote(text)} is that of the sample; say what the service does: pp-connector new --description TEXT`,
        );
      },
    },
    examples: {
      good: [{ name: 'a description of the service' }],
      bad: [
        {
          name: 'that of the sample',
          definition: { info: { description: sampleDescription('Contoso Weather') } },
          expect: ['definition#/info/description'],
        },
      ],
    },
  },
]);
