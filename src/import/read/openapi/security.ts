import { below } from '../../../connector/json/pointer.ts';
import { asObject, asString, getOwn, strings } from '../../../connector/json/value.ts';
import type { Requirement, SourceFlow, SourceScheme } from '../../model.ts';
import type { References } from '../references.ts';
import { child, elements, type Located, members } from '../source.ts';
import { asText } from '../source-values.ts';

export function readRequirements(node: Located | undefined): Requirement[] | undefined {
  if (node === undefined || !Array.isArray(node.value)) return undefined;
  return elements(node).map(
    (requirement) => new Map(members(requirement).map(([name, scopes]) => [name, strings(scopes.value)])),
  );
}

const flowKinds: Readonly<Record<string, SourceFlow['kind']>> = {
  authorizationCode: 'authorizationCode',
  accessCode: 'authorizationCode',
  implicit: 'implicit',
  password: 'password',
  clientCredentials: 'clientCredentials',
  application: 'clientCredentials',
};

/** A flow of OpenAPI 3, or a whole OAuth scheme of Swagger 2.0, which has the same members. */
export function readFlow(kind: string, node: Located): SourceFlow {
  return {
    kind: flowKinds[kind] ?? 'other',
    at: node.at,
    authorizationUrl: asText(getOwn(node.value, 'authorizationUrl')),
    tokenUrl: asText(getOwn(node.value, 'tokenUrl')),
    refreshUrl: asText(getOwn(node.value, 'refreshUrl')),
    scopes: Object.entries(asObject(getOwn(node.value, 'scopes')))
      .filter(([name]) => !name.startsWith('x-'))
      .map(([name, text]) => [name, asString(text) ?? '']),
  };
}

export function readSchemes(node: Located | undefined, references: References): Map<string, SourceScheme> {
  const schemes = new Map<string, SourceScheme>();
  for (const [name, written] of members(node)) {
    const scheme = references.resolve(written);
    const value = asObject(scheme?.value);
    schemes.set(name, {
      name,
      at: written.at,
      type: asString(value.type) ?? '',
      in: asString(value.in),
      parameter: asText(value.name),
      scheme: asString(value.scheme)?.toLowerCase(),
      description: asText(value.description),
      openIdConnectUrl: asText(value.openIdConnectUrl),
      flows: members(child(scheme, 'flows')).map(([kind, flow]) =>
        readFlow(kind, { ...flow, at: below(written.at, 'flows', kind) }),
      ),
    });
  }
  return schemes;
}
