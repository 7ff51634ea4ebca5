import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Connector } from '../connector/load.ts';
import { requireNoLinkOut } from '../files/contained-path.ts';

/** The page about certification in a generated repository. */
export const pageName = 'docs/certification.md';

/**
 * Whether a repository has the page, or gets it: it is made for a connector that is to be certified, else only kept up to
 * date.
 *
 * @param profile the connector's own
 * @throws UserError for a link that leads out of the repository
 */
export function wantsCertificationPage({ location: { root, layout } }: Connector, profile: string): boolean {
  const path = join(root, ...pageName.split('/'));
  requireNoLinkOut(root, path);
  return layout === 'repository' && (profile !== 'custom' || existsSync(path));
}
