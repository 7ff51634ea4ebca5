import { lowerFirst } from '../language/sentences.ts';
import { labelFrom } from '../language/words.ts';
import type { AdditionalField } from './authentication.ts';
import { meansSecret } from './kinds/parts.ts';
import { escapeBars, splitBars } from './pipe-separated.ts';

/** One line for an additional field of the connection: `tenant=header:X-Tenant|Tenant|The tenant of your account.|secret`. */

const form = /^(\w+)=(header|query):([^|\s]+)(?:\|(.*))?$/s;

/** @returns undefined when the text has another form */
export function parseAdditionalField(text: string): AdditionalField | undefined {
  const match = form.exec(text.trim());
  if (match === null) return undefined;
  const [, name = '', place, target = '', rest = ''] = match;
  const parts = splitBars(rest);
  const [label = '', description = '', secret = ''] = parts;
  if (parts.length > 3 || !['', 'secret'].includes(secret)) return undefined;
  const shown = label || labelFrom(name);
  return {
    name,
    in: place === 'query' ? 'query' : 'header',
    target,
    label: shown,
    description: description || `The ${lowerFirst(shown)} of your account.`,
    secret: secret === 'secret' || meansSecret(name),
  };
}

export function formatAdditionalField({
  name,
  in: place,
  target,
  label,
  description,
  secret,
}: AdditionalField): string {
  const texts = [label, description].map(escapeBars);
  return [`${name}=${place}:${target}`, ...texts, ...(secret ? ['secret'] : [])].join('|');
}

export const checkAdditionalField = (value: string): true | string =>
  parseAdditionalField(value) !== undefined
    ? true
    : `"${value}" must say name=header:NAME or name=query:NAME, then perhaps |Label|Description|secret, such as tenant=header:X-Tenant|Tenant|The name of your tenant.`;
