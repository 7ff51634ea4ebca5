import { dirname, join } from 'node:path';
import type { ConnectorLocation } from '../../connector/find.ts';
import type { Connector } from '../../connector/load.ts';
import type { FileRole, SourceFile } from '../../connector/source-file.ts';
import type { FileFix, Fix } from '../engine/rule.ts';

/** The connector with files renamed and deleted, in memory; other fixes are nothing to it. */
export const applyFileFixes = (connector: Connector, fixes: readonly Fix[]): Connector =>
  fixes.filter(isFileFix).reduce(applyFileFix, connector);

export const isFileFix = (fix: Fix): fix is FileFix => 'path' in fix;

function applyFileFix(connector: Connector, fix: FileFix): Connector {
  const { location } = connector;
  const role = (Object.keys(location.files) as FileRole[]).find((name) => location.files[name] === fix.path);
  if (role === undefined) return fix.op === 'delete-file' ? withoutOther(connector, fix.path) : connector;
  const { [role]: _, ...rest } = location.files;
  if (fix.op === 'delete-file') return { ...connector, [role]: undefined, location: { ...location, files: rest } };
  const path = join(dirname(fix.path), fix.to);
  const file: SourceFile | undefined = connector[role];
  return {
    ...connector,
    ...(file === undefined ? {} : { [role]: { ...file, path } }),
    location: { ...location, files: { ...location.files, [role]: path } },
  };
}

function withoutOther(connector: Connector, path: string): Connector {
  const { location } = connector;
  return {
    ...connector,
    location: { ...location, others: location.others.filter((name) => otherPath(location, name) !== path) },
  };
}

/** Absolute path of a file without a role. */
export const otherPath = ({ assets }: ConnectorLocation, name: string): string => join(assets, name);
