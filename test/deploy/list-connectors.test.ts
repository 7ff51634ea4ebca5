import { expect } from 'chai';
import { connectorsTitled, parseConnectorList } from '../../src/deploy/list-connectors.ts';
import { transientReason } from '../../src/deploy/transient.ts';
import { otherGuid, someGuid } from './sample.ts';

const title = 'Contoso Weather';
const thirdGuid = '33333333-3333-4333-8333-333333333333';
const foundIn = (output: string, wanted = title): string[] | undefined => {
  const listed = parseConnectorList(output);
  return listed && connectorsTitled(wanted, listed).found.map(({ id }) => id);
};

describe('what pac connector list prints', () => {
  const readable: [string, string, string[]][] = [
    ['JSON', JSON.stringify([{ ConnectorId: someGuid, DisplayName: title }]), [someGuid]],
    [
      'JSON with other names, an upper-case id and lines around it',
      `Connected as x\n${JSON.stringify([{ id: someGuid.toUpperCase(), title: 'contoso weather ' }], null, 2)}\nDone.`,
      [someGuid],
    ],
    ['JSON in an object', JSON.stringify({ count: 1, value: [{ Id: someGuid, n: title }] }), [someGuid]],
    [
      'JSON with several GUIDs in a row',
      JSON.stringify([{ SolutionId: otherGuid, connectorid: someGuid, n: title }]),
      [someGuid],
    ],
    ['an empty array', '[]', []],
    [
      'other connectors only',
      JSON.stringify([
        { id: someGuid, name: `${title} Pro` },
        { id: otherGuid, name: 'X' },
      ]),
      [],
    ],
    [
      'two of the same title',
      JSON.stringify([
        { id: someGuid, n: title },
        { id: otherGuid, n: title },
      ]),
      [someGuid, otherGuid],
    ],
    ['a table', `Connector Id                         Display Name\n${someGuid} ${title}\n`, [someGuid]],
    [
      'a table with the id at its end, colours and CRLF',
      `\u001b[32mName   Id\u001b[0m\r\n${title}   ${someGuid}\r\nOther   ${otherGuid}\r\n`,
      [someGuid],
    ],
    ['a table with borders', `| ${title} | new_weather | ${someGuid} |\n`, [someGuid]],
    ['a heading only', 'Connector Id   Display Name\n', []],
    ['a sentence', 'No connectors found.\n', []],
    ['only who is signed in', 'Connected as user@contoso.example\r\n', []],
    ['nothing', '', []],
  ];
  for (const [what, output, expected] of readable) {
    it(what, () => expect(foundIn(output)).to.deep.equal(expected));
  }

  it('takes nothing that a row says about others for the title', () => {
    const rows = [
      { ConnectorId: someGuid, DisplayName: 'Other', OwnerName: title, SolutionUniqueName: title },
      { ConnectorId: otherGuid, DisplayName: 'Ö', OwnerName: 'x' },
    ];
    expect(foundIn(JSON.stringify(rows))).to.deep.equal([]);
    const table = [
      `Owner           Connector Id                         Display Name    Solution`,
      `${title} ${someGuid} Über uns        X`,
      `Zoë             ${otherGuid} ${title} ${title}`,
      `Zoë             ${thirdGuid} Something       ${title}`,
    ].join('\r\n');
    const { found, isCertain } = connectorsTitled(title, parseConnectorList(table) ?? []);
    expect(found.map(({ id }) => id)).to.deep.equal([otherGuid]);
    expect(isCertain).to.equal(false);
  });

  it('is uncertain of a title somewhere in a row of text, and prefers a cell of its own', () => {
    const within = `Connector\n${someGuid} new_x ${title} Unmanaged\n`;
    const [first, second] = [within, `${within}${otherGuid}  ${title}\n`].map((output) =>
      connectorsTitled(title, parseConnectorList(output) ?? []),
    );
    expect(first).to.deep.include({ isCertain: false }).and.to.have.property('found').with.length(1);
    expect(second?.isCertain).to.equal(true);
    expect(second?.found.map(({ id }) => id)).to.deep.equal([otherGuid]);
  });

  const unreadable: [string, string][] = [
    ['binary', '\ufffd\ufffd\u0000\u001b[31m{"\n'],
    ['binary with the word', '\u0000connector'],
    ['rows without any id', JSON.stringify([{ name: title }])],
    ['rows whose id is one of several GUIDs', JSON.stringify([{ a: someGuid, b: otherGuid, name: title }])],
    ['half an array', `[\n  {\n    "id": "${someGuid}",\n    "name": "Conto`],
    ['another text', 'Welcome!'],
  ];
  for (const [what, output] of unreadable) {
    it(`no list: ${what}`, () => expect(parseConnectorList(output)).to.equal(undefined));
  }
});

describe('failures that pass by themselves', () => {
  const worthIt = [
    'Error: The request failed with status code 429 (Too Many Requests).',
    'Error: Response status code does not indicate success: 504 (Gateway Timeout).',
    'Error: HTTP 502',
    'Error: APIM request failed. HTTP 500 Internal Server Error.',
    'Error: Unable to find an unassigned function app',
    'Error: read ECONNRESET',
    'An existing connection was forcibly closed by the remote host.',
  ];
  for (const output of worthIt) it(output, () => expect(transientReason(output)).to.be.a('string'));

  const hopeless = [
    'Error: The service refused the connector.',
    "Error: Could not find member 'stackOwner'",
    'Error: status code 400 (Bad Request)',
    'Error: HTTP 401',
    'took 500 ms; 429 operations; 12:34:56.502',
    'No profiles were found on this computer.',
  ];
  for (const output of hopeless) it(`not: ${output}`, () => expect(transientReason(output)).to.equal(undefined));
});
