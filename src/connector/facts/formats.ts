/**
 * Formats that the platform knows, with the type that each belongs to (docs/reference/openapi-extensions.md#formats).
 */
export const typeOfFormat: ReadonlyMap<string, 'string' | 'integer' | 'number' | 'boolean'> = new Map([
  ['int32', 'integer'],
  ['int64', 'integer'],
  ['float', 'number'],
  ['double', 'number'],
  ['byte', 'string'],
  ['binary', 'string'],
  ['date', 'string'],
  ['date-time', 'string'],
  ['date-no-tz', 'string'],
  ['email', 'string'],
  ['html', 'string'],
  ['password', 'string'],
  ['uri', 'string'],
  ['uuid', 'string'],
]);

/** Words of other vocabularies, in small letters, by the platform's word for the same. */
export const formatAliases: ReadonlyMap<string, string> = new Map([
  ['guid', 'uuid'],
  ['url', 'uri'],
  ['base64', 'byte'],
  ['datetime', 'date-time'],
  ['date_time', 'date-time'],
  ['decimal', 'double'],
]);
