import type { JsonObject } from '../../connector/json/value.ts';
import { fileSchema, type NewParameter } from '../model.ts';
import { standardTexts } from '../standard-texts.ts';
import type { KindOfOperation } from './kind.ts';

/**
 * Answers with the bytes of a file (docs/reference/openapi-extensions.md#files: 71 published connectors have this
 * form, 10 the other).
 */
export const download: KindOfOperation = {
  title: 'Download: answers with a file',
  method: 'get',
  prepare: (operation) => ({
    ...operation,
    parameters: [...(operation.parameters ?? []), ...accepted(operation.file?.mediaType)],
    response: {
      description: 'The file.',
      ...operation.response,
      schema: { ...fileSchema, ...mediaKind(operation.file?.mediaType) },
    },
  }),
};

/** Apps show a picture as such, and play a sound (docs/reference/openapi-extensions.md#presentation). */
function mediaKind(mediaType = ''): JsonObject {
  const [kind = ''] = mediaType.split('/');
  return ['image', 'audio'].includes(kind) ? { 'x-ms-media-kind': kind } : {};
}

/**
 * The service can't declare other content than forms, text and JSON (rule produces-supported): a header asks for it.
 */
const accepted = (mediaType: string | undefined): NewParameter[] =>
  mediaType === undefined
    ? []
    : [
        {
          name: 'Accept',
          in: 'header',
          required: true,
          summary: 'Accept',
          description: standardTexts.mediaTypeOfFile,
          visibility: 'internal',
          default: mediaType,
        },
      ];
