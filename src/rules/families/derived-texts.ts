import {
  countByKind,
  derivedIn,
  derivedTextsName,
  type TextKind,
  type TextSite,
} from '../../connector/derived-texts.ts';
import { asObject, asString, getOwn, type JsonObject } from '../../connector/json/value.ts';
import { isSampleText } from '../../connector/sample.ts';
import { isMadeDescription, madeDescription } from '../../language/made-description.ts';
import { quote } from '../../quote.ts';
import { type BadExample, defineFamily, oncePerConnector, type Rule } from '../engine/rule.ts';

/**
 * The texts that are still as they were made; none where the repository remembers nothing. Those of the sample of a new
 * repository are another rule's.
 */
const sites = oncePerConnector(({ files }): TextSite[] => {
  const isSample = isSampleText(asObject(files.definition?.value));
  return derivedIn(files).filter((site) => !isSample(site));
});

interface Kind {
  kind: TextKind;
  id: string;
  /** In the plural. */
  name: string;
  example: Omit<BadExample, 'name' | 'expect'> & { at: string };
}

/** One finding for all texts of a kind, at the first: a list of hundreds is what `pp-connector texts` is for. */
const ruleFor = ({ kind, id, name, example: { at, ...example } }: Kind): Rule => ({
  id,
  title: `No ${name} are made of names.`,
  why: 'Reviewers send back texts that say no more than a name, and nobody has checked whether what they say is right.',
  remedy: `List them with pp-connector texts, write better ones, and give them back with pp-connector texts FILE.`,
  source: 'Certification policy: detailed descriptions; this tool',
  severity: 'I/W/W',
  appliesTo: ['repository'],
  on: {
    root: (root, report, connector) => {
      const [first] = sites(connector).filter((site) => site.kind === kind);
      if (first === undefined) return;
      const count = countByKind(sites(connector))[kind];
      const what = count === 1 ? `1 ${kind.replace('-', ' ')} is` : `${count} ${name} are`;
      report(
        root.place.at(...first.path),
        `${what} made of names, such as ${quote(first.text)}; read and replace them: pp-connector texts`,
      );
    },
  },
  examples: {
    good: [{ name: 'written by somebody', files: { [derivedTextsName]: '{}' } }],
    bad: [{ name: 'as it was made', ...example, expect: [`definition#${at}`] }],
  },
});

/** No record tells it: its words do, in a bare folder, too. */
const description: Rule = {
  id: 'derived-connector-description',
  title: 'The description of the connector is not made of names.',
  why: 'Makers choose a connector by its description, and reviewers read it; a list of operations says nobody what it is for.',
  remedy: 'Write in 30 to 500 characters what the connector does, and for whom.',
  source: 'Certification policy: detailed descriptions; this tool',
  severity: 'I/W/W',
  on: {
    root: (root, report) => {
      const place = root.place.at('info', 'description');
      const text = asString(getOwn(asObject(getOwn(root.value, 'info')), 'description'));
      if (text === undefined || !isMadeDescription(text)) return;
      report(place, `the description is made of names: ${quote(text)}; say what the connector does`);
    },
  },
  examples: {
    good: [
      {
        name: 'what it is for',
        definition: { info: { description: 'Reads what the weather stations of Contoso measure.' } },
      },
    ],
    bad: [
      {
        name: 'as import makes it where the API says too little',
        definition: {
          info: { description: `${madeDescription('Contoso Weather')}: list stations and 2 more actions.` },
        },
        expect: ['definition#/info/description'],
      },
    ],
  },
};

const record = (owner: string, text: string): { files: Record<string, string> } => ({
  files: { [derivedTextsName]: `${JSON.stringify({ [owner]: [text] } satisfies JsonObject)}\n` },
});

/** Rules about texts that a command has made. */
export const family = defineFamily(
  { name: 'Texts that were made of names', order: 195 },
  (
    [
      {
        kind: 'operation-summary',
        id: 'derived-operation-summaries',
        name: 'operation summaries',
        example: { ...record('ListStations', 'List stations'), at: '/paths/~1stations/get/summary' },
      },
      {
        kind: 'operation-description',
        id: 'derived-operation-descriptions',
        name: 'operation descriptions',
        example: {
          ...record('GetStation', 'Returns one weather station.'),
          at: '/paths/~1stations~1{stationId}/get/description',
        },
      },
      {
        kind: 'parameter-description',
        id: 'derived-parameter-descriptions',
        name: 'parameter descriptions',
        example: {
          ...record('GetStation', 'Identifies the station.'),
          at: '/paths/~1stations~1{stationId}/get/parameters/0/description',
        },
      },
      {
        kind: 'property-description',
        id: 'derived-property-descriptions',
        name: 'property descriptions',
        example: {
          ...record('#/definitions/Station', 'What the station measures.'),
          at: '/definitions/Station/properties/sensors/description',
        },
      },
    ] as const satisfies readonly Kind[]
  )
    .map(ruleFor)
    .concat(description),
);
