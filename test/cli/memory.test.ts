import { spawnSync } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { stringify } from 'yaml';
import { buildOnce, program, userEnvironment } from '../support/cli.ts';
import { temporaryFolder, writeTree } from '../support/folders.ts';

/**
 * The heap of Node is bounded: a program that needs more ends by itself, on every machine alike. Each bound is well above
 * what is needed now, and below what is needed by a program that keeps what it could let go.
 */
function runWithin(megabytes: number, words: readonly string[], cwd: string) {
  const output = join(cwd, 'output');
  const opened = openSync(output, 'w');
  try {
    const { status, stderr } = spawnSync(process.execPath, [`--max-old-space-size=${megabytes}`, program, ...words], {
      cwd,
      env: userEnvironment(),
      encoding: 'utf8',
      // more than a pipe takes
      stdio: ['ignore', opened, 'pipe'],
      timeout: 60_000,
    });
    return { status, stderr, output: readFileSync(output, 'utf8') };
  } finally {
    closeSync(opened);
  }
}

describe('the memory that a command takes', () => {
  before(buildOnce);

  describe('validate, of forty definitions with 14 MB of findings', () => {
    const count = 40;
    let folder = '';
    before(() => {
      // findings quote the path of the operation
      const path = (index: number) => `/records${index}/${'of-many-kinds-'.repeat(430)}`;
      const operation = (id: string) => ({
        operationId: id,
        responses: { 200: { description: '', schema: { type: 'object', properties: { a: { type: 'string' } } } } },
      });
      const definition = (index: number) => ({
        swagger: '2.0',
        info: { title: `Records ${index}`, version: '1' },
        host: 'api.contoso.com',
        paths: Object.fromEntries(
          Array.from({ length: 10 }, (_, number) => [path(number), { get: operation(`get_${index}_${number}`) }]),
        ),
      });
      folder = writeTree(
        temporaryFolder(),
        Object.fromEntries(
          Array.from({ length: count }, (_, index) => [`c${index}.json`, JSON.stringify(definition(index))]),
        ),
      );
    });
    const validate = (format: string) => {
      const names = Array.from({ length: count }, (_, index) => `c${index}.json`);
      const { status, stderr, output } = runWithin(17, ['validate', '--format', format, ...names], folder);
      expect({ status, stderr }).to.deep.equal({ status: 0, stderr: '' });
      return output;
    };

    it('keeps no findings for the terminal', () => {
      expect(validate('stylish')).to.match(/c39\.json/);
    });

    it('keeps no findings for JSON', () => {
      const { connectors } = JSON.parse(validate('json'));
      expect(connectors).to.have.length(count);
      expect(JSON.stringify(connectors).length).to.be.above(14_000_000);
    });

    it('keeps no findings for SARIF', () => {
      expect(JSON.parse(validate('sarif')).runs[0].results.length).to.be.above(2500);
    });
  });

  describe('import, of a description that is refused', () => {
    const text = 'Records of many kinds, with everything that belongs to them. '.repeat(8);
    const field = { type: 'string', description: text };
    const description = (operations: number) => ({
      openapi: '3.0.3',
      info: { title: 'Records', version: '1.0' },
      servers: [{ url: 'https://records.contoso.com' }],
      paths: Object.fromEntries(
        Array.from({ length: operations }, (_, index) => {
          const schema = { type: 'object', properties: { [`a${index}`]: field, [`b${index}`]: field } };
          const responses = { 200: { description: text, content: { 'application/json': { schema } } } };
          return [`/records${index}`, { get: { operationId: `getRecord${index}`, description: text, responses } }];
        }),
      ),
    });
    const refuse = (name: string, source: string, megabytes: number) => {
      const folder = writeTree(temporaryFolder(), { [name]: source });
      const { status, stderr } = runWithin(megabytes, ['import', name, '--output', 'imported.json'], folder);
      expect(stderr).to.match(/\d operations/);
      expect(status).to.equal(3);
    };

    it('takes few times the 2 MB of it, as JSON', () => {
      refuse('api.json', JSON.stringify(description(1000)), 24);
    });

    it('takes some times the 2 MB of it, as YAML, which is read in pieces', () => {
      refuse('api.yaml', stringify(description(750), { aliasDuplicateObjects: false }), 32);
    });
  });
});
