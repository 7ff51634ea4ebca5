import type { ApiModel } from '../../import/model.ts';
import type { ImportOptions } from '../../import/options.ts';
import { schemesToChoose } from '../../import/passes/security.ts';
import { hasSelection, manyOperations, selectableOperations } from '../../import/passes/select.ts';
import { overviewOfTags } from '../../import/passes/tags.ts';
import { readModel } from '../../import/read/read-model.ts';
import type { LoadedSource } from '../../import/read/source.ts';
import { Report } from '../../import/report.ts';
import type { PromptChoice, Prompts } from './prompts.ts';

/**
 * Asks what the flags leave open and what the description offers a choice of: which operations of many, which server,
 * which way to sign in.
 */
export async function chooseByPrompts(
  source: LoadedSource,
  options: ImportOptions,
  prompts: Prompts,
): Promise<ImportOptions> {
  const model = readModel(source, options, new Report());
  const chosen: ImportOptions = { ...options };
  await chooseOperations(model, source, chosen, prompts);
  if (options.server === undefined && options.host === undefined && model.servers.length > 1) {
    const servers = model.servers.map(({ url, description }, index) => ({
      value: String(index),
      name: description === undefined ? url : `${url}  ${description}`,
    }));
    const auto = 'auto';
    const answer = await prompts.one(
      'Which server?',
      [{ value: auto, name: 'the first public one for production' }, ...servers],
      auto,
    );
    if (answer !== auto) chosen.server = Number(answer);
  }
  if (options.auth === undefined) await chooseSignIn(model, chosen, prompts);
  return chosen;
}

async function chooseOperations(
  model: ApiModel,
  source: LoadedSource,
  chosen: ImportOptions,
  prompts: Prompts,
): Promise<void> {
  if (hasSelection(chosen)) return;
  const { length } = selectableOperations(model, chosen);
  if (length <= manyOperations) return;
  const message = `The description has ${length} operations. Which of them? (none: all)`;
  const tags = overviewOfTags(model, source.root.root);
  if (tags.length > 1) {
    const answer = await prompts.many(
      message,
      tags.map(({ tag, operations, kilobytes }) => ({
        value: tag,
        name: `${tag} (${operations} ${operations === 1 ? 'operation' : 'operations'}, about ${kilobytes} KB)`,
      })),
    );
    if (answer.length > 0) chosen.tags = answer;
    return;
  }
  const answer = await prompts.many(message, pathChoices(model));
  if (answer.length > 0) chosen.paths = answer;
}

/** Without tags, what stands together is told by the first segment in which the paths differ. */
function pathChoices(model: ApiModel): PromptChoice[] {
  const paths = model.operations.map(({ path }) => path.split('/').slice(1));
  const [first = []] = paths;
  const isCommon = (index: number): boolean => paths.every((segments) => segments[index] === first[index]);
  let shared = 0;
  while (shared < first.length - 1 && isCommon(shared)) shared++;
  const counts = new Map<string, number>();
  for (const segments of paths) {
    const prefix = `/${segments.slice(0, shared + 1).join('/')}`;
    counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
  }
  return [...counts].map(([prefix, count]) => ({
    value: prefix,
    name: `${prefix} (${count} ${count === 1 ? 'operation' : 'operations'})`,
  }));
}

async function chooseSignIn(model: ApiModel, chosen: ImportOptions, prompts: Prompts): Promise<void> {
  const schemes = schemesToChoose(model, selectableOperations(model, chosen));
  const [best] = schemes;
  if (best === undefined || schemes.length < 2) return;
  const answer = await prompts.one(
    'How do users of the connector sign in?',
    schemes.map(({ name, description }) => ({
      value: name,
      name: description === undefined ? name : `${name}  ${description.replaceAll(/\s+/g, ' ').slice(0, 60)}`,
    })),
    best.name,
  );
  if (answer !== best.name) chosen.auth = answer;
}
