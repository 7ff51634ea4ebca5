import { text } from '../../answers.ts';
import { asArray, asObject, asString, getOwn, type JsonObject } from '../../connector/json/value.ts';
import type { Further } from '../authentication.ts';
import type { Kind } from '../kind.ts';
import { field, hasToken, setRequestHeader } from './parts.ts';

export interface ApiKey extends Further {
  kind: 'api-key';
  in: 'header' | 'query';
  /** Name of the header or query parameter. */
  name: string;
  /** Put before the key by a policy, with a blank between: `Bearer`. */
  prefix?: string | undefined;
}

/**
 * The platform copies the parameter `api_key` into the header or query that the scheme names
 * (docs/reference/authentication.md#api-key).
 */
export const apiKey: Kind<ApiKey> = {
  id: 'api-key',
  name: 'api-key',
  label: 'API key: a key or token, in a header or in the address',
  isRare: false,
  asks: ['in', 'keyName', 'prefix', 'hostParameter'],
  examples: [
    ['--auth api-key --name X-API-Key', 'an API key in a header'],
    ['--auth api-key --name Authorization --prefix Bearer', 'a key or token after a word'],
  ],
  fromAnswers: (answers) => ({
    kind: 'api-key',
    in: text(answers, 'in') === 'query' ? 'query' : 'header',
    name: text(answers, 'keyName'),
    prefix: text(answers, 'prefix') || undefined,
  }),
  toAnswers: ({ in: place, name, prefix = '' }) => ({ in: place, keyName: name, prefix }),
  write({ in: place, name, prefix }, service) {
    // With a prefix the platform must not write the header itself: the key travels in a header of its own,
    // and a policy builds the real one from it.
    const scheme: JsonObject =
      prefix === undefined
        ? { type: 'apiKey', in: place, name }
        : { type: 'apiKey', in: 'header', name: 'X-Connection-Key' };
    return {
      securityDefinitions: { api_key: scheme },
      security: [{ api_key: [] }],
      connectionParameters: {
        api_key: field('securestring', 2, {
          displayName: 'API Key',
          description: `The API key of your ${service.name} account.`,
          tooltip: prefix === undefined ? 'Provide your API key' : `Provide your API key, without "${prefix}"`,
          clearText: false,
        }),
      },
      policies:
        prefix === undefined
          ? []
          : [setRequestHeader(`Send the API key as ${name}`, name, `${prefix} @connectionParameters('api_key')`)],
      script: false,
    };
  },
  declared: {
    // a header is better hidden than a query
    rank: ({ in: place }) => (place === 'header' ? 4 : 6),
    read: (name, scheme) =>
      getOwn(scheme, 'type') === 'apiKey'
        ? {
            kind: 'api-key',
            in: getOwn(scheme, 'in') === 'query' ? 'query' : 'header',
            name: asString(getOwn(scheme, 'name')) ?? name,
          }
        : undefined,
  },
  recognise: ({ inner, parameters, declared }) =>
    declared?.kind === 'api-key' && !hasToken(parameters) ? (withPrefix(inner) ?? declared) : undefined,
  asSet: { name: 'api-key', label: 'API key', description: 'Sign in with an API key.' },
  setRefusal: ({ prefix }) =>
    prefix === undefined
      ? undefined
      : 'the policy that adds the prefix would act on the connections of every set; let users type the word before the key',
  overGateway: { refusal: 'the gateway passes no API keys on' },
  credentials({ service, keyField, key }) {
    const sent = key === undefined ? '' : ` It is sent in the ${key.place} ${key.name}.`;
    const prefix =
      key === undefined || key.prefix === '' ? '' : ` Leave out the word ${key.prefix}: the connector adds it.`;
    return {
      introduction: `${service} knows the connector by an API key.`,
      steps: [
        `Sign in to ${service} and open the page of your account or organisation where API keys are managed.`,
        'Create a key with no more rights than the operations need, and copy it. Many services show a key only once.',
        `Create a connection and enter the key as **${keyField.label}**.${prefix}${sent}`,
      ],
      explained: [keyField.name],
      list: 'others',
    };
  },
};

/** A key that a policy puts after a word, as it is written for `--prefix`. */
function withPrefix(inner: JsonObject): ApiKey | undefined {
  for (const policy of asArray(getOwn(inner, 'policyTemplateInstances'))) {
    const parameters = asObject(getOwn(asObject(policy), 'parameters'));
    const value = asString(getOwn(parameters, 'x-ms-apimTemplateParameter.value')) ?? '';
    const prefix = /^(\S+) @connectionParameters\('api_key'[^)]*\)$/.exec(value)?.[1];
    const name = asString(getOwn(parameters, 'x-ms-apimTemplateParameter.name'));
    if (prefix !== undefined && name !== undefined) return { kind: 'api-key', in: 'header', name, prefix };
  }
  return undefined;
}
