import { type Authentication, clientIdPlaceholder } from '../authentication/authentication.ts';
import {
  type OAuthConfig,
  oauthConfig,
  type Recognised,
  recogniseAuthentication,
  recogniseDefinition,
} from '../authentication/recognise.ts';
import { setAuthentication } from '../authentication/set-authentication.ts';
import type { ConnectorDraft } from '../connector/draft.ts';
import { asObject, getOwn, isObject, type JsonObject, setOwn } from '../connector/json/value.ts';
import { propertiesOrder, setInOrder, settingsOrder } from '../connector/key-order.ts';
import { UserError } from '../errors.ts';

/** The brand colour of a connector whose author hasn't chosen one. */
export const defaultBrandColor = '#4a3f9f';

export interface BuildOptions {
  /** How the definition is called in errors. */
  definitionName: string;
  /** Text of the client-credentials script. */
  script: string;
  /** An icon.png will be beside the definition. */
  icon: boolean;
}

/**
 * Makes the connector's files agree with its definition and config.json: authentication, settings, script. The author's
 * edits in apiProperties.json stay; what config.json → `oauth2` says explicitly is written there.
 *
 * @param draft its `definition` is the source definition; a flow that the platform doesn't have is taken out of it
 * @returns notes for the author
 * @throws UserError for a security scheme or flow that no connector can have
 */
export function buildConnector(draft: ConnectorDraft, options: BuildOptions): string[] {
  const config = oauthConfig(draft.config);
  const declared = recogniseDefinition(draft.definition, config);
  if (declared.kind === 'unsupported') {
    throw new UserError(`${options.definitionName}: ${declared.problem}`, {
      hint: 'change the security scheme there, or choose one with: pp-connector oauth --auth KIND',
    });
  }
  completeProperties(draft);
  const notes = applyAuthentication(draft, declared, config, options);
  completeSettings(draft, options);
  return notes;
}

export function completeProperties(draft: ConnectorDraft): void {
  const properties = draft.connectorProperties;
  if (
    !isObject(getOwn(properties, 'connectionParameters')) &&
    !isObject(getOwn(properties, 'connectionParameterSets'))
  ) {
    setInOrder(properties, 'connectionParameters', {}, propertiesOrder);
  }
  if (getOwn(properties, 'iconBrandColor') === undefined)
    setInOrder(properties, 'iconBrandColor', defaultBrandColor, propertiesOrder);
  if (getOwn(properties, 'capabilities') === undefined) setInOrder(properties, 'capabilities', [], propertiesOrder);
  // a new file says that a script, should there be one, is for all operations
  if (draft.source.properties === undefined && getOwn(properties, 'scriptOperations') === undefined) {
    setInOrder(properties, 'scriptOperations', [], propertiesOrder);
  }
}

function applyAuthentication(
  draft: ConnectorDraft,
  declared: Recognised,
  config: OAuthConfig,
  options: BuildOptions,
): string[] {
  const { authentication } = declared;
  if (authentication === undefined) return [];
  // `application` is legal Swagger 2.0, but no platform flow: the deployed file goes without, the script signs in
  const strips = authentication.kind === 'client-credentials';
  const present = recogniseAuthentication({}, draft.properties, config);
  const wanted = strips ? requireTokenUrl(asBefore(authentication, present), options) : authentication;
  if (!strips && isServedBy(present, declared, draft)) {
    applyOAuthConfig(draft.connectorProperties, config);
    return [];
  }
  return setAuthentication(draft, wanted, { script: options.script, keepDefinition: !strips, keepConfig: true });
}

/** The definition doesn't say what asks for the token: policies where they do so already, else the script. */
const asBefore = (authentication: Authentication, { method }: Recognised): Authentication =>
  authentication.kind === 'client-credentials' && method?.kind === 'client-credentials'
    ? { ...authentication, by: method.by }
    : authentication;

function requireTokenUrl(authentication: Authentication, options: BuildOptions): Authentication {
  if (authentication.kind !== 'client-credentials' || /^https:\/\//i.test(authentication.tokenUrl))
    return authentication;
  throw new UserError(
    `${options.definitionName}: the tokenUrl of the flow "application" must be an https URL, not "${authentication.tokenUrl}"`,
  );
}

/** Whether the connection parameters already fit what the definition declares; then they are the author's. */
function isServedBy(present: Recognised, declared: Recognised, draft: ConnectorDraft): boolean {
  const parameters = asObject(getOwn(draft.connectorProperties, 'connectionParameters'));
  if (present.kind === 'several' || present.kind === 'gateway' || present.kind === 'oauth2-generic') return true;
  // no scheme in the definition: whatever the author set up (client credentials, keys in policies) stays
  if (declared.kind === 'none') return true;
  if (declared.kind === 'api-key') return Object.values(parameters).some((value) => isKeyField(asObject(value)));
  return present.kind === declared.kind;
}

const isKeyField = (parameter: JsonObject): boolean => {
  const type = getOwn(parameter, 'type');
  return type === 'securestring' || type === 'string' || type === 'oauthSetting';
};

/** Values that config.json states win over those in the file; a placeholder states nothing. */
function applyOAuthConfig(properties: JsonObject, config: OAuthConfig): void {
  const token = asObject(getOwn(asObject(getOwn(properties, 'connectionParameters')), 'token'));
  const settings = getOwn(token, 'oAuthSettings');
  if (!isObject(settings)) return;
  if (config.clientId !== undefined && config.clientId !== clientIdPlaceholder)
    setOwn(settings, 'clientId', config.clientId);
  const custom = asObject(getOwn(settings, 'customParameters'));
  const values: Record<string, string | undefined> = {
    refreshUrl: config.refreshUrl,
    tenantId: config.tenantId,
    resourceUri: config.resourceUri,
  };
  for (const [key, value] of Object.entries(values)) {
    const parameter = getOwn(custom, key);
    if (value !== undefined && isObject(parameter)) setOwn(parameter, 'value', value);
  }
  const inner = getOwn(settings, 'properties');
  if (config.resourceUri !== undefined && isObject(inner) && Object.hasOwn(inner, 'AzureActiveDirectoryResourceId')) {
    setOwn(inner, 'AzureActiveDirectoryResourceId', config.resourceUri);
  }
}

/** settings.json in pac's dialect; what the author wrote there stays. */
export function completeSettings(draft: ConnectorDraft, options: BuildOptions): void {
  const defaults: JsonObject = {
    connectorId: null,
    environment: null,
    apiProperties: 'apiProperties.json',
    apiDefinition: 'apiDefinition.json',
    icon: options.icon ? 'icon.png' : null,
    script: draft.script === undefined ? null : 'script.csx',
  };
  for (const [key, value] of Object.entries(defaults)) {
    const current = getOwn(draft.settings, key);
    if (current === undefined || (current === null && value !== null)) {
      setInOrder(draft.settings, key, value, settingsOrder);
    }
  }
}
