import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { formatJson } from '../../src/connector/json/edit.ts';
import { loadConnector } from '../../src/connector/load.ts';
import { staleBuildWarning } from '../../src/deploy/stale-build.ts';
import { digest } from '../../src/files/digest.ts';
import { generatedFilesName } from '../../src/files/generated-files.ts';
import { writeTree } from '../support/folders.ts';
import { writeSample } from './sample.ts';

describe('a connector that is older than its API description', () => {
  const source = '{ "swagger": "2.0" }\n';
  const built = (apiDefinition = 'api/api.json'): string => {
    const root = writeSample({ config: { apiDefinition } });
    const generated = formatJson({ files: { 'api/api.json': digest(source) } });
    return writeTree(root, { 'api/api.json': source, [generatedFilesName]: generated });
  };
  const warning = (root: string) => staleBuildWarning(loadConnector(root));

  it('is warned of, with both files and the command', () => {
    const root = built();
    writeFileSync(join(root, 'api', 'api.json'), source.replace('2.0', '2.0 '));
    expect(warning(root)).to.match(
      /^api\/api\.json has changed since connector\/apiDefinition\.json.*pp-connector build$/,
    );
  });

  it('is none when nothing has changed, also where git turned the line ends', () => {
    const root = built();
    expect(warning(root)).to.equal(undefined);
    writeFileSync(join(root, 'api', 'api.json'), source.replace('\n', '\r\n'));
    expect(warning(root)).to.equal(undefined);
  });

  it('is none where it was never built, or has no other Swagger description', () => {
    const root = built();
    rmSync(join(root, generatedFilesName));
    expect(warning(root)).to.equal(undefined);
    expect(warning(built('connector/apiDefinition.json'))).to.equal(undefined);
    const imported = built();
    writeFileSync(join(imported, 'api', 'api.json'), '{ "openapi": "3.0.3" }');
    expect(warning(imported)).to.equal(undefined);
  });
});
