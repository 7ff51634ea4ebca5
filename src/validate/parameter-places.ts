import { asArray, type JsonObject, own } from '../connector/json.ts';
import type { ConnectorModel, Operation, Parameter, PathItem } from './model.ts';
import type { Place } from './place.ts';

/** Each entry of a list of parameters with where it stands, `$ref`s resolved. */
export function* listedParameters(
  owner: Operation | PathItem,
  connector: ConnectorModel,
): Generator<{ value: JsonObject; place: Place }> {
  const place = owner.place.at('parameters');
  for (const [index, entry] of asArray(own(owner.value, 'parameters')).entries()) {
    const value = connector.deref(entry);
    if (value !== undefined) yield { value, place: place.at(index) };
  }
}

/** Where a parameter stands in an operation: its entry, or the list when the path declares it. */
export function placeIn(operation: Operation, parameter: Parameter, connector: ConnectorModel): Place {
  for (const { value, place } of listedParameters(operation, connector)) if (value === parameter.value) return place;
  return operation.place.at('parameters');
}
