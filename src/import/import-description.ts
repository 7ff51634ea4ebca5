import { asObject, type JsonObject } from '../connector/json/value.ts';
import type { ScriptRoute } from '../script/route.ts';
import { isTooDeep } from '../system-error.ts';
import type { Beginning, Conversion } from './conversion.ts';
import type { ImportOptions } from './options.ts';
import { hostPolicies } from './passes/host-policies.ts';
import { passes } from './passes.ts';
import { tooBig } from './read/limits.ts';
import { readModel } from './read/read-model.ts';
import type { LoadedSource } from './read/source.ts';
import { type DerivedTexts, type ImportReport, Report } from './report.ts';
import type { Indent } from './serialise.ts';

/** An operation of the result with its place in the source. */
export interface ImportedOperation {
  summary: string;
  /** `GET /orders`, as the source has it. */
  label: string;
  /** JSON pointers of the operation and of its path. */
  at: string;
  pathAt: string;
}

/** What becomes of a description. */
export interface ImportResult {
  /** Swagger 2.0; write it with `formatDefinition(definition, indent)`. */
  definition: JsonObject;
  /** Width of indentation that the size allows. */
  indent: Indent;
  /** Members of `properties` in apiProperties.json that follow from security and servers. */
  properties: { connectionParameters: JsonObject; policyTemplateInstances: JsonObject[] };
  /** Operations that a script has to handle: lists that the API wants by repeating their name, ends of subscriptions. */
  routes: readonly ScriptRoute[];
  /** The sign-in needs the client-credentials script. */
  signsInByScript: boolean;
  report: ImportReport;
  /** Where the operations come from, in the order of the source. */
  operations: ImportedOperation[];
  /** Texts that were made of names. */
  derived: DerivedTexts;
}

/**
 * Any API description → a Power Platform definition, with a report of everything that was lost on the way.
 *
 * Pure: the same source and options give the same result.
 *
 * @throws ImportRefused when there can be none
 */
export function importDescription(source: LoadedSource, options: ImportOptions = {}): ImportResult {
  const report = new Report({ writesProperties: options.definitionOnly !== true });
  try {
    return resultOf(convert({ source, options, report, model: readModel(source, options, report) }));
  } catch (error) {
    if (!isTooDeep(error)) throw error;
    throw tooBig(
      'The description',
      'schemas that are nested too deeply, or that refer to each other in too long a chain',
    );
  }
}

/** `passes` leave all of a conversion: a test goes through their needs. */
function convert(beginning: Beginning): Conversion {
  const state = { ...beginning } as Conversion;
  for (const { run } of passes) Object.assign(state, run(state));
  return state;
}

function resultOf({ source, model, report, transport, authentication, converted, ...rest }: Conversion): ImportResult {
  const { definition, fit, paging, subscriptions } = rest;
  const { operations, policies } = converted;
  return {
    definition,
    indent: fit.indent,
    properties: {
      connectionParameters: { ...transport.connectionParameters, ...authentication.connectionParameters },
      policyTemplateInstances: [
        ...authentication.policies,
        ...hostPolicies(transport, operations),
        ...policies,
        ...subscriptions.policies,
        ...paging,
      ],
    },
    routes: [
      ...operations
        .filter(({ repeated }) => repeated.length > 0)
        .map(({ value, repeated }): ScriptRoute => {
          const values = { lists: JSON.stringify(repeated) };
          return { id: String(value.operationId), pattern: 'repeat-query', values };
        }),
      ...subscriptions.routes,
    ],
    signsInByScript: authentication.script,
    derived: report.derived,
    operations: operations.map(({ source: { method, path, at, pathAt }, value }) => ({
      summary: String(value.summary),
      label: `${method.toUpperCase()} ${path}`,
      at,
      pathAt,
    })),
    report: {
      source: { format: model.format, version: model.version, sha256: source.sha256 },
      result: {
        operations: operations.length,
        definitions: Object.keys(asObject(definition.definitions)).length,
        bytes: fit.bytes,
      },
      entries: report.entries(),
    },
  };
}
