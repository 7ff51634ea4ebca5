import { UserError } from '../errors.ts';
import type { ConnectorParts } from './authentication.ts';
import type { Kind, Service } from './kind.ts';
import { additionalParts } from './kinds/additional-fields.ts';
import { apiKey } from './kinds/api-key.ts';
import { basic } from './kinds/basic.ts';
import { clientCredentials } from './kinds/client-credentials.ts';
import { entra } from './kinds/entra.ts';
import { gateway } from './kinds/gateway.ts';
import { none } from './kinds/none.ts';
import { oauth2 } from './kinds/oauth2.ts';
import { oauth2Generic } from './kinds/oauth2-generic.ts';

/**
 * The kinds of authentication, in the order of help and prompts; they are recognised from the last to the first. A new
 * one is a file in `kinds/` and a line here.
 */
const registry = {
  none,
  'api-key': apiKey,
  basic,
  oauth2,
  entra,
  'client-credentials': clientCredentials,
  'oauth2-generic': oauth2Generic,
  gateway,
};

type Registry = typeof registry;

/** How a connector signs in, of any kind. */
export type Authentication = { [K in keyof Registry]: Registry[K] extends Kind<infer A> ? A : never }[keyof Registry];

export type AuthenticationKind = Authentication['kind'];

/** Each under its own id; a kind is only ever given authentications of its own. */
const kinds = registry satisfies Readonly<Record<AuthenticationKind, unknown>> as unknown as Readonly<
  Record<AuthenticationKind, Kind<Authentication>>
>;

export const allKinds: readonly Kind<Authentication>[] = Object.values(kinds);

/** How `--auth` calls the usual kinds. */
export const authenticationKinds: readonly string[] = allKinds.filter(({ isRare }) => !isRare).map(({ name }) => name);

/** The rarer ones: the first has more to say with `oauth`, the second needs the on-premises gateway. */
export const rareKinds: readonly string[] = allKinds.filter(({ isRare }) => isRare).map(({ name }) => name);

export const kindOf = ({ kind }: { kind: AuthenticationKind }): Kind<Authentication> => kinds[kind];

/**
 * The kind that `--auth` means.
 *
 * @throws UserError for a name that no kind has
 */
export function kindNamed(name: string): Kind<Authentication> {
  const kind = allKinds.find((candidate) => candidate.name === name);
  if (kind !== undefined) return kind;
  throw new UserError(`--auth "${name}" is not a kind of authentication`, {
    hint: `allowed are: ${allKinds.map((allowed) => allowed.name).join(', ')}`,
  });
}

/** For shapes of which nobody reads the texts. */
export const anyService: Service = { name: '' };

/**
 * The contents of the files for an authentication.
 *
 * @param service what it is called in texts that people read, usually the connector's title, and its host
 */
export function shapeOf(authentication: Authentication, service: Service): ConnectorParts {
  const shape = kindShape(authentication, service);
  const further = additionalParts(authentication, service.name);
  return {
    ...shape,
    connectionParameters: { ...shape.connectionParameters, ...further.connectionParameters },
    policies: [...shape.policies, ...further.policies],
  };
}

/** The same without the host and the additional fields. */
export const kindShape = (authentication: Authentication, service: Service): ConnectorParts =>
  kindOf(authentication).write(authentication, service);
