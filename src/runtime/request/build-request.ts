import { asString, getOwn, isObject, type Json, type JsonObject } from '../../connector/json/value.ts';
import { UserError } from '../../errors.ts';
import {
  type Body,
  bytesBody,
  encoded,
  fitForUrl,
  isJsonType,
  joined,
  queryPart,
  type RuntimeRequest,
  withoutSlashes,
} from '../message.ts';
import {
  bodyParameter,
  declaredAddress,
  declaredTypes,
  type RuntimeOperation,
  type RuntimeParameter,
} from '../operation.ts';
import { isThere } from '../paths.ts';
import { BodyBuilder, type Client } from './build-body.ts';
import { isFileInput, type ReadFile, readFileInput } from './files.ts';
import { type FormField, multipart, urlEncoded } from './form.ts';
import { textsOf, valueToSend } from './parameter-value.ts';
import { type InputProblem, Problems } from './problems.ts';

export interface RequestOptions {
  client: Client;
  readFile: ReadFile;
  /** What the platform fills properties with `x-ms-notification-url` with. */
  notificationUrl: string;
}

export interface BuiltRequest {
  request: RuntimeRequest;
  /** Values of the path, encoded, by name. */
  pathValues: Map<string, string>;
  problems: InputProblem[];
  /** It asks for notifications, which somebody has to receive. */
  isSubscription: boolean;
}

/**
 * The request that a client makes of inputs, by the definition alone: docs/reference/runtime.md#inputs.
 *
 * @param inputs by the names of parameters; the body whole, by its own name
 * @returns what could be made, and why it isn't complete
 * @throws UserError when the definition has no usable address
 */
export function buildRequest(operation: RuntimeOperation, inputs: JsonObject, options: RequestOptions): BuiltRequest {
  const problems = new Problems();
  const builder = new RequestBuilder(operation, inputs, options, problems);
  return { ...builder.build(), problems: problems.list };
}

class RequestBuilder {
  private readonly operation: RuntimeOperation;
  private readonly inputs: JsonObject;
  private readonly options: RequestOptions;
  private readonly problems: Problems;
  private isSubscription = false;

  constructor(operation: RuntimeOperation, inputs: JsonObject, options: RequestOptions, problems: Problems) {
    this.operation = operation;
    this.inputs = inputs;
    this.options = options;
    this.problems = problems;
  }

  build(): Omit<BuiltRequest, 'problems'> {
    const { definition, method, path, parameters } = this.operation;
    this.refuseUnknown();
    const query: string[] = [];
    const headers = new Map<string, string>([['accept', this.accepted()]]);
    const fields: FormField[] = [];
    const pathValues = new Map<string, string>();
    for (const parameter of parameters) {
      if (parameter.in === 'path') this.addToPath(parameter, pathValues);
      if (parameter.in === 'query') query.push(...this.queryParts(parameter));
      if (parameter.in === 'header') this.addHeader(parameter, headers);
      if (parameter.in === 'formData') fields.push(...this.formFields(parameter));
    }
    const [template = '', fixed] = path.split('?', 2);
    if (fixed !== undefined && fixed !== '') query.unshift(...fixed.split('&').map(fitForUrl));
    const filled = template.replaceAll(/\{([^{}]*)\}/g, (found, name: string) => pathValues.get(name) ?? found);
    const body = this.body(headers, fields);
    const base = baseOf(definition);
    const request: RuntimeRequest = {
      kind: 'request',
      method,
      base,
      path: joined('', fitForUrl(filled)),
      query,
      headers,
      body,
    };
    return { request, pathValues, isSubscription: this.isSubscription };
  }

  private refuseUnknown(): void {
    const names = this.operation.parameters.map(({ name }) => name);
    for (const name of Object.keys(this.inputs)) {
      if (names.includes(name)) continue;
      const all = names.length === 0 ? 'the operation has no inputs' : `there are ${names.join(', ')}`;
      this.problems.add('unknown', name, `is not declared; ${all}`);
    }
  }

  private accepted(): string {
    return preferred(declaredTypes(this.operation, 'produces')) ?? 'application/json';
  }

  private valueOf(parameter: RuntimeParameter): Json | undefined {
    const { client } = this.options;
    return valueToSend(parameter, getOwn(this.inputs, parameter.name), { client, problems: this.problems });
  }

  private textsFor(parameter: RuntimeParameter) {
    const value = this.valueOf(parameter);
    return isThere(value) ? textsOf(parameter, value, this.problems) : undefined;
  }

  /** The texts as parts of a URL. `x-ms-url-encoding: double` is honoured wherever it is. */
  private urlTexts(parameter: RuntimeParameter): string[] {
    const sent = this.textsFor(parameter);
    if (sent === undefined) return [];
    const isDouble = getOwn(parameter.node, 'x-ms-url-encoding') === 'double';
    const write = (text: string): string => encoded(isDouble ? encoded(text) : text);
    return sent.texts.map((elements) => elements.map(write).join(sent.separator.inUrl));
  }

  private addToPath(parameter: RuntimeParameter, pathValues: Map<string, string>): void {
    const [text] = this.urlTexts(parameter);
    if (text !== undefined) pathValues.set(parameter.name, text);
  }

  private queryParts(parameter: RuntimeParameter): string[] {
    return this.urlTexts(parameter).map((text) => queryPart(parameter.name, text));
  }

  private addHeader(parameter: RuntimeParameter, headers: Map<string, string>): void {
    const sent = this.textsFor(parameter);
    const [elements] = sent?.texts ?? [];
    if (sent === undefined || elements === undefined) return;
    const text = elements.join(sent.separator.plain);
    if (/[\r\n\0]/.test(text)) this.problems.add('type', parameter.name, 'is a header, and has a line break');
    headers.set(parameter.name.toLowerCase(), text);
  }

  private formFields(parameter: RuntimeParameter): FormField[] {
    const { name, node } = parameter;
    const value = this.valueOf(parameter);
    if (!isThere(value)) return [];
    if (getOwn(node, 'type') === 'file' || isFileInput(value)) {
      const file = isFileInput(value) ? readFileInput(value, this.options.readFile) : undefined;
      if (file !== undefined) return [{ name, value: file }];
      this.problems.add('file', name, 'must be a file: {"file": "PATH"}, or {"base64": "…", "name": "a.pdf"}');
      return [];
    }
    const sent = textsOf(parameter, value, this.problems);
    return (sent?.texts ?? []).map((elements) => ({ name, value: elements.join(sent?.separator.plain) }));
  }

  private body(headers: Map<string, string>, fields: readonly FormField[]): Body | undefined {
    const parameter = bodyParameter(this.operation);
    if (parameter !== undefined) return this.bodyOf(parameter, headers);
    if (fields.length === 0) return undefined;
    const types = declaredTypes(this.operation, 'consumes');
    const isFile = fields.some(({ value }) => typeof value !== 'string');
    const form = types.find((type) => /^(?:multipart\/form-data|application\/x-www-form-urlencoded)/i.test(type));
    if (!isFile && !/^multipart/i.test(form ?? '')) {
      setType(headers, 'application/x-www-form-urlencoded');
      return urlEncoded(fields);
    }
    const { body, boundary } = multipart(fields);
    // only we know the boundary
    headers.set('content-type', `multipart/form-data; boundary=${boundary}`);
    return body;
  }

  private bodyOf(parameter: RuntimeParameter, headers: Map<string, string>): Body | undefined {
    const { name, node, pointer, required } = parameter;
    const { schemas } = this.operation;
    const given = getOwn(this.inputs, name);
    if (!isThere(given) && !required) return undefined;
    const view = schemas.view(getOwn(node, 'schema'), `${pointer}/schema`);
    const isBinary = getOwn(view.node, 'format') === 'binary' || schemas.isType(view, 'file');
    if (isThere(given) && isFileInput(given) && !schemas.isType(view, 'object'))
      return this.fileBody(name, given, headers);
    const builder = new BodyBuilder({ ...this.options, schemas, problems: this.problems });
    const value = builder.build(view, given, name);
    this.isSubscription = builder.isSubscription;
    if (value === undefined) return undefined;
    const isText = typeof value === 'string';
    const fallback = isBinary ? 'application/octet-stream' : isText ? 'text/plain' : 'application/json';
    setType(headers, preferred(declaredTypes(this.operation, 'consumes')) ?? fallback);
    if (isText) return { kind: 'text', text: value };
    const type = headers.get('content-type') ?? '';
    if (isObject(value) && /^application\/x-www-form-urlencoded/i.test(type)) return urlEncoded(fieldsOf(value, ''));
    return { kind: 'json', value };
  }

  private fileBody(name: string, value: Json, headers: Map<string, string>): Body | undefined {
    const file = readFileInput(value, this.options.readFile);
    if (file === undefined) return this.problems.add('file', name, 'is not Base64');
    setType(headers, preferred(declaredTypes(this.operation, 'consumes')) ?? 'application/octet-stream');
    return bytesBody(file.bytes);
  }
}

/** A header parameter called Content-Type says what the body is: it is there already. */
function setType(headers: Map<string, string>, type: string): void {
  if (!headers.has('content-type')) headers.set('content-type', type);
}

/** JSON where it is among them, else the first. */
const preferred = (types: readonly string[]): string | undefined => types.find(isJsonType) ?? types[0];

/** The properties of an object as fields of a form; those of inner objects by `outer.inner`. */
function fieldsOf(value: JsonObject, prefix: string): FormField[] {
  return Object.entries(value).flatMap(([key, inner]): FormField[] => {
    const name = `${prefix}${key}`;
    if (isObject(inner)) return fieldsOf(inner, `${name}.`);
    const values = Array.isArray(inner) ? inner : [inner];
    return values.filter(isThere).map((one) => ({ name, value: asString(one) ?? JSON.stringify(one) }));
  });
}

/** @throws UserError without a host, or with one that is none */
function baseOf(definition: JsonObject): string {
  const { scheme, host, basePath } = declaredAddress(definition);
  const base = fitForUrl(`${scheme}://${host}`);
  if (host === '' || !URL.canParse(base) || /[/?#@\s]/.test(host)) {
    throw new UserError(
      `the definition has ${host === '' ? 'no host' : `the host ${JSON.stringify(host)}, which is none`}`,
      {
        hint: 'set "host", such as api.contoso.com',
      },
    );
  }
  const path = withoutSlashes(basePath).replace(/^\/+/, '');
  return path === '' ? base : `${base}/${fitForUrl(path)}`;
}
