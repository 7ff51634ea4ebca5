import { type Answer, type Answers, list, text } from '../../src/answers.ts';
import { removeConnectionField, setConnectionField } from '../../src/authentication/connection-fields.ts';
import { addSet, removeSet } from '../../src/authentication/connection-parameter-sets/change-sets.ts';
import { oauthRefused, usesOAuth } from '../../src/authentication/independent.ts';
import { parseField } from '../../src/authentication/parse-field.ts';
import { presetAnswers, presetNotes } from '../../src/authentication/presets.ts';
import { setAuthentication } from '../../src/authentication/set-authentication.ts';
import { setTestConnection, testConnectionOf } from '../../src/authentication/test-connection.ts';
import { buildConnector } from '../../src/build/build-connector.ts';
import { ConnectorDraft } from '../../src/connector/draft.ts';
import { profileOf } from '../../src/connector/profile.ts';
import { UserError } from '../../src/errors.ts';
import {
  additionalAnswers,
  fromAuthentication,
  toAuthentication,
} from '../../src/repository/questions/authentication.ts';
import { oauthQuestions } from '../../src/repository/questions/oauth.ts';
import { recogniseSignIn } from '../../src/repository/questions/sign-in-home.ts';
import { onOneLine } from '../../src/shown.ts';
import { readTemplate } from '../../src/templates.ts';
import { ConnectorGenerator, type GeneratorOptions } from '../connector-generator.ts';

/** Answers that leave the sign-in as it is. */
const besideSignIn = ['answers', 'testConnection', 'field', 'removeField'];

/** Sets the authentication of a connector, of any kind despite the name. */
export default class OauthGenerator extends ConnectorGenerator {
  private answersGiven: Record<string, Answer> = {};
  private draft: ConnectorDraft | undefined;
  private answers: Answers = {};
  private notes: string[] = [];
  /** Why this sign-in can't be certified. */
  private refusal: string | undefined;
  /** The files say more than the questions can: without an answer they stay. */
  private keepsAuthentication = false;

  constructor(args?: string | string[], options?: GeneratorOptions) {
    super(args, options);
    this.declare(oauthQuestions);
  }

  async initializing(): Promise<void> {
    this.answersGiven = withPreset(withOneName(await this.given(oauthQuestions)));
    this.draft = new ConnectorDraft(await this.openConnector());
  }

  async prompting(): Promise<void> {
    if (this.draft === undefined || text(this.answersGiven, 'removeSet') !== '') return;
    const { kind, method } = recogniseSignIn(this.draft);
    const given = this.answersGiven;
    this.keepsAuthentication = method === undefined && !this.interactive && given.auth === undefined;
    this.requireKind(kind === 'several');
    const known = {
      ...knownAnswers(method === undefined ? {} : fromAuthentication(method), given, this.interactive),
      ...(method === undefined ? {} : this.stayingAnswers(additionalAnswers(method))),
      several: kind === 'several',
      // for what is said about the choices
      profile: profileOf(this.draft.source),
      testConnection: testConnectionOf(this.draft.definition) ?? '',
    };
    this.answers = await this.ask(oauthQuestions, given, known);
  }

  writing(): void {
    const { draft } = this;
    if (draft === undefined) return;
    const script = readTemplate('oauth', 'script.csx');
    this.notes = this.change(draft, script);
    this.changeFields(draft);
    const operation = text(this.answers, 'testConnection');
    if (operation !== '') setTestConnection(draft.definition, operation);
    if (draft.source.location.layout === 'repository') {
      const icon = draft.source.icon !== undefined;
      this.notes.push(...buildConnector(draft, { definitionName: 'the API definition', script, icon }));
    }
    if (profileOf(draft.source) === 'independent' && usesOAuth(draft.properties)) this.refusal = oauthRefused;
    this.planConnector(draft);
  }

  end(): void {
    // it is written all the same: it works in the author's own environments
    if (this.refusal !== undefined) this.say(`Error for the profile independent: ${onOneLine(this.refusal)}.`);
    for (const note of this.notes) this.say(`Note: ${onOneLine(note)}.`);
  }

  private change(draft: ConnectorDraft, script: string): string[] {
    const gone = text(this.answersGiven, 'removeSet');
    if (gone !== '') return removeSet(draft, gone);
    if (this.keepsAuthentication || text(this.answers, 'auth') === '') return [];
    const authentication = toAuthentication({ ...this.answers, keyName: this.answers.name });
    const name = text(this.answers, 'set');
    const notes = presetNotes(text(this.answersGiven, 'preset'));
    if (name === '') return [...notes, ...setAuthentication(draft, authentication, { script })];
    const [label, description] = [text(this.answers, 'setLabel'), text(this.answers, 'setDescription')];
    const schemes = (['listed', 'none'] as const).find((form) => form === this.answers.setSchemes);
    return [...notes, ...addSet(draft, { name, label, description, authentication, schemes }, { script })];
  }

  private changeFields(draft: ConnectorDraft): void {
    for (const name of list(this.answers, 'removeField')) removeConnectionField(draft, name);
    for (const line of list(this.answers, 'field')) {
      const field = parseField(line);
      if (typeof field !== 'string') setConnectionField(draft, field);
    }
  }

  /** A way to sign in among several has to be described: nothing tells which of the present ones is meant. */
  private requireKind(isSeveral: boolean): void {
    const { answersGiven: given } = this;
    if (this.interactive || given.auth !== undefined) return;
    if (text(given, 'set') !== '') {
      throw new UserError('--set needs --auth KIND: the way to sign in that is added', {
        hint: `such as: pp-connector oauth --set ${text(given, 'set')} --auth basic`,
      });
    }
    const others = Object.keys(given).filter((name) => !besideSignIn.includes(name));
    if (!this.keepsAuthentication || others.length === 0) return;
    const reason = isSeveral ? 'has several ways to sign in' : 'signs in by what no flag describes';
    throw new UserError(`--${others[0]}: the connector ${reason}; say which one is meant`, {
      hint: 'give --set NAME --auth KIND to add or change one of several, or --auth KIND alone to replace all',
    });
  }

  /** A host and additional fields belong to the API, not to a kind of sign-in: they go when nothing is left to sign in to. */
  private stayingAnswers(further: Answers): Answers {
    const isRemoved = this.answersGiven.auth === 'none' && !this.interactive;
    return isRemoved || text(this.answersGiven, 'set') !== '' ? {} : further;
  }
}

/** What another kind of authentication had says nothing about the new one; a person sees it as a default. */
function knownAnswers(present: Answers, given: Answers, isInteractive: boolean): Answers {
  const isSame = given.auth === undefined || (given.auth === present.auth && text(given, 'set') === '');
  if (!isSame && !isInteractive) return {};
  const { keyName, scope, ...others } = present;
  // v1 asks for scopes of a resource, v2 for whole addresses: the one says nothing about the other
  const isOtherVersion = given.entraVersion !== undefined && given.entraVersion !== present.entraVersion;
  const scopes = isOtherVersion && present.auth === 'entra' ? {} : { scope };
  return { ...others, ...scopes, ...(keyName === undefined ? {} : { name: keyName }) };
}

/** What `new` calls `--key-name` is `--name` here. @throws UserError where both are given, and differ */
function withOneName({ keyName, ...given }: Record<string, Answer>): Record<string, Answer> {
  if (keyName === undefined) return given;
  if (given.name !== undefined && given.name !== keyName) {
    throw new UserError('--name and --key-name are the same, and have different values', { hint: 'give one of them' });
  }
  return { ...given, name: keyName };
}

/** The answers with those of a vendor's endpoints. @throws UserError where `--auth` says another kind */
function withPreset(given: Record<string, Answer>): Record<string, Answer> {
  const preset = presetAnswers(text(given, 'preset'));
  if (given.auth !== undefined && preset.auth !== undefined && given.auth !== preset.auth) {
    throw new UserError(`--preset ${text(given, 'preset')}: it is --auth ${preset.auth}, not ${text(given, 'auth')}`, {
      hint: `leave --auth out, or write --auth ${preset.auth}`,
    });
  }
  return { ...preset, ...given };
}
