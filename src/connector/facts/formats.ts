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
