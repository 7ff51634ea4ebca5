import { expect } from 'chai';
import { allKinds } from '../../../src/authentication/kinds.ts';
import { authenticationQuestions, isOAuthKind } from '../../../src/repository/questions/authentication.ts';

describe('the choice of a sign-in for independent publishers', () => {
  const { warning } = authenticationQuestions.auth;
  const warned = (profile: string): string[] =>
    allKinds.map(({ name }) => name).filter((name) => warning(name, { profile }) !== undefined);

  it('warns of every kind of OAuth, which Microsoft refuses to them, before it is made', () => {
    expect(warned('independent').sort()).to.deep.equal(['entra', 'oauth2', 'oauth2-generic']);
  });

  it('says nothing to others', () => {
    for (const profile of ['custom', 'verified', '']) expect(warned(profile)).to.deep.equal([]);
  });

  it('takes an application that signs in by itself for none', () => {
    expect(isOAuthKind('client-credentials')).to.equal(false);
  });
});
