import { expect } from 'chai';
import { ConnectorDraft, keepLayout } from '../../src/connector/draft.ts';
import type { JsonObject } from '../../src/connector/json/value.ts';
import { setInOrder } from '../../src/connector/key-order.ts';
import { connectorOf } from '../support/connectors.ts';

const definition = '{\r\n  "swagger" : "2.0",\r\n  "info": {}\r\n}';

describe('a draft of a connector', () => {
  it('has no file to write while nothing changes', () => {
    const draft = new ConnectorDraft(connectorOf({ definition, config: '\uFEFF{ "profile":"custom" }' }));
    expect(draft.files().size).to.equal(0);
    expect(Object.keys(draft.info)).to.deep.equal([]);
    // looking at what isn't there makes no file
    expect(draft.settings).to.deep.equal({});
    expect(draft.files().size).to.equal(0);
  });

  it('changes what is changed, byte-order mark and line ends kept', () => {
    const draft = new ConnectorDraft(connectorOf({ definition: `\uFEFF${definition}` }));
    draft.definition.host = 'api.contoso.com';
    expect([...draft.files().values()]).to.deep.equal([
      '\uFEFF{\r\n  "swagger" : "2.0",\r\n  "info": {},\r\n  "host": "api.contoso.com"\r\n}',
    ]);
  });

  it('makes files that were not there, and deletes the script', () => {
    const draft = new ConnectorDraft(connectorOf({ definition, script: 'class Script {}' }));
    draft.settings.script = null;
    draft.connectorProperties.capabilities = [];
    draft.script = undefined;
    const files = [...draft.files()].map(([path, text]) => [path.replace(/^.*[\\/]/, ''), text]);
    expect(Object.fromEntries(files)).to.deep.equal({
      'apiProperties.json': '{\n  "properties": {\n    "capabilities": []\n  }\n}\n',
      'settings.json': '{\n  "script": null\n}\n',
      'script.csx': null,
    });
  });

  it('leaves the connector that it is made of alone', () => {
    const connector = connectorOf({ definition });
    const draft = new ConnectorDraft(connector);
    (draft.definition.info as JsonObject).title = 'Contoso';
    expect(connector.definition?.value).to.deep.equal({ swagger: '2.0', info: {} });
  });

  it('is refused for a file that is not strict JSON, with its place', () => {
    expect(() => new ConnectorDraft(connectorOf({ definition: '{\n  "swagger": "2.0",\n}' }))).to.throw(
      /apiDefinition\.json:2:19: a comma before a closing bracket/,
    );
    expect(() => new ConnectorDraft(connectorOf({ definition, config: '[]' }))).to.throw(
      /config\.json: must hold a JSON object/,
    );
  });

  it('keeps the mark and the line ends of a text', () => {
    const { readme } = connectorOf({ readme: '\uFEFFa\r\nb\r\n' });
    expect(keepLayout(readme, 'c\nd\n')).to.equal('\uFEFFc\r\nd\r\n');
    expect(keepLayout(undefined, 'c\n')).to.equal('c\n');
  });

  it('puts a key into its usual place', () => {
    const order = ['a', 'b', 'c'];
    const put = (object: JsonObject, key: string): string[] => {
      setInOrder(object, key, 1, order);
      return Object.keys(object);
    };
    expect(put({ a: 0, c: 0 }, 'b')).to.deep.equal(['a', 'b', 'c']);
    expect(put({ c: 0, x: 0 }, 'a')).to.deep.equal(['a', 'c', 'x']);
    expect(put({ c: 0, a: 0 }, 'a')).to.deep.equal(['c', 'a']);
    expect(put({ a: 0 }, 'unknown')).to.deep.equal(['a', 'unknown']);
  });
});
