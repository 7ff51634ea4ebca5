import type { ApiModel, SourceOperation } from '../model.ts';
import type { ImportOptions } from '../options.ts';
import { ImportRefused } from '../refusal.ts';
import type { Report } from '../report.ts';

/** Limits of the platform and of what is sensible unasked. */
const mostOperations = 256;
export const manyOperations = 60;

/** Endpoints that no action wants: for machines that watch the service, or for signing in. */
const machinery =
  /(?:^|\/)(?:\.well-known\/[^/]+|health(?:z|check)?|livez|readyz|liveness|readiness|metrics|oauth2?\/(?:access_)?token|oauth2?\/authorize|connect\/token)\/?$/i;
const bareMethods: ReadonlySet<string> = new Set(['head', 'options', 'trace']);

/**
 * The operations that the user wants. What is left out by default is reported one by one,
 * what is left out by a flag only by number. Throws `no-operations` and `too-many-operations`.
 */
export function selectOperations(model: ApiModel, options: ImportOptions, report: Report): SourceOperation[] {
  for (const { code, at, message } of model.dropped) report.dropped(code, at, message);
  checkNames(model, options);
  const wanted = model.operations.filter((operation) => isWanted(operation, options));
  const omitted = model.operations.length - wanted.length;
  if (omitted > 0)
    report.info('not-selected', '/paths', `${omitted} of ${model.operations.length} operations were not selected.`);
  const named = new Set((options.operations ?? []).map((name) => name.toLowerCase()));
  const selected: SourceOperation[] = [];
  for (const operation of wanted) {
    const reason = isNamed(operation, named) ? undefined : whyExcluded(operation, options);
    if (reason === undefined) selected.push(operation);
    else report.dropped('excluded-by-default', operation.at, `${label(operation)}: ${reason}.`);
  }
  if (selected.length === 0) throw noOperations(model, omitted);
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
  const named = new Set((options.operations ?? []).map((name) => name.toLowerCase()));
  return model.operations.filter(
    (operation) =>
      isWanted(operation, options) && (isNamed(operation, named) || whyExcluded(operation, options) === undefined),
  );
}

export function hasSelection(options: ImportOptions): boolean {
  return [
    options.tags,
    options.paths,
    options.operations,
    options.excludeTags,
    options.excludePaths,
    options.excludeOperations,
  ].some((list) => list !== undefined && list.length > 0);
}

export function label(operation: SourceOperation): string {
  return `${operation.method.toUpperCase()} ${operation.path}`;
}

function whyExcluded(operation: SourceOperation, options: ImportOptions): string | undefined {
  if (operation.deprecated && options.includeDeprecated !== true) return 'deprecated (--include-deprecated keeps it)';
  if (bareMethods.has(operation.method)) return `${operation.method.toUpperCase()} has nothing to show`;
  return machinery.test(operation.path) ? 'it serves monitoring or sign-in' : undefined;
}

function isWanted(operation: SourceOperation, options: ImportOptions): boolean {
  const { tags, paths, operations } = options;
  const includes = [tags, paths, operations].some((list) => list !== undefined && list.length > 0);
  const isIn = matches(operation, tags, paths, operations);
  return (
    (!includes || isIn) && !matches(operation, options.excludeTags, options.excludePaths, options.excludeOperations)
  );
}

function matches(
  operation: SourceOperation,
  tags: readonly string[] = [],
  paths: readonly string[] = [],
  operations: readonly string[] = [],
): boolean {
  if (tags.length > 0) {
    const names = new Set(operation.tags.map((tag) => tag.toLowerCase()));
    if (tags.some((tag) => names.has(tag.toLowerCase()))) return true;
  }
  if (paths.some((pattern) => globToRegExp(pattern).test(operation.path))) return true;
  return operations.length > 0 && isNamed(operation, new Set(operations.map((name) => name.toLowerCase())));
}

function isNamed(operation: SourceOperation, names: ReadonlySet<string>): boolean {
  if (names.size === 0) return false;
  return (
    names.has(label(operation).toLowerCase()) ||
    (operation.operationId !== undefined && names.has(operation.operationId.toLowerCase()))
  );
}

const globs = new Map<string, RegExp>();

/** `*` within a segment, `**` across segments; a pattern without them matches itself and everything below. */
function globToRegExp(pattern: string): RegExp {
  const known = globs.get(pattern);
  if (known !== undefined) return known;
  const source = pattern
    .split(/(\*\*|\*)/)
    .map((part) => (part === '**' ? '.*' : part === '*' ? '[^/]*' : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')))
    .join('');
  const expression = new RegExp(pattern.includes('*') ? `^${source}$` : `^${source.replace(/\/$/, '')}(?:/.*)?$`, 'i');
  globs.set(pattern, expression);
  return expression;
}

/** A name that selects nothing is a slip: say which names there are. */
function checkNames(model: ApiModel, options: ImportOptions): void {
  const tags = new Set(model.operations.flatMap((operation) => operation.tags.map((tag) => tag.toLowerCase())));
  for (const tag of [...(options.tags ?? []), ...(options.excludeTags ?? [])]) {
    if (!tags.has(tag.toLowerCase())) {
      throw new ImportRefused('option-unknown', `No operation has the tag "${tag}".`, {
        hint: `Tags: ${tagList(model.operations)}`,
      });
    }
  }
  for (const name of [...(options.operations ?? []), ...(options.excludeOperations ?? [])]) {
    const wanted = new Set([name.toLowerCase()]);
    if (!model.operations.some((operation) => isNamed(operation, wanted))) {
      throw new ImportRefused('option-unknown', `There is no operation "${name}".`, {
        hint: 'Give an operationId of the description, or method and path: "GET /orders/{id}".',
      });
    }
  }
}

function tagList(operations: readonly SourceOperation[]): string {
  const counts = new Map<string, number>();
  for (const tag of operations.flatMap((operation) => operation.tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  const names = [...counts].map(([tag, count]) => `${tag} (${count})`);
  return names.length === 0
    ? 'there are none; select with --paths'
    : names.slice(0, 60).join(', ') + (names.length > 60 ? ' …' : '');
}

function noOperations(model: ApiModel, omitted: number): ImportRefused {
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
  const hint =
    omitted > 0
      ? 'Widen --tags, --paths or --operations.'
      : 'Deprecated operations come with --include-deprecated; others by name with --operations.';
  return new ImportRefused('no-operations', 'No operation is left to convert.', { hint, pointer: '/paths' });
}

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
