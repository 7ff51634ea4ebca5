import { asArray, getOwn, type Json } from '../../connector/json/value.ts';
import type { Location } from '../engine/location.ts';
import type { ConnectorModel, Operation, Parameter, PathItem } from '../engine/model.ts';

/** What an operation or a path lists as parameters, in order, `$ref`s among them. */
export const listedParameters = ({ value }: Operation | PathItem): readonly Json[] =>
  asArray(getOwn(value, 'parameters'));

/** Where a parameter is in an operation: its entry, or the list when the path declares it. */
export function placeIn(operation: Operation, parameter: Parameter, connector: ConnectorModel): Location {
  const place = operation.place.at('parameters');
  const index = listedParameters(operation).findIndex((entry) => connector.deref(entry) === parameter.value);
  return index < 0 ? place : place.at(index);
}
