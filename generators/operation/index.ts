import { resolve } from 'node:path';
import { type Answer, type Answers, list, text } from '../../src/answers.ts';
import { ConnectorDraft } from '../../src/connector/draft.ts';
import { deepEqual, getOwn, isObject, type Json, type JsonObject } from '../../src/connector/json/value.ts';
import { findOperationId } from '../../src/connector/operations.ts';
import { sampleOperations } from '../../src/connector/sample.ts';
import { UserError } from '../../src/errors.ts';
import { isJsonText, readGivenFile, textOrFile } from '../../src/files/given-file.ts';
import { addOperation, addOperations } from '../../src/operation/add-operation.ts';
import { apiPath } from '../../src/operation/api-path.ts';
import { checkPath } from '../../src/operation/checks.ts';
import { deprecateOperation } from '../../src/operation/deprecate-operation.ts';
import { dropSample } from '../../src/operation/drop-sample.ts';
import { callsOf, checkDynamicAnswer } from '../../src/operation/dynamic.ts';
import { editOperation } from '../../src/operation/edit-operation.ts';
import { changesFrom, operationFrom, type Structured, separateStructured } from '../../src/operation/from-answers.ts';
import { GivenTexts } from '../../src/operation/given-texts.ts';
import type { NewOperation } from '../../src/operation/model.ts';
import { checkBy, dynamicKinds } from '../../src/operation/parse-dynamic.ts';
import { readCurl } from '../../src/operation/read-curl.ts';
import { releaseThatHas } from '../../src/operation/released-operation.ts';
import { removeOperations } from '../../src/operation/remove-operations.ts';
import { renameOperation } from '../../src/operation/rename-operation.ts';
import { reviseOperation } from '../../src/operation/revise-operation.ts';
import { thisPlatform } from '../../src/process/platform.ts';
import { accept, checkAnswers, withDefaults } from '../../src/repository/questions/accept.ts';
import { operationQuestions } from '../../src/repository/questions/operation.ts';
import {
  promptsForOperation,
  promptsForParameter,
  typedAnswers,
  withJsonPieces,
} from '../../src/repository/questions/operation-prompts.ts';
import { parameterFrom, parameterQuestions } from '../../src/repository/questions/parameter.ts';
import { kebabCase } from '../../src/repository/questions/question.ts';
import { readAnswers } from '../../src/repository/questions/read-answers.ts';
import { onOneLine } from '../../src/shown.ts';
import { ConnectorGenerator, type GeneratorOptions } from '../connector-generator.ts';

/** What is done to an operation that is there; at most one of them per run. */
const lifecycleFlags = ['edit', 'rename', 'revise', 'deprecate', 'remove'] as const;

/** One operation of a file of answers, or the one that flags describe. */
interface Entry {
  given: Record<string, Answer>;
  structured: Structured;
  /** How an answer is called in errors. */
  label: (name: string) => string;
}

/** References to other operations, as texts of the flags. */
type DynamicTexts = Record<keyof typeof dynamicKinds, string[]>;

/** All that was said about an operation. */
interface Said {
  answers: Answers;
  /** By a curl command. */
  base: Partial<NewOperation>;
  /** Texts of `--param`. */
  parameters: string[];
  references: DynamicTexts;
  helper: string[];
}

/** Adds an operation to a connector, or changes what became of one. */
export default class OperationGenerator extends ConnectorGenerator {
  private entries: Entry[] = [];
  private draft: ConnectorDraft | undefined;
  private operations: NewOperation[] = [];
  private notes: string[] = [];
  private done: string[] = [];
  private readonly givenTexts = new GivenTexts();

  constructor(args?: string | string[], options?: GeneratorOptions) {
    super(args, options);
    this.declare(operationQuestions);
  }

  async initializing(): Promise<void> {
    this.entries = await this.readEntries();
    this.draft = new ConnectorDraft(await this.openConnector());
    const wrong = this.entries.find((entry) => !this.interactive && !this.isComplete(entry));
    if (wrong !== undefined) {
      throw new UserError(`${wrong.label('path')} is missing: which path of the API does the operation call?`, {
        hint: 'for example: pp-connector operation --method get --path "/orders/{orderId}"',
      });
    }
  }

  async prompting(): Promise<void> {
    const { draft } = this;
    if (draft === undefined) return;
    for (const entry of this.entries) {
      if (actionOf(entry.given) !== undefined) continue;
      await this.askSample(draft, entry.given);
      if (entry.given.dropSample === true && !addsOperation(entry.given)) continue;
      this.operations.push(await this.askOperation(draft, entry));
    }
  }

  writing(): void {
    const { draft } = this;
    if (draft === undefined) return;
    this.notes.push(...addOperations(draft, this.operations));
    this.done.push(...this.operations.map(({ id }) => `${id} is in the connector`));
    const left = sampleOperations(draft.definition).map(({ id }) => id);
    if (this.operations.length > 0 && left.length > 0)
      this.notes.push(
        `${named(left)} still from the sample, not from your API; without: pp-connector operation --drop-sample`,
      );
    for (const entry of this.entries) this.change(draft, entry);
    this.planConnector(draft, { isGiven: (text) => this.givenTexts.has(text) });
  }

  end(): void {
    if (this.options.dryRun) return;
    for (const note of this.notes) this.say(`Note: ${onOneLine(note)}.`);
    this.say(`${onOneLine(this.done.join('; '))}. Check it with: npm run validate`);
  }

  /** Flags are one operation; a file of answers is one, too, or a list. */
  private async readEntries(): Promise<Entry[]> {
    const { answers: _, ...questions } = operationQuestions;
    // as a list it isn't read on the way: the file may hold more than texts
    const { answers: files, ...byFlags } = await this.given({
      ...questions,
      answers: { ...operationQuestions.answers, many: true },
    });
    const [file, second] = Array.isArray(files) ? files : [];
    if (second !== undefined) throw new UserError('--answers was given twice; once is allowed');
    this.givenTexts.add(byFlags);
    if (file === undefined) return [{ given: byFlags, structured: {}, label: flagLabel }];
    const content = (await readAnswers(resolve(this.env.cwd, file), file)) as JsonObject;
    const { operations, ...shared } = content;
    if (operations === undefined) return [this.entryOf(content, byFlags, `in ${file}`)];
    if (!Array.isArray(operations) || !operations.every(isObject)) {
      throw new UserError(`operations in ${file}: must be a list, each entry with one answer per flag`);
    }
    return operations.map((operation, index) =>
      this.entryOf({ ...shared, ...operation }, byFlags, `of operation ${index + 1} in ${file}`),
    );
  }

  private entryOf(content: JsonObject, flags: Record<string, Answer>, where: string): Entry {
    const { plain, structured } = separateStructured(content);
    this.givenTexts.add(content);
    const label = (name: string): string => `${kebabCase(name)} ${where}`;
    return { given: { ...accept(operationQuestions, plain, label), ...flags }, structured, label };
  }

  private isComplete({ given }: Entry): boolean {
    return addsOperation(given) || given.dropSample === true || actionOf(given) !== undefined;
  }

  /** Before anything else: names and paths of the sample are free for operations of one's own then. */
  private async askSample(draft: ConnectorDraft, given: Readonly<Record<string, Answer>>): Promise<void> {
    const ids = sampleOperations(draft.definition).map(({ id }) => id);
    let isUnwanted = given.dropSample === true;
    if (given.dropSample === undefined && this.interactive && ids.length > 0) {
      const { dropSample: answer } = (await this.prompt([
        {
          type: 'confirm',
          name: 'dropSample',
          message: `${named(ids)} from the sample that the repository began with. Take them away?`,
          default: true,
        },
      ])) as { dropSample: boolean };
      isUnwanted = answer;
    }
    if (!isUnwanted) return;
    this.notes.push(...dropSample(draft));
    if (ids.length > 0) this.done.push(`${named(ids)} out of the connector`);
  }

  /** Asks until the operation can be added: what the connector refuses is answered anew, the rest is kept. */
  private async askOperation(draft: ConnectorDraft, entry: Entry): Promise<NewOperation> {
    let said: Said | undefined;
    let refused: NewOperation | undefined;
    for (;;) {
      said = await this.askOnce(draft, entry, said);
      const operation = this.operationFrom(said, entry);
      // those of a file may refer to each other in any order
      if (!this.interactive || this.entries.length > 1) return operation;
      try {
        addOperations(draft.copy(), [...this.operations, operation]);
        return operation;
      } catch (error) {
        // the same answers again would be refused for ever
        if (!(error instanceof UserError) || deepEqual(refused as never, operation as never)) throw error;
        refused = operation;
        this.say(onOneLine(error.message));
        if (error.hint !== undefined) this.say(`  ${onOneLine(error.hint)}`);
        this.say('What you have answered is proposed again: change what is wrong, press Enter for the rest.');
      }
    }
  }

  private async askOnce(draft: ConnectorDraft, entry: Entry, before: Said | undefined): Promise<Said> {
    const { given, structured } = entry;
    const base: Partial<NewOperation> =
      typeof given.curl === 'string' ? readCurl(this.curlText(given.curl), draft.definition) : {};
    const { id, method, path, kind } = base;
    // what curl says is an answer like those of flags, which win
    const byCurl = Object.fromEntries(
      Object.entries({ kind, method, path, id }).filter(([, value]) => value !== undefined),
    );
    const known = { ...byCurl, ...given } as Record<string, Answer>;
    const read = (flag: string, name: string): Json => this.readJson(flag, name);
    const questions = promptsForOperation({ definition: draft.definition, structured, cwd: this.env.cwd, read });
    const { status: _, ...proposed } = before?.answers ?? {};
    const answers = this.interactive
      ? withJsonPieces(await this.ask(questions, known, proposed), given, this.env.cwd)
      : withDefaults(operationQuestions, known);
    checkAnswers(operationQuestions, given, answers, entry.label);
    if (this.interactive) this.givenTexts.add(typedAnswers(answers, operationQuestions));
    if (before !== undefined) return { ...before, answers, base };
    const parameters = [...list(answers, 'param')];
    const references: DynamicTexts = {
      dynamicValues: [...list(answers, 'dynamicValues')],
      dynamicSchema: [...list(answers, 'dynamicSchema')],
      dynamicTree: [...list(answers, 'dynamicTree')],
    };
    const helper = [...list(answers, 'helper')];
    if (this.interactive && given.param === undefined) {
      parameters.push(...(await this.askParameters(text(answers, 'path'))));
      if (!Object.keys(references).some((flag) => given[flag] !== undefined))
        await this.askDynamic(draft, references, helper);
    }
    return { answers, base, parameters, references, helper };
  }

  private operationFrom({ answers, base, parameters, references, helper }: Said, { structured }: Entry): NewOperation {
    const complete = { ...answers, ...references, helper, param: parameters };
    return operationFrom({ answers: complete, structured, read: (flag, name) => this.readJson(flag, name) }, base);
  }

  private curlText(text: string): string {
    return textOrFile('--curl', text, this.env.cwd);
  }

  /** One after the other, until an empty answer. */
  private async askParameters(path: string): Promise<string[]> {
    const parameters: string[] = [];
    for (;;) {
      const answers = await this.ask(promptsForParameter(parameters), {}, { path });
      const parameter = parameterFrom(answers);
      if (parameter === undefined) return parameters;
      this.givenTexts.add(typedAnswers(answers, parameterQuestions));
      parameters.push(parameter);
    }
  }

  /** What other operations answer for, one after the other; an operation that isn't there yet is asked for. */
  private async askDynamic(draft: ConnectorDraft, references: DynamicTexts, helpers: string[]): Promise<void> {
    const isThere = (id: string): boolean => findOperationId(draft.definition, id) !== undefined;
    for (;;) {
      const { dynamic } = (await this.prompt([
        {
          type: 'select',
          name: 'dynamic',
          message: 'Does something come from another operation of the connector?',
          choices: [
            { name: 'no, or no more', value: 'no' },
            ...Object.entries(dynamicKinds).map(([value, { title }]) => ({ name: title, value })),
          ],
          default: 'no',
        },
      ])) as { dynamic: keyof DynamicTexts | 'no' | undefined };
      if (dynamic === undefined || dynamic === 'no') return;
      const { example, parse } = dynamicKinds[dynamic];
      const check = checkBy((text) => {
        const reference = parse(text);
        if (callsOf(reference).every(({ operation }) => isThere(operation)))
          checkDynamicAnswer(draft.definition, reference);
      });
      const { reference } = (await this.prompt([
        {
          type: 'input',
          name: 'reference',
          // what is wrong is answered with the whole syntax
          message: `Which one? Write it like ${example} (empty: none)`,
          validate: (value: string) => value === '' || check(value),
        },
      ])) as { reference: string };
      if (reference === '' || reference === undefined) continue;
      references[dynamic].push(reference);
      for (const { operation: id } of callsOf(parse(reference))) {
        if (!isThere(id) && !helpers.some((helper) => helper.startsWith(`${id}=`))) await this.askHelper(id, helpers);
      }
    }
  }

  private async askHelper(id: string, helpers: string[]): Promise<void> {
    const { helper } = (await this.prompt([
      {
        type: 'input',
        name: 'helper',
        message: `There is no ${id} yet. At which path is it? (it becomes an internal GET)`,
        validate: (value: string) => checkPath(apiPath(value)),
      },
    ])) as { helper: string };
    if (helper !== '' && helper !== undefined) helpers.push(`${id}=GET ${helper}`);
  }

  /** What happens to an operation that is there. */
  private change(draft: ConnectorDraft, { given, structured, label }: Entry): void {
    const action = actionOf(given);
    if (action === undefined) return;
    checkAnswers(operationQuestions, given, given, label);
    const add = (operation: NewOperation): void => void addOperation(draft, operation);
    const changes = () => changesFrom({ answers: given, structured, read: (flag, name) => this.readJson(flag, name) });
    const id = text(given, action);
    const perform: Record<(typeof lifecycleFlags)[number], () => void> = {
      edit: () => {
        this.notes.push(...editOperation(draft, id, changes(), add));
        this.done.push(`${id} is changed`);
      },
      rename: () => {
        const to = text(given, 'to');
        if (to === '') throw new UserError(`--to is missing: what shall ${id} be called?`);
        renameOperation(
          draft,
          id,
          to,
          releaseThatHas(draft.source, id, thisPlatform(), text(given, 'baseline') || undefined),
        );
        this.done.push(`${id} is called ${to} now`);
      },
      revise: () => {
        const revision = reviseOperation(draft, id, text(given, 'path') || undefined, changes(), add);
        this.notes.push(...revision.notes);
        this.done.push(`${revision.id} is the next revision of ${id}`);
      },
      deprecate: () => {
        const replacement = text(given, 'replacement') || undefined;
        for (const one of list(given, 'deprecate')) deprecateOperation(draft, one, replacement);
        this.notes.push('users are to be informed 30 days before an operation is deprecated');
        this.done.push(`${named(list(given, 'deprecate'))} deprecated`);
      },
      remove: () => {
        this.notes.push(...removeOperations(draft, list(given, 'remove')));
        this.done.push(`${named(list(given, 'remove'))} out of the connector`);
      },
    };
    perform[action]();
  }

  /** A file, or the JSON itself. */
  private readJson(flag: string, given: string): Json {
    const isText = isJsonText(given, this.env.cwd);
    const content = isText
      ? given
      : readGivenFile(flag, given, this.env.cwd)
          .toString('utf8')
          .replace(/^\uFEFF/, '');
    try {
      const value = JSON.parse(content) as Json;
      this.givenTexts.add(value);
      return value;
    } catch (error) {
      const what = isText ? '' : ` ${given}`;
      throw new UserError(`${flag}${what}: is not JSON: ${(error as Error).message}`, { cause: error });
    }
  }
}

/** The subject of a sentence, with its verb. */
const named = (ids: readonly string[]): string => `${ids.join(', ')} ${ids.length > 1 ? 'are' : 'is'}`;

const flagLabel = (name: string): string => `--${kebabCase(name)}`;

/** Whether something says what is added. */
const addsOperation = ({ path, curl, kind }: Readonly<Record<string, Answer>>): boolean =>
  path !== undefined || curl !== undefined || kind === 'agent-tool';

/** @throws UserError for more than one */
function actionOf(given: Readonly<Record<string, Answer>>): (typeof lifecycleFlags)[number] | undefined {
  const [first, second] = lifecycleFlags.filter((flag) => getOwn(given as JsonObject, flag) !== undefined);
  if (second !== undefined) throw new UserError(`--${first} and --${second}: one of them at a time`);
  return first;
}
