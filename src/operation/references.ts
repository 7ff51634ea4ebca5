import type { ConnectorDraft } from '../connector/draft.ts';
import { asObject, getOwn, isObject, type Json, type JsonObject, setOwn } from '../connector/json/value.ts';

/** Everything in a definition that names an operation, beside the operation itself. */

interface Found {
  /** The object with the `operationId`. */
  holder: JsonObject;
  /** From the object or list that would lose the reference: where it is. */
  owner: JsonObject | Json[];
  key: string | number;
  /** For messages: the extension. */
  extension: string;
}

/** References from extensions (`x-ms-…`): choices, fields, trees, test connection, replacement, plugin data. */
function findReferences(definition: JsonObject, id: string): Found[] {
  const found: Found[] = [];
  visit(definition, undefined, (reference) => {
    if (getOwn(reference.holder, 'operationId') === id) found.push(reference);
  });
  return found;
}

type Around = Omit<Found, 'holder'> | undefined;

function visit(value: Json, around: Around, report: (found: Found) => void): void {
  if (Array.isArray(value)) {
    value.forEach((item, index) => {
      // an entry of x-ms-openai-data goes alone
      const isEntry = around?.extension === 'x-ms-openai-data';
      visit(item, isEntry ? { ...around, owner: value, key: index } : around, report);
    });
    return;
  }
  if (!isObject(value)) return;
  if (around !== undefined && typeof getOwn(value, 'operationId') === 'string') report({ holder: value, ...around });
  for (const [key, inner] of Object.entries(value)) visit(inner, aroundOf(value, key, around), report);
}

/** The smallest part that can go without leaving half of something. */
function aroundOf(owner: JsonObject, key: string, around: Around): Around {
  if (key.startsWith('x-ms-')) return { owner, key, extension: key };
  const isPart =
    around?.extension === 'x-ms-capabilities' || (around?.extension === 'x-ms-api-annotation' && key === 'replacement');
  return isPart && around !== undefined && around.key === around.extension
    ? { owner, key, extension: around.extension }
    : around;
}

/** Puts another operation in place of one. */
export function renameReferences(definition: JsonObject, id: string, to: string): void {
  for (const { holder } of findReferences(definition, id)) setOwn(holder, 'operationId', to);
  visitAnnotations(definition, (annotation) => {
    if (getOwn(annotation, 'family') === id) setOwn(annotation, 'family', to);
  });
}

function visitAnnotations(definition: JsonObject, change: (annotation: JsonObject) => void): void {
  for (const item of Object.values(asObject(getOwn(definition, 'paths')))) {
    for (const operation of Object.values(asObject(item))) {
      const annotation = getOwn(asObject(operation), 'x-ms-api-annotation');
      if (isObject(annotation)) change(annotation);
    }
  }
}

/** Takes away what calls an operation that goes. @returns the extensions that went, each once */
export function removeReferences({ definition }: ConnectorDraft, id: string): string[] {
  const gone = new Set<string>();
  // lists lose later entries first, so that the places of earlier ones stay right
  for (const { owner, key, extension } of findReferences(definition, id).reverse()) {
    if (Array.isArray(owner)) owner.splice(Number(key), 1);
    else delete owner[String(key)];
    gone.add(extension);
  }
  const capabilities = getOwn(definition, 'x-ms-capabilities');
  if (gone.has('x-ms-capabilities') && isObject(capabilities) && Object.keys(capabilities).length === 0) {
    delete definition['x-ms-capabilities'];
  }
  return [...gone];
}
