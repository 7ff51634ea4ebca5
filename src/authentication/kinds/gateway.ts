import { asArray, asObject, getOwn, type JsonObject } from '../../connector/json/value.ts';
import type { ConnectorParts, Further, GatewaySignIn } from '../authentication.ts';
import type { Kind } from '../kind.ts';
import { account } from './account.ts';
import { hasGateway } from './parts.ts';

export interface Gateway extends Further {
  kind: 'gateway';
  signIn: GatewaySignIn;
}

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

/** An API in somebody's own network, through the on-premises data gateway (docs/reference/authentication.md#gateway). */
export const gateway: Kind<Gateway> = {
  id: 'gateway',
  name: 'windows',
  label: 'Windows account: through the on-premises data gateway',
  isRare: true,
  asks: [],
  examples: [
    ['--auth windows', 'Windows, through the on-premises gateway'],
    ['--auth windows --test-connection ListItems', 'tested when a connection is made'],
  ],
  fromAnswers: () => ({ kind: 'gateway', signIn: 'windows' }),
  toAnswers: ({ signIn }) => ({ auth: signIn, transport: 'gateway' }),
  write: ({ signIn }, { name: service }): ConnectorParts => ({
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
  }),
  declared: undefined,
  recognise({ parameters }) {
    if (!hasGateway(parameters)) return undefined;
    const allowed = asArray(getOwn(asObject(getOwn(parameters, 'authType')), 'allowedValues'));
    const value = getOwn(asObject(allowed[0]), 'value');
    const signIn = signIns.find((candidate) => candidate === value);
    // a choice of several isn't one of ours
    return signIn === undefined || allowed.length > 1 ? 'unclear' : { kind: 'gateway', signIn };
  },
  asSet: { name: 'gateway', label: 'Gateway', description: 'Connect through the on-premises data gateway.' },
  setRefusal: () => 'a connector uses the gateway for all its connections or for none',
  overGateway: { signIn: 'windows' },
  credentials: ({ service }) => ({
    introduction: `The connector reaches ${service} through the on-premises data gateway.`,
    steps: [
      `Install the on-premises data gateway on a computer that can reach ${service}, and register it with your environment.`,
      'Create a connection and choose the gateway.',
    ],
    explained: ['authType'],
    list: 'all',
  }),
};

const signIns = Object.keys(choices) as GatewaySignIn[];

function gatewayAccount(signIn: GatewaySignIn, service: string): JsonObject {
  const { username, password } = account(signIn === 'windows' ? 'Windows' : service);
  return { username: withCapability(username), password: withCapability(password) };
}

function withCapability(parameter: JsonObject): JsonObject {
  const ui = asObject(getOwn(parameter, 'uiDefinition'));
  return {
    ...parameter,
    uiDefinition: { ...ui, constraints: { ...asObject(getOwn(ui, 'constraints')), ...overGateway } },
  };
}
