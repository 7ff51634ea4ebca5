import { asArray, getOwn, type Json, type JsonObject } from '../../connector/json/value.ts';
import type { Location } from '../engine/location.ts';
import type { ConnectorModel, Operation, Parameter, PathItem } from '../engine/model.ts';

/** What an operation or a path lists as parameters, in order, `$ref`s resolved. */
export const listedParameters = (owner: Operation | PathItem, connector: ConnectorModel): (JsonObject | undefined)[] =>
  asArray(getOwn(owner.value, 'parameters')).map((entry: Json) => connector.deref(entry));

/** Where a parameter is in an operation: its entry, or the list when the path declares it. */
export function placeIn(operation: Operation, parameter: Parameter, connector: ConnectorModel): Location {
  const place = operation.place.at('parameters');
  const index = listedParameters(operation, connector).indexOf(parameter.value);
  return index < 0 ? place : place.at(index);
}
