import { ConnectorDraft } from '../../src/connector/draft.ts';
import type { Json } from '../../src/connector/json.ts';
import { documentFiles } from '../../src/docs/document-files.ts';
import { UserError } from '../../src/errors.ts';
import { addOperation } from '../../src/operation/add-operation.ts';
import { checkNewOperationId, checkNewPath } from '../../src/operation/checks.ts';
import { inferSchema } from '../../src/operation/infer-schema.ts';
import type { NewOperation, NewParameter, Visibility } from '../../src/operation/model.ts';
import { parameterSyntax, parseParameter } from '../../src/operation/parse-parameter.ts';
import { operationQuestions } from '../../src/questions/operation.ts';
import { type Answer, type Answers, list, type Questions, text } from '../../src/questions/question.ts';
import { profileOf } from '../../src/validate/profile.ts';
import { ConnectorGenerator, type GeneratorOptions, readGivenFile } from '../connector-generator.ts';
import { documentTemplates, loadForEditing } from '../repository.ts';

/** Adds an action to a connector. */
export default class OperationGenerator extends ConnectorGenerator {
  private answersGiven: Record<string, Answer> = {};
  private draft: ConnectorDraft | undefined;
  private answers: Answers = {};
  private parameters: NewParameter[] = [];

  constructor(args?: string | string[], options?: GeneratorOptions) {
    super(args, options);
    this.declare(operationQuestions);
  }

  async initializing(): Promise<void> {
    this.answersGiven = await this.given(operationQuestions);
    const connector = loadForEditing(this.env.cwd);
    this.root = connector.location.root;
    this.draft = new ConnectorDraft(connector);
    if (!this.interactive && this.answersGiven.path === undefined) {
      throw new UserError('--path is missing: which path of the API does the operation call?', {
        hint: 'for example: pp-connector operation --method get --path "/orders/{orderId}"',
      });
    }
  }

  async prompting(): Promise<void> {
    const { draft } = this;
    if (draft === undefined) return;
    this.answers = await this.ask(againstDefinition(draft), this.answersGiven, {});
    this.parameters = list(this.answers, 'param').map(parseParameter);
    if (this.interactive && this.answersGiven.param === undefined) await this.askParameters();
  }

  writing(): void {
    const { draft } = this;
    if (draft === undefined) return;
    addOperation(draft, this.newOperation());
    const documents = documentFiles(draft, { profile: profileOf(draft.source), templates: documentTemplates() });
    this.plan([...draft.files(), ...documents].map(([path, contents]) => ({ path, contents, kind: 'edited' })));
  }

  end(): void {
    if (!this.options.dryRun)
      this.log(`${text(this.answers, 'id')} is in the connector. Check it with: npm run validate`);
  }

  /** One after the other, until an empty answer. */
  private async askParameters(): Promise<void> {
    const question = operationQuestions.param;
    for (;;) {
      const { parameter } = (await this.prompt([
        {
          type: 'input',
          name: 'parameter',
          message: `Another parameter (${parameterSyntax}; empty: no more)`,
          validate: (value: string) => value === '' || question.check(value),
        },
      ])) as { parameter: string };
      if (parameter === '') return;
      this.parameters.push(parseParameter(parameter));
    }
  }

  private newOperation(): NewOperation {
    const { answers, parameters } = this;
    const visibility = text(answers, 'visibility');
    const request = this.sample('requestSample');
    const response = this.sample('responseSample');
    return {
      kind: 'action',
      id: text(answers, 'id'),
      method: text(answers, 'method'),
      path: text(answers, 'path'),
      summary: text(answers, 'summary'),
      description: text(answers, 'description'),
      parameters,
      ...(visibility === 'normal' || visibility === '' ? {} : { visibility: visibility as Visibility }),
      ...(request === undefined ? {} : { body: { schema: inferSchema([request]) } }),
      response: {
        status: text(answers, 'status') || '200',
        ...(response === undefined ? {} : { schema: inferSchema([response]) }),
      },
    };
  }

  private sample(name: 'requestSample' | 'responseSample'): Json | undefined {
    const file = text(this.answers, name);
    if (file === '') return undefined;
    const flag = name === 'requestSample' ? '--request-sample' : '--response-sample';
    const bytes = readGivenFile(flag, file, this.env.cwd);
    try {
      return JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/, '')) as Json;
    } catch (error) {
      throw new UserError(`${flag} ${file}: is no JSON: ${(error as Error).message}`, { cause: error });
    }
  }
}

/** At a prompt a name that is taken is refused as it is typed; with flags, the same operation again is fine. */
function againstDefinition(draft: ConnectorDraft): Questions {
  const { id, path } = operationQuestions;
  return {
    ...operationQuestions,
    path: {
      ...path,
      check: (value, answers) =>
        firstProblem(path.check(value), () =>
          asked(checkNewPath(value, text(answers, 'method'), draft.definition), answers),
        ),
    },
    id: {
      ...id,
      check: (value, answers) =>
        firstProblem(id.check(value), () => asked(checkNewOperationId(value, draft.definition), answers)),
    },
  };
}

const firstProblem = (form: true | string, more: () => true | string): true | string => (form === true ? more() : form);

/** Once everything is answered (the check of given flags), adding decides about clashes itself. */
const asked = (problem: true | string, answers: Answers): true | string =>
  answers.status === undefined ? problem : true;
