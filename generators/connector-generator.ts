import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MemFsEditorFile } from 'mem-fs-editor';
import { setDeletedFileState } from 'mem-fs-editor/state';
import type { BaseOptions, PromptAnswers, PromptQuestions } from 'yeoman-generator';
import Generator from 'yeoman-generator';
import type { Answer, Answers } from '../src/answers.ts';
import type { ConnectorDraft } from '../src/connector/draft.ts';
import { findConnector, findRepositoryRoot } from '../src/connector/find.ts';
import { type Connector, readConnector } from '../src/connector/load.ts';
import { noConnector } from '../src/connector/no-connector.ts';
import { diffOf, type PlannedFile, summarise, write } from '../src/files/commit.ts';
import { permitOutside } from '../src/files/contained-path.ts';
import { generatedFilesName } from '../src/files/generated-files.ts';
import { lockFolder } from '../src/files/lock.ts';
import { SeenFiles } from '../src/files/unchanged.ts';
import { decideRepository } from '../src/repository/commit-repository.ts';
import { acceptWithFile, answersUnasked, checkGiven } from '../src/repository/questions/accept.ts';
import { reworded, unlessCancelled } from '../src/repository/questions/cancellation.ts';
import { kebabCase, type Questions } from '../src/repository/questions/question.ts';
import { type RenderOptions, renderCertification, renderRepository } from '../src/repository/render-repository.ts';
import type { ConnectorReport } from '../src/rules/engine/report.ts';
import { onOneLine, shown } from '../src/shown.ts';
import { askPerson } from './person.ts';
import { asKnown, registerPrompts } from './prompt-types.ts';

export type GeneratorOptions = BaseOptions & {
  /** Ask questions; default: when there is a terminal. */
  interactive?: boolean;
  /** Names and links in the repository may lead out of it. */
  allowOutside?: boolean;
  yes?: boolean;
  force?: boolean;
  dryRun?: boolean;
  /** Positional argument of `app`. */
  folder?: string;
};

/** Flags of Yeoman and `yo` that people write, in camel case. */
const yeomanFlags = new Set([
  'help',
  'version',
  'skipCache',
  'skipInstall',
  'forceInstall',
  'askAnswered',
  'skipLocalCache',
  'localConfigOnly',
  'localOnly',
  'force',
  'bail',
  'ignoreWhitespace',
  'whitespace',
  'dryRun',
  'skipYoResolve',
  'nodePackageManager',
  'insight',
  'debug',
  'destinationRoot',
  'skipCheckEnv',
  'generators',
  'color',
  'interactive',
  'allowOutside',
  'yes',
]);

/** Options of the run by name that somebody wrote as flags; each version of Yeoman adds others of its own. */
function flagsWritten(): ReadonlySet<string> {
  const words = process.argv.map((word) => /^--(?:no-)?([^=]+)/.exec(word)?.[1] ?? '');
  return new Set(words.map((word) => camelCase(word)));
}

/**
 * What our generators share: answers from flags, files and prompts by one table, and a commit that decides everything
 * before it writes anything. The phases are the generators' own.
 */
export abstract class ConnectorGenerator extends Generator<object, GeneratorOptions> {
  /** Whether questions may be asked. */
  protected readonly interactive: boolean;
  /** The repository is made by this run, so that later versions know where to start bringing it up to date. */
  protected isNew = false;
  /** The connector as it will be, where this run changes it. */
  private planned: Connector | undefined;
  /** The folder of a repository that isn't there yet: Yeoman would make it before anything is decided. */
  declare private newRoot: string | undefined;
  /** Options as they came, before Yeoman has parsed them. */
  private readonly optionsGiven: Readonly<Record<string, unknown>>;
  private release: () => void = () => {};
  private readonly seen = new SeenFiles();
  private readonly kinds = new Map<string, PlannedFile['kind']>();

  constructor(args: string | string[] | undefined, options: GeneratorOptions | undefined) {
    super(typeof args === 'string' ? [args] : args, options);
    this.optionsGiven = { ...options };
    if (this.options.allowOutside === true) permitOutside();
    this.interactive = !this.options.yes && (this.options.interactive ?? process.stdin.isTTY === true);
    this.setFeatures({
      // only the phases are tasks; the other methods help them
      tasksMatchingPriority: true,
      customInstallTask: true,
      customCommitTask: () => this.commit(),
    });
    const { signal } = this.env.adapter as { signal?: AbortSignal };
    signal?.addEventListener('abort', () => reworded(signal.reason), { once: true });
  }

  /** Every question of ours: who leaves at one has cancelled the run. @throws Cancelled */
  override prompt<A extends PromptAnswers = PromptAnswers>(questions: PromptQuestions<A>): Promise<A> {
    const known = [questions].flat().map((question) => asKnown(question as { type?: unknown }, this.env.adapter));
    return unlessCancelled(super.prompt(known as PromptQuestions<A>));
  }

  /** We keep nothing in `.yo-rc.json`, which only marks the folder: it is never read, and may be damaged. */
  override get config(): ReturnType<Generator['createStorage']> {
    return this.createStorage(fileURLToPath(new URL('./no-storage.json', import.meta.url)));
  }

  /** The folder's name. Yeoman would ask `package.json`, which may be damaged, and none of our answers come from it. */
  override determineAppname(): string {
    return basename(this.destinationRoot());
  }

  /** Folder of the repository; it is made by the commit. */
  override destinationRoot(rootPath?: string): string {
    if (rootPath === undefined) return this.newRoot ?? super.destinationRoot();
    this.newRoot = existsSync(rootPath) ? undefined : resolve(rootPath);
    return this.newRoot ?? super.destinationRoot(rootPath);
  }

  /** Declares the rows of a table as options, for `--help` and for parsing. */
  protected declare(questions: Questions): void {
    for (const [name, { type, help, choices }] of Object.entries(questions)) {
      const allowed = choices === undefined ? '' : ` (${choices.join(', ')})`;
      this.option(kebabCase(name), { type: type === 'confirm' ? Boolean : String, description: `${help}${allowed}` });
    }
    this.option('yes', { type: Boolean, description: 'ask nothing, take the defaults' });
  }

  /** Answers given as flags, then those of `--answers`; flags win. Unknown flags are errors. */
  protected given(questions: Questions): Promise<Record<string, Answer>> {
    return acceptWithFile(questions, this.flagsFor(questions), this.env.cwd);
  }

  /** What was given as flags, by question name; an unknown one is there to be refused, unless it is Yeoman's. */
  protected flagsFor(questions: Questions): Record<string, unknown> {
    const flags: Record<string, unknown> = {};
    const written = flagsWritten();
    for (const [key, value] of Object.entries(this.optionsGiven)) {
      const name = camelCase(key);
      const isAnswer = Object.hasOwn(questions, name) || (written.has(name) && !yeomanFlags.has(name));
      if (isAnswer && value !== undefined) flags[name] = typeof value === 'number' ? String(value) : value;
    }
    return flags;
  }

  /**
   * The answers to all questions that apply: given ones, then those of a person, then defaults.
   *
   * @param known what is known already and needs no asking; a default like any other when there is a terminal
   * @param asked the questions that are asked or answered by default, when not all of them are
   */
  protected async ask(
    questions: Questions,
    given: Readonly<Record<string, Answer>>,
    known: Answers,
    asked: Questions = questions,
  ): Promise<Answers> {
    if (!this.interactive) return answersUnasked(questions, given, known, asked);
    const answers = await askPerson(asked, { given, known, ask: (prompt) => this.askByYeoman(prompt) });
    checkGiven(questions, given, answers);
    return answers;
  }

  /** One question of any kind that we have prompts for. */
  protected async askByYeoman(prompt: object): Promise<Record<string, unknown>> {
    const isKnown = await registerPrompts(this.env.adapter);
    const isOwn = (prompt as { type?: string }).type === 'paste';
    return this.prompt([(isOwn && !isKnown ? { ...prompt, type: 'input' } : prompt) as never]);
  }

  /**
   * Takes the folder of the repository for this run; to be called before anything in it is read. While questions are
   * open nobody is kept out: then the folder is taken when it is written to, if what was read is still the same.
   */
  protected async open(root: string): Promise<void> {
    this.destinationRoot(root);
    if (this.options.dryRun) return;
    // what a killed command left there is put back in any case
    const release = await this.take();
    if (this.interactive) {
      if (existsSync(root)) this.seen.look(Object.values(findConnector(root).files));
      release();
    } else this.release = release;
  }

  private take(): Promise<() => void> {
    const name = this.options.namespace?.split(':')[1] ?? 'app';
    const command = `pp-connector ${name === 'app' ? 'new' : name}`;
    return lockFolder(this.destinationRoot(), { command, notify: (text) => process.stderr.write(shown(text)) });
  }

  /** Opens the repository around the working folder, and reads its connector. @throws UserError when there is none */
  protected async openConnector(): Promise<Connector> {
    await this.open(findRepositoryRoot(this.env.cwd) ?? this.env.cwd);
    const location = findConnector(this.destinationRoot());
    if (location.files.definition === undefined) {
      throw noConnector(this.destinationRoot(), 'go to a connector repository, or make one with: pp-connector new');
    }
    return readConnector(location);
  }

  /** Plans files that are made elsewhere. */
  protected plan(files: readonly PlannedFile[]): void {
    for (const { path, contents, kind } of files) {
      this.kinds.set(path, kind);
      if (contents === null) this.planDeletion(path);
      else this.fs.write(path, contents);
    }
  }

  /** `this.fs.delete` takes a path for a pattern, and folders may be called `a [1]`. */
  private planDeletion(path: string): void {
    const file: MemFsEditorFile = this.env.sharedFs.get(path);
    setDeletedFileState(file);
    file.contents = null;
    this.env.sharedFs.add(file);
  }

  /** Plans the files of a connector and its documents. @returns the connector as it will be */
  protected planConnector(source: ConnectorDraft | Connector, options: RenderOptions = {}): Connector {
    const { files, connector } = renderRepository(source, options);
    this.plan(files);
    this.planTestsOf(connector);
    return connector;
  }

  /** Plans the tests of a connector as it will be; they are made by the commit. */
  protected planTestsOf(connector: Connector): void {
    this.planned = connector;
  }

  /** Plans docs/certification.md. @returns what the rules say about the connector */
  protected async planCertification(connector: Connector): Promise<ConnectorReport> {
    const { files, report } = await renderCertification(connector);
    this.plan(files);
    return report;
  }

  /** Replaces Yeoman's own commit: nothing is written before every question is answered, and no file is half-written. */
  private async commit(): Promise<void> {
    const files = this.pending();
    const root = this.destinationRoot();
    const look = (): void => this.seen.look([...files.map(({ path }) => path), join(root, generatedFilesName)]);
    look();
    const { decisions, options } = await decideRepository(files, {
      root,
      connector: this.planned,
      isNew: this.isNew,
      force: this.options.force === true,
      ask: this.interactive ? (name, before, after) => this.askReplace(name, before, after) : undefined,
    });
    look();
    if (this.options.dryRun) {
      this.print(await diffOf(decisions, root));
      return;
    }
    if (this.interactive) this.release = await this.take();
    try {
      if (this.interactive) this.seen.requireUnchanged(root);
      write(decisions, options);
    } finally {
      this.release();
    }
    this.say(summarise(decisions, root).trimEnd());
  }

  /** What a person reads meanwhile, on stderr. */
  protected say(text: string): void {
    this.env.adapter.log(shown(text));
  }

  /** The result, on stdout. */
  protected print(text: string): void {
    process.stdout.write(shown(text));
  }

  private pending(): PlannedFile[] {
    const files: PlannedFile[] = [];
    this.env.sharedFs.each((file) => {
      const { path, contents, state } = file as { path: string; contents: Buffer | null; state?: string };
      if (state !== 'modified' && state !== 'deleted') return;
      files.push({ path, contents: state === 'deleted' ? null : contents, kind: this.kinds.get(path) ?? 'generated' });
    });
    return files.sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  private async askReplace(name: string, before: string, after: string): Promise<boolean> {
    for (;;) {
      const { choice } = (await this.prompt([
        {
          type: 'select',
          name: 'choice',
          message: `${onOneLine(name)} was edited since it was generated`,
          choices: [
            { name: 'keep mine', value: 'keep' },
            { name: 'take the new one', value: 'replace' },
            { name: 'show the difference', value: 'diff' },
          ],
        },
      ])) as { choice: string };
      if (choice !== 'diff') return choice === 'replace';
      const { createTwoFilesPatch } = await import('diff');
      this.say(createTwoFilesPatch(`mine/${name}`, `new/${name}`, before, after));
    }
  }
}

const camelCase = (name: string): string => name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
