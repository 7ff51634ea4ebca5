import type { ApiModel } from '../model.ts';
import type { ImportOptions } from '../options.ts';
import type { Report } from '../report.ts';
import { detectFormat } from './detect.ts';
import { References } from './references.ts';
import type { LoadedSource } from './source.ts';

/** The description as the converter sees it: format, operations, security. @throws ImportRefused `format-unknown` */
export function readModel(source: LoadedSource, options: ImportOptions, report: Report): ApiModel {
  const { format, version } = detectFormat(source.root.root, source.root.uri.split('/').at(-1) ?? 'The description');
  const variables = options.variables ?? new Map<string, string>();
  return format.read({ source, version, references: new References(source), report, variables });
}
