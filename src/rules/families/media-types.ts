import { getOwn, type Json, type JsonObject } from '../../connector/json/value.ts';
import { quote } from '../../quote.ts';
import type { Operation } from '../engine/model.ts';
import { defineFamily, type Fix, type Report } from '../engine/rule.ts';
import type { Located, Visitor } from '../engine/visitor.ts';
import {
  bareMediaType,
  effectiveConsumes,
  isFormType,
  isSupportedMediaType,
  supportedMediaTypes,
} from '../support/media-types.ts';

const onMediaTypes = (key: 'consumes' | 'produces', verb: string): Visitor => {
  const check = (owner: Located, report: Report) => {
    const list = getOwn(owner.value, key);
    if (!Array.isArray(list)) return;
    for (let index = 0; index < list.length; index += 1) {
      const type = list[index];
      if (typeof type !== 'string' || isSupportedMediaType(type)) continue;
      const bare = bareMediaType(type);
      const at = owner.place.at(key, index);
      const certain = bare !== type && isSupportedMediaType(bare) && !list.includes(bare);
      report(
        at,
        `the service cannot ${verb} ${quote(type)}; it knows ${supportedMediaTypes.join(', ')}`,
        certain && /;\s*charset=/i.test(type) ? { op: 'set', at, value: bare } : [],
      );
    }
  };
  return { root: check, operation: check };
};

const hasParameter = (operation: Operation, position: string): boolean =>
  operation.parameters.some((parameter) => parameter.in === position);

const hasFile = (operation: Operation): boolean =>
  operation.parameters.some((parameter) => getOwn(parameter.value, 'type') === 'file');

const setConsumes = (operation: Operation, type: string): Fix => ({
  op: 'set',
  at: operation.place.at('consumes'),
  value: [type],
});

const station = (changes: JsonObject): JsonObject => ({ paths: { '/stations': { post: changes } } });
const stationAt = (path: string): string[] => [`definition#/paths/~1stations/post${path}`];
const form = (type: string): Json => [
  { name: 'photo', in: 'formData', type, 'x-ms-summary': 'Photo', description: 'Shows the station.' },
];

/** Rules about what operations send and get: `consumes` and `produces`. */
export const family = defineFamily({ name: 'Media types', order: 90 }, [
  {
    id: 'consumes-supported',
    title: 'Requests are in a media type that the service can send.',
    why: 'The validator warns of others, and the designer cannot build such a body.',
    remedy: `Use ${supportedMediaTypes.join(', ')}; remove the others.`,
    source: 'Certification validator rules; pull request 1095',
    official: 'MimeTypeNotSupported',
    policy: '5000.2.6.2',
    severity: 'W/W/W',
    fix: 'safe',
    on: onMediaTypes('consumes', 'send'),
    examples: {
      good: [{ name: 'a form', definition: { consumes: ['application/x-www-form-urlencoded', 'application/json'] } }],
      bad: [
        {
          name: 'XML',
          definition: station({ consumes: ['application/json', 'text/xml'] }),
          expect: stationAt('/consumes/1'),
        },
        {
          name: 'with a charset',
          definition: { consumes: ['application/json; charset=utf-8'] },
          expect: ['definition#/consumes/0'],
          fixed: { definition: { consumes: ['application/json'] } },
        },
      ],
    },
  },
  {
    id: 'produces-supported',
    title: 'Answers are in a media type that the service can read.',
    why: 'The validator warns of others; makers then get bytes instead of fields.',
    remedy: `Use ${supportedMediaTypes.join(', ')}; remove the others. What the API answers with only when it is asked for, such as a picture, is asked for by an internal header parameter "Accept" whose default is that type: pp-connector operation --kind download --media-type TYPE makes one.`,
    source: 'Certification validator rules; pull request 1095',
    official: 'MimeTypeNotSupported',
    policy: '5000.2.6.2',
    severity: 'W/W/W',
    fix: 'safe',
    on: onMediaTypes('produces', 'read'),
    examples: {
      good: [{ name: 'JSON', definition: { produces: ['application/json'] } }],
      bad: [
        { name: 'a PDF', definition: { produces: ['application/pdf'] }, expect: ['definition#/produces/0'] },
        {
          name: 'with a charset',
          definition: { produces: ['application/json;charset=UTF-8'] },
          expect: ['definition#/produces/0'],
          fixed: { definition: { produces: ['application/json'] } },
        },
      ],
    },
  },
  {
    id: 'consumes-present-for-body',
    title: 'An operation with a body says in which media type the body is sent.',
    why: 'The validator warns; without it every tool assumes its own.',
    remedy: 'Add "consumes": ["application/json"] to the operation or to the definition.',
    source: 'Certification validator rules; pull request 1095',
    official: 'ConsumesMissing',
    severity: 'W/W/W',
    fix: 'safe',
    on: {
      operation: (operation, report, connector) => {
        if (!hasParameter(operation, 'body') || effectiveConsumes(operation, connector).length > 0) return;
        report(
          operation.place.at('consumes'),
          'the operation has a body, but no media type for it; add "consumes": ["application/json"]',
          setConsumes(operation, 'application/json'),
        );
      },
    },
    examples: {
      good: [{ name: 'for the whole definition', definition: { consumes: ['application/json'] } }],
      bad: [
        {
          name: 'an empty list',
          definition: station({ consumes: [] }),
          expect: stationAt('/consumes'),
          fixed: { definition: station({ consumes: ['application/json'] }) },
        },
        {
          name: 'nowhere',
          definition: { consumes: null },
          expect: [...stationAt('/consumes'), 'definition#/paths/~1hooks/post/consumes'],
          fixed: {
            definition: {
              consumes: null,
              paths: {
                '/stations': { post: { consumes: ['application/json'] } },
                '/hooks': { post: { consumes: ['application/json'] } },
              },
            },
          },
        },
      ],
    },
  },
  {
    id: 'body-consumes-compatible',
    title: 'An operation with a body does not send a form.',
    why: 'A body described by a schema cannot be sent as a form; forms have parameters in formData.',
    remedy: 'Add "application/json" to consumes, or turn the body into formData parameters.',
    source: 'Certification validator rules',
    official: 'MimeTypeNotCompatibleWithRequestContentSchemaType',
    severity: 'W/W/W',
    on: {
      operation: (operation, report, connector) => {
        if (!hasParameter(operation, 'body')) return;
        const types = effectiveConsumes(operation, connector);
        if (types.length === 0 || !types.every(isFormType)) return;
        report(
          operation.place.at('consumes'),
          `the operation has a body, but sends only ${types.join(', ')}; add "application/json", or turn the body into formData parameters`,
        );
      },
    },
    examples: {
      good: [{ name: 'JSON, too', definition: station({ consumes: ['multipart/form-data', 'application/json'] }) }],
      bad: [
        { name: 'a form', definition: station({ consumes: ['multipart/form-data'] }), expect: stationAt('/consumes') },
      ],
    },
  },
  {
    id: 'form-consumes',
    title: 'An operation with formData parameters sends a form.',
    why: 'Other media types cannot carry these parameters.',
    remedy: 'Write "consumes": ["multipart/form-data"] or ["application/x-www-form-urlencoded"].',
    source: 'OpenAPI 2.0, parameter object',
    severity: 'W/W/W',
    fix: 'safe',
    on: {
      operation: (operation, report, connector) => {
        if (!hasParameter(operation, 'formData')) return;
        const types = effectiveConsumes(operation, connector);
        if (types.some(isFormType)) return;
        const type = hasFile(operation) ? 'multipart/form-data' : 'application/x-www-form-urlencoded';
        report(
          operation.place.at('consumes'),
          `the operation has formData parameters, but sends ${types.length === 0 ? 'no stated media type' : types.join(', ')}; write "consumes": ["${type}"]`,
          setConsumes(operation, type),
        );
      },
    },
    examples: {
      good: [
        {
          name: 'a form',
          definition: station({ consumes: ['application/x-www-form-urlencoded'], parameters: form('string') }),
        },
      ],
      bad: [
        {
          name: 'JSON',
          definition: station({ parameters: form('string') }),
          expect: stationAt('/consumes'),
          fixed: {
            definition: station({ consumes: ['application/x-www-form-urlencoded'], parameters: form('string') }),
          },
        },
      ],
    },
  },
  {
    id: 'file-consumes-multipart',
    title: 'An operation that sends a file sends multipart/form-data.',
    why: 'Nothing else can carry a file parameter.',
    remedy: 'Write "consumes": ["multipart/form-data"].',
    source: 'OpenAPI 2.0, parameter object',
    severity: 'E/W/W',
    fix: 'safe',
    on: {
      operation: (operation, report, connector) => {
        if (!hasFile(operation)) return;
        const types = effectiveConsumes(operation, connector);
        if (types.some((type) => bareMediaType(type) === 'multipart/form-data')) return;
        report(
          operation.place.at('consumes'),
          `the operation sends a file as ${types.length === 0 ? 'no stated media type' : types.join(', ')}; write "consumes": ["multipart/form-data"]`,
          setConsumes(operation, 'multipart/form-data'),
        );
      },
    },
    examples: {
      good: [
        { name: 'multipart', definition: station({ consumes: ['multipart/form-data'], parameters: form('file') }) },
      ],
      bad: [
        {
          name: 'urlencoded',
          definition: station({ consumes: ['application/x-www-form-urlencoded'], parameters: form('file') }),
          expect: stationAt('/consumes'),
          fixed: { definition: station({ consumes: ['multipart/form-data'], parameters: form('file') }) },
        },
      ],
    },
  },
]);
