import { isUtf8 } from 'node:buffer';
import { asArray, isObject, type Json, type JsonObject, own } from '../../connector/json.ts';
import type { JsonFile } from '../../connector/source-file.ts';
import {
  compactLength,
  hardTabs,
  indentUnit,
  trailingBlanks,
  withFourBlanks,
  withoutTabs,
  withoutTrailingBlanks,
  withRootOrder,
} from '../json-layout.ts';
import { reportDuplicateKeys, reportSyntax } from '../json-syntax.ts';
import { defineRules, type Fix, quote } from '../rule.ts';
import { schemaCounter } from '../schema-counts.ts';
import { isPlaceholder } from '../texts.ts';
import { usedDefinitions } from '../used-definitions.ts';
import type { Located } from '../visitor.ts';

const maxBytes = 1_048_576;
const maxCompactCharacters = 500_000;
const maxOperations = 256;
const maxBodySchemas = 512;
const maxOperationSchemas = 16_384;

const rootKeys = [
  'swagger',
  'info',
  'host',
  'basePath',
  'schemes',
  'consumes',
  'produces',
  'paths',
  'definitions',
  'parameters',
  'responses',
  'securityDefinitions',
  'security',
  'tags',
  'externalDocs',
] as const;
const knownRootKeys: ReadonlySet<string> = new Set(rootKeys);
const rootKeyByLowerCase = new Map<string, string>(rootKeys.map((key) => [key.toLowerCase(), key]));

/** Keys of one group may stand in any order; what isn't listed may stand anywhere. */
const rootOrder: readonly (readonly string[])[] = [
  ['swagger'],
  ['info'],
  ['host', 'basePath', 'schemes'],
  ['consumes', 'produces'],
  ['paths'],
  ['definitions'],
  ['parameters'],
];
const rankByKey = new Map(rootOrder.flatMap((group, rank) => group.map((key) => [key, rank] as const)));
const rankOf = (key: string): number | undefined => rankByKey.get(key);

const openApiKeys = new Set(['openapi', 'servers', 'components', 'webhooks', 'jsonSchemaDialect']);

const isDefinition = (file: JsonFile): boolean => file.role === 'definition';

/** Layout can be mended in strict JSON only: elsewhere a blank might stand inside a string. */
const textFix = (file: JsonFile, edit: (text: string) => string): Fix[] =>
  file.problems.length === 0 ? [{ op: 'text', file, edit }] : [];

/** A byte sequence that isn't UTF-8 keeps every part that is; only stray bytes are read as Windows-1252. */
function asUtf8(file: JsonFile): Buffer {
  if (file.encoding !== 'windows-1252') return Buffer.from(file.text, 'utf8');
  const western = new TextDecoder('windows-1252');
  const parts: string[] = [];
  const { bytes } = file;
  for (let at = 0; at < bytes.length; ) {
    const lead = bytes[at] ?? 0;
    const length = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 0;
    const sequence = bytes.subarray(at, at + length);
    if (length > 0 && sequence.length === length && isUtf8(sequence)) {
      parts.push(sequence.toString('utf8'));
      at += length;
    } else {
      parts.push(western.decode(bytes.subarray(at, at + 1)));
      at += 1;
    }
  }
  return Buffer.from(parts.join(''), 'utf8');
}

const encodingNames: Record<string, string> = {
  'utf-16le': 'UTF-16 (little endian)',
  'utf-16be': 'UTF-16 (big endian)',
  'windows-1252': 'not UTF-8, perhaps Windows-1252',
};

/** Texts of the definition that a scaffold leaves for the author to fill. */
function* authorTexts(root: Located): Generator<{ path: (string | number)[]; text: string }> {
  const info = own(root.value, 'info');
  if (isObject(info)) {
    for (const key of ['title', 'description']) yield* textAt(info, key, ['info']);
    const contact = own(info, 'contact');
    if (isObject(contact)) {
      for (const key of ['name', 'url', 'email']) yield* textAt(contact, key, ['info', 'contact']);
    }
  }
  yield* textAt(root.value, 'host', []);
  for (const [index, entry] of asArray(own(root.value, 'x-ms-connector-metadata')).entries()) {
    if (isObject(entry)) yield* textAt(entry, 'propertyValue', ['x-ms-connector-metadata', index]);
  }
}

function* textAt(object: JsonObject, key: string, path: (string | number)[]) {
  const text = own(object, key);
  if (typeof text === 'string') yield { path: [...path, key], text };
}

/** A whole small definition, for the examples in which the text itself matters. */
const small = `{
    "swagger": "2.0",
    "info": {
        "title": "Contoso Weather",
        "description": "Reads current measurements of the Contoso weather stations.",
        "version": "1.0",
        "contact": {
            "name": "Contoso Support",
            "url": "https://support.contoso.com",
            "email": "support@contoso.com"
        }
    },
    "host": "weather.contoso.com",
    "basePath": "/v1",
    "schemes": ["https"],
    "paths": {
        "/stations": {
            "get": {
                "operationId": "ListStations",
                "summary": "List stations",
                "description": "Returns the weather stations.",
                "responses": {
                    "200": {
                        "description": "The stations.",
                        "schema": {
                            "type": "array",
                            "items": { "type": "string", "x-ms-summary": "Station", "description": "Its name." }
                        }
                    }
                }
            }
        }
    },
    "x-ms-connector-metadata": [
        { "propertyName": "Website", "propertyValue": "https://www.contoso.com" },
        { "propertyName": "Privacy policy", "propertyValue": "https://www.contoso.com/privacy" },
        { "propertyName": "Categories", "propertyValue": "Data;Productivity" }
    ]
}
`;

const fileName = 'apiDefinition.swagger.json';
const withText = (text: string) => ({ setting: 'file' as const, files: { [fileName]: text } });
const withBytes = (bytes: Buffer) => ({
  setting: 'file' as const,
  files: { [fileName]: { base64: bytes.toString('base64') } },
});
const accented = small.replace('Contoso Support', 'José Support');
const repeatedKey = small.replace('"version": "1.0",', '"version": "1.0", "version": "1.1",');
const halfTabbed = small.replace('    "host"', '\t"host"');

const manyOperations = (count: number): JsonObject =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `/things${index}`,
      {
        get: {
          operationId: `GetThings${index}`,
          summary: `Get things ${index}`,
          description: `Returns the things of kind ${index}.`,
          responses: { 200: { description: 'Done.', schema: { type: 'string' } } },
        },
      },
    ]),
  );

const manyFields = (count: number, schema: Json): JsonObject =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`field${index}`, schema]));

const field = { type: 'string', 'x-ms-summary': 'Field', description: 'One field.' };

const stationBody = (count: number): JsonObject => ({
  paths: {
    '/stations': {
      post: {
        parameters: [
          {
            name: 'body',
            in: 'body',
            required: true,
            schema: { type: 'object', properties: manyFields(count, field) },
          },
        ],
      },
    },
  },
});

const stationAnswer = (count: number): JsonObject => ({
  paths: {
    '/stations': {
      get: { responses: { 200: { description: 'The stations.', schema: { $ref: '#/definitions/Outer' } } } },
    },
  },
  definitions: {
    Outer: { type: 'object', properties: manyFields(count, { $ref: '#/definitions/Inner' }) },
    Inner: { type: 'object', properties: manyFields(count, field) },
  },
});

/** Rules about the definition as a file and as a whole. */
export const fileRules = defineRules([
  {
    id: 'json-valid',
    title: 'The definition is strict JSON.',
    why: 'The loaders of the service and of the command line tools are strict parsers: comments, trailing commas, raw control characters and text behind the root object stop them.',
    remedy: 'Correct the place; --fix removes comments and trailing commas and escapes control characters.',
    source: 'RFC 8259; the strict loader of paconn',
    levels: 'E/E/E',
    fix: 'safe',
    on: {
      jsonFile: (file, report, connector) => {
        if (isDefinition(file)) reportSyntax(file, report, connector);
      },
    },
    examples: {
      good: [{ name: 'strict JSON', ...withText(small) }],
      bad: [
        {
          name: 'a trailing comma',
          ...withText(small.replace('["https"]', '["https",]')),
          expect: ['definition'],
          fixed: withText(small),
        },
        {
          name: 'comments',
          ...withText(small.replace('    "host"', '    // where it runs\n    "host" /* production */')),
          expect: ['definition', 'definition'],
          fixed: withText(small),
        },
        {
          name: 'a raw tab inside a string',
          ...withText(small.replace('Returns the', 'Returns\tthe')),
          expect: ['definition'],
          fixed: withText(small.replace('Returns the', 'Returns\\tthe')),
        },
        { name: 'text behind the root object', ...withText(`${small}, "tags": []`), expect: ['definition'] },
        { name: 'a missing comma', ...withText(small.replace('"2.0",', '"2.0"')), expect: ['definition'] },
        { name: 'an empty file', ...withText(''), expect: ['definition'] },
        { name: 'a list', ...withText('[]'), expect: ['definition'] },
      ],
    },
  },
  {
    id: 'json-utf8',
    title: 'The definition is encoded in UTF-8.',
    why: 'The service and the certification pipeline read UTF-8; other bytes become wrong characters or stop the loader.',
    remedy: 'Save the file as UTF-8 without byte-order mark.',
    source: 'RFC 8259; the certification pipeline reads UTF-8',
    levels: 'E/E/E',
    fix: 'safe',
    on: {
      jsonFile: (file, report, connector) => {
        if (!isDefinition(file) || file.encoding === 'utf-8') return;
        report(
          connector.place(file),
          `the file is ${encodingNames[file.encoding] ?? file.encoding}; save it as UTF-8 without byte-order mark`,
          { op: 'bytes', file, edit: () => asUtf8(file) },
        );
      },
    },
    examples: {
      good: [{ name: 'UTF-8', ...withText(accented) }],
      bad: [
        {
          name: 'Windows-1252',
          ...withBytes(Buffer.from(accented, 'latin1')),
          expect: ['definition'],
          fixed: withText(accented),
        },
        {
          name: 'UTF-16',
          ...withBytes(Buffer.from(`\uFEFF${accented}`, 'utf16le')),
          expect: ['definition'],
          fixed: withText(accented),
        },
      ],
    },
  },
  {
    id: 'json-bom',
    title: 'The definition has no byte-order mark.',
    why: 'Many JSON parsers stop at the invisible character in front of the first brace.',
    remedy: 'Save the file as UTF-8 without byte-order mark.',
    source: 'RFC 8259, section 8.1',
    levels: 'W/W/W',
    fix: 'safe',
    on: {
      jsonFile: (file, report, connector) => {
        if (!isDefinition(file) || file.encoding !== 'utf-8' || !file.bom) return;
        report(
          connector.place(file),
          'the file starts with a byte-order mark (EF BB BF), which JSON does not allow; save it without',
          { op: 'bytes', file, edit: (bytes) => bytes.subarray(3) },
        );
      },
    },
    examples: {
      good: [{ name: 'no mark', ...withText(small) }],
      bad: [
        {
          name: 'a mark',
          ...withText(`\uFEFF${small}`),
          expect: ['definition'],
          fixed: withText(small),
        },
      ],
    },
  },
  {
    id: 'json-duplicate-key',
    title: 'No object of the definition repeats a key.',
    why: 'Parsers silently keep the last value, so part of what the author wrote has no effect.',
    remedy: 'Remove one of the two, or give it the name that was meant.',
    source: 'RFC 8259, section 4; OpenAPI 2.0',
    levels: 'E/E/E',
    on: {
      jsonFile: (file, report, connector) => {
        if (isDefinition(file)) reportDuplicateKeys(file, report, connector);
      },
    },
    examples: {
      good: [{ name: 'the same key in two objects', ...withText(small) }],
      bad: [
        { name: 'a version twice', ...withText(repeatedKey), expect: ['definition#/info/version'] },
        {
          name: 'written with an escape',
          ...withText(repeatedKey.replace('"version": "1.1"', '"v\\u0065rsion" : "1.1"')),
          expect: ['definition#/info/version'],
        },
      ],
    },
  },
  {
    id: 'swagger-size',
    title: 'The definition is smaller than 1 MB.',
    why: 'The service refuses larger definitions.',
    remedy: 'Leave out operations that nobody needs, unused definitions, and blanks.',
    source: 'Certification submission guide; FAQ',
    levels: 'E/E/E',
    on: {
      jsonFile: (file, report, connector) => {
        if (!isDefinition(file) || file.bytes.length < maxBytes) return;
        report(
          connector.place(file),
          `the file has ${file.bytes.length} bytes; it must have fewer than ${maxBytes} (1 MB)`,
        );
      },
    },
    examples: {
      good: [{ name: 'a small definition', definition: {} }],
      bad: [{ name: 'a padded one', definition: { 'x-padding': 'a'.repeat(maxBytes) }, expect: ['definition'] }],
    },
  },
  {
    id: 'swagger-size-dataverse',
    title: 'Without blanks the definition has fewer than 500,000 characters.',
    why: 'A column of Dataverse that holds the definition refuses longer texts, and then the connector cannot become part of a solution.',
    remedy: 'Leave out operations and definitions that nobody needs, or shorten descriptions.',
    source: 'Issue 3567 of microsoft/PowerPlatformConnectors',
    levels: 'W/W/W',
    on: {
      jsonFile: (file, report, connector) => {
        if (!isDefinition(file) || file.text.length < maxCompactCharacters) return;
        const length = compactLength(file.text);
        if (length < maxCompactCharacters) return;
        report(
          connector.place(file),
          `without blanks the definition has ${length} characters; a solution takes fewer than ${maxCompactCharacters}`,
        );
      },
    },
    examples: {
      good: [{ name: 'a small definition', definition: {} }],
      bad: [
        {
          name: 'a padded one',
          definition: { 'x-padding': 'a'.repeat(maxCompactCharacters) },
          expect: ['definition'],
        },
      ],
    },
  },
  {
    id: 'json-indent',
    title: 'The definition is indented with blanks, four per level.',
    why: 'Reviewers compare definitions line by line; files that are indented alike can be compared.',
    remedy: 'Indent with four blanks per level.',
    source: 'Coding standards',
    // four is the written rule, but the platform's own export has two, as nearly every published definition: both pass
    levels: 'I/I/I',
    fix: 'safe',
    on: {
      jsonFile: (file, report) => {
        if (!isDefinition(file)) return;
        const unit = indentUnit(file.text);
        if (unit === undefined || unit === '    ' || unit === '  ') return;
        const seen = unit.includes('\t') ? 'tabs' : `steps of ${unit.length}`;
        report(
          { file, offset: file.text.indexOf('\n') + 1 },
          `the file is indented with ${seen}; use four blanks per level (two are fine, too)`,
          textFix(file, (text) => withFourBlanks(text, unit)),
        );
      },
    },
    examples: {
      good: [
        { name: 'four blanks', ...withText(small) },
        { name: 'two blanks', ...withText(small.replaceAll('    ', '  ')) },
      ],
      bad: [
        {
          name: 'three blanks',
          ...withText(small.replaceAll('    ', '   ')),
          expect: ['definition'],
          fixed: withText(small),
        },
      ],
    },
  },
  {
    id: 'json-no-hard-tabs',
    title: 'The definition has no tab characters.',
    why: 'Tabs look different in every editor and in the review.',
    remedy: 'Indent with blanks.',
    source: 'Coding standards',
    levels: 'I/I/I',
    fix: 'safe',
    on: {
      jsonFile: (file, report) => {
        if (!isDefinition(file)) return;
        const { count, first } = hardTabs(file.text);
        if (count === 0) return;
        report(
          { file, offset: first },
          `${count === 1 ? 'one line has tabs' : `${count} lines have tabs, this is the first`}; use blanks`,
          textFix(file, withoutTabs),
        );
      },
    },
    examples: {
      good: [{ name: 'blanks', ...withText(small) }],
      bad: [
        { name: 'a tab in one line', ...withText(halfTabbed), expect: ['definition'], fixed: withText(small) },
        {
          name: 'tabs everywhere',
          ...withText(small.replaceAll('    ', '\t')),
          expect: ['definition'],
          fixed: withText(small),
        },
      ],
    },
  },
  {
    id: 'json-no-trailing-space',
    title: 'No line of the definition ends in blanks.',
    why: 'Invisible differences make reviews longer.',
    remedy: 'Remove the blanks at line ends.',
    source: 'Coding standards',
    levels: 'I/I/I',
    fix: 'safe',
    on: {
      jsonFile: (file, report) => {
        if (!isDefinition(file)) return;
        const { count, first } = trailingBlanks(file.text);
        if (count === 0) return;
        report(
          { file, offset: first },
          `${count === 1 ? 'one line ends' : `${count} lines end, this is the first,`} in blanks; remove them`,
          textFix(file, withoutTrailingBlanks),
        );
      },
    },
    examples: {
      good: [{ name: 'none', ...withText(small) }],
      bad: [
        {
          name: 'a blank behind a comma',
          ...withText(small.replace('"2.0",', '"2.0", ')),
          expect: ['definition'],
          fixed: withText(small),
        },
        {
          name: 'with line ends of Windows',
          ...withText(small.replaceAll('\n', '\r\n').replace('"2.0",', '"2.0",\t')),
          expect: ['definition'],
          fixed: withText(small.replaceAll('\n', '\r\n')),
        },
      ],
    },
  },
  {
    id: 'json-key-order',
    title: 'The parts of the definition stand in the usual order.',
    why: 'Reviewers find things where they expect them: swagger, info, host and schemes, consumes and produces, paths, definitions, parameters.',
    remedy: 'Move the part to its place.',
    source: 'Coding standards',
    levels: 'I/I/I',
    fix: 'safe',
    on: {
      root: (root, report, connector) => {
        const file = connector.files.definition;
        if (file === undefined) return;
        let highest = -1;
        let before = '';
        for (const key in root.value) {
          const rank = rankOf(key);
          if (rank === undefined) continue;
          if (rank < highest) {
            report(
              root.place.at(key),
              `${quote(key)} stands behind ${quote(before)}; the usual order is ${rootOrder.flat().join(', ')}`,
              textFix(file, (text) => withRootOrder(text, rankOf)),
            );
            return;
          }
          if (rank > highest) before = key;
          highest = rank;
        }
      },
    },
    examples: {
      good: [
        { name: 'the usual order', definition: {} },
        {
          name: 'metadata anywhere',
          ...withText(small.replace('"swagger": "2.0",', '"x-made-by": "us",\n    "swagger": "2.0",')),
        },
      ],
      bad: [
        {
          name: 'info first',
          ...withText('{"info":{"title":"A, \\"B\\" }"},"x-a":[1,{"b":2}], "swagger":"2.0" ,"host":"a.b"}'),
          expect: ['definition#/swagger'],
          fixed: withText('{"swagger":"2.0","x-a":[1,{"b":2}], "info":{"title":"A, \\"B\\" }"} ,"host":"a.b"}'),
          implies: [
            'paths-not-empty',
            'info-title-ending',
            'info-version-required',
            'info-description-required',
            'info-contact-required',
            'metadata-required',
          ],
        },
      ],
    },
  },
  {
    id: 'swagger-version',
    title: 'The definition is Swagger 2.0.',
    why: 'Custom connectors are defined in Swagger 2.0 (OpenAPI 2.0) and in nothing else.',
    remedy: 'Write "swagger": "2.0"; convert OpenAPI 3 with: pp-connector import FILE',
    source: 'Certification validator rules; certification policy',
    official: 'SpecificationVersionIncorrect',
    policy: '5000.2.6.3',
    levels: 'E/E/E',
    on: {
      root: (root, report) => {
        const version = own(root.value, 'swagger');
        if (version === '2.0') return;
        const openapi = own(root.value, 'openapi');
        const message =
          version !== undefined
            ? `the version of Swagger is ${quote(version)}; it must be the text "2.0"`
            : typeof openapi === 'string'
              ? `this is OpenAPI ${quote(openapi)}; connectors need Swagger 2.0, convert it with: pp-connector import FILE`
              : 'there is no "swagger"; add "swagger": "2.0"';
        report(root.place.at('swagger'), message);
      },
    },
    examples: {
      good: [{ name: 'the text 2.0', definition: { swagger: '2.0' } }],
      bad: [
        { name: 'a number', definition: { swagger: 2 }, expect: ['definition#/swagger'] },
        { name: 'missing', definition: { swagger: null }, expect: ['definition#/swagger'] },
        {
          name: 'OpenAPI 3',
          definition: { swagger: null, openapi: '3.0.3' },
          expect: ['definition#/swagger'],
          implies: ['root-unknown-property'],
        },
      ],
    },
  },
  {
    id: 'root-unknown-property',
    title: 'The definition has only the parts of Swagger 2.0 and extensions that start with x-.',
    why: 'The service refuses what it does not know, and a misspelled part has no effect.',
    remedy: 'Correct the spelling, or move the part to where it belongs.',
    source: 'Certification validator rules',
    official: 'ExtensionNameNotValid',
    levels: 'E/E/E',
    fix: 'safe',
    on: {
      root: (root, report) => {
        for (const key in root.value) {
          if (knownRootKeys.has(key) || key.startsWith('x-')) continue;
          const at = root.place.at(key);
          const meant = rootKeyByLowerCase.get(key.toLowerCase());
          if (meant !== undefined) {
            const free = own(root.value, meant) === undefined;
            report(
              at,
              `${quote(key)} has no effect; write ${quote(meant)}`,
              free ? { op: 'rename', at, to: meant } : [],
            );
          } else if (key.startsWith('/')) {
            report(at, `the path ${quote(key)} stands beside "paths"; move it into "paths"`);
          } else if (openApiKeys.has(key)) {
            report(
              at,
              `${quote(key)} belongs to OpenAPI 3, not to Swagger 2.0; convert with: pp-connector import FILE`,
            );
          } else {
            report(at, `${quote(key)} is no part of Swagger 2.0; remove it, or let its name start with "x-"`);
          }
        }
      },
    },
    examples: {
      good: [{ name: 'an extension', definition: { 'x-made-by': 'Contoso' } }],
      bad: [
        {
          name: 'lower case',
          definition: { basePath: null, basepath: '/v1' },
          expect: ['definition#/basepath'],
          fixed: { definition: { basePath: '/v1' } },
        },
        { name: 'servers', definition: { servers: [] }, expect: ['definition#/servers'] },
        { name: 'a path beside paths', definition: { '/winds': {} }, expect: ['definition#/~1winds'] },
      ],
    },
  },
  {
    id: 'root-empty-section',
    title: 'The definition has no empty definitions, parameters or responses.',
    why: 'The submission guide asks to remove what is empty.',
    remedy: 'Remove the empty object.',
    source: 'Certification submission guide',
    levels: '-/I/I',
    fix: 'safe',
    on: {
      root: (root, report) => {
        for (const key of ['definitions', 'parameters', 'responses']) {
          const section = own(root.value, key);
          if (!isObject(section) || Object.keys(section).length > 0) continue;
          const at = root.place.at(key);
          report(at, `${quote(key)} is empty; remove it`, { op: 'remove', at });
        }
      },
    },
    examples: {
      good: [{ name: 'no shared parameters', definition: {} }],
      bad: [
        {
          name: 'two empty objects',
          definition: { parameters: {}, responses: {} },
          expect: ['definition#/parameters', 'definition#/responses'],
          fixed: { definition: {} },
        },
      ],
    },
  },
  {
    id: 'paths-not-empty',
    title: 'The connector has at least one operation.',
    why: 'A connector without operations can do nothing.',
    remedy: 'Add a path with an operation.',
    source: 'Certification submission guide; certification policy',
    policy: '5000.2.4.5',
    levels: 'E/E/E',
    on: {
      root: (root, report, connector) => {
        if (connector.operations.length > 0) return;
        report(root.place.at('paths'), 'there is no operation; add a path with at least one');
      },
    },
    examples: {
      good: [{ name: 'several operations', definition: {} }],
      bad: [
        {
          name: 'no paths',
          ...withText(small.replace(/"paths": \{[\s\S]*?\n {4}\},/, '"paths": {},')),
          expect: ['definition#/paths'],
        },
      ],
    },
  },
  {
    id: 'definitions-unused',
    title: 'Every definition is used by some operation.',
    why: 'Unused definitions only count against the size limits.',
    remedy: 'Remove the definition.',
    source: 'Practice of published connectors',
    levels: 'I/I/I',
    fix: 'safe',
    on: {
      root: (root, report, connector) => {
        const definitions = own(root.value, 'definitions');
        if (!isObject(definitions)) return;
        const section = root.place.at('definitions');
        const unused = Object.keys(definitions).filter((name) => !usedDefinitions(connector).has(name));
        const all = unused.length === Object.keys(definitions).length;
        for (const name of unused) {
          const at = section.at(name);
          report(at, `no operation uses the definition ${quote(name)}; remove it`, {
            op: 'remove',
            // an empty section would be the next finding
            at: all ? section : at,
          });
        }
      },
    },
    examples: {
      good: [
        {
          name: 'used through another one',
          definition: {
            definitions: {
              Station: { properties: { region: { $ref: '#/definitions/Region' } } },
              Region: { type: 'object', properties: { id: field } },
            },
          },
        },
      ],
      bad: [
        {
          name: 'two that only use each other',
          definition: {
            definitions: {
              Wind: { type: 'object', properties: { gust: { $ref: '#/definitions/Gust' } } },
              Gust: { type: 'object', properties: { wind: { $ref: '#/definitions/Wind' } } },
            },
          },
          expect: ['definition#/definitions/Wind', 'definition#/definitions/Gust'],
          fixed: { definition: {} },
        },
        {
          name: 'the only one',
          ...withText(small.replace('"paths"', '"definitions": { "Wind": { "type": "object" } },\n    "paths"')),
          expect: ['definition#/definitions/Wind'],
          fixed: withText(small),
        },
      ],
    },
  },
  {
    id: 'placeholder-values',
    title: 'Nothing is left of the template that the definition started from.',
    why: 'Sample sentences and blanks to be filled in are shown to makers, and reviewers send the connector back.',
    remedy: 'Write the real value.',
    source: "The repository's connector templates",
    levels: 'W/E/E',
    on: {
      root: (root, report) => {
        for (const { path, text } of authorTexts(root)) {
          if (isPlaceholder(text)) {
            report(root.place.at(...path), `${quote(text)} is a placeholder of the template; write the real value`);
          }
        }
      },
    },
    examples: {
      good: [
        {
          name: 'the word in a sentence',
          definition: { info: { description: 'Keeps your list of TODO items in step with Contoso.' } },
        },
      ],
      bad: [
        {
          name: 'something to do',
          definition: { info: { description: 'TODO: say what the connector does for people.' } },
          expect: ['definition#/info/description'],
        },
        {
          name: 'underscores',
          definition: { info: { contact: { name: '________' } } },
          expect: ['definition#/info/contact/name'],
        },
        {
          name: 'the sample sentence',
          definition: {
            info: { description: 'Short description of the connecting service, between 30 and 500 characters.' },
          },
          expect: ['definition#/info/description'],
        },
      ],
    },
  },
  {
    id: 'operations-max',
    title: `The connector has at most ${maxOperations} operations.`,
    why: 'The service refuses more.',
    remedy: 'Leave out operations that nobody needs, or split the connector.',
    source: 'FAQ; certification validator rules',
    official: 'TotalOperationsCountExceedsMaxAllowed',
    levels: 'E/E/E',
    on: {
      root: (root, report, connector) => {
        const count = connector.operations.length;
        if (count <= maxOperations) return;
        report(root.place.at('paths'), `there are ${count} operations; at most ${maxOperations} are allowed`);
      },
    },
    examples: {
      good: [{ name: 'a handful', definition: {} }],
      bad: [{ name: 'too many', definition: { paths: manyOperations(maxOperations) }, expect: ['definition#/paths'] }],
    },
  },
  {
    id: 'body-schema-count-max',
    title: `A body holds at most ${maxBodySchemas} schemas, references followed.`,
    why: 'The service refuses more.',
    remedy: 'Leave out properties, or describe deep parts as free objects.',
    source: 'FAQ; certification validator rules',
    official: 'BodySchemaCountExceedsMaxAllowed',
    levels: 'E/E/E',
    on: {
      parameter: (parameter, report, connector) => {
        if (parameter.in !== 'body') return;
        const count = schemaCounter(connector).count(own(parameter.value, 'schema'));
        if (count <= maxBodySchemas) return;
        report(
          parameter.place.at('schema'),
          `the body holds ${count} schemas, references followed; at most ${maxBodySchemas} are allowed`,
        );
      },
    },
    examples: {
      good: [{ name: 'as many as are allowed', definition: stationBody(maxBodySchemas - 1) }],
      bad: [
        {
          name: 'one too many',
          definition: stationBody(maxBodySchemas),
          expect: ['definition#/paths/~1stations/post/parameters/0/schema'],
        },
      ],
    },
  },
  {
    id: 'operation-schema-count-max',
    title: `An operation holds at most ${maxOperationSchemas} schemas, references followed.`,
    why: 'The service refuses more.',
    remedy: 'Leave out properties, or describe deep parts as free objects.',
    source: 'FAQ; certification validator rules',
    official: 'OperationSchemaCountExceedsMaxAllowed',
    levels: 'E/E/E',
    on: {
      operation: (operation, report, connector) => {
        const counter = schemaCounter(connector);
        let count = 0;
        for (const parameter of operation.parameters) count += counter.count(own(parameter.value, 'schema'));
        for (const response of operation.responses) count += counter.count(own(response.value, 'schema'));
        if (count <= maxOperationSchemas) return;
        report(
          operation.place,
          `the operation holds ${count} schemas, references followed; at most ${maxOperationSchemas} are allowed`,
        );
      },
    },
    examples: {
      good: [{ name: 'a shared definition, used often', definition: stationAnswer(100) }],
      bad: [
        {
          name: 'every field has many fields',
          definition: stationAnswer(130),
          expect: ['definition#/paths/~1stations/get'],
        },
      ],
    },
  },
]);
