import { firstOf } from '../../counted.ts';
import type { ApiModel, SourceOperation } from '../model.ts';
import type { ImportOptions } from '../options.ts';
import { isPresent, presentId } from '../present.ts';
import { ImportRefused } from '../refusal.ts';
import type { Report } from '../report.ts';
import { type Exclusion, hasWishes, signInPathsOf, whyExcluded } from './excluded.ts';
import { nameOperations } from './operation-ids.ts';
import { matchesPath } from './path-patterns.ts';

/** Limits of the platform and of what is sensible unasked. */
export const mostOperations = 256;
export const manyOperations = 60;

/**
 * The operations that the user wants. What is left out by default is reported one by one, as is what stays only since
 * the connector has it; what is left out by a flag only by number.
 *
 * @throws `no-operations` and `too-many-operations`
 */
export function selectOperations(model: ApiModel, options: ImportOptions, report: Report): SourceOperation[] {
  for (const { code, at, message } of model.dropped) report.dropped(code, at, message);
  const names = namesOf(model, options);
  checkNames(model, options, names);
  const wanted = model.operations.filter((operation) => isWanted(operation, options, names));
  const omitted = model.operations.length - wanted.length;
  if (omitted > 0)
    report.info('not-selected', '/paths', `${omitted} of ${model.operations.length} operations were not selected.`);
  const selected: SourceOperation[] = [];
  const exclusionOf = exclusions(model, options, names);
  const excluded: string[] = [];
  for (const operation of wanted) {
    const exclusion = exclusionOf(operation);
    const isKept = exclusion !== undefined && isPresent(operation, model, options.present?.operations);
    if (exclusion === undefined || isKept) selected.push(operation);
    if (exclusion === undefined) continue;
    const why = `${label(operation)}: ${exclusion.reason}`;
    if (isKept) {
      const { consequence } = exclusion;
      report.info('kept-in-connector', operation.at, consequence === undefined ? why : `${why}, and ${consequence}`);
      continue;
    }
    const isOwn = isPresent(operation, model, options.present?.own);
    const remedy = isOwn ? "; the connector's own stays as it is" : ` (kept by ${exclusion.keep})`;
    excluded.push(why + remedy);
    report.dropped('excluded-by-default', operation.at, `${why}${remedy}.`);
  }
  if (selected.length === 0) throw noOperations(model, omitted, excluded, rememberedNote(options));
  if (selected.length > mostOperations) throw tooMany(selected);
  if (selected.length > manyOperations && !hasSelection(options)) {
    report.info(
      'many-operations',
      '/paths',
      `${selected.length} operations: a connector with fewer is easier to find one's way in. Select with --tags, --paths or --operations.`,
    );
  }
  return selected;
}

/** The operations that a conversion with these options would start from, without a word about the others. */
export function selectableOperations(model: ApiModel, options: ImportOptions): SourceOperation[] {
  const names = namesOf(model, options);
  const exclusionOf = exclusions(model, options, names);
  return model.operations.filter(
    (operation) =>
      isWanted(operation, options, names) &&
      (exclusionOf(operation) === undefined || isPresent(operation, model, options.present?.operations)),
  );
}

/** Why each operation is left out by default, unless a flag names it. */
function exclusions(
  model: ApiModel,
  options: ImportOptions,
  names: Names,
): (operation: SourceOperation) => Exclusion | undefined {
  const signInPaths = signInPathsOf(model);
  return (operation) =>
    isNamed(operation, options.operations, names) ? undefined : whyExcluded(operation, options, signInPaths);
}

export function hasSelection(options: ImportOptions): boolean {
  const { excludeTags = [], excludePaths = [], excludeOperations = [] } = options;
  return hasWishes(options) || excludeTags.length + excludePaths.length + excludeOperations.length > 0;
}

export function label(operation: SourceOperation): string {
  return `${operation.method.toUpperCase()} ${operation.path}`;
}

/** All names of each operation, in lower case. */
type Names = ReadonlyMap<SourceOperation, ReadonlySet<string>>;

/**
 * What operations can be called: the id of the description, method and path, and, where a flag has a name that is
 * neither, the id that the connector shows, or has shown since an earlier description.
 */
export function namesOf(model: ApiModel, options: ImportOptions): Names {
  const own = new Map(model.operations.map((operation) => [operation, statedNames(operation)]));
  const wishes = [
    ...(options.operations ?? []),
    ...(options.excludeOperations ?? []),
    ...(options.webhooks ?? []).map(({ operation }) => operation),
  ];
  const known = new Set([...own.values()].flatMap((names) => [...names]));
  if (wishes.every((name) => known.has(name.toLowerCase()))) return own;
  const add = (operation: SourceOperation, id: string): void => {
    if (!known.has(id.toLowerCase())) own.get(operation)?.add(id.toLowerCase());
  };
  const kept = model.operations.map(
    (operation) => [operation, presentId(operation, model, options.present?.operations)] as const,
  );
  for (const [operation, id = ''] of kept) if (id !== '') add(operation, id);
  for (const [, id = ''] of kept) known.add(id.toLowerCase());
  for (const [operation, id] of nameOperations(model.operations)) add(operation, id);
  return own;
}

function statedNames(operation: SourceOperation): Set<string> {
  const names = new Set([label(operation).toLowerCase()]);
  if (operation.operationId !== undefined) names.add(operation.operationId.toLowerCase());
  return names;
}

function isWanted(operation: SourceOperation, options: ImportOptions, names: Names): boolean {
  const { tags, paths, operations } = options;
  const isIn = matches(operation, names, tags, paths, operations);
  return (
    (!hasWishes(options) || isIn) &&
    !matches(operation, names, options.excludeTags, options.excludePaths, options.excludeOperations)
  );
}

function matches(
  operation: SourceOperation,
  known: Names,
  tags: readonly string[] = [],
  paths: readonly string[] = [],
  operations: readonly string[] = [],
): boolean {
  if (tags.length > 0) {
    const names = new Set(operation.tags.map((tag) => tag.toLowerCase()));
    if (tags.some((tag) => names.has(tag.toLowerCase()))) return true;
  }
  if (paths.some((pattern) => matchesPath(pattern, operation.path))) return true;
  return isNamed(operation, operations, known);
}

export function isNamed(operation: SourceOperation, wishes: readonly string[] | undefined, names: Names): boolean {
  const own = names.get(operation);
  return (wishes ?? []).some((name) => own?.has(name.toLowerCase()));
}

/** A name that selects nothing is a slip: say which names there are. */
function checkNames(model: ApiModel, options: ImportOptions, names: Names): void {
  const remembered = rememberedNote(options);
  const tags = new Set(model.operations.flatMap((operation) => operation.tags.map((tag) => tag.toLowerCase())));
  for (const tag of [...(options.tags ?? []), ...(options.excludeTags ?? [])]) {
    if (!tags.has(tag.toLowerCase())) {
      throw new ImportRefused('option-unknown', `No operation has the tag "${tag}".`, {
        hint: `Tags: ${tagList(model.operations)}${remembered}`,
      });
    }
  }
  for (const name of [...(options.operations ?? []), ...(options.excludeOperations ?? [])]) {
    if (!model.operations.some((operation) => isNamed(operation, [name], names))) {
      throw new ImportRefused('option-unknown', `There is no operation "${name}".`, {
        hint: `Give an operationId of the description or of the connector, or method and path: "GET /orders/{id}"${remembered}.`,
      });
    }
  }
}

/** Part of a hint where nobody may have typed the selection now. */
const rememberedNote = ({ present }: ImportOptions): string =>
  present?.chosen === undefined
    ? ''
    : '; what the last import selected or left out counts until the same flag is given again (--exclude-… "" leaves nothing out)';

function tagList(operations: readonly SourceOperation[]): string {
  const counts = new Map<string, number>();
  for (const tag of operations.flatMap((operation) => operation.tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  const names = [...counts].map(([tag, count]) => `${tag} (${count})`);
  return names.length === 0
    ? 'there are none; select with --paths'
    : names.slice(0, 60).join(', ') + (names.length > 60 ? ' …' : '');
}

function noOperations(model: ApiModel, omitted: number, excluded: readonly string[], note: string): ImportRefused {
  const { missing } = model.references;
  if (model.operations.length === 0 && model.webhooks.length > 0) {
    return new ImportRefused(
      'no-operations',
      'The description has webhooks but no operations, and a connector needs something to call.',
      {
        hint: 'Import the description of the API that registers these webhooks.',
        pointer: '/webhooks',
      },
    );
  }
  if (model.operations.length === 0 && missing.length > 0) {
    return new ImportRefused(
      'no-operations',
      `The description refers to files that are not there: ${listed(missing)}. Without them it has no operation.`,
      { hint: 'Download them, too, with their folders, or import a description that is bundled into one file.' },
    );
  }
  const hint =
    omitted > 0
      ? `Widen --tags, --paths or --operations${note}.`
      : 'Deprecated operations come with --include-deprecated; others by name with --operations.';
  const reason = excluded.length === 0 ? '' : ` Left out by default: ${listed(excluded)}.`;
  return new ImportRefused('no-operations', `No operation is left to convert.${reason}`, { hint, pointer: '/paths' });
}

/** Names for a message, a handful of them. */
const listed = (names: readonly string[]): string => firstOf(names, 5);

function tooMany(selected: readonly SourceOperation[]): ImportRefused {
  return new ImportRefused(
    'too-many-operations',
    `${selected.length} operations: a connector can have ${mostOperations}, and most have fewer than 40.`,
    {
      hint: `Select with --tags, --paths or --operations. Tags: ${tagList(selected)}`,
      pointer: '/paths',
    },
  );
}
