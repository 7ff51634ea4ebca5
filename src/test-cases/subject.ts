import { asObject, getOwn, type JsonObject } from '../connector/json/value.ts';
import { type Connector, loadConnector } from '../connector/load.ts';
import { noConnector } from '../connector/no-connector.ts';
import { type ExistingOperation, listOperations } from '../connector/operations.ts';
import { requireReliable, requireSwagger } from '../connector/require-json.ts';
import type { Connection } from '../runtime/connection/resolve-connection.ts';
import { findOperation, operationOf, type RuntimeOperation } from '../runtime/operation.ts';
import { hasCode } from '../runtime/run-operation.ts';
import { Schemas } from '../runtime/schema.ts';
import { testConnection } from './placeholders.ts';

/** The connector that tests are about, read once for all of them. */
export class Subject {
  readonly connector: Connector;
  /** Absolute: the repository, which tests name no file outside of. */
  readonly root: string;
  readonly definition: JsonObject;
  /** `properties` of apiProperties.json. */
  readonly inner: JsonObject;
  private readonly schemas: Schemas;
  /** By their ids in lower case; a definition may have a thousand. */
  private readonly listed: ReadonlyMap<string, ExistingOperation>;
  private readonly known = new Map<string, RuntimeOperation>();
  private readonly connections = new Map<string | undefined, Connection>();

  /** @throws UserError for a definition that can't be relied on */
  constructor(connector: Connector) {
    this.connector = connector;
    this.root = connector.location.root;
    if (connector.definition === undefined) {
      throw noConnector(this.root, 'go to a connector repository, or make one with: pp-connector new', {
        all: 'pp-connector test --all',
      });
    }
    this.definition = requireSwagger(connector.definition);
    this.schemas = new Schemas(this.definition);
    const operations = listOperations(this.definition);
    // of two with the same id the first one counts
    this.listed = new Map(operations.reverse().map((operation) => [operation.id.toLowerCase(), operation]));
    const properties = connector.properties === undefined ? {} : requireReliable(connector.properties);
    this.inner = asObject(getOwn(properties, 'properties'));
  }

  /** @throws UserError with the nearest id there is */
  operation(id: string): RuntimeOperation {
    const known = this.known.get(id);
    if (known !== undefined) return known;
    const listed = this.listed.get(id.toLowerCase());
    const found =
      listed === undefined ? findOperation(this.definition, id) : operationOf(this.definition, listed, this.schemas);
    this.known.set(id, found);
    return found;
  }

  /** Of all operations that have one, as they are written. */
  get operationIds(): string[] {
    return listOperations(this.definition).flatMap(({ id }) => (id === '' ? [] : [id]));
  }

  /** The placeholders of a connection, made once for each set. @throws UserError for a set that there isn't */
  placeholders(setName: string | undefined): Connection {
    const known = this.connections.get(setName) ?? testConnection(this.inner, undefined, setName);
    this.connections.set(setName, known);
    return known;
  }

  hasCode(operationId: string): boolean {
    return hasCode(this.connector, this.inner, operationId);
  }
}

/** @throws UserError for a connector that tests can't be run of */
export const loadSubject = (folder: string): Subject => new Subject(loadConnector(folder));
