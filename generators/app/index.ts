import { readdirSync } from 'node:fs';
import type { Answer, Answers } from '../../src/answers.ts';
import { findRepositoryRoot } from '../../src/connector/find.ts';
import { errorText, isUserError } from '../../src/errors.ts';
import { checkFile } from '../../src/files/given-file.ts';
import { initGit } from '../../src/git/init.ts';
import { describeStart } from '../../src/repository/describe-start.ts';
import { closingWords } from '../../src/repository/next-steps.ts';
import { checkAnswers } from '../../src/repository/questions/accept.ts';
import { appQuestions, beginning, startQuestions } from '../../src/repository/questions/app.ts';
import { toAuthentication } from '../../src/repository/questions/authentication.ts';
import { flagOf, type Questions } from '../../src/repository/questions/question.ts';
import { chooseStart, sources } from '../../src/repository/scaffold/choose-start.ts';
import {
  type Gathered,
  gatherAnswers,
  givenAnswers,
  type Person,
  scaffoldRoot,
} from '../../src/repository/scaffold/gather-answers.ts';
import { planScaffold } from '../../src/repository/scaffold/plan-scaffold.ts';
import { repositoryAt } from '../../src/repository/scaffold/repository-at.ts';
import type { Known } from '../../src/repository/scaffold/what-is-known.ts';
import type { StartingPoint } from '../../src/repository/starting-point.ts';
import { targetOf } from '../../src/repository/static-files.ts';
import type { ConnectorReport } from '../../src/rules/engine/report.ts';
import { templatePath } from '../../src/templates.ts';
import { ConnectorGenerator, type GeneratorOptions } from '../connector-generator.ts';
import { promptsOfYeoman } from '../description-prompts.ts';
import { type Asking, askPerson, reviewAnswers } from '../person.ts';
import { isSettled } from './is-settled.ts';

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
  private gathered: Gathered | undefined;
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
    const { folder = this.options.folder, given } = await givenAnswers(this.flagsFor(appQuestions), this.env.cwd);
    this.answersGiven = given;
    await this.open(scaffoldRoot(folder ?? (this.interactive ? await this.askFolder() : '.'), this.env.cwd));
  }

  async prompting(): Promise<void> {
    const person: Person = {
      begin: (known) => this.begin(known),
      complete: (known, start) => this.askAndReview(known, start),
    };
    const place = { root: this.destinationRoot(), cwd: this.env.cwd };
    this.gathered = await gatherAnswers(this.answersGiven, {
      ...place,
      person: this.interactive ? person : undefined,
    });
    this.isNew = this.gathered.isNew;
  }

  async writing(): Promise<void> {
    if (this.gathered === undefined) return;
    const scaffold = await planScaffold(this.gathered);
    this.notes = scaffold.notes;
    this.report = scaffold.report;
    this.plan(scaffold.files);
    this.copyTemplates(scaffold.copied);
    this.plan(scaffold.unwanted);
    this.planTestsOf(scaffold.connector);
  }

  install(): void {
    if (this.gathered?.answers.git !== true || this.options.dryRun) return;
    const problem = initGit(this.destinationRoot());
    if (problem !== undefined) this.notes.push(problem);
  }

  end(): void {
    if (this.gathered === undefined || this.report === undefined || this.options.dryRun) return;
    this.say(closingWords(this.gathered, this.report, this.notes));
  }

  /** Beside files of other things nobody wants those of a connector; an empty folder, or its repository, is the one meant. */
  private async askFolder(): Promise<string> {
    const { cwd } = this.env;
    const others = readdirSync(cwd).filter((name) => !name.startsWith('.'));
    if (others.length === 0 || findRepositoryRoot(cwd) !== undefined) return '.';
    const { folder } = await this.ask(whichFolder, {}, {});
    return String(folder ?? '.');
  }

  /** Plans files that are the same in every repository; the folder of templates mirrors the repository. */
  private copyTemplates(names: readonly string[]): void {
    for (const name of names) {
      this.fs.copy(this.templatePath(name), this.destinationPath(targetOf(name)), { noGlob: true });
    }
  }

  /** What a person begins with; one whose answer can't be used is asked again. */
  private async begin(known: Answers): Promise<{ first: Answers; start: StartingPoint }> {
    const { answersGiven: given } = this;
    const isSaid =
      known.existing === true || sources.some((name) => given[name] !== undefined && given[name] !== false);
    for (let have: Answer | undefined; ; ) {
      if (!isSaid) ({ have } = await this.ask(beginning, {}, have === undefined ? {} : { have }));
      const isEmpty = have === 'empty' ? { empty: true } : {};
      const first = await this.ask(startQuestions, given, { ...known, have, ...isEmpty });
      try {
        return { first, start: await this.startingPoint(first) };
      } catch (error) {
        if (isSaid || !isUserError(error)) throw error;
        this.say(errorText(error).trimEnd());
      }
    }
  }

  /** What is left to be known, with what was read as proposals; then everything once more, to be put right. */
  private async askAndReview({ given, questions, facts, said }: Known, start: StartingPoint): Promise<Answers> {
    const isExisting = start.origin === 'existing';
    const { draft } = repositoryAt(this.destinationRoot(), start);
    if (start.origin !== 'sample' && start.origin !== 'empty') {
      const proposed = start.proposed?.auth === undefined ? undefined : toAuthentication(start.proposed);
      this.say(`${isExisting ? 'It is' : 'Read'}: ${describeStart(draft, proposed)}`);
    }
    const isReadable = (path: string): true | string => checkFile(path, this.env.cwd);
    const asked = { ...questions, ...(questions.icon && { icon: { ...questions.icon, check: isReadable } }) };
    const asking: Asking = {
      given,
      known: facts,
      ask: (prompt) => this.askByYeoman(prompt),
      isSettled: (name, question, answers) => isSettled({ name, question, answers, facts, said, start }),
    };
    const answers = await askPerson(asked, asking);
    const words = isExisting
      ? { message: 'What do you want to change?', first: 'Nothing (more): bring it up to date' }
      : { message: 'Make it like this? Or pick what to change', first: 'Yes, make it' };
    const final = await reviewAnswers(asked, answers, asking, words);
    checkAnswers(appQuestions, given, final, flagOf);
    return final;
  }

  private startingPoint(answers: Answers): Promise<StartingPoint> {
    return chooseStart(answers, {
      root: this.destinationRoot(),
      cwd: this.env.cwd,
      existing: answers.existing === true,
      given: this.answersGiven,
      prompts: promptsOfYeoman(this.env.adapter, (question) => this.prompt([question as never])),
    });
  }
}
