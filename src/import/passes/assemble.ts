import type { ConnectorParts } from '../../authentication/authentication.ts';
import type { JsonObject } from '../../connector/json/value.ts';
import type { ApiModel } from '../model.ts';
import type { Definition } from '../schemas/definitions.ts';
import type { ConvertedOperation, ConvertedPaths } from './operations.ts';
import type { Transport } from './servers.ts';

/** What a definition is made of. */
export interface Parts {
  readonly model: ApiModel;
  readonly info: JsonObject;
  readonly transport: Transport;
  readonly authentication: ConnectorParts;
  readonly converted: ConvertedPaths;
  readonly schemas: readonly Definition[];
}

/** The definition, with its members in the order that the portal writes. */
export function assemble({ model, info, transport, authentication, converted, schemas }: Parts): JsonObject {
  const { security, securityDefinitions } = authentication;
  return {
    swagger: '2.0',
    info,
    host: transport.host,
    basePath: transport.basePath,
    schemes: [...transport.schemes],
    consumes: ['application/json'],
    produces: ['application/json'],
    paths: converted.paths,
    ...(schemas.length === 0
      ? {}
      : { definitions: Object.fromEntries(schemas.map(({ name, schema }) => [name, schema])) }),
    ...(security.length === 0 ? {} : { securityDefinitions, security }),
    ...tagsOf(model, converted.operations),
    ...model.extensions,
  };
}

function tagsOf(model: ApiModel, operations: readonly ConvertedOperation[]): JsonObject {
  const used = new Set(operations.flatMap(({ source }) => source.tags));
  const names = [...new Set(model.tags)].filter((name) => used.has(name));
  return names.length === 0 ? {} : { tags: names.map((name) => ({ name })) };
}
