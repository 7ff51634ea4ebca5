import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { type Answer, type Answers, list, text } from '../../src/answers.ts';
import type { Authentication } from '../../src/authentication/authentication.ts';
import { authenticationKinds, rareKinds } from '../../src/authentication/kinds.ts';
import { ConnectorDraft } from '../../src/connector/draft.ts';
import { findRepositoryRoot } from '../../src/connector/find.ts';
import { deepEqual, type Json } from '../../src/connector/json/value.ts';
import { profiles } from '../../src/connector/profile.ts';
import { hasSampleDescription } from '../../src/connector/sample.ts';
import { findWorkspace, folderForNew } from '../../src/connector/workspace.ts';
import { errorText, isUserError, UserError } from '../../src/errors.ts';
import type { PlannedFile } from '../../src/files/commit.ts';
import { readTextWithin } from '../../src/files/read.ts';
import { requireWritable } from '../../src/files/writable.ts';
import { findProgram } from '../../src/process/find-program.ts';
import { thisPlatform } from '../../src/process/platform.ts';
import { startWaiting } from '../../src/progress.ts';
import { agentFiles } from '../../src/repository/agent-files.ts';
import { ciProviders, workflowsOf } from '../../src/repository/ci/providers.ts';
import { composeRepository } from '../../src/repository/compose-repository.ts';
import { answersOfDefaults } from '../../src/repository/compose-workspace.ts';
import { describeStart } from '../../src/repository/describe-start.ts';
import { fromCurl } from '../../src/repository/from-curl.ts';
import { nextSteps } from '../../src/repository/next-steps.ts';
import { checkAnswers, withDefaults } from '../../src/repository/questions/accept.ts';
import { appQuestions, beginning, connectorQuestions, startQuestions } from '../../src/repository/questions/app.ts';
import {
  authenticationQuestions,
  fromAuthentication,
  toAuthentication,
} from '../../src/repository/questions/authentication.ts';
import {
  type KeptQuestions,
  type RepositoryFiles,
  readAnswersOf,
  withoutOpenAnswers,
} from '../../src/repository/questions/homes.ts';
import { descriptionQuestions } from '../../src/repository/questions/import.ts';
import { kebabCase, type Questions } from '../../src/repository/questions/question.ts';
import { recogniseSignIn } from '../../src/repository/questions/sign-in-home.ts';
import {
  fromConfig,
  fromExisting,
  fromFolder,
  fromNothing,
  fromSample,
  isOurs,
  type StartingPoint,
} from '../../src/repository/starting-point.ts';
import { staticFiles, targetOf } from '../../src/repository/static-files.ts';
import { specProblem, toolSpec } from '../../src/repository/tool-spec.ts';
import type { ConnectorReport } from '../../src/rules/engine/report.ts';
import { readTemplate, templatePath } from '../../src/templates.ts';
import {
  ConnectorGenerator,
  checkFile,
  type GeneratorOptions,
  readGivenFile,
  textOrFile,
} from '../connector-generator.ts';
import { promptsOfYeoman } from '../description-prompts.ts';
import { type Asking, askPerson, reviewAnswers } from '../person.ts';
import { isSettled } from './is-settled.ts';

/** The positional argument, as a question that is never asked. */
const folderQuestion = {
  folder: { type: 'input', message: '', help: '', flagOnly: true },
} as const satisfies Questions;

const whichFolder = {
  folder: {
    type: 'input',
    message: 'Folder of the connector, which is made (. for this one)',
    help: '',
    required: true,
    default: () => 'my-connector',
  },
} as const satisfies Questions;

/** Scaffolds a connector repository, or brings one up to date. */
export default class AppGenerator extends ConnectorGenerator {
  private answersGiven: Record<string, Answer> = {};
  private start: StartingPoint | undefined;
  private answers: Answers = {};
  /** What the answers would be if nobody had said anything; undefined where the files don't tell how to sign in. */
  private unasked: Answers | undefined;
  private notes: string[] = [];
  private report: ConnectorReport | undefined;

  constructor(args?: string | string[], options?: GeneratorOptions) {
    super(args, options);
    this.sourceRoot(templatePath('app'));
    this.argument('folder', {
      type: String,
      required: false,
      description: 'folder of the repository (default: the current one)',
    });
    this.declare(appQuestions);
  }

  async initializing(): Promise<void> {
    // our own executable hands the positional argument over as an option, yo as an argument
    const { folder: named = this.options.folder, ...given } = await this.given({ ...appQuestions, ...folderQuestion });
    this.answersGiven = given;
    checkAnswers(appQuestions, aboutDescription(given), given, flagOf);
    const folder = typeof named === 'string' ? named : this.interactive ? await this.askFolder() : '.';
    const root = this.rootFor(folder);
    // a folder that can't be made is refused before anybody has answered questions
    requireWritable([join(root, 'config.json')]);
    await this.open(root);
  }

  async prompting(): Promise<void> {
    const existing = this.isRepository();
    this.isNew = !existing;
    const known = existing ? readAnswersOf(startQuestions, this.repository(fromExisting(this.destinationRoot()))) : {};
    const { first, start } = await this.begin({ folder: basename(this.destinationRoot()), existing, ...known });
    const common = existing ? {} : this.answersOfNeighbours();
    this.start = start;
    this.requireDescription(start);

    const repository = this.repository(start);
    const { draft } = repository;
    const recognised = recogniseSignIn(draft).method;
    const { auth: wished, ...given } = this.answersGiven;
    // the name of a security scheme has had its effect; who has chosen one isn't asked for the kind of it again
    const kind = isKind(wished) ? wished : start.choseSignIn ? recognised?.kind : undefined;
    if (wished !== undefined && kind === undefined && start.origin === 'import') this.answersGiven = given;
    else if (kind !== undefined) this.answersGiven = { ...given, auth: kind };
    const answeredAuth = this.answersGiven.auth !== undefined;
    // an authentication that the questions can't express is the author's, unless a flag says otherwise
    const asked = recognised === undefined && !answeredAuth ? withoutAuthentication : connectorQuestions;
    const isAuthors = !isOurs(start) && !this.interactive;
    const questions = isAuthors ? withoutOpenAnswers(asked, draft, start.origin === 'import') : asked;
    const facts = {
      ...first,
      ...common,
      describesSample: start.origin === 'sample' || hasSampleDescription(draft.definition),
      ...readAnswersOf(connectorQuestions, repository),
      ...(recognised === undefined ? {} : fromAuthentication(recognised)),
      ...start.proposed,
    };
    this.answers = this.interactive
      ? await this.askAndReview(questions, { facts, said: { ...common, ...start.proposed }, start })
      : await this.ask(connectorQuestions, this.answersGiven, facts, questions);
    // what the files leave open has a default in the questions, which is not a wish of anybody's
    this.unasked = recognised === undefined ? undefined : withDefaults(connectorQuestions, facts);
  }

  async writing(): Promise<void> {
    const { start, answers } = this;
    if (start === undefined) return;
    const root = this.destinationRoot();
    const repository = this.repository(start);
    const { draft } = repository;
    const icon = text(answers, 'icon');
    const spec = text(answers, 'toolSpec') || toolSpec(root);
    const composition = composeRepository({
      root,
      start,
      repository,
      answers,
      authentication: this.chosenAuthentication(draft),
      icon: icon === '' ? undefined : readGivenFile('--icon', icon, this.env.cwd),
      toolSpec: spec,
      script: readTemplate('oauth', 'script.csx'),
    });
    const problem = start.origin === 'existing' ? undefined : specProblem(spec, list(answers, 'ci').length > 0);
    this.notes = [...composition.notes, ...(problem === undefined ? [] : [problem])];
    const connector = this.planConnector(draft, { added: [composition.icon] });
    this.plan(composition.files);
    const forAgents = text(answers, 'agents') === 'all' ? agentFiles : [];
    this.copyTemplates([...staticFiles, ...workflowsOf(list(answers, 'ci')), ...forAgents]);
    this.plan(this.unwantedFiles());
    this.report = await this.planCertification(connector);
  }

  install(): void {
    if (this.answers.git !== true || this.options.dryRun || existsSync(this.destinationPath('.git'))) return;
    try {
      // by its path: for a bare name Windows would look into the folder first, which may be a stranger's
      this.spawnSync(findProgram('git', thisPlatform()) ?? '', ['init', '--quiet'], { stdio: 'ignore' });
    } catch {
      this.notes.push('git init failed; is git installed? pp-connector doctor tells');
    }
  }

  end(): void {
    if (this.report === undefined || this.options.dryRun) return;
    if (this.start?.summary !== undefined) this.say(`\n${this.start.summary}`);
    this.say(`\n${nextSteps(this.destinationRoot(), this.env.cwd, this.report, this.notes)}`);
  }

  /** Beside files of other things nobody wants those of a connector; an empty folder, or its repository, is the one meant. */
  private async askFolder(): Promise<string> {
    const { cwd } = this.env;
    const others = readdirSync(cwd).filter((name) => !name.startsWith('.'));
    if (others.length === 0 || findRepositoryRoot(cwd) !== undefined) return '.';
    const { folder } = await this.ask(whichFolder, {}, {});
    return String(folder ?? '.');
  }

  private rootFor(folder: string): string {
    const workspace = /^[^\\/.][^\\/]*$/.test(folder) ? findWorkspace(this.env.cwd) : undefined;
    const isAtRoot = workspace !== undefined && workspace.root === resolve(this.env.cwd);
    return isAtRoot ? folderForNew(workspace, folder) : resolve(this.env.cwd, folder);
  }

  /** In a repository of several connectors: what they have in common, and no workflows, which belong to its root. */
  private answersOfNeighbours(): Record<string, Answer> {
    const workspace = findWorkspace(dirname(this.destinationRoot()));
    if (workspace === undefined) return {};
    return { ...answersOfDefaults(workspace.defaults), ci: [], agents: 'none' };
  }

  /** Plans files that are the same in every repository; the folder of templates mirrors the repository. */
  private copyTemplates(names: readonly string[]): void {
    for (const name of names) {
      this.fs.copy(this.templatePath(name), this.destinationPath(targetOf(name)), { noGlob: true });
    }
  }

  /** What was chosen before, and no longer is: workflows of a service, files for agents. */
  private unwantedFiles(): PlannedFile[] {
    const services = ciProviders.filter(({ id }) => !list(this.answers, 'ci').includes(id));
    const forAgents = text(this.answers, 'agents') === 'all' ? [] : agentFiles;
    return [...workflowsOf(services.map(({ id }) => id)), ...forAgents].map((name) => ({
      path: this.destinationPath(targetOf(name)),
      contents: null,
      kind: 'generated',
    }));
  }

  /** What says how to convert says nothing where nothing is converted. */
  private requireDescription({ origin }: StartingPoint): void {
    const [first] = Object.keys(aboutDescription(this.answersGiven));
    if (first === undefined || origin === 'import') return;
    const hint =
      origin === 'existing'
        ? `to convert a description into this repository: pp-connector import FILE ${flagOf(first)} …`
        : `name the description: --api FILE ${flagOf(first)} …`;
    throw new UserError(`${flagOf(first)} is about an API description, and none is given`, { hint });
  }

  private isRepository(): boolean {
    return existsSync(this.destinationPath('.yo-rc.json')) && existsSync(this.destinationPath('config.json'));
  }

  /** What the answers are read from. */
  private repository({ connector, origin }: StartingPoint): RepositoryFiles {
    return {
      draft: new ConnectorDraft(connector),
      existing: origin === 'existing',
      has: (name) => existsSync(this.destinationPath(name)),
      text: (name) => {
        try {
          return readTextWithin(this.destinationRoot(), this.destinationPath(name));
        } catch {
          return undefined;
        }
      },
    };
  }

  /** What a person begins with; one whose answer can't be used is asked again. */
  private async begin(known: Answers): Promise<{ first: Answers; start: StartingPoint }> {
    const { answersGiven: given } = this;
    const isSaid =
      known.existing === true || sources.some((name) => given[name] !== undefined && given[name] !== false);
    for (let have: Answer | undefined; ; ) {
      if (this.interactive && !isSaid) ({ have } = await this.ask(beginning, {}, have === undefined ? {} : { have }));
      const isEmpty = have === 'empty' ? { empty: true } : {};
      const first = await this.ask(startQuestions, given, { ...known, have, ...isEmpty });
      try {
        return { first, start: await this.startingPoint(first, known.existing === true) };
      } catch (error) {
        if (!this.interactive || isSaid || !isUserError(error)) throw error;
        this.say(errorText(error).trimEnd());
      }
    }
  }

  /** What is left to be known, with what was read as proposals; then everything once more, to be put right. */
  private async askAndReview(
    questions: Questions,
    { facts, said, start }: { facts: Answers; said: Answers; start: StartingPoint },
  ): Promise<Answers> {
    const isExisting = start.origin === 'existing';
    const { draft } = this.repository(start);
    if (start.origin !== 'sample' && start.origin !== 'empty') {
      const proposed = start.proposed?.auth === undefined ? undefined : toAuthentication(start.proposed);
      this.say(`${isExisting ? 'It is' : 'Read'}: ${describeStart(draft, proposed)}`);
    }
    const isReadable = (path: string): true | string => checkFile(path, this.env.cwd);
    const asked = { ...questions, ...(questions.icon && { icon: { ...questions.icon, check: isReadable } }) };
    const asking: Asking = {
      given: this.answersGiven,
      known: facts,
      ask: (prompt) => this.askByYeoman(prompt),
      isSettled: (name, question, answers) => isSettled({ name, question, answers, facts, said, start }),
    };
    const answers = await askPerson(asked, asking);
    const words = isExisting
      ? { message: 'What do you want to change?', first: 'Nothing (more): bring it up to date' }
      : { message: 'Make it like this? Or pick what to change', first: 'Yes, make it' };
    const final = await reviewAnswers(asked, answers, asking, words);
    checkAnswers(appQuestions, this.answersGiven, final, flagOf);
    return final;
  }

  private async startingPoint(answers: Answers, existing: boolean): Promise<StartingPoint> {
    const given = sources.filter((name) => text(answers, name) !== '' || answers[name] === true);
    const [source] = given;
    if (given.length > 1) throw new UserError(`--${given.join(' and --')} can't be given together`);
    if (existing && source !== undefined) {
      throw new UserError(
        `${this.destinationRoot()} holds a connector repository already: --${source} would replace its connector`,
        {
          hint: 'give another folder, or leave the flag out to bring this one up to date',
        },
      );
    }
    const repair = answers.repair === true;
    const { cwd } = this.env;
    const root = this.destinationRoot();
    if (existing) return fromExisting(root);
    if (source === 'from') return fromFolder(root, text(answers, 'from'), cwd, repair);
    if (source === 'config') return fromConfig(root, text(answers, 'config'), cwd, repair);
    if (source === 'api') return this.fromDescription(text(answers, 'api'));
    if (source === 'curl') return fromCurl(root, textOrFile('--curl', text(answers, 'curl'), cwd));
    return source === 'empty' ? fromNothing(root) : fromSample(root);
  }

  private async fromDescription(place: string): Promise<StartingPoint> {
    // it brings the whole conversion along
    const { fromDescription } = await import('../../src/repository/from-description.ts');
    return fromDescription({
      place,
      waiting: (what) => startWaiting(what, process.stderr),
      root: this.destinationRoot(),
      cwd: this.env.cwd,
      answers: this.answersGiven,
      profile: profiles.find((name) => name === this.answersGiven.profile) ?? 'custom',
      prompts: this.interactive
        ? promptsOfYeoman(this.env.adapter, (question) => this.prompt([question as never]))
        : undefined,
    });
  }

  /** Undefined while nobody has asked for another one than the files have, be that one complete or not. */
  private chosenAuthentication(draft: ConnectorDraft): Authentication | undefined {
    if (text(this.answers, 'auth') === '') return undefined;
    const wanted = toAuthentication(this.answers);
    const isWanted = (other: Authentication): boolean => deepEqual(asJson(other), asJson(wanted));
    if (
      this.start !== undefined &&
      !isOurs(this.start) &&
      this.unasked !== undefined &&
      isWanted(toAuthentication(this.unasked))
    ) {
      return undefined;
    }
    const present = recogniseSignIn(draft).method;
    return present !== undefined && isWanted(present) ? undefined : wanted;
  }
}

/** The flags that say what a repository is made from; one of them at most. */
const sources = ['from', 'config', 'api', 'curl', 'empty'] as const;

/** Whether a value of `--auth` is a kind, and not a security scheme of the description. */
const isKind = (value: Answer | undefined): boolean =>
  [...authenticationKinds, ...rareKinds].some((kind) => kind === value);

const flagOf = (name: string): string => `--${kebabCase(name)}`;

/** Those that are about a description. */
const aboutDescription = (answers: Answers): Record<string, Answer> =>
  Object.fromEntries(
    Object.entries(answers).flatMap(([name, answer]) =>
      Object.hasOwn(descriptionQuestions, name) && answer !== undefined ? [[name, answer]] : [],
    ),
  );

const withoutAuthentication: KeptQuestions = Object.fromEntries(
  Object.entries(connectorQuestions).filter(([name]) => !Object.hasOwn(authenticationQuestions, name)),
);

/** Without what is undefined. */
const asJson = (authentication: Authentication): Json => JSON.parse(JSON.stringify(authentication)) as Json;
