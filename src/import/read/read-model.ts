import type { ApiModel } from '../model.ts';
import type { ImportOptions } from '../options.ts';
import type { Report } from '../report.ts';
import { detectFormat } from './detect.ts';
import { readOpenApi } from './openapi.ts';
import { readPostman } from './postman.ts';
import { References } from './references.ts';
import type { LoadedSource } from './source.ts';
import { readSwagger } from './swagger.ts';

/** The description as the converter sees it: format, operations, security. @throws ImportRefused `format-unknown` */
export function readModel(source: LoadedSource, options: ImportOptions, report: Report): ApiModel {
  const { format, version } = detectFormat(source.root.root, source.root.uri.split('/').at(-1) ?? 'The description');
  const references = new References(source);
  switch (format) {
    case 'swagger':
      return readSwagger(source, references);
    case 'postman':
      return readPostman(source, version, references, report, options.variables ?? new Map());
    case 'openapi':
      if (/^3\.[2-9]/.test(version)) report.info('version-3.2', '/openapi', `OpenAPI ${version} is read as 3.1.`);
      return readOpenApi(source, version, references);
  }
}
