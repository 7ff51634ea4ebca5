import { below } from '../../connector/json/pointer.ts';
import { asObject, asString, getOwn, isObject, type Json, type JsonObject } from '../../connector/json/value.ts';
import { pathItemAt } from '../../connector/operations.ts';
import type { RuntimeOperation } from '../operation.ts';
import { Schemas, type SchemaView } from '../schema.ts';
import { dynamicSchemaOf } from './editor.ts';
import { labelBelow, ownLabel, siteOf, visibilityIn } from './fields.ts';
import type { FormOutput } from './form-model.ts';

/** What an operation gives to the steps after it: docs/reference/runtime.md#designer. */

export interface Outputs {
  outputs: FormOutput[];
  moreOutputs: boolean;
  splitOn: string | null;
}

/** Schemas that refer to each other branch without end; nobody reads on after that many. */
const mostOutputs = 2000;
const mostLevels = 16;

export function outputsOf(operation: RuntimeOperation): Outputs {
  const { schemas } = operation;
  const found = answerSchema(operation);
  if (found === undefined) return { outputs: [], moreOutputs: false, splitOn: null };
  const reader = new OutputReader(schemas);
  reader.read(found.view, {
    key: 'body',
    prefix: '',
    name: 'Body',
    visibility: '',
    isElement: false,
    around: [],
    sites: [found.site],
  });
  const isBatch = String(getOwn(operation.value, 'x-ms-trigger')).toLowerCase() === 'batch';
  return { outputs: reader.found, moreOutputs: reader.isFull, splitOn: isBatch ? listIn(schemas, found.view) : null };
}

/**
 * The outputs below one that is known at run time only, by a schema that isn't in the definition.
 *
 * @param definition that the schema may refer to
 * @param output that they are below
 */
export function outputsOfSchema(schema: JsonObject, definition: JsonObject, output: FormOutput): FormOutput[] {
  const schemas = new Schemas(definition);
  const reader = new OutputReader(schemas);
  const isElement = output.type === 'array';
  const at: At = { key: output.key, prefix: '', name: '', visibility: '', isElement, around: [], sites: [] };
  reader.read(schemas.view(schema, ''), at);
  // a value that is no schema has no parts
  return reader.found.filter(({ key }) => key !== output.key);
}

interface Answer {
  view: SchemaView;
  site: string;
}

/** Of a webhook the notification, else the lowest 2xx that has a schema. */
function answerSchema(operation: RuntimeOperation): Answer | undefined {
  if (isWebhook(operation)) {
    const path = below('/paths', operation.path, 'x-ms-notification-content', 'schema');
    return answerAt(operation.schemas, getOwn(notificationOf(operation), 'schema'), path);
  }
  const responses = asObject(getOwn(operation.value, 'responses'));
  for (const status of Object.keys(responses)
    .filter((name) => /^2\d\d$/.test(name))
    .sort()) {
    const response = operation.schemas.view(responses[status], below(operation.pointer, 'responses', status));
    const answer = answerAt(operation.schemas, getOwn(response.node, 'schema'), `${response.pointer}/schema`);
    if (answer !== undefined) return answer;
  }
  return undefined;
}

const answerAt = (schemas: Schemas, schema: Json | undefined, site: string): Answer | undefined =>
  isObject(schema) ? { view: schemas.view(schema, site), site } : undefined;

const notificationOf = ({ definition, path, value }: RuntimeOperation): JsonObject | undefined => {
  const content =
    getOwn(pathItemAt(definition, path), 'x-ms-notification-content') ?? getOwn(value, 'x-ms-notification-content');
  return isObject(content) ? content : undefined;
};

/** A trigger that subscribes, rather than one that is asked again and again. */
export function isWebhook(operation: RuntimeOperation): boolean {
  if (getOwn(operation.value, 'x-ms-trigger') === undefined || notificationOf(operation) === undefined) return false;
  return !(operation.method === 'GET' && getOwn(operation.value, 'x-ms-trigger') === 'batch');
}

/** The body, where it is a list, or its only visible property, where that is one. */
function listIn(schemas: Schemas, view: SchemaView): string | null {
  if (schemas.isType(view, 'array')) return 'body';
  const visible = [...schemas.properties(view)].filter(
    ([, property]) => visibilityIn(schemas, property, '') !== 'internal',
  );
  const [only] = visible;
  return visible.length === 1 && only !== undefined && schemas.isType(only[1], 'array') ? `body/${only[0]}` : null;
}

interface At {
  key: string;
  prefix: string;
  /** What it is called without title and summary. */
  name: string;
  visibility: string;
  /** In a list: lists below are one output. */
  isElement: boolean;
  around: readonly string[];
  sites: readonly string[];
}

class OutputReader {
  readonly found: FormOutput[] = [];
  isFull = false;
  private readonly schemas: Schemas;

  constructor(schemas: Schemas) {
    this.schemas = schemas;
  }

  read(view: SchemaView, at: At): void {
    if (this.isFull || visibilityIn(this.schemas, view, at.visibility) === 'internal') return;
    const { schemas } = this;
    const ends = at.around.includes(view.pointer) || at.around.length > mostLevels;
    if (ends || dynamicSchemaOf(schemas, view) !== null) this.leaf(view, at);
    else if (schemas.isType(view, 'array')) this.list(view, at);
    else if (schemas.hasProperties(view)) this.object(view, at);
    else this.leaf(view, at);
  }

  private object(view: SchemaView, at: At): void {
    const { schemas } = this;
    const prefix = labelBelow(at.prefix, ownLabel(schemas, view));
    const visibility = visibilityIn(schemas, view, at.visibility);
    const around = [...at.around, view.pointer];
    for (const [name, property] of schemas.properties(view)) {
      this.read(property, {
        key: `${at.key}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
        prefix,
        name,
        visibility,
        isElement: at.isElement,
        around,
        sites: siteOf(view, name, property),
      });
    }
  }

  /** Its elements, one list deep; a list of scalars is one output. */
  private list(view: SchemaView, at: At): void {
    const { schemas } = this;
    const part = schemas.parts(view).find(({ node }) => isObject(getOwn(node, 'items'))) ?? view;
    const element = schemas.below(part, 'items');
    const hasMany = schemas.hasProperties(element) || dynamicSchemaOf(schemas, element) !== null;
    const ends = at.isElement || at.around.includes(element.pointer);
    if (ends || !hasMany || schemas.isType(element, 'array')) {
      this.leaf(view, at);
      return;
    }
    // the title of the elements takes the place of the list's
    const label = ownLabel(schemas, element) === '' ? ownLabel(schemas, view) : '';
    this.read(element, {
      ...at,
      prefix: labelBelow(at.prefix, label),
      visibility: visibilityIn(schemas, view, at.visibility),
      isElement: true,
      around: [...at.around, view.pointer],
      sites: [...at.sites, `${part.pointer}/items`],
    });
  }

  private leaf(view: SchemaView, at: At): void {
    if (this.found.length >= mostOutputs) {
      this.isFull = true;
      return;
    }
    const { schemas } = this;
    this.found.push({
      key: at.key,
      label: labelBelow(at.prefix, ownLabel(schemas, view) || at.name),
      description: asString(schemas.keyword(view, 'description')) ?? '',
      type: schemas.types(view)[0] ?? 'any',
      pointer: view.pointer,
      sites: at.sites.filter((site) => site !== view.pointer),
      dynamic: dynamicSchemaOf(schemas, view),
      findings: [],
    });
  }
}
