import { canonicalText, getOwn, isObject, type Json, type JsonObject } from '../connector/json/value.ts';
import { literal } from '../quote.ts';
import type { Operation, Parameter } from '../rules/engine/model.ts';
import type { BeforeAfter } from './before-after.ts';
import { operationName, type ReportDifference } from './change.ts';
import { renamed } from './guess-rename.ts';
import type { SchemaPair } from './schema-pair.ts';
import { nothing, type PropertyView, type Schemas, type SchemaView } from './schema-view.ts';
import { typeChange } from './type-change.ts';
import { pointerOfProperty, type SchemaVisitor, SchemaWalk } from './walk-schemas.ts';

/** The kinds of changes that are found here. */
export type InputChange =
  | 'breaking-enum-added'
  | 'breaking-enum-value-removed'
  | 'breaking-input-deleted'
  | 'breaking-input-format'
  | 'breaking-input-internal'
  | 'breaking-input-location'
  | 'breaking-input-made-required'
  | 'breaking-input-type'
  | 'breaking-required-input-added'
  | 'breaking-required-input-default';

/** What flows send: parameters, and the properties of the body. */
export function compareInputs(
  operations: BeforeAfter<Operation>,
  schemas: SchemaPair,
  report: ReportDifference<InputChange>,
): void {
  new InputComparison(operations, schemas, report).run();
}

class InputComparison {
  private readonly operations: BeforeAfter<Operation>;
  private readonly schemas: SchemaPair;
  private readonly report: ReportDifference<InputChange>;
  private readonly name: string;
  /** New objects that have been reported: shared ones once, which also ends cycles. */
  private readonly filledIn = new Set<JsonObject>();

  constructor(operations: BeforeAfter<Operation>, schemas: SchemaPair, report: ReportDifference<InputChange>) {
    this.operations = operations;
    this.schemas = schemas;
    this.report = report;
    this.name = operationName(operations.before);
  }

  run(): void {
    const { before, after } = this.operations;
    const old = byKey(before.parameters);
    const now = byKey(after.parameters);
    const added = new Set([...now].filter(([key]) => !old.has(key)).map(([, parameter]) => parameter));
    for (const [key, parameter] of old) {
      const same = now.get(key) ?? this.moved(parameter, added);
      if (same === undefined) {
        this.gone(parameter, [...added]);
      } else {
        added.delete(same);
        this.kept({ before: parameter, after: same });
      }
    }
    for (const parameter of added) this.added(parameter);
  }

  private moved(parameter: Parameter, added: ReadonlySet<Parameter>): Parameter | undefined {
    const found = [...added].find(({ name }) => name === parameter.name);
    if (found === undefined) return undefined;
    this.say(
      'breaking-input-location',
      found.place.pointer(),
      `the input "${parameter.name}" of ${this.name} has moved from ${parameter.in} to ${found.in}: flows that use ${this.name} stop working`,
    );
    return found;
  }

  private gone(parameter: Parameter, added: readonly Parameter[]): void {
    const names = added.filter((other) => other.in !== 'body').map(({ name }) => name);
    const what = parameter.in === 'body' ? 'body' : `input "${parameter.name}"`;
    const successor = parameter.in === 'body' ? '' : renamed(parameter.name, names);
    this.say(
      'breaking-input-deleted',
      this.operations.after.place.at('parameters').pointer(),
      `the ${what} of ${this.name} is gone: what flows send for it is lost${successor}`,
    );
  }

  /** What is internal and has a default value isn't filled in by anybody: the platform sends it, once it is required. */
  private kept({ before, after }: BeforeAfter<Parameter>): void {
    const label = labelOf(after);
    if (before.in === 'body' && after.in === 'body' && before.name !== after.name) this.bodyRenamed(before, after);
    const isSentAnyway = isInternal(after.value) && getOwn(after.value, 'default') !== undefined;
    if (!isRequired(before) && isRequired(after) && !isSentAnyway) {
      this.madeRequired(label, after.place.at('required').pointer());
    }
    const shown = isInternal(after.value) && !isInternal(before.value);
    if (shown) this.madeInternal(label, after.place.at('x-ms-visibility').pointer());
    const views = { before: rootView(this.schemas.before, before), after: rootView(this.schemas.after, after) };
    const root = after.in === 'body' ? '' : after.name;
    this.walk().run(views.before, views.after, root);
  }

  private added(parameter: Parameter): void {
    let told = false;
    if (parameter.in === 'body') {
      // a body is filled in property by property
      const { properties } = rootView(this.schemas.after, parameter);
      for (const [name, property] of properties) {
        told ||= property.required;
        this.propertyAdded(property, name);
      }
    }
    if (isRequired(parameter) && !told) {
      this.requiredAdded(
        labelOf(parameter),
        parameter.place.pointer(),
        getOwn(parameter.value, 'default') !== undefined,
      );
    }
  }

  private walk(): SchemaWalk {
    const visitor: SchemaVisitor = {
      pair: (pair, path) => this.pair(pair, path === '' ? 'body' : path),
      kept: ({ before, after }, path) => {
        const views = { before: this.schemas.before.view(before), after: this.schemas.after.view(after) };
        const isMadeRequired = !before.required && after.required;
        const isSentAnyway = () =>
          (views.after.internal && views.after.hasDefault) || this.schemas.after.isFilledIn(views.after);
        if (isMadeRequired && !isSentAnyway()) this.madeRequired(path, after.pointer);
        const isHidden = !views.before.internal && views.after.internal;
        if (isHidden && !views.after.notificationUrl) this.madeInternal(path, after.pointer);
      },
      gone: (name, path, parent, added) => {
        this.say(
          'breaking-input-deleted',
          pointerOfProperty(parent, name),
          `the input "${path}" of ${this.name} is gone: what flows send for it is lost${renamed(name, added)}`,
        );
      },
      added: (property, path) => this.propertyAdded(property, path),
    };
    return new SchemaWalk(this.schemas, visitor);
  }

  /** What is required in a new object is required when the object is; flows may leave out an optional one. */
  private propertyAdded(property: PropertyView, path: string): void {
    if (!property.required) return;
    const { hasDefault, identity, properties } = this.schemas.after.view(property);
    this.requiredAdded(path, property.pointer, hasDefault);
    if (this.filledIn.has(identity)) return;
    this.filledIn.add(identity);
    for (const [name, inner] of properties) this.propertyAdded(inner, `${path}.${name}`);
  }

  private bodyRenamed(before: Parameter, after: Parameter): void {
    this.say(
      'breaking-input-deleted',
      after.place.at('name').pointer(),
      `the body of ${this.name} was called "${before.name}" and is called "${after.name}" now: flows keep what they send in it by the old name, and it is lost`,
    );
  }

  /** Type, format and values of one input. */
  private pair({ before, after }: BeforeAfter<SchemaView>, path: string): void {
    const input = `the input "${path}" of ${this.name}`;
    const change = after.notificationUrl ? undefined : typeChange({ before, after });
    if (change?.what === 'type') {
      this.say('breaking-input-type', after.pointer, `${input} ${change.words}: what flows send may not fit`);
    } else if (change !== undefined) {
      this.say('breaking-input-format', after.pointer, `${input} ${change.words}: what flows send may not fit`);
    }
    if (before.dynamic !== undefined && after.dynamic === undefined) {
      this.say(
        'breaking-input-deleted',
        after.pointer,
        `${input} was filled in by fields that ${before.dynamic || 'the service'} told; now only those in the definition are left: what flows send for others is lost`,
      );
    }
    this.values(before.enumeration, after.enumeration, input, after.pointer);
  }

  private values(before: Json[] | undefined, after: Json[] | undefined, input: string, pointer: string): void {
    if (after === undefined) return;
    if (before === undefined) {
      this.say(
        'breaking-enum-added',
        `${pointer}/enum`,
        `${input} could be anything and must be one of ${after.length} values now: flows that send another one stop working`,
      );
      return;
    }
    const left = new Set(after.map(canonicalText));
    const lost = before.filter((value) => !left.has(canonicalText(value)));
    if (lost.length === 0) return;
    const list = lost.slice(0, 5).map(literal).join(', ') + (lost.length > 5 ? ', …' : '');
    this.say(
      'breaking-enum-value-removed',
      `${pointer}/enum`,
      `${input} has lost ${lost.length === 1 ? 'the value' : 'the values'} ${list}: flows that send it stop working`,
    );
  }

  private madeRequired(path: string, pointer: string): void {
    this.say(
      'breaking-input-made-required',
      pointer,
      `the input "${path}" of ${this.name} is required now: flows that leave it out stop working`,
    );
  }

  private madeInternal(path: string, pointer: string): void {
    this.say(
      'breaking-input-internal',
      pointer,
      `the input "${path}" of ${this.name} is internal now: makers can no longer see or change what their flows send`,
    );
  }

  private requiredAdded(path: string, pointer: string, hasDefault: boolean): void {
    const input = `the new input "${path}" of ${this.name} is required`;
    if (hasDefault) {
      const message = `${input}; it has a default value, but saved flows do not send it`;
      this.say('breaking-required-input-default', pointer, message);
    } else {
      this.say('breaking-required-input-added', pointer, `${input}: saved flows do not send it and stop working`);
    }
  }

  private say(kind: InputChange, pointer: string, message: string): void {
    const operationId = this.operations.before.id || undefined;
    this.report({ kind, operationId, pointer, file: 'definition', message });
  }
}

/** An operation has one body, whatever its name. */
export const byKey = (parameters: readonly Parameter[]): Map<string, Parameter> =>
  new Map(parameters.map((parameter) => [keyOf(parameter), parameter]));

const keyOf = ({ name, in: position }: Parameter): string => (position === 'body' ? 'body' : `${position} ${name}`);

const labelOf = ({ name, in: position }: Parameter): string => (position === 'body' ? 'body' : name);

/** A part of the path can't be left out, whatever the definition says. */
const isRequired = ({ value, in: position }: Parameter): boolean =>
  position === 'path' || getOwn(value, 'required') === true;

const isInternal = (value: JsonObject): boolean => getOwn(value, 'x-ms-visibility') === 'internal';

/** A parameter outside the body is its own schema. */
export function rootView(schemas: Schemas, parameter: Parameter): SchemaView {
  const { value, place } = parameter;
  if (parameter.in !== 'body') return schemas.view({ value, pointer: place.pointer() });
  const schema = getOwn(value, 'schema');
  const pointer = place.at('schema').pointer();
  return isObject(schema) ? schemas.view({ value: schema, pointer }) : nothing(pointer);
}
