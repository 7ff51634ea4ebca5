import { asObject, getOwn, isObject, type JsonObject } from '../connector/json/value.ts';
import type { Operation } from '../rules/engine/model.ts';
import type { BeforeAfter } from './before-after.ts';
import { operationName, type ReportDifference } from './change.ts';
import { renamed } from './guess-rename.ts';
import type { SchemaPair } from './schema-pair.ts';
import type { Node, SchemaView } from './schema-view.ts';
import { typeChange } from './type-change.ts';
import { pointerOfProperty, type SchemaVisitor, SchemaWalk } from './walk-schemas.ts';

/** The kinds of changes that are found here. */
export type OutputChange =
  | 'breaking-output-deleted'
  | 'breaking-output-format'
  | 'breaking-output-internal'
  | 'breaking-output-type'
  | 'breaking-response-code-removed';

/** What later steps of flows use: the schemas of 2xx responses and of notifications. */
export function compareOutputs(
  operations: BeforeAfter<Operation>,
  schemas: SchemaPair,
  report: ReportDifference<OutputChange>,
): void {
  new OutputComparison(operations, schemas, report).run();
}

class OutputComparison {
  private readonly operations: BeforeAfter<Operation>;
  private readonly schemas: SchemaPair;
  private readonly report: ReportDifference<OutputChange>;
  private readonly name: string;

  constructor(operations: BeforeAfter<Operation>, schemas: SchemaPair, report: ReportDifference<OutputChange>) {
    this.operations = operations;
    this.schemas = schemas;
    this.report = report;
    this.name = operationName(operations.before);
  }

  run(): void {
    this.codes();
    const old = successes(this.operations.before);
    const now = successes(this.operations.after);
    for (const [code, node] of old) {
      const successor = successorOf(code, old, now);
      this.compare(node, successor?.node, this.responsePointer(code), successor?.unrelated ?? false);
    }
    const before = notification(this.operations.before);
    const { pathItem } = this.operations.after;
    const pointer = pathItem.place.at('x-ms-notification-content', 'schema').pointer();
    if (before !== undefined) this.compare(before, notification(this.operations.after), pointer, false);
  }

  private codes(): void {
    const codes = new Set(this.operations.after.responses.map(({ code }) => code));
    for (const { code } of this.operations.before.responses) {
      if (codes.has(code)) continue;
      const message = `the response ${code} of ${this.name} is gone: flows that use its outputs or branch on it may stop working`;
      this.say('breaking-response-code-removed', this.responsePointer(code), message);
    }
  }

  /** @param unrelated the later schema is another response's: it may hold the same outputs, but needn't be like this one */
  private compare(before: Node, after: Node | undefined, pointer: string, unrelated: boolean): void {
    const old = this.schemas.before.view(before);
    if (after === undefined) {
      if (!tellsOutputs(old)) return;
      const message = `the outputs of ${this.name} are gone: flows whose later steps use them stop working`;
      this.say('breaking-output-deleted', pointer, message);
      return;
    }
    const full = this.visitor();
    const visitor = unrelated ? { ...full, pair: () => {}, kept: () => {} } : full;
    new SchemaWalk(this.schemas, visitor).run(old, this.schemas.after.view(after), '');
  }

  private visitor(): SchemaVisitor {
    return {
      pair: (pair, path) => this.pair(pair, path),
      kept: ({ before, after }, path) => {
        if (this.schemas.before.view(before).internal || !this.schemas.after.view(after).internal) return;
        const message = `the output "${path}" of ${this.name} is internal now: makers can no longer choose it`;
        this.say('breaking-output-internal', after.pointer, message);
      },
      gone: (name, path, parent, added) => {
        const dynamic =
          parent.dynamic === undefined
            ? ''
            : `, unless ${parent.dynamic || 'the service'} tells it when the flow is edited`;
        this.say(
          'breaking-output-deleted',
          pointerOfProperty(parent, name),
          `the output "${path}" of ${this.name} is gone: flows that use it stop working${dynamic}${renamed(name, added)}`,
        );
      },
    };
  }

  private pair({ before, after }: BeforeAfter<SchemaView>, path: string): void {
    const output = path === '' ? `the output of ${this.name}` : `the output "${path}" of ${this.name}`;
    const change = typeChange({ before, after });
    if (change?.what === 'type') {
      const message = `${output} ${change.words}: flows whose later steps use it stop working`;
      this.say('breaking-output-type', after.pointer, message);
    } else if (change !== undefined) {
      const message = `${output} ${change.words}: later steps of flows may not take it`;
      this.say('breaking-output-format', after.pointer, message);
    }
    if (before.dynamic !== undefined && after.dynamic === undefined) {
      this.say(
        'breaking-output-deleted',
        after.pointer,
        `${output} had the fields that ${before.dynamic || 'the service'} told; now only those in the definition are left: flows that use others stop working`,
      );
    }
  }

  private responsePointer = (code: string): string => this.operations.after.place.at('responses', code).pointer();

  private say(kind: OutputChange, pointer: string, message: string): void {
    const operationId = this.operations.before.id || undefined;
    this.report({ kind, operationId, pointer, file: 'definition', message });
  }
}

/** An object without properties tells nothing that later steps could choose. */
const tellsOutputs = ({ type, dynamic, properties, additional }: SchemaView): boolean =>
  dynamic !== undefined || (type === 'object' ? properties.size > 0 || additional !== undefined : type !== undefined);

/** Responses of success with a schema, by code. */
export function successes(operation: Operation): Map<string, Node> {
  const found = new Map<string, Node>();
  for (const { code, value, place } of operation.responses) {
    const schema = getOwn(value, 'schema');
    if (/^2(?:\d\d|xx)$/i.test(code) && isObject(schema)) {
      found.set(code, { value: schema, pointer: place.at('schema').pointer() });
    }
  }
  return found;
}

/**
 * The response that has a code's outputs now: of the same code, else a new one (200 that became 201), else any other
 * one of success, where they may still be found.
 */
function successorOf(
  code: string,
  old: ReadonlyMap<string, Node>,
  now: ReadonlyMap<string, Node>,
): { node: Node; unrelated: boolean } | undefined {
  const same = now.get(code);
  if (same !== undefined) return { node: same, unrelated: false };
  const [fresh] = [...now].filter(([other]) => !old.has(other));
  if (fresh !== undefined) return { node: fresh[1], unrelated: false };
  const [other] = now.values();
  return other && { node: other, unrelated: true };
}

/** What the notifications of a path hold: an output of its trigger, or of all its operations when none says to be one. */
export function notification(operation: Operation): Node | undefined {
  const { pathItem } = operation;
  if (!operation.trigger && pathItem.operations.some(({ trigger }) => trigger)) return undefined;
  const content: JsonObject = asObject(getOwn(pathItem.value, 'x-ms-notification-content'));
  const schema = getOwn(content, 'schema');
  const pointer = pathItem.place.at('x-ms-notification-content', 'schema').pointer();
  return isObject(schema) ? { value: schema, pointer } : undefined;
}
