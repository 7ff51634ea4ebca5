import { asObject, type JsonObject, own } from '../../connector/json/value.ts';
import type { ConnectorParts, GatewaySignIn } from '../authentication.ts';
import { account } from './basic.ts';

const overGateway = { capability: ['gateway'] };

/**
 * What the service and the form call them. `none` is as published; the others are inferred
 * (docs/reference/authentication.md#gateway).
 */
const choices: Readonly<Record<GatewaySignIn, { text: string; value: string }>> = {
  none: { text: 'none', value: 'anonymous' },
  basic: { text: 'basic', value: 'basic' },
  windows: { text: 'Windows', value: 'windows' },
};

/** An API in somebody's own network, through the on-premises data gateway. */
export const gateway = (signIn: GatewaySignIn, service: string): ConnectorParts => ({
  securityDefinitions: signIn === 'basic' ? { basic_auth: { type: 'basic' } } : {},
  security: signIn === 'basic' ? [{ basic_auth: [] }] : [],
  connectionParameters: {
    authType: {
      type: 'string',
      allowedValues: [{ value: signIn }],
      uiDefinition: {
        displayName: 'Authentication Type',
        description: 'How the gateway signs in to the API.',
        tooltip: 'Choose how the gateway signs in',
        constraints: { tabIndex: 1, required: 'true', ...overGateway, allowedValues: [choices[signIn]] },
      },
    },
    ...(signIn === 'none' ? {} : gatewayAccount(signIn, service)),
    gateway: {
      type: 'gatewaySetting',
      gatewaySettings: { dataSourceType: 'CustomConnector', connectionDetails: [] },
      uiDefinition: {
        displayName: 'Gateway',
        description: 'The on-premises data gateway in the network of the API.',
        tooltip: 'Choose a gateway',
        constraints: { tabIndex: 4, required: 'true', ...overGateway },
      },
    },
  },
  policies: [],
  script: false,
  capabilities: ['gateway'],
});

function gatewayAccount(signIn: GatewaySignIn, service: string): JsonObject {
  const { username, password } = account(signIn === 'windows' ? 'Windows' : service);
  return { username: withCapability(username), password: withCapability(password) };
}

function withCapability(parameter: JsonObject): JsonObject {
  const ui = asObject(own(parameter, 'uiDefinition'));
  return {
    ...parameter,
    uiDefinition: { ...ui, constraints: { ...asObject(own(ui, 'constraints')), ...overGateway } },
  };
}
