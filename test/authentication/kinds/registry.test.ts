import { expect } from 'chai';
import { allKinds, kindNamed, kindOf, shapeOf } from '../../../src/authentication/kinds.ts';
import { recogniseAuthentication } from '../../../src/authentication/recognise.ts';
import { fromAuthentication, toAuthentication } from '../../../src/repository/questions/authentication.ts';
import { everything } from './authentications.ts';

describe('the kinds of authentication', () => {
  it('have names of their own', () => {
    const names = allKinds.map(({ name }) => name);
    expect(new Set(names).size).to.equal(names.length);
    expect(() => kindNamed('bearer')).to.throw(/"bearer" is not a kind of authentication/);
    // no answer is not a kind: nothing becomes a connector without sign-in by itself
    expect(() => toAuthentication({})).to.throw(/is not a kind/);
  });

  for (const [name, authentication] of Object.entries(everything)) {
    it(`${name}: answers, files and what is read from them are the same`, () => {
      expect(kindOf(authentication).id).to.equal(authentication.kind);
      const answers = fromAuthentication(authentication);
      expect(toAuthentication(answers)).to.deep.equal(authentication);
      const parts = shapeOf(authentication, { name: 'Contoso' });
      const { securityDefinitions, security, connectionParameters, policies } = parts;
      const { method } = recogniseAuthentication(
        { securityDefinitions, security },
        { properties: { connectionParameters, policyTemplateInstances: policies } },
      );
      // what the files don't say is left out of what is read from them
      expect(method).to.deep.include(JSON.parse(JSON.stringify(authentication)));
    });
  }
});
