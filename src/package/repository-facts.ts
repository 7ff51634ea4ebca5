import { statSync } from 'node:fs';
import { asArray, asObject, getOwn, isObject, type JsonObject } from '../connector/json/value.ts';
import type { Connector } from '../connector/load.ts';

/** What the connector of the repository says about what an export of it must hold. */
export interface RepositoryFacts {
  definition: JsonObject | undefined;
  /** `properties` of apiProperties.json. */
  inner?: JsonObject | undefined;
  /** When the definition was last written. */
  changed: Date | undefined;
  hasIcon: boolean;
  hasScript: boolean;
  /** Text of script.csx. */
  script?: string | undefined;
  hasPolicies: boolean;
  /** It offers several ways to sign in. */
  hasParameterSets: boolean;
}

export function repositoryFacts({ definition, properties, icon, script }: Connector): RepositoryFacts {
  const inner = asObject(getOwn(asObject(properties?.value), 'properties'));
  return {
    definition: isObject(definition?.value) ? definition.value : undefined,
    inner: isObject(getOwn(asObject(properties?.value), 'properties')) ? inner : undefined,
    changed: definition && statSync(definition.path, { throwIfNoEntry: false })?.mtime,
    hasIcon: icon !== undefined,
    hasScript: script !== undefined,
    script: script?.text,
    hasPolicies: asArray(getOwn(inner, 'policyTemplateInstances')).length > 0,
    hasParameterSets: isObject(getOwn(inner, 'connectionParameterSets')),
  };
}
