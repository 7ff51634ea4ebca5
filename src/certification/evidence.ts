import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { redirectAddresses } from '../authentication/redirect-addresses.ts';
import { asObject, asString, getOwn } from '../connector/json/value.ts';
import type { Connector } from '../connector/load.ts';
import type { Profile } from '../connector/profile.ts';
import { type DeploymentMemory, memoryName, readMemory } from '../deploy/deployment-state.ts';
import { redirectModeOf } from '../deploy/redirects.ts';
import { factsOf } from '../docs/document-files.ts';
import type { SignInFacts } from '../docs/sign-in-facts.ts';
import { digest } from '../files/digest.ts';
import { readTextWithin } from '../files/read.ts';
import type { ConnectorReport } from '../rules/engine/report.ts';
import type { Finding } from '../rules/engine/run.ts';
import { findingsByPart, type Part } from './findings.ts';
import { type Fingerprint, fingerprintOf } from './fingerprint.ts';
import type { MachineEvidence } from './machine-evidence.ts';

/** Where the connector is deployed, as far as the repository knows. */
export interface DeploymentEvidence {
  /** Its name in config.json, else its address. */
  environment: string;
  /** Day of the last deployment (UTC); undefined: only the connector's id is known. */
  date: string | undefined;
  /** What has changed since, in words. */
  changed: string | undefined;
}

/** What the repository shows; everything that steps are evaluated by. */
export interface Evidence {
  profile: Profile;
  title: string;
  publisher: string;
  /** info.contact.email. */
  email: string;
  version: string;
  /** Errors and warnings by what they are about. */
  findings: Readonly<Record<Part, readonly Finding[]>>;
  /** Name of a file whose content the rules could not validate. */
  unvalidated: string | undefined;
  signIns: readonly SignInFacts[];
  /** Names in config.json. */
  environments: readonly string[];
  deployments: readonly DeploymentEvidence[];
  /** Of OAuth, as far as they are known: to be registered with the identity provider. */
  redirectAddresses: readonly string[];
  fingerprint: Fingerprint;
  /** What the connector's files don't show: git tags, packages. Undefined: nobody looked. */
  machine: MachineEvidence | undefined;
}

export function gatherEvidence(
  connector: Connector,
  report: ConnectorReport,
  machine: MachineEvidence | undefined,
): Evidence {
  const { profile } = report;
  const { title, publisher, contact, signIns } = factsOf(connector, profile);
  const info = asObject(getOwn(asObject(connector.definition?.value), 'info'));
  return {
    profile,
    title,
    publisher,
    email: contact.email,
    version: asString(getOwn(info, 'version')) ?? '',
    findings: findingsByPart(report.findings.filter(({ severity }) => severity !== 'info')),
    unvalidated: unvalidatedIn(connector),
    signIns,
    environments: Object.keys(environmentsOf(connector)),
    deployments: deploymentsOf(connector),
    redirectAddresses: redirectAddressesOf(connector, profile),
    fingerprint: fingerprintOf(connector),
    machine,
  };
}

/** Of a file that is missing or broken nobody knows whether its content keeps the rules. */
function unvalidatedIn({ definition, properties }: Connector): string | undefined {
  if (definition === undefined || definition.unreliable) return 'the definition';
  return properties === undefined || properties.unreliable ? 'apiProperties.json' : undefined;
}

const environmentsOf = ({ config }: Connector) => asObject(getOwn(asObject(config?.value), 'environments'));

/** Those of every environment that is remembered; one of all connectors is known without a deployment. */
function redirectAddressesOf({ properties, location }: Connector, profile: Profile): string[] {
  const mode = redirectModeOf(asObject(properties?.value));
  if (mode === undefined) return [];
  const ids = [undefined, ...memoriesIn(location.root).map(({ internalId }) => internalId)];
  return [...new Set(ids.flatMap((id) => redirectAddresses(mode, id, profile === 'verified')))];
}

/** Deployments that are remembered, then those of which config.json knows the connector's id. */
function deploymentsOf(connector: Connector): DeploymentEvidence[] {
  const remembered = memoriesIn(connector.location.root).map((memory) => ({
    environment: memory.environment.name ?? memory.environment.target ?? 'the environment that pac was signed in to',
    date: /^\d{4}-\d\d-\d\d/.exec(memory.deployedAt)?.[0],
    changed: changedSince(memory, connector),
  }));
  const known = Object.entries(environmentsOf(connector)).filter(
    ([name, value]) =>
      (asString(getOwn(asObject(value), 'connectorId')) ?? '') !== '' &&
      !remembered.some(({ environment }) => environment === name),
  );
  return [...remembered, ...known.map(([environment]) => ({ environment, date: undefined, changed: undefined }))];
}

function memoriesIn(root: string): DeploymentMemory[] {
  return namesIn(join(root, '.pp-connector'))
    .filter((name) => /^deployed\..+\.json$/.test(name))
    .flatMap((name) => {
      const path = `.pp-connector/${name}`;
      const environment = environmentIn(root, join(root, path));
      // a file under another environment's name was copied by somebody
      return environment === undefined || memoryName(environment) !== path ? [] : (readMemory(root, environment) ?? []);
    });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return []; // nothing was remembered yet
  }
}

function environmentIn(
  root: string,
  path: string,
): { name?: string | undefined; target?: string | undefined } | undefined {
  try {
    const environment = asObject(getOwn(asObject(JSON.parse(readTextWithin(root, path))), 'environment'));
    return { name: asString(getOwn(environment, 'name')), target: asString(getOwn(environment, 'target')) };
  } catch {
    return undefined; // a damaged memory is none
  }
}

/** Which of the files that were deployed are other ones now. */
function changedSince({ digests }: DeploymentMemory, connector: Connector): string | undefined {
  const files = ['definition', 'properties', 'icon', 'script'] as const;
  const changed = files.find((role) => {
    const now = connector[role];
    const isNew = role === 'script' && digests.script === undefined && now !== undefined;
    return isNew || (digests[role] !== undefined && (now === undefined || digest(now.bytes) !== digests[role]));
  });
  return changed && `${names[changed]} changed`;
}

const names = {
  definition: 'the definition has',
  properties: 'apiProperties.json has',
  icon: 'the icon has',
  script: 'script.csx has',
} as const;
