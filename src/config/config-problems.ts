import { below } from '../connector/json/pointer.ts';
import { getOwn, isObject, type Json } from '../connector/json/value.ts';
import { alikeMessage, alikeNames } from './environment-names.ts';
import { type SchemaProblem, schemaProblems } from './schema-problems.ts';
import compiled from './validate-config.generated.ts';

/** What is wrong with a config.json, by schemas/config.schema.json: all problems, in the order of the schema. */
export function configProblems(value: Json | undefined): SchemaProblem[] {
  const environments = isObject(value) ? getOwn(value, 'environments') : undefined;
  const alike = alikeNames(isObject(environments) ? Object.keys(environments) : []).map(({ name, earlier }) => ({
    pointer: below('/environments', name),
    message: alikeMessage(name, earlier),
  }));
  return [...schemaProblems(compiled, value, 'config.json'), ...alike];
}
