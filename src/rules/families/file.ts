import { isUtf8 } from 'node:buffer';
import {
  compactLength,
  hardTabs,
  indentUnit,
  isOnOneLine,
  isTooDeepToLayOut,
  onLines,
  trailingBlanks,
  withFourBlanks,
  withoutTabs,
  withoutTrailingBlanks,
  withRootOrder,
} from '../../connector/json/layout.ts';
import type { JsonFile } from '../../connector/source-file.ts';
import { decodeWindows1252 } from '../../connector/windows-1252.ts';
import { quote } from '../../quote.ts';
import { defineFamily, type Fix } from '../engine/rule.ts';
import { smallDefinition, withBytes, withText } from '../examples/small-definition.ts';
import { reportDuplicateKeys, reportSyntax } from '../support/json-syntax.ts';

const maxBytes = 1_048_576;
const maxCompactCharacters = 500_000;

/** Keys of one group may be in any order; what isn't listed may be anywhere. */
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

const isDefinition = (file: JsonFile): boolean => file.role === 'definition';

/** Layout can be repaired in strict JSON only: elsewhere a blank might be inside a string. */
const textFix = (file: JsonFile, edit: (text: string) => string): Fix[] =>
  file.problems.length === 0 ? [{ op: 'text', file, edit }] : [];

/** A byte sequence that isn't UTF-8 keeps every part that is; only stray bytes are read as Windows-1252. */
function asUtf8(file: JsonFile): Buffer {
  if (file.encoding !== 'windows-1252') return Buffer.from(file.text, 'utf8');
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
      parts.push(decodeWindows1252(bytes.subarray(at, at + 1)));
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

const accented = smallDefinition.replace('Contoso Support', 'José Support');
const repeatedKey = smallDefinition.replace('"version": "1.0",', '"version": "1.0", "version": "1.1",');
const halfTabbed = smallDefinition.replace('    "host"', '\t"host"');

/** Rules about the definition as a file. */
export const family = defineFamily({ name: 'The definition file', order: 10 }, [
  {
    id: 'json-valid',
    title: 'The definition is strict JSON.',
    why: 'The loaders of the service and of the command line tools are strict parsers: comments, trailing commas, raw control characters and text after the root object stop them.',
    remedy: 'Correct the place; --fix removes comments and trailing commas and escapes control characters.',
    source: 'RFC 8259; the strict loader of paconn',
    policy: '5000.2.6.2',
    severity: 'E/E/E',
    fix: 'safe',
    on: {
      jsonFile: (file, report, connector) => {
        if (isDefinition(file)) reportSyntax(file, report, connector);
      },
    },
    examples: {
      good: [{ name: 'strict JSON', ...withText(smallDefinition) }],
      bad: [
        {
          name: 'a trailing comma',
          ...withText(smallDefinition.replace('["https"]', '["https",]')),
          expect: ['definition'],
          fixed: withText(smallDefinition),
        },
        {
          name: 'comments',
          ...withText(smallDefinition.replace('    "host"', '    // where it runs\n    "host" /* production */')),
          expect: ['definition', 'definition'],
          fixed: withText(smallDefinition),
        },
        {
          name: 'a raw tab inside a string',
          ...withText(smallDefinition.replace('Returns the', 'Returns\tthe')),
          expect: ['definition'],
          fixed: withText(smallDefinition.replace('Returns the', 'Returns\\tthe')),
        },
        { name: 'text after the root object', ...withText(`${smallDefinition}, "tags": []`), expect: ['definition'] },
        { name: 'a missing comma', ...withText(smallDefinition.replace('"2.0",', '"2.0"')), expect: ['definition'] },
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
    severity: 'E/E/E',
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
    severity: 'W/W/W',
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
      good: [{ name: 'no mark', ...withText(smallDefinition) }],
      bad: [
        {
          name: 'a mark',
          ...withText(`\uFEFF${smallDefinition}`),
          expect: ['definition'],
          fixed: withText(smallDefinition),
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
    severity: 'E/E/E',
    on: {
      jsonFile: (file, report, connector) => {
        if (isDefinition(file)) reportDuplicateKeys(file, report, connector);
      },
    },
    examples: {
      good: [{ name: 'the same key in two objects', ...withText(smallDefinition) }],
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
    severity: 'E/E/E',
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
    severity: 'W/W/W',
    on: {
      jsonFile: (file, report, connector) => {
        if (!isDefinition(file) || file.unreliable || file.text.length < maxCompactCharacters) return;
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
    severity: 'I/I/I',
    fix: 'safe',
    on: {
      jsonFile: (file, report) => {
        if (!isDefinition(file)) return;
        const unit = indentUnit(file.text);
        if (unit === undefined && isOnOneLine(file.text)) {
          report(
            { file, offset: 0 },
            'the definition is on one line; use four blanks per level (two are fine, too)',
            isTooDeepToLayOut(file.text) ? [] : textFix(file, onLines),
          );
        }
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
        { name: 'four blanks', ...withText(smallDefinition) },
        { name: 'two blanks', ...withText(smallDefinition.replaceAll('    ', '  ')) },
      ],
      bad: [
        {
          name: 'one line',
          ...withText(JSON.stringify(JSON.parse(smallDefinition))),
          expect: ['definition'],
          fixed: withText(`${JSON.stringify(JSON.parse(smallDefinition), null, 4)}\n`),
        },
        {
          name: 'three blanks',
          ...withText(smallDefinition.replaceAll('    ', '   ')),
          expect: ['definition'],
          fixed: withText(smallDefinition),
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
    severity: 'I/I/I',
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
      good: [{ name: 'blanks', ...withText(smallDefinition) }],
      bad: [
        {
          name: 'a tab in one line',
          ...withText(halfTabbed),
          expect: ['definition'],
          fixed: withText(smallDefinition),
        },
        {
          name: 'tabs everywhere',
          ...withText(smallDefinition.replaceAll('    ', '\t')),
          expect: ['definition'],
          fixed: withText(smallDefinition),
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
    severity: 'I/I/I',
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
      good: [{ name: 'none', ...withText(smallDefinition) }],
      bad: [
        {
          name: 'a blank after a comma',
          ...withText(smallDefinition.replace('"2.0",', '"2.0", ')),
          expect: ['definition'],
          fixed: withText(smallDefinition),
        },
        {
          name: 'with line ends of Windows',
          ...withText(smallDefinition.replaceAll('\n', '\r\n').replace('"2.0",', '"2.0",\t')),
          expect: ['definition'],
          fixed: withText(smallDefinition.replaceAll('\n', '\r\n')),
        },
      ],
    },
  },
  {
    id: 'json-key-order',
    title: 'The parts of the definition are in the usual order.',
    why: 'Reviewers find things where they expect them: swagger, info, host and schemes, consumes and produces, paths, definitions, parameters.',
    remedy: 'Move the part to its place.',
    source: 'Coding standards',
    severity: 'I/I/I',
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
              `${quote(key)} is after ${quote(before)}; the usual order is ${rootOrder.flat().join(', ')}`,
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
          ...withText(smallDefinition.replace('"swagger": "2.0",', '"x-made-by": "us",\n    "swagger": "2.0",')),
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
]);
