import { asObject, clone, getOwn, isObject, type JsonObject, setOwn } from '../../connector/json/value.ts';
import { UserError } from '../../errors.ts';
import { titleCase } from '../../language/words.ts';
import { isFile } from '../build-operation.ts';
import type { FilePart, NewBody, NewOperation, NewParameter, UploadForm } from '../model.ts';
import { standardTexts } from '../standard-texts.ts';
import type { KindOfOperation } from './kind.ts';

/** Takes a file, in one of three forms (docs/reference/openapi-extensions.md#files). */
export const upload: KindOfOperation = {
  title: 'Upload: takes a file',
  method: 'post',
  prepare(operation) {
    const form = operation.file?.form ?? 'multipart';
    if (form !== 'multipart' && operation.parameters?.some((parameter) => parameter.in === 'formData')) {
      throw new UserError(`--upload ${form}: form fields go with --upload multipart only`);
    }
    return forms[form](operation, operation.file ?? {});
  },
};

const forms: Record<UploadForm, (operation: NewOperation, file: FilePart) => NewOperation> = {
  multipart: multipart,
  raw,
  base64: (operation, { field = 'content' }) => ({ ...operation, body: { schema: withBytes(operation.body, field) } }),
};

/**
 * The service can't declare other content than forms, text and JSON (rule consumes-supported): a header says what it
 * is.
 */
function raw(operation: NewOperation, { mediaType = 'application/octet-stream' }: FilePart): NewOperation {
  const given = operation.parameters ?? [];
  const type: NewParameter = {
    name: 'Content-Type',
    in: 'header',
    required: true,
    summary: 'Content Type',
    description: standardTexts.mediaTypeOfFile,
    visibility: 'internal',
    default: mediaType,
  };
  const isThere = given.some(({ name, in: place }) => place === 'header' && name.toLowerCase() === 'content-type');
  return {
    ...operation,
    parameters: isThere ? given : [...given, type],
    body: { schema: { type: 'string', format: 'binary', ...fileTexts('File Content') } },
  };
}

const fileTexts = (summary: string): JsonObject => ({
  'x-ms-summary': summary,
  description: standardTexts.contentOfFile,
});

function multipart(operation: NewOperation, { field = 'file' }: FilePart): NewOperation {
  if (operation.body !== undefined) {
    throw new UserError('--upload multipart: a form has no JSON body', {
      hint: 'name its fields with --param NAME:formData instead of a request sample',
    });
  }
  const given = operation.parameters ?? [];
  if (given.some(isFile)) return operation;
  const file: NewParameter = {
    name: field,
    in: 'formData',
    type: 'file',
    required: true,
    summary: titleCase(field),
    description: standardTexts.fileToSend,
  };
  return { ...operation, parameters: [...given, file] };
}

/** The JSON body with one property that takes the file's bytes in base64. */
function withBytes(body: NewBody | undefined, field: string): JsonObject {
  const schema = clone(body?.schema ?? defaultBody);
  const properties = getOwn(schema, 'properties');
  if (!isObject(properties)) throw new UserError('--upload base64: the request body must be a JSON object');
  const texts = { ...fileTexts(titleCase(field)), ...asObject(getOwn(properties, field)) };
  const { type: _, format: __, ...rest } = texts as JsonObject;
  setOwn(properties, field, { type: 'string', format: 'byte', ...rest });
  const required = getOwn(schema, 'required');
  const names = Array.isArray(required) ? required : [];
  if (!names.includes(field)) schema.required = [...names, field];
  return schema;
}

const defaultBody: JsonObject = {
  type: 'object',
  required: ['name'],
  properties: {
    name: { type: 'string', 'x-ms-summary': 'File Name', description: standardTexts.nameOfFile },
  },
};
