import { asObject, getOwn, isObject, type JsonObject } from '../connector/json/value.ts';
import { type Connector, loadConnector } from '../connector/load.ts';
import { listOperations } from '../connector/operations.ts';
import type { JsonFile } from '../connector/source-file.ts';
import { UserError } from '../errors.ts';
import { findOperation, type RuntimeOperation } from '../runtime/operation.ts';
import { hasCode } from '../runtime/run-operation.ts';

/** The connector that tests are about, read once for all of them. */
export class Subject {
  readonly connector: Connector;
  /** Absolute: the repository, which tests name no file outside of. */
  readonly root: string;
  readonly definition: JsonObject;
  /** `properties` of apiProperties.json. */
  readonly inner: JsonObject;
  private readonly known = new Map<string, RuntimeOperation>();

  /** @throws UserError for a definition that can't be relied on */
  constructor(connector: Connector) {
    this.connector = connector;
    this.root = connector.location.root;
    this.definition = readable(connector.definition, 'apiDefinition.json');
    this.inner = asObject(
      getOwn(
        connector.properties === undefined ? {} : readable(connector.properties, 'apiProperties.json'),
        'properties',
      ),
    );
  }

  /** @throws UserError with the nearest id there is */
  operation(id: string): RuntimeOperation {
    const known = this.known.get(id) ?? findOperation(this.definition, id);
    this.known.set(id, known);
    return known;
  }

  /** Of all operations that have one, as they are written. */
  get operationIds(): string[] {
    return listOperations(this.definition).flatMap(({ id }) => (id === '' ? [] : [id]));
  }

  hasCode(operationId: string): boolean {
    return hasCode(this.connector, this.inner, operationId);
  }
}

/** @throws UserError for a connector that tests can't be run of */
export const loadSubject = (folder: string): Subject => new Subject(loadConnector(folder));

function readable(file: JsonFile | undefined, name: string): JsonObject {
  if (file === undefined) {
    throw new UserError(`there is no ${name}`, { hint: 'run this in the repository of a connector' });
  }
  if (!isObject(file.value) || file.unreliable) {
    throw new UserError(`${file.path}: is not JSON that can be relied on`, {
      hint: `see what is wrong: pp-connector validate ${file.path}`,
    });
  }
  return file.value;
}
