import { clone, getOwn, isObject, type Json, type JsonObject, setOwn } from '../../connector/json/value.ts';
import { isThere } from '../paths.ts';
import { isInternal, type Schemas, type SchemaView } from '../schema.ts';
import { isFileInput, type ReadFile, readFileInput } from './files.ts';
import type { Problems } from './problems.ts';
import { formatted, isOfType, typeOfValue } from './scalars.ts';

/** Whose client makes the request: they differ in what optional inputs mean. */
export type Client = 'flow' | 'app';

export interface BodyOptions {
  schemas: Schemas;
  client: Client;
  problems: Problems;
  readFile: ReadFile;
  /** What the platform fills properties with `x-ms-notification-url` with. */
  notificationUrl: string;
}

interface At {
  key: string;
  /** Schemas around this one that nothing was given for: a required property may contain itself. */
  around: readonly string[];
  /** In a list, where nothing is added. */
  inList: boolean;
  /** Below something internal, which is then internal itself. */
  isHidden: boolean;
}

/** More objects than any form has: required ones that hold each other may be doubled with every level. */
const mostMade = 1000;

/**
 * A body of what was given and what the definition adds: required properties with a default, and internal required
 * ones, in every object that is sent; read-only and internal optional ones go.
 */
export class BodyBuilder {
  /** The platform's address for notifications is in the body. */
  isSubscription = false;
  private readonly options: BodyOptions;
  /** How many objects were made that nothing was given for. */
  private made = 0;

  constructor(options: BodyOptions) {
    this.options = options;
  }

  build(view: SchemaView, given: Json | undefined, key: string): Json | undefined {
    const at: At = { key, around: [], inList: false, isHidden: false };
    const { schemas, problems } = this.options;
    if (isThere(given)) return this.normalise(view, given, at);
    if (!this.isFillable(view)) return clonedDefault(schemas, view) ?? problems.missing(key);
    return clonedDefault(schemas, view) ?? this.complete(view, {}, at);
  }

  /** An object whose properties are inputs of their own. */
  private isFillable(view: SchemaView): boolean {
    const { schemas } = this.options;
    return schemas.isType(view, 'object') && schemas.hasProperties(view);
  }

  /** Whether an object that nothing was given for is made of what the definition adds. */
  private mayMake(view: SchemaView, around: readonly string[]): boolean {
    if (!this.isFillable(view) || around.includes(view.pointer) || this.made === mostMade) return false;
    this.made += 1;
    return true;
  }

  private normalise(view: SchemaView, value: Exclude<Json, null>, at: At): Json | undefined {
    const { schemas, problems } = this.options;
    const types = schemas.types(view);
    if (isFileInput(value) && !types.includes('object')) return this.file(value, at);
    if (types.length > 0 && !types.some((type) => type === 'file' || isOfType(value, type))) {
      return problems.add('type', at.key, `must be of type ${types.join(' or ')}, not ${typeOfValue(value)}`);
    }
    if (Array.isArray(value)) {
      const items = schemas.below(view, 'items');
      const inside = { around: [], inList: true, isHidden: false };
      return value.map((element, index) => {
        if (element === null) return null;
        return this.normalise(items, element, { ...inside, key: `${at.key}/${index}` }) ?? null;
      });
    }
    if (isObject(value)) return this.complete(view, value, { ...at, around: [] });
    if (typeof value !== 'string') return value;
    const text = formatted(value, view.node);
    return (
      text ?? problems.add('type', at.key, `${JSON.stringify(value)} is not a ${String(getOwn(view.node, 'format'))}`)
    );
  }

  private file(value: JsonObject, { key }: At): Json | undefined {
    const file = readFileInput(value, this.options.readFile);
    return file?.bytes.toString('base64') ?? this.options.problems.add('file', key, 'is not Base64');
  }

  private complete(view: SchemaView, given: JsonObject, at: At): JsonObject {
    const { schemas, problems } = this.options;
    const declared = schemas.properties(view);
    const required = schemas.required(view);
    const result: JsonObject = {};
    for (const [name, property] of declared) {
      const value = this.property(property, getOwn(given, name), {
        ...at,
        key: `${at.key}/${name}`,
        around: [...at.around, view.pointer],
        isRequired: required.has(name),
      });
      if (value !== undefined) setOwn(result, name, value);
    }
    const others = schemas.others(view);
    for (const [name, value] of Object.entries(given)) {
      if (declared.has(name)) continue;
      const key = `${at.key}/${name}`;
      if (others === undefined)
        problems.add('unknown', key, `is not declared; there are ${[...declared.keys()].join(', ')}`);
      else setOwn(result, name, isThere(value) ? (this.normalise(others, value, { ...at, key }) ?? null) : value);
    }
    return result;
  }

  private property(view: SchemaView, given: Json | undefined, at: At & { isRequired: boolean }): Json | undefined {
    const { schemas, client, problems } = this.options;
    const { node } = view;
    const isHidden = at.isHidden || isInternal(node);
    if (getOwn(node, 'readOnly') === true) return undefined;
    if (getOwn(node, 'x-ms-notification-url') === true) {
      this.isSubscription = true;
      return this.options.notificationUrl;
    }
    if (isHidden && (at.isRequired || client === 'flow')) return this.internal(view, given, { ...at, isHidden });
    if (isThere(given)) return this.normalise(view, given, { ...at, isHidden });
    if (given === null && getOwn(node, 'x-nullable') === true) return null;
    if (at.inList) return undefined;
    const preset = clonedDefault(schemas, view);
    if (preset !== undefined && (at.isRequired || client === 'app')) return preset;
    if (!at.isRequired) return undefined;
    if (this.mayMake(view, at.around)) return this.complete(view, {}, { ...at, isHidden });
    return problems.missing(at.key);
  }

  /** Never shown: its default where it is required, else nothing. What was given for it doesn't count. */
  private internal(view: SchemaView, given: Json | undefined, at: At & { isRequired: boolean }): Json | undefined {
    if (!at.isRequired || (at.inList && !isThere(given))) return undefined;
    const preset = clonedDefault(this.options.schemas, view);
    if (preset !== undefined || !this.mayMake(view, at.around)) return preset;
    const inner = this.complete(view, {}, at);
    return Object.keys(inner).length > 0 ? inner : undefined;
  }
}

function clonedDefault(schemas: Schemas, view: SchemaView): Json | undefined {
  const preset = schemas.keyword(view, 'default');
  return preset === undefined ? undefined : clone(preset);
}
