import { formatAliases, typeOfFormat } from '../../connector/facts/formats.ts';
import { canonicalText, deepEqual, getOwn, isObject, type Json, type JsonObject } from '../../connector/json/value.ts';
import { literal, quote } from '../../quote.ts';
import type { ConnectorModel, Operation, Parameter, Schema } from '../engine/model.ts';
import { isSchema } from '../engine/model.ts';
import { defineFamily, type Fix, type Report } from '../engine/rule.ts';
import { definitionUses } from '../support/definition-graph.ts';
import { isInBody } from '../support/input-output-schemas.ts';

type Node = Schema | Parameter;
type Check = (node: Node, report: Report) => void;

const formats = [...typeOfFormat.keys()];

/** Whether a value is one of a type; unknown types are another rule's. */
function fits(value: Json, type: string): boolean {
  switch (type) {
    case 'string':
      return typeof value === 'string';
    case 'integer':
      return Number.isInteger(value);
    case 'number':
      return typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isObject(value);
    default:
      return true;
  }
}

const numeral = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;

/** The same value as another type, when that is certain. */
function converted(value: Json, type: string): Json | undefined {
  if (type === 'string' && (typeof value === 'number' || typeof value === 'boolean')) return String(value);
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (type === 'boolean') {
    const lower = text.toLowerCase();
    return lower === 'true' ? true : lower === 'false' ? false : undefined;
  }
  if ((type === 'number' || type === 'integer') && numeral.test(text) && fits(Number(text), type)) return Number(text);
  return undefined;
}

/** The values of an enum that occurred before, as their indexes. */
function repeats(values: readonly Json[]): number[] {
  if (new Set(values).size === values.length) return [];
  const seen = new Set<Json>();
  const found: number[] = [];
  values.forEach((value, index) => {
    if (seen.has(value)) found.push(index);
    seen.add(value);
  });
  return found;
}

/** Whether a pattern can be compiled; the platform's expressions may begin with flags, which JavaScript's can't. */
function compiles(pattern: string): boolean {
  const text = pattern.replace(/^\(\?[imsnx]+\)/, '');
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}

/** Lower and upper bounds that belong together. */
const bounds = [
  ['minimum', 'maximum'],
  ['minLength', 'maxLength'],
  ['minItems', 'maxItems'],
  ['minProperties', 'maxProperties'],
] as const;

/** One check per keyword of `bounds`, and of the flags that make a bound exclusive. */
function boundChecks(): Record<string, Check> {
  const checks: Record<string, Check> = {};
  for (const [lower, upper] of bounds) {
    const isCount = lower !== 'minimum';
    checks[lower] = (node, report) => {
      const low = node.value[lower];
      const high = getOwn(node.value, upper);
      const problem = numberProblem(low, isCount);
      if (problem !== undefined) report(node.place.at(lower), `${lower} is ${quote(low)}; it must be ${problem}`);
      else if (typeof low === 'number' && typeof high === 'number' && low > high) {
        report(node.place.at(lower), `${lower} (${low}) is above ${upper} (${high}), so no value is allowed`);
      }
    };
    checks[upper] = (node, report) => {
      const problem = numberProblem(node.value[upper], isCount);
      if (problem === undefined) return;
      report(node.place.at(upper), `${upper} is ${quote(node.value[upper])}; it must be ${problem}`);
    };
  }
  for (const [flag, bound] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    checks[flag] = (node, report) => {
      const at = node.place.at(flag);
      if (typeof node.value[flag] !== 'boolean') {
        report(at, `${flag} is ${quote(node.value[flag])}; in OpenAPI 2.0 it is true or false, beside ${bound}`);
      } else if (!Object.hasOwn(node.value, bound)) {
        report(at, `${flag} needs ${bound} beside it; add it or remove the flag`);
      }
    };
  }
  return checks;
}

function numberProblem(value: unknown, isCount: boolean): string | undefined {
  if (typeof value !== 'number') return 'a number';
  return isCount && (value < 0 || !Number.isInteger(value)) ? 'a whole number from 0 up' : undefined;
}

/** What is wrong with an entry of x-ms-enum-values; remembers the values that were there, as canonical texts. */
function enumValueProblem(
  entry: Json,
  allowed: ReadonlySet<string> | undefined,
  seen: Set<string>,
): string | undefined {
  if (!isObject(entry)) return `${quote(entry)} must be an object with "value" and "displayName"`;
  const value = getOwn(entry, 'value') ?? null;
  const displayName = getOwn(entry, 'displayName');
  if (typeof displayName !== 'string' || displayName.trim() === '') {
    return `the value ${quote(value)} has no displayName; add the text that makers read`;
  }
  const text = canonicalText(value);
  if (seen.has(text)) return `the value ${quote(value)} is named twice; remove one`;
  seen.add(text);
  return allowed !== undefined && !allowed.has(text)
    ? `the value ${quote(value)} is not in the enum; correct it or add it there`
    : undefined;
}

/** The known word for a format; removes an empty one. */
function knownFormat(node: Node): Fix[] {
  const at = node.place.at('format');
  const { format } = node.value;
  if (format === '' || format === null) return [{ op: 'remove', at }];
  if (typeof format !== 'string') return [];
  const lower = format.trim().toLowerCase();
  const right = typeOfFormat.has(lower) ? lower : formatAliases.get(lower);
  const isNumeric = right !== undefined && typeOfFormat.get(right) === 'number';
  // on a text the word for a number would be the next mistake
  const isOfType = !isNumeric || getOwn(node.value, 'type') === 'number';
  return right === undefined || !isOfType ? [] : [{ op: 'set', at, value: right }];
}

/** A number or a truth value as default of a text that makers fill in: what the portal refuses to save. */
const isRefusedDefault = (node: Node, connector: ConnectorModel): boolean =>
  getOwn(node.value, 'type') === 'string' &&
  ['number', 'boolean'].includes(typeof node.value.default) &&
  (!isSchema(node) || node.owner.kind === 'parameter' || isInBody(node, connector));

/** The default in its type; null is not a default at all. */
function rightDefault(node: Node, type: string): Fix[] {
  const at = node.place.at('default');
  const value = node.value.default ?? null;
  if (value === null) return [{ op: 'remove', at }];
  const right = converted(value, type);
  return right === undefined ? [] : [{ op: 'set', at, value: right }];
}

const isBinary = (value: JsonObject): boolean => value.format === 'binary' && getOwn(value, 'type') === 'string';

const formType = 'application/x-www-form-urlencoded';

/** Whether requests of an operation are sent as a URL-encoded form, and nothing else. */
function sendsUrlEncoded(operation: Operation, connector: ConnectorModel): boolean {
  const consumes = getOwn(operation.value, 'consumes') ?? getOwn(connector.definition, 'consumes');
  return Array.isArray(consumes) && consumes.length > 0 && consumes.every((type) => type === formType);
}

/** Why string/binary can't be here; undefined when it can. */
function binaryProblem(node: Node, connector: ConnectorModel): string | undefined {
  if (!isSchema(node)) {
    if (node.in !== 'formData') return `a ${node.in} parameter cannot be binary`;
    return node.operations.some((operation) => sendsUrlEncoded(operation, connector))
      ? `a URL-encoded form (${formType}) cannot carry binary data`
      : undefined;
  }
  const { owner } = node;
  if (owner.kind === 'parameter') return 'the items of a parameter cannot be binary';
  const nested = node.role !== 'root';
  if (owner.kind === 'body') {
    if (nested) return 'a property of a body cannot be binary';
    return owner.parameter.operations.some((operation) => sendsUrlEncoded(operation, connector))
      ? `a URL-encoded form (${formType}) cannot carry binary data`
      : undefined;
  }
  if (owner.kind !== 'definition' || !nested) return undefined;
  const isInput = definitionUses(connector)
    .get(owner.name)
    ?.some((use) => use.kind === 'input');
  return isInput === true ? 'a property of a body cannot be binary' : undefined;
}

const pet = (property: JsonObject): { definition: JsonObject } => ({
  definition: { definitions: { Pet: { type: 'object', properties: { a: property } } } },
});

/** The example's call that makes a station, with a body of one text. */
const inBodyOfStations = (property: JsonObject): { definition: JsonObject } => ({
  definition: {
    paths: {
      '/stations': {
        post: {
          parameters: [
            {
              name: 'body',
              in: 'body',
              required: true,
              schema: {
                type: 'object',
                properties: { level: { 'x-ms-summary': 'Level', description: 'How high it is.', ...property } },
              },
            },
          ],
        },
      },
    },
  },
});
const bodyDefault = 'definition#/paths/~1stations/post/parameters/0/schema/properties/level/default';

const inPet = (...keys: string[]): string => `definition#/definitions/Pet/properties/a/${keys.join('/')}`;

/** Rules about what values a schema or a parameter allows: formats, enums, defaults, bounds. */
export const family = defineFamily({ name: 'Formats, enums, defaults', order: 230 }, [
  {
    id: 'binary-position',
    title: 'Binary data is the whole body, or a parameter of a form.',
    why: 'JSON cannot carry binary data, so a binary property never arrives intact.',
    remedy: 'Use "format": "byte" (base64) inside JSON, or send the file as the body or as multipart/form-data.',
    source: 'Swagger validator rules',
    official: 'InvalidStringBinaryProperty',
    severity: 'W/W/W',
    on: {
      keyword: {
        format: (node, report, connector) => {
          if (!isBinary(node.value)) return;
          const problem = binaryProblem(node, connector);
          if (problem === undefined) return;
          report(
            node.place.at('format'),
            `${problem}; use format "byte" (base64), the whole body, or a multipart/form-data parameter`,
          );
        },
      },
    },
    examples: {
      good: [
        {
          name: 'the whole body',
          definition: {
            paths: {
              '/stations': {
                post: {
                  parameters: [
                    { name: 'body', in: 'body', required: true, schema: { type: 'string', format: 'binary' } },
                  ],
                },
              },
            },
          },
        },
        {
          name: 'the whole answer',
          definition: {
            paths: {
              '/stations': {
                get: { responses: { 200: { schema: { $ref: null, type: 'string', format: 'binary' } } } },
              },
            },
          },
        },
      ],
      bad: [
        {
          name: 'a property of a body',
          definition: { definitions: { Station: { properties: { photo: { type: 'string', format: 'binary' } } } } },
          expect: ['definition#/definitions/Station/properties/photo/format'],
        },
      ],
    },
  },
  {
    id: 'format-known',
    title: 'The format is one that the platform knows.',
    why: 'Other formats are ignored, so the designer offers a plain text field.',
    remedy: `Use one of ${formats.join(', ')}, or remove the format.`,
    source: 'Swagger validator rules; published definition schema',
    official: 'UnrecognizedTypeFormat',
    severity: 'W/W/W',
    fix: 'safe',
    on: {
      keyword: {
        format: (node, report) => {
          const { format } = node.value;
          if (typeof format === 'string' && typeOfFormat.has(format)) return;
          const at = node.place.at('format');
          report(at, `the format ${quote(format)} is not known; use one of ${formats.join(', ')}`, knownFormat(node));
        },
      },
    },
    examples: {
      good: [{ name: 'known', ...pet({ type: 'string', format: 'date-time' }) }],
      bad: [
        { name: 'unknown', ...pet({ type: 'string', format: 'phone' }), expect: [inPet('format')] },
        {
          name: 'another word for it',
          ...pet({ type: 'string', format: 'guid' }),
          expect: [inPet('format')],
          fixed: pet({ type: 'string', format: 'uuid' }),
        },
        {
          name: 'upper case',
          ...pet({ type: 'string', format: 'Date-Time' }),
          expect: [inPet('format')],
          fixed: pet({ type: 'string', format: 'date-time' }),
        },
        {
          name: 'empty',
          ...pet({ type: 'string', format: '' }),
          expect: [inPet('format')],
          fixed: pet({ type: 'string' }),
        },
      ],
    },
  },
  {
    id: 'format-type-match',
    title: 'The format fits the type.',
    why: 'int32 and int64 describe integers, float and double describe numbers; on another type they are ignored.',
    remedy: 'Correct the type or the format.',
    source: 'Swagger validator rules; OpenAPI 2.0, data types',
    severity: 'W/W/W',
    fix: 'safe',
    on: {
      keyword: {
        format: (node, report) => {
          const { format } = node.value;
          const right = typeof format === 'string' ? typeOfFormat.get(format) : undefined;
          const type = getOwn(node.value, 'type');
          if (right === undefined || right === 'string' || type === undefined || type === right) return;
          const at = node.place.at('format');
          // between number and integer either may be meant
          const certain = type !== 'number' && type !== 'integer';
          report(
            at,
            `format ${quote(format)} belongs to type "${right}", not to ${quote(type)}; correct one of them`,
            certain ? { op: 'remove', at } : undefined,
          );
        },
      },
    },
    examples: {
      good: [{ name: 'an integer', ...pet({ type: 'integer', format: 'int32' }) }],
      bad: [
        { name: 'a number', ...pet({ type: 'number', format: 'int32' }), expect: [inPet('format')] },
        {
          name: 'a string',
          ...pet({ type: 'string', format: 'double' }),
          expect: [inPet('format')],
          fixed: pet({ type: 'string' }),
        },
      ],
    },
  },
  {
    id: 'enum-not-empty',
    title: 'An enum lists at least one value.',
    why: 'Nothing could be chosen.',
    remedy: 'List the values, or remove the enum.',
    source: 'Swagger validator rules; JSON Schema',
    severity: 'E/E/E',
    on: {
      keyword: {
        enum: (node, report) => {
          const values = node.value.enum;
          if (Array.isArray(values) && values.length > 0) return;
          report(node.place.at('enum'), `enum is ${quote(values)}; it must be a list of at least one value`);
        },
      },
    },
    examples: {
      good: [{ name: 'two values', ...pet({ type: 'string', enum: ['a', 'b'] }) }],
      bad: [
        { name: 'empty', ...pet({ type: 'string', enum: [] }), expect: [inPet('enum')] },
        { name: 'no list', ...pet({ type: 'string', enum: 'a' }), expect: [inPet('enum')] },
      ],
    },
  },
  {
    id: 'enum-unique',
    title: 'The values of an enum are distinct.',
    why: 'The drop-down would show the same choice twice.',
    remedy: 'Remove the repeated values.',
    source: 'Swagger validator rules; JSON Schema',
    severity: 'W/E/E',
    fix: 'safe',
    on: {
      keyword: {
        enum: (node, report) => {
          const values = node.value.enum;
          if (!Array.isArray(values)) return;
          for (const index of repeats(values)) {
            const at = node.place.at('enum', index);
            report(at, `the enum repeats ${quote(values[index])}; list it once`, { op: 'remove', at });
          }
        },
      },
    },
    examples: {
      good: [{ name: 'distinct, by case', ...pet({ type: 'string', enum: ['a', 'A'] }) }],
      bad: [
        {
          name: 'repeated',
          ...pet({ type: 'string', enum: ['a', 'b', 'a'] }),
          expect: [inPet('enum/2')],
          fixed: pet({ type: 'string', enum: ['a', 'b'] }),
        },
      ],
    },
  },
  {
    id: 'enum-type-match',
    title: 'The values of an enum are of its type.',
    why: 'A value of another type can be chosen but is sent wrongly; often true and false are written as texts.',
    remedy: 'Write the values in the declared type, or correct the type.',
    source: 'Swagger validator rules',
    official: 'InvalidEnumValue',
    severity: 'W/W/W',
    fix: 'safe',
    on: {
      keyword: {
        enum: (node, report) => {
          const values = node.value.enum;
          const type = getOwn(node.value, 'type');
          if (!Array.isArray(values) || typeof type !== 'string') return;
          for (let index = 0; index < values.length; index += 1) {
            const value = values[index] ?? null;
            if (fits(value, type)) continue;
            const at = node.place.at('enum', index);
            const right = converted(value, type);
            report(
              at,
              `enum value ${quote(value)} is not of type "${type}"; write it as one`,
              right === undefined || values.includes(right) ? undefined : { op: 'set', at, value: right },
            );
          }
        },
      },
    },
    examples: {
      good: [{ name: 'numbers', ...pet({ type: 'integer', enum: [1, 2] }) }],
      bad: [
        {
          name: 'booleans as texts',
          ...pet({ type: 'boolean', enum: ['true', 'false'] }),
          expect: [inPet('enum/0'), inPet('enum/1')],
          fixed: pet({ type: 'boolean', enum: [true, false] }),
        },
        { name: 'null', ...pet({ type: 'string', enum: ['a', null] }), expect: [inPet('enum/1')] },
      ],
    },
  },
  {
    id: 'enum-values-match',
    title: 'x-ms-enum-values names the values of the enum, each once.',
    why: 'Labels of values that do not exist are never shown, and the service refuses them.',
    remedy: 'Give each entry a displayName and a value that is in the enum beside it.',
    source: 'Swagger validator rules; published definition schema',
    severity: 'E/E/E',
    on: {
      keyword: {
        'x-ms-enum-values': (node, report) => {
          const at = node.place.at('x-ms-enum-values');
          const entries = node.value['x-ms-enum-values'];
          if (!Array.isArray(entries)) {
            report(at, `x-ms-enum-values is ${quote(entries)}; it must be a list of { "value", "displayName" }`);
            return;
          }
          const values = getOwn(node.value, 'enum');
          const allowed = Array.isArray(values) ? new Set(values.map(canonicalText)) : undefined;
          const seen = new Set<string>();
          entries.forEach((entry, index) => {
            const problem = enumValueProblem(entry, allowed, seen);
            if (problem !== undefined) report(at.at(index), problem);
          });
        },
      },
    },
    examples: {
      good: [
        {
          name: 'one label each',
          ...pet({
            type: 'string',
            enum: ['a', 'b'],
            'x-ms-enum-values': [
              { value: 'a', displayName: 'First' },
              { value: 'b', displayName: 'Second' },
            ],
          }),
        },
      ],
      bad: [
        {
          name: 'another value, no label, twice',
          ...pet({
            type: 'string',
            enum: ['a', 'b'],
            'x-ms-enum-values': [
              { value: 'a', displayName: 'First' },
              { value: 'c', displayName: 'Third' },
              { value: 'b' },
              { value: 'a', displayName: 'Again' },
            ],
          }),
          expect: [1, 2, 3].map((index) => inPet(`x-ms-enum-values/${index}`)),
        },
      ],
    },
  },
  {
    id: 'default-text-refused',
    title: 'The default of a text that makers fill in is a text.',
    why: 'The portal refuses to save the connector: "0" and "false" are texts, 0 and false are not.',
    remedy: 'Put the value in quotes, or correct the type.',
    source: 'Issues 70 and 480 of BusinessApplicationPlatform-Connectors-public; published connectors',
    official: 'DefaultValueMustMatchType',
    severity: 'E/E/E',
    fix: 'safe',
    on: {
      keyword: {
        default: (node, report, connector) => {
          if (!isRefusedDefault(node, connector)) return;
          report(
            node.place.at('default'),
            `the default ${literal(node.value.default)} is not text, though the type is "string"; put it in quotes or correct the type`,
            rightDefault(node, 'string'),
          );
        },
      },
    },
    examples: {
      good: [
        { name: 'in quotes', ...inBodyOfStations({ type: 'string', default: '0' }) },
        { name: 'in an answer', ...pet({ type: 'string', default: '0' }) },
      ],
      bad: [
        {
          name: 'a number',
          ...inBodyOfStations({ type: 'string', default: 0 }),
          expect: [bodyDefault],
          fixed: inBodyOfStations({ type: 'string', default: '0' }),
        },
        {
          name: 'a truth value',
          ...inBodyOfStations({ type: 'string', default: false }),
          expect: [bodyDefault],
          fixed: inBodyOfStations({ type: 'string', default: 'false' }),
        },
      ],
    },
  },
  {
    id: 'default-type-match',
    title: 'The default is of the declared type.',
    why: 'A default of another type is sent wrongly or refused; null is the usual miss.',
    remedy: 'Write the default in the declared type, or remove it.',
    source: 'Swagger validator rules',
    official: 'DefaultValueMustMatchType',
    severity: 'W/W/W',
    fix: 'safe',
    on: {
      keyword: {
        default: (node, report, connector) => {
          const value = node.value.default ?? null;
          const type = getOwn(node.value, 'type');
          if (typeof type !== 'string' || fits(value, type) || isRefusedDefault(node, connector)) return;
          const at = node.place.at('default');
          report(at, `the default ${quote(value)} is not of type "${type}"; write it as one`, rightDefault(node, type));
        },
      },
    },
    examples: {
      good: [{ name: 'a number', ...pet({ type: 'integer', default: 10 }) }],
      bad: [
        {
          name: 'a number as text',
          ...pet({ type: 'integer', default: '10' }),
          expect: [inPet('default')],
          fixed: pet({ type: 'integer', default: 10 }),
        },
        { name: 'a word for a number', ...pet({ type: 'integer', default: 'ten' }), expect: [inPet('default')] },
      ],
    },
  },
  {
    id: 'default-in-enum',
    title: 'The default is one of the enum.',
    why: 'The designer shows the default as an entry that makers cannot choose again.',
    remedy: 'Take the default from the enum, or add it there.',
    source: 'Swagger validator rules',
    severity: 'W/W/W',
    on: {
      keyword: {
        default: (node, report) => {
          const values = getOwn(node.value, 'enum');
          const value = node.value.default;
          // a default of another type is default-type-match's
          if (!Array.isArray(values) || value === undefined || value === null || Array.isArray(value)) return;
          if (values.some((allowed) => deepEqual(allowed, value))) return;
          const type = getOwn(node.value, 'type');
          if (typeof type === 'string' && !fits(value, type)) return;
          report(
            node.place.at('default'),
            `the default ${quote(value)} is not in the enum (${quote(values)}); take one of these`,
          );
        },
      },
    },
    examples: {
      good: [{ name: 'one of them', ...pet({ type: 'string', enum: ['a', 'b'], default: 'b' }) }],
      bad: [
        {
          name: 'another one',
          ...pet({ type: 'string', enum: ['a', 'b'], default: 'c' }),
          expect: [inPet('default')],
        },
      ],
    },
  },
  {
    id: 'pattern-valid',
    title: 'A pattern is a regular expression.',
    why: 'What does not compile cannot be checked, and the service refuses it.',
    remedy: 'Correct the expression.',
    source: 'Swagger validator rules',
    severity: 'E/E/E',
    on: {
      keyword: {
        pattern: (node, report) => {
          const { pattern } = node.value;
          if (typeof pattern === 'string' && compiles(pattern)) return;
          report(node.place.at('pattern'), `the pattern ${quote(pattern)} is not a regular expression; correct it`);
        },
      },
    },
    examples: {
      good: [
        { name: 'digits', ...pet({ type: 'string', pattern: '^\\d+$' }) },
        { name: 'with flags', ...pet({ type: 'string', pattern: '(?i)^ab$' }) },
      ],
      bad: [{ name: 'an open bracket', ...pet({ type: 'string', pattern: '[a-z' }), expect: [inPet('pattern')] }],
    },
  },
  {
    id: 'numeric-bounds',
    title: 'Bounds are numbers that allow some value.',
    why: 'Bounds that exclude everything make the field useless.',
    remedy: 'Correct the numbers.',
    source: 'Swagger validator rules; JSON Schema',
    severity: 'E/E/E',
    on: {
      keyword: {
        ...boundChecks(),
        multipleOf: (node, report) => {
          const value = node.value.multipleOf;
          if (typeof value === 'number' && value > 0) return;
          report(node.place.at('multipleOf'), `multipleOf is ${quote(value)}; it must be a number above 0`);
        },
      },
    },
    examples: {
      good: [
        { name: 'a range', ...pet({ type: 'integer', minimum: 1, maximum: 1, exclusiveMinimum: false }) },
        { name: 'a length', ...pet({ type: 'string', minLength: 0, maxLength: 10 }) },
      ],
      bad: [
        { name: 'swapped', ...pet({ type: 'integer', minimum: 2, maximum: 1 }), expect: [inPet('minimum')] },
        { name: 'negative length', ...pet({ type: 'string', minLength: -1 }), expect: [inPet('minLength')] },
        { name: 'multiples of nothing', ...pet({ type: 'integer', multipleOf: 0 }), expect: [inPet('multipleOf')] },
        {
          name: 'exclusive of nothing',
          ...pet({ type: 'integer', exclusiveMaximum: true }),
          expect: [inPet('exclusiveMaximum')],
        },
        { name: 'a text', ...pet({ type: 'string', maxLength: '10' }), expect: [inPet('maxLength')] },
      ],
    },
  },
]);
