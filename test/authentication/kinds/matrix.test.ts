import { expect } from 'chai';

import { usesOAuth } from '../../../src/authentication/independent.ts';
import { profiles } from '../../../src/connector/profile.ts';
import { validatePath } from '../../../src/rules/engine/validate-connector.ts';

import { snapshot, temporaryFolder } from '../../support/folders.ts';
import { generate } from '../../support/generators.ts';
import { certified } from './certified.ts';
import { kinds } from './kinds.ts';

/** Every kind for every profile: accepted, stable, and gone without a trace. */
describe('every kind of authentication', () => {
  for (const profile of profiles) {
    describe(`for the profile ${profile}`, () => {
      let cwd = '';
      let before: Record<string, string> = {};

      // one repository serves all kinds: each leaves it as it found it
      beforeEach(async () => {
        if (cwd !== '') return;
        cwd = temporaryFolder();
        await generate('app', { cwd, flags: certified(profile) });
        before = snapshot(cwd);
      });

      for (const { name, flags } of kinds) {
        it(name, async () => {
          await generate('oauth', { cwd, flags });
          const made = snapshot(cwd);
          const { findings } = await validatePath(cwd, { cwd });
          const isRefused =
            profile === 'independent' && usesOAuth(JSON.parse(made['connector/apiProperties.json'] ?? ''));
          expect(findings.filter(({ rule }) => rule === 'oauth-independent')).to.have.length(isRefused ? 1 : 0);
          const errors = findings.filter(
            ({ severity, rule }) =>
              severity === 'error' && rule !== 'oauth-independent' && rule !== 'sample-operations',
          );
          expect(errors.map(({ rule, pointer, message }) => `${rule} ${pointer}: ${message}`)).to.deep.equal([]);
          const warned = findings.filter(({ severity }) => severity === 'warning');
          expect(warned.map(({ rule, message }) => `${rule}: ${message}`)).to.deep.equal([]);

          await generate('oauth', { cwd, flags });
          expect(snapshot(cwd), 'with the same flags again').to.deep.equal(made);
          await generate('oauth', { cwd });
          expect(snapshot(cwd), 'without any flag').to.deep.equal(made);

          await generate('oauth', { cwd, flags: { auth: 'none', transport: 'cloud' } });
          expect(snapshot(cwd), 'without the authentication').to.deep.equal(before);
        });
      }
    });
  }
});
