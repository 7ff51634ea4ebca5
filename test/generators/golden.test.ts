import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { authenticationKinds } from '../../src/authentication/kinds.ts';
import { profiles } from '../../src/connector/profile.ts';
import { existingTestFiles } from '../../src/connector/test-files.ts';
import { validatePath } from '../../src/rules/engine/validate-connector.ts';
import { readTestFiles, runTestFiles } from '../../src/test-cases/run-files.ts';
import { loadSubject } from '../../src/test-cases/subject.ts';
import { checkout, temporaryFolder } from '../support/folders.ts';
import { generate } from '../support/generators.ts';
import { expectGolden, type WholeGolden, wholeGolden } from '../support/golden.ts';
import { cases } from './cases.ts';

const baseOf = (name: string, profile: unknown): WholeGolden | undefined => {
  const isWhole = wholeGolden.some((whole) => whole === name);
  return isWhole ? undefined : profile === 'custom' ? 'none-custom' : 'api-key-header-verified';
};

describe('golden repositories', () => {
  for (const { name, flags } of cases) {
    describe(name, () => {
      const folder = temporaryFolder(name);

      before(async () => {
        await generate('app', { cwd: folder, flags: { ...flags, name: 'contoso-weather' } });
      });

      it('is made as it is kept', () => expectGolden(folder, name, baseOf(name, flags.profile)));

      it('is accepted by its profile, but for the sample where it is certified', async () => {
        const { profile, findings } = await validatePath(folder, { cwd: folder });
        expect(profile).to.equal(flags.profile);
        const errors = findings.filter(({ severity }) => severity === 'error');
        const sample = profile === 'custom' ? [] : ['sample-operations'];
        expect(errors.map(({ rule }) => rule)).to.deep.equal(sample);
        const warned = findings.filter(({ severity }) => severity === 'warning');
        expect(warned.map(({ rule, message }) => `${rule}: ${message}`)).to.deep.equal([]);
      });

      it('has tests that pass, and go through all of its operations', async () => {
        const subject = loadSubject(folder);
        const { files, problems } = readTestFiles(existingTestFiles(folder), folder);
        expect(problems).to.deep.equal([]);
        const { counts, coverage } = await runTestFiles(files, { subject });
        expect(counts.failed).to.equal(0);
        // without .NET nothing runs their code
        if (subject.connector.script !== undefined) return expect(counts.skipped).to.be.greaterThan(0);
        expect(counts.passed).to.be.greaterThan(5);
        return expect(coverage.operations.seen).to.deep.equal(coverage.operations.all);
      });
    });
  }

  it('show every kind of authentication and every profile', () => {
    expect(new Set(cases.map(({ flags }) => flags.auth))).to.deep.equal(new Set(authenticationKinds));
    expect(new Set(cases.map(({ flags }) => flags.profile))).to.deep.equal(new Set(profiles));
  });

  // in a suite of its own: those run last, after the folders are there
  describe('the folder that keeps them', () => {
    it('holds nothing else', () => {
      expect(readdirSync(join(checkout, 'test', 'golden')).sort()).to.deep.equal(cases.map(({ name }) => name).sort());
    });
  });
});
