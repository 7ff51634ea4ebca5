import { expect } from 'chai';
import { shapeOf } from '../../src/authentication/kinds.ts';
import { validateConnector } from '../../src/rules/engine/validate-connector.ts';
import { exampleConnector } from '../../src/rules/examples/example-connector.ts';

describe('the user name of basic authentication', () => {
  it('is shown, as the portal writes it: no finding about what we scaffold', async () => {
    const { connectionParameters } = shapeOf({ kind: 'basic' }, { name: 'Contoso' });
    const connector = exampleConnector({ properties: { properties: { connectionParameters } } });
    const { findings } = await validateConnector(connector, '.', { cwd: '/example', profile: 'verified' });
    expect(findings.filter(({ file }) => file.endsWith('apiProperties.json'))).to.deep.equal([]);
  });
});
