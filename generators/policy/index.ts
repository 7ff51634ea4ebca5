import { type Answer, type Answers, list, text } from '../../src/answers.ts';
import { ConnectorDraft } from '../../src/connector/draft.ts';
import { UserError } from '../../src/errors.ts';
import { addPolicy, listPolicies, readParameters, removePolicy } from '../../src/policy/change-policies.ts';
import { policyTemplate, policyTemplates } from '../../src/policy/templates.ts';
import { parameterQuestions, policyQuestions } from '../../src/repository/questions/policy.ts';
import { onOneLine } from '../../src/shown.ts';
import { ConnectorGenerator, type GeneratorOptions } from '../connector-generator.ts';

/** Adds a policy to a connector, removes one, or lists them. */
export default class PolicyGenerator extends ConnectorGenerator {
  private answersGiven: Record<string, Answer> = {};
  private draft: ConnectorDraft | undefined;
  private answers: Answers = {};
  private parameters: string[] = [];
  private done = '';

  constructor(args?: string | string[], options?: GeneratorOptions) {
    super(args, options);
    this.declare(policyQuestions);
  }

  async initializing(): Promise<void> {
    this.answersGiven = await this.given(policyQuestions);
    this.draft = new ConnectorDraft(await this.openConnector());
    if (!this.interactive && this.answersGiven.template === undefined && !this.isListOrRemove) {
      throw new UserError('--template is missing: which policy shall be added?', { hint: templateList() });
    }
  }

  async prompting(): Promise<void> {
    if (this.isListOrRemove) return;
    this.answers = await this.ask(policyQuestions, this.answersGiven, {});
    const questions = parameterQuestions(text(this.answers, 'template'));
    this.parameters = list(this.answers, 'set');
    if (!this.interactive) return;
    const known = this.parameters.map((pair) => pair.split('=')[0] ?? '');
    const open = Object.fromEntries(Object.entries(questions).filter(([name]) => !known.includes(name)));
    const asked = await this.ask(open, {}, {});
    this.parameters.push(...Object.entries(asked).map(([name, value]) => `${name}=${String(value ?? '')}`));
  }

  writing(): void {
    const { draft } = this;
    if (draft === undefined) return;
    if (this.answersGiven.list === true) {
      const policies = listPolicies(draft).join('\n');
      this.print(`Policies of the connector, in the order in which they run:\n${policies}\n\n${templateList()}\n`);
      return;
    }
    const removed = text(this.answersGiven, 'remove');
    this.done = removed === '' ? this.add(draft) : `Removed: ${removePolicy(draft, removed)}`;
    this.planConnector(draft);
  }

  end(): void {
    if (this.done !== '' && !this.options.dryRun) this.say(`${onOneLine(this.done)}. Check it with: npm run validate`);
  }

  /** Nothing is added. */
  private get isListOrRemove(): boolean {
    return this.answersGiven.list === true || this.answersGiven.remove !== undefined;
  }

  private add(draft: ConnectorDraft): string {
    const { answers } = this;
    const description = policyTemplate(text(answers, 'template'));
    if (description === undefined) throw new UserError('--template is missing', { hint: templateList() });
    const operations = list(answers, 'operations')
      .flatMap((item) => item.split(','))
      .map((item) => item.trim());
    const title = text(answers, 'title');
    addPolicy(draft, {
      templateId: description.templateId,
      title,
      parameters: readParameters(description, this.parameters),
      section: text(answers, 'section') || undefined,
      operations: operations.filter((item) => item !== ''),
    });
    return `"${title}" is among the policies`;
  }
}

const templateList = (): string => {
  const width = Math.max(...Object.values(policyTemplates).map(({ templateId }) => templateId.length));
  const lines = Object.values(policyTemplates).map(
    ({ templateId, purpose }) => `  ${templateId.padEnd(width)}  ${purpose}`,
  );
  return `Templates for --template:\n${lines.join('\n')}`;
};
