import { expect } from 'chai';
import { shapeOf } from '../../src/authentication/kinds.ts';
import { loadParsers } from '../../src/rules/engine/parsers.ts';
import { validateConnector } from '../../src/rules/engine/validate-connector.ts';
import { exampleConnector } from '../../src/rules/examples/example-connector.ts';

describe('the user name of basic authentication', () => {
  it('is reported when it is shown, but --fix does not hide what we scaffold', async () => {
    const { connectionParameters } = shapeOf({ kind: 'basic' }, { name: 'Contoso' });
    const connector = exampleConnector({ properties: { properties: { connectionParameters } } });
    await loadParsers(connector);
    const { findings } = await validateConnector(connector, '.', { cwd: '/example', profile: 'verified' });
    const shown = findings.filter(({ rule }) => rule === 'connection-parameter-clear-text');
    expect(shown.map(({ fixable }) => fixable)).to.deep.equal([false]);
  });
});
