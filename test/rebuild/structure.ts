import { fromPointer } from '../../src/connector/json/pointer.ts';
import {
  asArray,
  asObject,
  asString,
  getOwn,
  isObject,
  type Json,
  type JsonObject,
  valueAt,
} from '../../src/connector/json/value.ts';

/**
 * What a connector is, without the words in which it says so: two connectors of the same structure ask for the same
 * fields, send the same requests and read the same answers.
 *
 * A fact is a place, such as `operations/GetOrder/parameters/query:expand type`, and its value.
 */
export type Facts = Map<string, string>;

/** @param properties apiProperties.json */
export function factsOf(definition: JsonObject, properties: JsonObject): Facts {
  const facts: Facts = new Map();
  const inner = asObject(getOwn(properties, 'properties'));
  for (const key of ['host', 'basePath', 'schemes']) add(facts, key, sorted(getOwn(definition, key)));
  addSecurity(facts, definition);
  addExtensions(facts, 'definition', definition);
  for (const [path, item] of Object.entries(asObject(getOwn(definition, 'paths')))) {
    addPathItem(facts, definition, path, asObject(item));
  }
  addSignIn(facts, inner);
  addPolicies(facts, asArray(getOwn(inner, 'policyTemplateInstances')));
  add(facts, 'capabilities', sorted(getOwn(inner, 'capabilities') ?? []));
  add(facts, 'scriptOperations', sorted(getOwn(inner, 'scriptOperations') ?? []));
  return facts;
}

/** Keys of a field of the connection that are words for people, or where it is in the form. */
const formWords = ['description', 'displayName', 'text', 'tooltip', 'tabIndex'];

/** Extensions that are words for people. */
const wordExtensions = ['x-ms-connector-metadata', 'x-ms-summary', 'x-ms-trigger-hint'];

function add(facts: Facts, place: string, value: Json | undefined): void {
  if (value !== undefined) facts.set(place, JSON.stringify(value));
}

/** Every value below `value` that isn't an object or a list of objects; an empty object says nothing. */
function addAll(facts: Facts, place: string, value: Json | undefined, without: readonly string[] = []): void {
  if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      if (!without.includes(key)) addAll(facts, `${place}/${key}`, item, without);
    }
  } else if (Array.isArray(value) && value.some(isObject)) {
    for (const [index, item] of value.entries()) addAll(facts, `${place}[${index}]`, item, without);
  } else {
    add(facts, place, value);
  }
}

/** Lists whose order says nothing. */
const sorted = (value: Json | undefined): Json | undefined =>
  Array.isArray(value) ? [...value].sort((a, b) => (String(a) < String(b) ? -1 : 1)) : value;

/** Schemes by what they are, since their names mean nothing to the platform. */
function addSecurity(facts: Facts, definition: JsonObject): void {
  const schemes = asObject(getOwn(definition, 'securityDefinitions'));
  const labelOf = (name: string): string => {
    const scheme = asObject(getOwn(schemes, name));
    return [getOwn(scheme, 'type') ?? `undeclared ${name}`, getOwn(scheme, 'in'), getOwn(scheme, 'name')]
      .filter(Boolean)
      .join(' ');
  };
  for (const [name, scheme] of Object.entries(schemes)) {
    const { authorizationUrl, tokenUrl, flow, scopes } = asObject(scheme);
    const parts = { authorizationUrl, tokenUrl, flow, scopes: sorted(Object.keys(asObject(scopes))) };
    facts.set(`security ${labelOf(name)}`, 'declared');
    for (const [key, value] of Object.entries(parts)) {
      if (value !== undefined && !(Array.isArray(value) && value.length === 0)) {
        add(facts, `security ${labelOf(name)}/${key}`, value);
      }
    }
  }
  for (const requirement of asArray(getOwn(definition, 'security'))) {
    for (const name of Object.keys(asObject(requirement))) facts.set(`security ${labelOf(name)}/applied`, 'true');
  }
}

/** Extensions of a part of the definition; those that are schemas or lists of names have functions of their own. */
function addExtensions(facts: Facts, place: string, holder: JsonObject): void {
  for (const [key, value] of Object.entries(holder)) {
    if (!key.startsWith('x-') || [...wordExtensions, 'x-ms-notification-content'].includes(key)) continue;
    if (value === '') continue; // an empty visibility is the normal one
    if (key === 'x-ms-enum-values') {
      add(facts, `${place} ${key}`, sorted(asArray(value).map((item) => getOwn(asObject(item), 'value') ?? null)));
    } else {
      addAll(facts, `${place} ${key}`, value);
    }
  }
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'];

function addPathItem(facts: Facts, definition: JsonObject, path: string, item: JsonObject): void {
  const common = asArray(getOwn(item, 'parameters'));
  for (const method of methods) {
    const operation = getOwn(item, method);
    if (!isObject(operation)) continue;
    const place = `operations/${asString(getOwn(operation, 'operationId')) ?? `${method} ${path}`}`;
    facts.set(place, `${method.toUpperCase()} ${path}`);
    addExtensions(facts, place, operation);
    for (const key of ['deprecated', 'security']) add(facts, `${place} ${key}`, getOwn(operation, key));
    addParameters(facts, definition, place, [...common, ...asArray(getOwn(operation, 'parameters'))]);
    addMediaTypes(facts, definition, place, operation);
    addResponses(facts, definition, place, asObject(getOwn(operation, 'responses')));
    const content = getOwn(item, 'x-ms-notification-content');
    if (content !== undefined && getOwn(operation, 'x-ms-trigger') !== undefined) {
      addSchema(facts, definition, `${place}/notification`, getOwn(asObject(content), 'schema'));
    }
  }
}

/** What isn't JSON; JSON goes without saying. */
function addMediaTypes(facts: Facts, definition: JsonObject, place: string, operation: JsonObject): void {
  const hasBody = [...facts.keys()].some(
    (fact) => fact.startsWith(`${place}/body`) || fact.startsWith(`${place}/parameters/formData:`),
  );
  const keys = hasBody ? ['consumes', 'produces'] : ['produces'];
  for (const key of keys) {
    const types = asArray(getOwn(operation, key) ?? getOwn(definition, key)).filter(
      (type) => type !== 'application/json',
    );
    if (types.length > 0) add(facts, `${place} ${key}`, sorted(types));
  }
}

function addParameters(facts: Facts, definition: JsonObject, place: string, parameters: readonly Json[]): void {
  for (const item of parameters) {
    const parameter = resolve(definition, item);
    const where = asString(getOwn(parameter, 'in')) ?? '';
    if (where === 'body') {
      addExtensions(facts, `${place}/body`, parameter);
      addSchema(
        facts,
        definition,
        `${place}/body`,
        getOwn(parameter, 'schema'),
        getOwn(parameter, 'required') === true,
      );
    } else {
      const isRequired = getOwn(parameter, 'required') === true;
      addSchema(facts, definition, `${place}/parameters/${where}:${getOwn(parameter, 'name')}`, parameter, isRequired);
    }
  }
}

function addResponses(facts: Facts, definition: JsonObject, place: string, responses: JsonObject): void {
  for (const [status, item] of Object.entries(responses)) {
    const response = resolve(definition, item);
    facts.set(`${place}/responses/${status}`, 'there');
    addSchema(facts, definition, `${place}/responses/${status}`, getOwn(response, 'schema'));
    for (const name of Object.keys(asObject(getOwn(response, 'headers')))) {
      facts.set(`${place}/responses/${status} header ${name}`, 'there');
    }
  }
}

/** Keywords of a schema or parameter that are facts as they are; an empty text says nothing. */
const keywords = [
  ...['format', 'default', 'minimum', 'maximum', 'minLength', 'maxLength', 'pattern', 'minItems', 'maxItems'],
  ...['collectionFormat', 'allowEmptyValue', 'discriminator', 'readOnly'],
];

function addSchema(
  facts: Facts,
  definition: JsonObject,
  place: string,
  value: Json | undefined,
  isRequired = false,
  around: readonly JsonObject[] = [],
): void {
  const schema = resolve(definition, value);
  if (value === undefined || around.includes(schema)) return;
  const inside = [...around, schema];
  const properties = getOwn(schema, 'properties');
  const type = getOwn(schema, 'type') ?? (isObject(properties) ? 'object' : undefined);
  add(facts, `${place} type`, type ?? 'any');
  if (isRequired) facts.set(`${place} required`, 'true');
  for (const key of keywords) if (getOwn(schema, key) !== '') add(facts, `${place} ${key}`, getOwn(schema, key));
  add(facts, `${place} enum`, sorted(getOwn(schema, 'enum')));
  addExtensions(facts, place, schema);
  const required = asArray(getOwn(schema, 'required'));
  for (const [name, property] of Object.entries(asObject(properties))) {
    addSchema(facts, definition, `${place}/${name}`, property, required.includes(name), inside);
  }
  addSchema(facts, definition, `${place}[]`, getOwn(schema, 'items'), false, inside);
  const additional = getOwn(schema, 'additionalProperties');
  if (isObject(additional)) addSchema(facts, definition, `${place}/{any}`, additional, false, inside);
  else if (additional === true) facts.set(`${place}/{any}`, 'open');
  for (const part of asArray(getOwn(schema, 'allOf'))) addSchema(facts, definition, place, part, isRequired, inside);
}

function resolve(definition: JsonObject, value: Json | undefined): JsonObject {
  const target = asString(getOwn(asObject(value), '$ref'));
  return target === undefined ? asObject(value) : asObject(valueAt(definition, fromPointer(target)));
}

/** The one way to sign in, or several by name. */
function addSignIn(facts: Facts, inner: JsonObject): void {
  addConnectionParameters(facts, 'connection', asObject(getOwn(inner, 'connectionParameters')));
  for (const set of asArray(getOwn(asObject(getOwn(inner, 'connectionParameterSets')), 'values')).map(asObject)) {
    const place = `connection set ${asString(getOwn(set, 'name')) ?? ''}`;
    facts.set(place, 'there');
    addConnectionParameters(facts, place, asObject(getOwn(set, 'parameters')));
  }
}

function addConnectionParameters(facts: Facts, place: string, parameters: JsonObject): void {
  for (const [name, parameter] of Object.entries(parameters)) {
    const { uiDefinition, ...rest } = asObject(parameter);
    addAll(facts, `${place}/${name}`, rest);
    // `schema` repeats the type and the words
    addAll(facts, `${place}/${name}`, getOwn(asObject(uiDefinition), 'constraints'), formWords);
  }
}

/** What happens to each operation, in its order; `*` are all operations. */
function addPolicies(facts: Facts, policies: readonly Json[]): void {
  const counts = new Map<string, number>();
  for (const policy of policies.map(asObject)) {
    const { 'x-ms-apimTemplate-operationName': names, ...parameters } = asObject(getOwn(policy, 'parameters'));
    const template = (asString(getOwn(policy, 'templateId')) ?? '').toLowerCase();
    for (const name of Array.isArray(names) ? names : ['*']) {
      const number = counts.get(`${name} ${template}`) ?? 0;
      counts.set(`${name} ${template}`, number + 1);
      const place = `policies/${name}/${template}[${number}]`;
      facts.set(place, 'there');
      for (const [key, value] of Object.entries(parameters)) {
        addAll(facts, `${place}/${key.replace(/^x-ms-apimTemplate(?:Parameter\.|-)/, '')}`, value);
      }
    }
  }
}
