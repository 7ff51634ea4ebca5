import type { ApiModel } from '../model.ts';
import { members } from '../read/source.ts';
import type { Report } from '../report.ts';
import type { Definitions } from './definitions.ts';

/** Components that no operation of the source needs: they have no place in the result. */
export function reportUnused(model: ApiModel, definitions: Definitions, report: Report): void {
  for (const [name, node] of members(model.components)) {
    if (definitions.isDescribed(`#${node.at}`) || report.hasLossAt(node.at)) continue;
    report.lossy('definition-unused', node.at, `${name} is not needed by any operation of the connector.`);
  }
}
