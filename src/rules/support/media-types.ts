import type { Json } from '../../connector/json/value.ts';
import { getOwn } from '../../connector/json/value.ts';
import type { ConnectorModel, Operation } from '../engine/model.ts';

/** Media types that the service handles. */
export const supportedMediaTypes = [
  'application/json',
  'text/plain',
  'multipart/form-data',
  'application/x-www-form-urlencoded',
] as const;

const supported: ReadonlySet<string> = new Set(supportedMediaTypes);
const formTypes: ReadonlySet<string> = new Set(['multipart/form-data', 'application/x-www-form-urlencoded']);

/** The type in lower case without parameters such as `charset`. */
export const bareMediaType = (type: string): string => (type.split(';', 1)[0] ?? '').trim().toLowerCase();

export const isSupportedMediaType = (type: string): boolean => supported.has(type) || supported.has(type.toLowerCase());

export const isFormType = (type: string): boolean => formTypes.has(bareMediaType(type));

/** What an operation takes: its own `consumes`, also an empty one, else that of the definition. */
export function effectiveConsumes(operation: Operation, connector: ConnectorModel): string[] {
  const mine = getOwn(operation.value, 'consumes');
  return texts(mine === undefined ? getOwn(connector.definition, 'consumes') : mine);
}

const texts = (list: Json | undefined): string[] =>
  Array.isArray(list) ? (list.filter((item) => typeof item === 'string' && item.trim() !== '') as string[]) : [];
