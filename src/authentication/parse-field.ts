import { lowerFirst } from '../language/sentences.ts';
import { labelFrom } from '../language/words.ts';
import { meansSecret } from './kinds/parts.ts';
import { splitBars } from './pipe-separated.ts';

/**
 * One line for a field of the connection that policies and code of one's own use:
 * `region|Region|Where your data is.|default=eu|choices=eu=>Europe,us=>North America`.
 */
export interface ConnectionField {
  name: string;
  label: string;
  description: string;
  secret: boolean;
  /** May be left empty. */
  optional: boolean;
  default?: string | undefined;
  /** What can be chosen; otherwise anything can be typed. */
  choices: { value: string; text: string }[];
}

export const fieldSyntax = 'NAME[|LABEL[|DESCRIPTION[|WORD...]]]';

/** @returns the field, or what is wrong with the text */
export function parseField(line: string): ConnectionField | string {
  const [name = '', label = '', description = '', ...words] = splitBars(line);
  if (!/^[A-Za-z]\w*$/.test(name)) {
    return `"${line}" must begin with a name of letters, digits and _, as in ${fieldSyntax}`;
  }
  const shown = label || labelFrom(name);
  const field: ConnectionField = {
    name,
    label: shown,
    description: description || `The ${lowerFirst(shown)} of your account.`,
    secret: meansSecret(name),
    optional: false,
    choices: [],
  };
  const unknown = words.find((word) => !readWord(field, word));
  if (unknown !== undefined) {
    return `"${unknown}" is none of: secret, optional, default=VALUE, choices=VALUE=>TEXT,VALUE=>TEXT`;
  }
  const values = field.choices.map(({ value }) => value);
  if (field.default !== undefined && values.length > 0 && !values.includes(field.default)) {
    return `the default "${field.default}" is none of the choices ${values.join(', ')}`;
  }
  return field;
}

function readWord(field: ConnectionField, word: string): boolean {
  const [, key = '', value] = /^(\w+)(?:=(.+))?$/s.exec(word) ?? [];
  if (value === undefined) {
    if (key === 'secret') field.secret = true;
    if (key === 'optional') field.optional = true;
    return key === 'secret' || key === 'optional';
  }
  if (key === 'default') field.default = value;
  if (key === 'choices') field.choices = value.split(',').map(readChoice);
  return key === 'default' || key === 'choices';
}

function readChoice(text: string): { value: string; text: string } {
  const [value = '', shown = value] = text.split('=>').map((part) => part.trim());
  return { value, text: shown };
}

export const checkField = (line: string): true | string => {
  const field = parseField(line);
  return typeof field === 'string' ? field : true;
};
