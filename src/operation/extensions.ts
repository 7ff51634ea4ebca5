import type { Json } from '../connector/json/value.ts';
import { nearest } from '../did-you-mean.ts';
import type { Check } from './checks.ts';

/** Extensions that are rare enough to be written as they are (docs/reference/openapi-extensions.md#overview). */

/** Of an operation, and of a parameter. */
const rare = {
  operation: [
    'x-ms-no-generic-test',
    'x-ms-openai-data',
    'x-ms-capabilities',
    'x-ms-safe-operation',
    'x-ms-operation-context',
  ],
  parameter: ['x-ms-test-value', 'x-ms-trigger-value', 'x-ms-media-kind', 'x-ms-editor', 'x-ms-editor-options'],
} as const;

/** What sets the others. */
const usual: Readonly<Record<string, string>> = {
  'x-ms-summary': 'the summary',
  'x-ms-visibility': 'the visibility',
  'x-ms-url-encoding': 'the encoding',
  'x-ms-enum-values': 'the allowed values',
  'x-ms-trigger': '--kind webhook or polling',
  'x-ms-trigger-hint': '--hint',
  'x-ms-trigger-metadata': '--kind polling',
  'x-ms-notification-url': '--notification-url',
  'x-ms-notification-content': '--notification-sample',
  'x-ms-pageable': '--next-link',
  'x-ms-api-annotation': '--stage and --revise',
  'x-ms-agentic-protocol': '--kind agent-tool',
  'x-ms-dynamic-values': '--dynamic-values',
  'x-ms-dynamic-list': '--dynamic-values',
  'x-ms-dynamic-schema': '--dynamic-schema',
  'x-ms-dynamic-properties': '--dynamic-schema',
  'x-ms-dynamic-tree': '--dynamic-tree',
};

/** Whether an extension can be written as it is; one of our own (`x-…` without `ms`) always can. */
export function checkExtensionName(name: string, holder: keyof typeof rare): Check {
  if (Object.hasOwn(usual, name)) return `"${name}" is set by ${usual[name]}`;
  const known: readonly string[] = rare[holder];
  if (known.includes(name) || /^x-(?!ms-)[\w.-]+$/.test(name)) return true;
  const near = nearest(name, known);
  return `"${name}" is not an extension of ${holder === 'operation' ? 'an operation' : 'a parameter'}${near === undefined ? '' : `; did you mean ${near}?`} Known are: ${known.join(', ')}, and others that begin with x- but not with x-ms-`;
}

/** `x-ms-no-generic-test=true`: the value is JSON, anything else is a text. */
export function parseExtension(text: string): { name: string; value: Json } {
  const at = text.indexOf('=');
  const [name, value] = at < 0 ? [text, 'true'] : [text.slice(0, at), text.slice(at + 1)];
  try {
    return { name: name.trim(), value: JSON.parse(value) as Json };
  } catch {
    return { name: name.trim(), value: value.trim() };
  }
}

export const checkExtensionText = (text: string): Check => checkExtensionName(parseExtension(text).name, 'operation');
