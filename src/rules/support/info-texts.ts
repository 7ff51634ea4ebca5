import { getOwn } from '../../connector/json/value.ts';
import type { Location } from '../engine/location.ts';
import type { ConnectorModel } from '../engine/model.ts';
import type { Report } from '../engine/rule.ts';
import type { Located, Visitor } from '../engine/visitor.ts';

/** A text of an object such as `info`; undefined when it is missing, blank or something else. */
export function textIn(object: Located, key: string): string | undefined {
  const value = getOwn(object.value, key);
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

type Check = (value: string, at: Location, report: Report, info: Located, connector: ConnectorModel) => void;

/** Looks at a text of `info` where there is one; that one is missing is another rule's finding. */
export const onInfoText = (key: 'title' | 'description', check: Check): Visitor => ({
  info: (info, report, connector) => {
    const value = textIn(info, key);
    if (value !== undefined) check(value, info.place.at(key), report, info, connector);
  },
});

/** What the titles of pull requests end in, and those of some connectors. */
export const publisherSuffix = /(?:(?<!\s)\s+)?\(\s*independent\s+publisher\s*\)\s*$/i;

/** Changes `info` of the example connector. */
export const withInfo = (info: Record<string, string | null>) => ({ definition: { info } });
