import { setAuthentication } from '../../src/auth/set-authentication.ts';
import { buildConnector } from '../../src/build/build-connector.ts';
import { ConnectorDraft } from '../../src/connector/draft.ts';
import { documentFiles } from '../../src/docs/document-files.ts';
import { fromAuthentication, toAuthentication } from '../../src/questions/authentication.ts';
import { oauthQuestions } from '../../src/questions/oauth.ts';
import type { Answer, Answers } from '../../src/questions/question.ts';
import { recogniseStart } from '../../src/scaffold/compose-repository.ts';
import { readTemplate } from '../../src/templates.ts';
import { profileOf } from '../../src/validate/profile.ts';
import { ConnectorGenerator, type GeneratorOptions } from '../connector-generator.ts';
import { documentTemplates, loadForEditing } from '../repository.ts';

/** Sets the authentication of a connector, of any kind despite the name. */
export default class OauthGenerator extends ConnectorGenerator {
  private answersGiven: Record<string, Answer> = {};
  private draft: ConnectorDraft | undefined;
  private answers: Answers = {};
  private notes: string[] = [];

  constructor(args?: string | string[], options?: GeneratorOptions) {
    super(args, options);
    this.declare(oauthQuestions);
  }

  async initializing(): Promise<void> {
    this.answersGiven = await this.given(oauthQuestions);
    const connector = loadForEditing(this.env.cwd);
    this.root = connector.location.root;
    this.draft = new ConnectorDraft(connector);
  }

  async prompting(): Promise<void> {
    if (this.draft === undefined) return;
    const { authentication } = recogniseStart(this.draft);
    const { keyName, ...present } = authentication === undefined ? {} : fromAuthentication(authentication);
    // what another kind of authentication had says nothing about the new one
    const isSameKind = this.answersGiven.auth === undefined || this.answersGiven.auth === present.auth;
    const known =
      isSameKind || this.interactive ? { ...present, ...(keyName === undefined ? {} : { name: keyName }) } : {};
    this.answers = await this.ask(oauthQuestions, this.answersGiven, known);
  }

  writing(): void {
    const { draft } = this;
    if (draft === undefined) return;
    const script = readTemplate('oauth', 'script.csx');
    this.notes = setAuthentication(draft, toAuthentication({ ...this.answers, keyName: this.answers.name }), {
      script,
    });
    if (draft.source.location.layout === 'repository') {
      const icon = draft.source.icon !== undefined;
      this.notes.push(...buildConnector(draft, { definitionName: 'the API definition', script, icon }));
    }
    this.plan([...draft.files()].map(([path, contents]) => ({ path, contents, kind: 'edited' })));
    const documents = documentFiles(draft, { profile: profileOf(draft.source), templates: documentTemplates() });
    this.plan([...documents].map(([path, contents]) => ({ path, contents, kind: 'edited' })));
  }

  end(): void {
    for (const note of this.notes) this.log(`Note: ${note}.`);
  }
}
