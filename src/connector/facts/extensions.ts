/** Where an extension of OpenAPI may be, and what it takes (docs/reference/openapi-extensions.md#overview). */
export interface ExtensionFact {
  /** Its key, `x-ms-…`. */
  name: string;
  on: readonly ('root' | 'info' | 'path item' | 'operation' | 'parameter' | 'schema')[];
  about: string;
  /** All values that it takes, where they can be listed. */
  values?: readonly (string | boolean)[];
}

const field = ['parameter', 'schema'] as const;

export const extensions: readonly ExtensionFact[] = [
  { name: 'x-ms-summary', on: field, about: 'label of the field, in title case' },
  {
    name: 'x-ms-visibility',
    on: ['operation', ...field],
    about: 'when makers see it',
    values: ['important', 'advanced', 'internal'],
  },
  {
    name: 'x-ms-url-encoding',
    on: ['parameter'],
    about: 'how often a path parameter is encoded',
    values: ['single', 'double'],
  },
  { name: 'x-ms-dynamic-values', on: field, about: 'choices that another operation gives' },
  { name: 'x-ms-dynamic-list', on: field, about: 'the same for newer designers' },
  { name: 'x-ms-dynamic-schema', on: ['schema'], about: 'fields that another operation describes' },
  { name: 'x-ms-dynamic-properties', on: ['schema'], about: 'the same for newer designers' },
  { name: 'x-ms-dynamic-tree', on: field, about: 'a tree to choose from' },
  { name: 'x-ms-trigger', on: ['operation'], about: 'makes a trigger of it', values: ['single', 'batch'] },
  { name: 'x-ms-trigger-hint', on: ['operation'], about: 'how to make it happen, shown while a flow is tested' },
  { name: 'x-ms-trigger-metadata', on: ['operation'], about: 'kind and mode of the trigger' },
  { name: 'x-ms-notification-content', on: ['path item'], about: 'what the webhook is sent' },
  {
    name: 'x-ms-notification-url',
    on: ['schema'],
    about: 'the property that takes the address to call',
    values: [true],
  },
  { name: 'x-ms-api-annotation', on: ['operation', 'info'], about: 'status, family and revision' },
  { name: 'x-ms-enum-values', on: field, about: 'names for the values of an enum' },
  { name: 'x-ms-capabilities', on: ['root'], about: 'which operation tests a connection' },
  { name: 'x-ms-connector-metadata', on: ['root'], about: 'website, privacy policy, categories' },
  { name: 'x-ms-pageable', on: ['operation'], about: 'property with the address of the next page' },
  { name: 'x-ms-no-generic-test', on: ['operation'], about: 'not called by generic tests', values: [true, false] },
  { name: 'x-ms-test-value', on: field, about: 'a value for tests; never a secret' },
  { name: 'x-ms-editor', on: field, about: 'another editor', values: ['dictionary'] },
  { name: 'x-ms-editor-options', on: field, about: 'choices of that editor' },
  { name: 'x-ms-media-kind', on: ['schema', 'parameter'], about: 'what a file is', values: ['image', 'audio'] },
  { name: 'x-ms-docs', on: ['root'], about: 'address of the documentation' },
];
