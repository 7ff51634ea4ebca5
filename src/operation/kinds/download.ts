import type { KindOfOperation } from './kind.ts';

/** Answers with the bytes of a file (openapi-extensions.md §9: 71 published connectors have this form, 10 the other). */
export const download: KindOfOperation = {
  title: 'download: answers with a file',
  method: 'get',
  prepare(operation) {
    const { mediaType = 'application/octet-stream' } = operation.file ?? {};
    const schema = {
      type: 'string',
      format: 'binary',
      'x-ms-summary': 'File Content',
      description: 'The content of the file.',
    };
    return { ...operation, response: { description: 'The file.', ...operation.response, schema, mediaType } };
  },
};
