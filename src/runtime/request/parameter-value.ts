import { asString, getOwn, isObject, type Json } from '../../connector/json/value.ts';
import type { RuntimeParameter } from '../operation.ts';
import { isThere } from '../paths.ts';
import { isInternal } from '../schema.ts';
import type { Client } from './build-body.ts';
import type { Problems } from './problems.ts';
import { formatted, isLongInteger, isOfType, sentText, typeOfValue } from './scalars.ts';

/** What is sent for a parameter that isn't a body; undefined: nothing. */
export function valueToSend(
  parameter: RuntimeParameter,
  given: Json | undefined,
  { client, problems }: { client: Client; problems: Problems },
): Json | undefined {
  const { name, node, required } = parameter;
  const preset = getOwn(node, 'default');
  const hidden = isHidden(parameter, client);
  if (hidden && isThere(given)) {
    return problems.add('internal', name, 'is internal: nobody can give it a value');
  }
  if (hidden) return required ? preset : undefined;
  const isBlank = given === '' && required && parameter.in === 'path';
  if (isThere(given) && !isBlank) return given;
  if (isThere(preset) && (required || client === 'app')) return preset;
  return required ? problems.missing(name) : undefined;
}

/** Not shown to people. For an app, optional internal parameters are arguments like others. */
export const isHidden = ({ node, required }: Pick<RuntimeParameter, 'node' | 'required'>, client: Client): boolean =>
  isInternal(node) && (required || client === 'flow');

/** Between the elements of a list, by `collectionFormat`: as text, and within a URL. */
const separators: Readonly<Record<string, { plain: string; inUrl: string }>> = {
  csv: { plain: ',', inUrl: ',' },
  ssv: { plain: ' ', inUrl: '%20' },
  tsv: { plain: '\t', inUrl: '%09' },
  pipes: { plain: '|', inUrl: '%7C' },
};

export interface SentTexts {
  /** One, or several where each element of a list is sent by itself (`multi`); within each the elements of a list. */
  texts: string[][];
  separator: { plain: string; inUrl: string };
}

/** A value as texts. @returns undefined after a problem */
export function textsOf(
  { name, node, in: location }: RuntimeParameter,
  value: Json,
  problems: Problems,
): SentTexts | undefined {
  const problem = typeProblem(value, node);
  if (problem !== undefined) return problems.add('type', name, problem);
  const format = asString(getOwn(node, 'collectionFormat')) ?? 'csv';
  const separator = separators[format] ?? { plain: ',', inUrl: ',' };
  if (!Array.isArray(value)) {
    const text = elementText(name, value, node, problems);
    return text === undefined ? undefined : { texts: [[text]], separator };
  }
  const texts = value.map((element, index) =>
    elementText(`${name}/${index}`, element, getOwn(node, 'items'), problems),
  );
  if (!texts.every((text) => text !== undefined)) return undefined;
  const isMulti = format === 'multi' && (location === 'query' || location === 'formData');
  return { texts: isMulti ? texts.map((text) => [text]) : [texts], separator };
}

function typeProblem(value: Json, schema: Json | undefined): string | undefined {
  const type = asString(getOwn(schema, 'type')) ?? '';
  if (type === '' || type === 'file' || isOfType(value, type) || isLongInteger(value, type)) return undefined;
  return `must be of type ${type}, not ${typeOfValue(value)}`;
}

/** Of a list in a list there is no form that all services understand: its JSON. */
function elementText(key: string, value: Json, schema: Json | undefined, problems: Problems): string | undefined {
  const problem = typeProblem(value, schema);
  if (problem !== undefined) return problems.add('type', key, problem);
  if (typeof value !== 'string' || !isObject(schema)) return sentText(value);
  return (
    formatted(value, schema) ??
    problems.add('type', key, `${JSON.stringify(value)} is not a ${String(getOwn(schema, 'format'))}`)
  );
}
