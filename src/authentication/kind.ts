import type { Answers } from '../answers.ts';
import type { JsonObject } from '../connector/json/value.ts';
import type { Authentication, ConnectorParts, Further, GatewaySignIn } from './authentication.ts';

/** Whose API it is. */
export interface Service {
  name: string;
  host?: string | undefined;
  basePath?: string | undefined;
}

/** From `config.json` → `oauth2`; empty strings count as not given. */
export interface OAuthConfig {
  clientId?: string | undefined;
  refreshUrl?: string | undefined;
  tenantId?: string | undefined;
  resourceUri?: string | undefined;
}

/** The questions of `oauth` that only some kinds have; `new` asks a part of them. */
export type KindQuestion =
  | 'transport'
  | 'in'
  | 'keyName'
  | 'prefix'
  | 'cloud'
  | 'entraVersion'
  | 'authorizationUrl'
  | 'authorizationQuery'
  | 'tokenUrl'
  | 'tokenQuery'
  | 'tokenBody'
  | 'refreshUrl'
  | 'refreshQuery'
  | 'refreshBody'
  | 'tenantId'
  | 'resourceUri'
  | 'scope'
  | 'scopeDelimiter'
  | 'app'
  | 'clientId'
  | 'onBehalfOf'
  | 'grant'
  | 'by'
  | 'hostParameter';

/** What a connector's files say, as far as kinds are known by it. */
export interface Evidence {
  /** `properties` of apiProperties.json. */
  inner: JsonObject;
  /** Its connection parameters. */
  parameters: JsonObject;
  /** What the definition declares, when that is one of our kinds. */
  declared: Authentication | undefined;
}

/** It is of this kind, but in a form that none of our answers describes. */
export type Unclear = 'unclear';

/** What documents say about credentials. Texts are Markdown already, and may be empty. */
export interface CredentialFacts {
  service: string;
  /** The field that holds the key. */
  keyField: { name: string; label: string };
  /** Where the key is sent: `header` or `query parameter`, and its name; undefined where nothing says it. */
  key: { place: string; name: string; prefix: string } | undefined;
  tokenUrl: string;
  /** Client credentials: what asks for the token. */
  by: 'script' | 'policies';
  /** With commas. */
  scopes: string;
}

/** What documents say about how somebody gets the credentials of a kind. */
export interface CredentialText {
  introduction: string;
  steps?: readonly string[];
  /** Names of fields that the steps explain already. */
  explained?: readonly string[];
  /** How the fields are listed: as what a connection asks for, or as what it asks for besides. */
  list: 'all' | 'others';
}

/** What documents say about an application that is registered for a kind. Texts are Markdown already, and may be empty. */
export interface RegistrationFacts {
  /** Where applications are registered, with its address. */
  portal: string;
  /** The application is for one tenant only. */
  isSingleTenant: boolean;
  api: string;
  /** With commas. */
  scopes: string;
  onBehalfOf: boolean;
}

/** How an application is registered where the identity provider is always the same. */
export interface Registration {
  steps(facts: RegistrationFacts): string[];
  /** Where redirect addresses are entered. */
  redirectPlace: string;
}

/** How a kind is called, and told apart in the form, when it is one of several ways to sign in. */
export interface SetTexts {
  name: string;
  label: string;
  description: string;
}

/**
 * Everything about one kind of authentication: a file in `kinds/` each, collected in `kinds.ts`. What is missing in a
 * kind doesn't compile.
 */
export interface Kind<A extends Further & { kind: string }> {
  id: A['kind'];
  /** How `--auth` calls it. */
  name: string;
  /** What it is, for prompts: a label, a colon, and a hint for whom it is. */
  label: string;
  /** Behind the usual ones in help and prompts. */
  isRare: boolean;
  /** The questions that it has. */
  asks: readonly KindQuestion[];
  /** Two examples or more for `oauth --help`: a command and what it does. */
  examples: readonly [string, string][];
  /** The described authentication; answers of other kinds are ignored. */
  fromAnswers(answers: Answers): A;
  /** The other way round, for defaults; without the kind itself. */
  toAnswers(authentication: A): Record<string, string | string[]>;
  /**
   * The files' contents, in the shapes of published connectors: names that the platform relies on (`api_key`,
   * `username`, `password`, `token`), strings for `required` and `hidden`, booleans for `clearText`.
   */
  write(authentication: A, service: Service): ConnectorParts;
  /** How it is declared in a definition; undefined for a kind that no definition can tell. */
  declared:
    | {
        /** Of several schemes the one with the lowest number is effective. */
        rank(authentication: A): number;
        read(name: string, scheme: JsonObject, config: OAuthConfig): A | undefined;
      }
    | undefined;
  /**
   * Whether the connection parameters and policies are of this kind. Kinds are asked from the last of `kinds.ts` to the
   * first, so what is more particular comes before what is more general.
   */
  recognise(evidence: Evidence): A | Unclear | undefined;
  /** As one of several ways to sign in, or why that is impossible. */
  asSet: SetTexts;
  setRefusal?(authentication: A): string | undefined;
  /** How it goes through the on-premises gateway, or why that is impossible. */
  overGateway: { signIn: GatewaySignIn } | { refusal: string };
  /** How somebody gets its credentials; undefined where a page of the service asks for them (OAuth). */
  credentials: ((facts: CredentialFacts) => CredentialText) | undefined;
  /** How its application is registered; without it as with any provider of OAuth. */
  registration?: Registration;
}
