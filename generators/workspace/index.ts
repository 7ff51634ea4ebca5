import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Answer, type Answers, list, text } from '../../src/answers.ts';
import { UserError } from '../../src/errors.ts';
import { shellPath } from '../../src/process/command.ts';
import { agentFiles } from '../../src/repository/agent-files.ts';
import { ciProviders } from '../../src/repository/ci/providers.ts';
import { answersOfWorkspace, workspaceFiles } from '../../src/repository/compose-workspace.ts';
import { checkAnswers } from '../../src/repository/questions/accept.ts';
import { workspaceQuestions } from '../../src/repository/questions/workspace.ts';
import { targetOf } from '../../src/repository/static-files.ts';
import { authorsToolSpec, specProblem, toolSpec } from '../../src/repository/tool-spec.ts';
import { onOneLine } from '../../src/shown.ts';
import { templatePath } from '../../src/templates.ts';
import { ConnectorGenerator, type GeneratorOptions } from '../connector-generator.ts';

/** Makes a git repository one of several connectors: what they have in common, and the workflows for all of them. */
export default class WorkspaceGenerator extends ConnectorGenerator {
  private answersGiven: Record<string, Answer> = {};
  private answers: Answers = {};
  /** What keeps npm from finding this package. */
  private problem: string | undefined;

  constructor(args?: string | string[], options?: GeneratorOptions) {
    super(args, options);
    this.sourceRoot(templatePath('workspace'));
    this.declare(workspaceQuestions);
  }

  async initializing(): Promise<void> {
    this.answersGiven = await this.given(workspaceQuestions);
    checkAnswers(workspaceQuestions, this.answersGiven, this.answersGiven, (name) => `--${name}`);
    const root = resolve(this.env.cwd);
    if (existsSync(resolve(root, 'config.json')) && existsSync(resolve(root, '.yo-rc.json'))) {
      throw new UserError(`${root}: this is the repository of one connector`, {
        hint: 'make room for others beside it, with its history and releases: pp-connector workspace --adopt . --into connectors/NAME',
      });
    }
    await this.open(root);
  }

  async prompting(): Promise<void> {
    this.answers = await this.ask(workspaceQuestions, this.answersGiven, answersOfWorkspace(this.destinationRoot()));
  }

  writing(): void {
    const { answers } = this;
    const root = this.destinationRoot();
    const own = authorsToolSpec(this.packageText());
    const spec = text(answers, 'toolSpec') || own || toolSpec(root);
    this.problem = own === undefined ? specProblem(spec, list(answers, 'ci').length > 0) : undefined;
    this.plan(workspaceFiles(root, answers, spec));
    const services = list(answers, 'ci');
    const workflows = ciProviders
      .filter(({ id }) => services.includes(id))
      .flatMap(({ workspaceTemplates }) => workspaceTemplates);
    for (const name of ['_gitattributes', '_gitignore', ...workflows]) {
      this.fs.copy(this.templatePath(name), this.destinationPath(targetOf(name)), { noGlob: true });
    }
    this.writeAgentFiles();
  }

  /** The text is that of several connectors, the settings are those of one. */
  private writeAgentFiles(): void {
    for (const name of agentFiles) {
      const path = this.destinationPath(targetOf(name));
      const source = name === 'AGENTS.md' ? this.templatePath(name) : join(templatePath('app'), name);
      if (text(this.answers, 'agents') === 'all') this.fs.copy(source, path, { noGlob: true });
      else this.plan([{ path, contents: null, kind: 'generated' }]);
    }
  }

  end(): void {
    if (this.options.dryRun) return;
    const [pattern = ''] = list(this.answers, 'connectors');
    if (this.problem !== undefined) this.say(`Note: ${onOneLine(this.problem)}.`);
    this.say(
      `\nNext:\n  npm install\n  npx pp-connector new ${shellPath(pattern.replaceAll('*', 'NAME'))}\n  npm run status`,
    );
  }

  private packageText(): string | undefined {
    const path = this.destinationPath('package.json');
    return this.fs.exists(path) ? (this.fs.read(path) ?? undefined) : undefined;
  }
}
