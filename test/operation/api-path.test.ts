import { expect } from 'chai';
import fc from 'fast-check';
import { apiPath } from '../../src/operation/api-path.ts';
import { checkPath } from '../../src/operation/checks.ts';

describe('apiPath', () => {
  const roots = [
    'C:/Program Files/Git',
    'C:/Users/kim/AppData/Local/Programs/Git',
    'C:/Users/kim/scoop/apps/git/2.47.0',
    'D:/PortableGit',
    'C:/msys64',
    'c:/cygwin64',
    'C:/git-sdk-64',
  ];
  const segment = fc.constantFrom('orders', 'git', 'v1.0', '{orderId}', '~me', 'a-b', 'msys64');
  const paths = fc.array(segment, { minLength: 1, maxLength: 5 }).map((parts) => `/${parts.join('/')}`);

  it('finds the path that Git Bash turned into a file of Windows', () => {
    fc.assert(
      fc.property(fc.constantFrom(...roots), paths, (root, path) => {
        expect(apiPath(`${root}${path}`, {})).to.equal(path);
      }),
      { seed: 10, numRuns: 200 },
    );
  });

  it('finds it below the folder that Git Bash names', () => {
    for (const EXEPATH of ['D:\\tools\\bash\\bin', 'D:\\tools\\bash\\usr\\bin', 'D:\\tools\\bash', 'd:\\Tools\\Bash\\'])
      expect(apiPath('D:/tools/bash/orders', { EXEPATH }), EXEPATH).to.equal('/orders');
  });

  it('adds a slash that is missing, and changes nothing else', () => {
    fc.assert(
      fc.property(paths, (path) => {
        expect(apiPath(path, {})).to.equal(path);
        expect(apiPath(path.slice(1), {})).to.equal(path);
      }),
      { seed: 10, numRuns: 200 },
    );
    for (const other of ['https://api.contoso.com/orders', '**/orders', '']) expect(apiPath(other, {})).to.equal(other);
  });

  it('leaves what cannot be told for the check, which proposes no such path', () => {
    const path = apiPath('E:/somewhere/orders', {});
    expect(path).to.equal('E:/somewhere/orders');
    expect(checkPath(path))
      .to.match(/Git Bash/)
      .and.not.include('"/E:');
  });
});
