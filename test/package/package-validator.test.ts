import { expect } from 'chai';
import { checkPackage } from '../../src/package/check-package.ts';
import { makeSubmission } from '../../src/package/submission.ts';
import { customized, deployerOf, names, type PackageChange, packageOf, solutions, zip } from './archives.ts';
import { refusals } from './package-validator.ts';

/** Our rules and the second opinion agree: on what `package` writes, and on one bad package for each check. */

const bad: Readonly<Record<string, PackageChange>> = {
  'no intro': { outer: { 'intro.md': null } },
  'two documents': { outer: { 'readme.md': 'x' } },
  'a folder at the root': { outer: { 'docs/a.txt': 'x' } },
  'no inner archive': { outer: { 'ContosoWeather.pdpkg.zip': null } },
  'two inner archives': { outer: { 'flow.zip': 'x' } },
  'an inner archive that is none': { outer: { 'ContosoWeather.pdpkg.zip': 'x' } },
  'two folders in the inner archive': { deployer: { 'Other/a.txt': 'x' } },
  'a folder among the solutions': { assets: { 'en-us/a.txt': 'x' } },
  'one solution': { assets: { 'flow.zip': null } },
  'three solutions': { assets: { 'more.zip': 'x' } },
  'a solution that is none': { assets: { 'flow.zip': 'x' } },
  'a solution without its manifest': { connector: { 'solution.xml': null } },
  'a solution without its content types': { flow: { '[Content_Types].xml': null } },
  'a solution without customizations': { flow: { 'customizations.xml': null } },
  'a flow without the connector': { flow: { 'customizations.xml': customized.flowAlone } },
  'a connector with flows': { connector: { 'Workflows/a.json': '{}' } },
  'a flow that is named and not there': { flow: { [names.flow]: null } },
};

const errorsIn = async (bytes: Buffer): Promise<string[]> => {
  const options = { profile: 'verified', plugin: false, repository: undefined, config: undefined } as const;
  const { report } = await checkPackage(bytes, 'p.zip', options);
  return report.findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule);
};

describe('a second opinion about packages', () => {
  const exported = async (name: keyof typeof solutions) => {
    const file = `${name}.zip`;
    return { path: file, name: file, bytes: await zip(solutions[name]) };
  };
  const parts = {
    name: 'ContosoWeather',
    intro: Buffer.from('Stations.'),
    deployer: undefined,
    customProperties: undefined,
  };

  it('accepts what we make of exported solutions, in any order', async () => {
    const bytes = await makeSubmission({ ...parts, solutions: [await exported('flow'), await exported('connector')] });
    expect(refusals(bytes)).to.deep.equal([]);
    expect(await errorsIn(bytes)).to.deep.equal([]);
  });

  it('accepts a package with a plugin, and misses one that is said to be there', async () => {
    const all = [await exported('connector'), await exported('flow'), await exported('plugin')];
    const bytes = await makeSubmission({ ...parts, solutions: all });
    expect(refusals(bytes, { plugin: true })).to.deep.equal([]);
    expect(refusals(await packageOf(), { plugin: true })).to.deep.equal(['2 solutions', 'no plugin solution']);
  });

  it('accepts a package with other names, as one was published', async () => {
    const inner = await deployerOf({
      assets: {
        'connector.zip': null,
        'flow.zip': null,
        'Connector.zip': await zip(solutions.connector),
        'Flow.zip': await zip(solutions.flow),
      },
    });
    const bytes = await zip({ 'intro.md': 'Stations.', 'package.zip': inner });
    expect(refusals(bytes)).to.deep.equal([]);
    expect(await errorsIn(bytes)).to.deep.equal([]);
  });

  for (const [name, change] of Object.entries(bad)) {
    it(`refuses, as we do: ${name}`, async () => {
      const bytes = await packageOf(change);
      expect(refusals(bytes)).not.to.deep.equal([]);
      expect(await errorsIn(bytes)).not.to.deep.equal([]);
    });
  }
});
