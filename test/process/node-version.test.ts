import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { nodeProblem } from '../../src/process/node-version.ts';
import { checkout } from '../support/folders.ts';

describe('the version of Node', () => {
  it('is one that package.json allows', () => {
    const { engines } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8'));
    expect(engines.node).to.equal('^20.19.0 || >=22.12.0');
    for (const version of ['20.19.0', '20.20.2', '22.12.0', '22.23.3', '23.0.0', '24.0.0', '26.10.0', '100.0.0'])
      expect(nodeProblem(version), version).to.equal(undefined);
    for (const version of ['4.9.1', '18.20.4', '20.18.3', '21.7.3', '22.0.0', '22.11.0'])
      expect(nodeProblem(version)).to.match(
        new RegExp(`^Node ${version} is too old; pp-connector needs 20\\.19, 22\\.12 or a later one\n.*https://nodejs`),
      );
  });
});
