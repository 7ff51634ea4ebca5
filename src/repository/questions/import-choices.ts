import { counted } from '../../counted.ts';
import { type ImportResult, importDescription } from '../../import/import-description.ts';
import type { ApiModel, SourceOperation } from '../../import/model.ts';
import type { ImportOptions } from '../../import/options.ts';
import { schemesToChoose } from '../../import/passes/security.ts';
import { hasSelection, manyOperations, mostOperations, selectableOperations } from '../../import/passes/select.ts';
import { overviewOfParts } from '../../import/passes/tags.ts';
import { readModel } from '../../import/read/read-model.ts';
import type { LoadedSource } from '../../import/read/source.ts';
import { isRefusal } from '../../import/refusal.ts';
import { Report } from '../../import/report.ts';
import { targetBytes } from '../../import/schemas/shrink.ts';
import type { PromptChoice, Prompts, Tally } from './prompts.ts';

export interface ConvertedByPrompts {
  /** With what was answered. */
  options: ImportOptions;
  result: ImportResult;
  /** Somebody has chosen how users sign in. */
  choseSignIn: boolean;
}

export interface ConvertSettings {
  /** Somebody who can be asked. */
  prompts?: Prompts | undefined;
  /** A sign-in that the description doesn't have is none of its business, and no mistake. */
  mayLackSignIn?: boolean;
}

/**
 * Converts a description. With prompts, somebody is asked what the options leave open and the description offers a
 * choice of, and what the conversion turns out to need: a host, or a smaller part.
 *
 * @throws ImportRefused when there is nothing that an answer would change
 */
export async function convertByPrompts(
  source: LoadedSource,
  given: ImportOptions,
  { prompts, mayLackSignIn = false }: ConvertSettings,
): Promise<ConvertedByPrompts> {
  let { options, choseSignIn } =
    prompts === undefined ? { options: given, choseSignIn: false } : await chooseByPrompts(source, given, prompts);
  for (;;) {
    try {
      return { options, result: importDescription(source, options), choseSignIn };
    } catch (error) {
      const answered = isRefusal(error)
        ? await answerRefusal(error, source, { given, options, prompts, mayLackSignIn })
        : undefined;
      if (answered === undefined) throw error;
      options = answered;
    }
  }
}

interface Asking extends ConvertSettings {
  given: ImportOptions;
  options: ImportOptions;
}

/** @returns options that make up for the refusal; undefined where nothing can be asked that would */
async function answerRefusal(
  { code, message }: { code: string; message: string },
  source: LoadedSource,
  { given, options, prompts, mayLackSignIn }: Asking,
): Promise<ImportOptions | undefined> {
  if (code === 'option-unknown' && mayLackSignIn === true && options.auth !== undefined) {
    const { auth: _, ...others } = options;
    return others;
  }
  if (prompts === undefined) return undefined;
  if (code === 'no-host' && options.host === undefined) {
    const host = await prompts.text(`${message} Host of the API, such as api.contoso.com`, isHost);
    return { ...options, host };
  }
  if ((code === 'too-many-operations' || code === 'too-large') && !hasSelection(given)) {
    const choice = partsOf(readModel(source, given, new Report()), source, given);
    const part = choice === undefined ? undefined : await choosePart(`${message} Which part?`, choice, prompts);
    return part === undefined ? undefined : { ...options, tags: [], paths: [], ...part };
  }
  return undefined;
}

/** As the rule host-format has it; the questions of a connector say more. */
const isHost = (value: string): true | string =>
  /^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?$/.test(value)
    ? true
    : `"${value}" is not a host: no https://, no path, such as api.contoso.com`;

/** Which operations of many, which server, which way to sign in. */
async function chooseByPrompts(
  source: LoadedSource,
  options: ImportOptions,
  prompts: Prompts,
): Promise<Omit<ConvertedByPrompts, 'result'>> {
  const model = readModel(source, options, new Report());
  const chosen: ImportOptions = { ...options };
  const parts = hasSelection(chosen) ? undefined : partsOf(model, source, chosen);
  if (parts !== undefined && (parts.operations.length > manyOperations || parts.kilobytes > kilobytesAllowed)) {
    const { length } = parts.operations;
    const limit = length > mostOperations ? `at most ${mostOperations}` : 'none: all';
    const question = `The description has ${length} operations. Which of them? (${limit})`;
    Object.assign(chosen, await choosePart(question, parts, prompts));
  }
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
  const choseSignIn = options.auth === undefined && (await chooseSignIn(model, chosen, prompts));
  return { options: chosen, choseSignIn };
}

const kilobytesAllowed = targetBytes / 1024;

/** What an API can be divided into. */
interface Parts {
  by: 'tags' | 'paths';
  operations: readonly SourceOperation[];
  /** Of all of them, as an estimate. */
  kilobytes: number;
  choices: readonly (PromptChoice & { kilobytes: number })[];
}

/** By tags, else by the first segments of paths. @returns undefined where there is only one part */
function partsOf(model: ApiModel, source: LoadedSource, options: ImportOptions): Parts | undefined {
  const operations = selectableOperations(model, options);
  const { root } = source.root;
  const tagged = overviewOfParts(operations, root, ({ tags }) => tags);
  const by = tagged.length > 1 ? 'tags' : 'paths';
  const parts = by === 'tags' ? tagged : overviewOfParts(operations, root, prefixOf(operations));
  if (parts.length < 2) return undefined;
  const choices = parts.map(({ part, operations: count, kilobytes }) => ({
    value: part,
    name: `${part} (${counted(count, 'operation')}, about ${kilobytes} KB)`,
    kilobytes,
  }));
  return { by, operations, kilobytes: choices.reduce((sum, part) => sum + part.kilobytes, 0), choices };
}

/** @returns nothing where everything was chosen */
async function choosePart(message: string, parts: Parts, prompts: Prompts): Promise<ImportOptions> {
  const answer = await prompts.many(message, parts.choices, tallyOf(parts));
  return answer.length === 0 ? {} : { [parts.by]: answer };
}

/** How much of the limits is used. An operation of several parts counts once. */
function tallyOf({ by, operations, choices }: Parts): Tally {
  const count = (chosen: readonly string[]): number => {
    if (chosen.length === 0) return operations.length;
    const isIn = ({ tags, path }: SourceOperation): boolean =>
      by === 'tags'
        ? tags.some((tag) => chosen.includes(tag))
        : chosen.some((prefix) => path === prefix || path.startsWith(`${prefix}/`));
    return operations.filter(isIn).length;
  };
  return {
    describe: (chosen) => {
      if (chosen.length === 0) return `Nothing chosen yet: all ${operations.length}`;
      const size = choices.filter(({ value }) => chosen.includes(value)).reduce((sum, part) => sum + part.kilobytes, 0);
      return `Chosen: ${counted(count(chosen), 'operation')} of at most ${mostOperations}, about ${size} of ${kilobytesAllowed} KB`;
    },
    check: (chosen) => {
      const selected = count(chosen);
      return (
        selected <= mostOperations || `${selected} operations are too many: a connector can have ${mostOperations}`
      );
    },
  };
}

/** Without tags, what belongs together is seen in the first segment in which the paths differ. */
function prefixOf(operations: readonly SourceOperation[]): (operation: SourceOperation) => string[] {
  const segmentsOf = ({ path }: SourceOperation): string[] => path.split('/').slice(1);
  const paths = operations.map(segmentsOf);
  const [first = []] = paths;
  const isCommon = (index: number): boolean => paths.every((segments) => segments[index] === first[index]);
  let shared = 0;
  while (shared < first.length - 1 && isCommon(shared)) shared += 1;
  return (operation) => [
    `/${segmentsOf(operation)
      .slice(0, shared + 1)
      .join('/')}`,
  ];
}

/** @returns whether there was a choice */
async function chooseSignIn(model: ApiModel, chosen: ImportOptions, prompts: Prompts): Promise<boolean> {
  const schemes = schemesToChoose(model, selectableOperations(model, chosen));
  const [best] = schemes;
  if (best === undefined || schemes.length < 2) return false;
  const answer = await prompts.one(
    'How do users of the connector sign in?',
    schemes.map(({ name, description }) => ({
      value: name,
      name: description === undefined ? name : `${name}  ${description.replaceAll(/\s+/g, ' ').slice(0, 60)}`,
    })),
    best.name,
  );
  if (answer !== best.name) chosen.auth = answer;
  return true;
}
