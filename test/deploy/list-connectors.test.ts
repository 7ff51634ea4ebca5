import { expect } from 'chai';
import { connectorsTitled, parseConnectorList } from '../../src/deploy/list-connectors.ts';
import { failureOf } from '../../src/deploy/run-pac.ts';
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
    ['an environment called with a brace', `Connected to...\r\n{Sandbox} x\r\nConnected as a@b.example\r\n[]`, []],
    [
      'an environment called with a bracket, and a table',
      `Connected to...\r\n[]\r\nConnected as a@b.example\r\nConnector Id   Name\r\n${someGuid}   ${title}\r\n`,
      [someGuid],
    ],
    [
      'an environment called with a GUID, signed in to as an application',
      `Ansluten till ... Dev ${otherGuid}\r\nAnsluten som ${thirdGuid}\r\n${someGuid}   ${title}\r\n`,
      [someGuid],
    ],
    [
      'an environment called "Error: {"',
      `Connected to...\nError: {\nConnected as a@b.example\n${JSON.stringify([{ ConnectorId: someGuid, DisplayName: title }])}`,
      [someGuid],
    ],
    ['a rule of dashes', `Connector Id   Name\n------------   ----\n${someGuid}   ${title}\n`, [someGuid]],
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
    ['connectors that may not be read', 'You have no permission to read connectors.'],
    ['a failure with the word', 'Error: The connectors could not be read.'],
    ['an empty array with a failure', '[]\r\nFel: Åtkomst nekad.'],
  ];
  for (const [what, output] of unreadable) {
    it(`no list: ${what}`, () => expect(parseConnectorList(output)).to.equal(undefined));
  }
});

describe('an environment without connectors, in the language of the machine', () => {
  const empty = [
    'There are no connectors in the environment.',
    'No custom connectors were found.',
    'Det finns inga anslutningsprogram i miljön.',
    'Det finns inga anslutningsprogram i milj\ufffdn.',
    'Es gibt keine Connectors in der Umgebung.',
    'In der Umgebung sind keine Konnektoren vorhanden.',
    "Il n’y a aucun connecteur dans l'environnement.",
    'No hay conectores en el entorno.',
    'Não há conectores no ambiente.',
    "Non ci sono connettori nell'ambiente.",
    'Nessun connettore trovato.',
    'Er zijn geen connectors in de omgeving.',
    'Der er ingen connectors i miljøet.',
    'Brak łączników w środowisku.',
    'V prostředí nejsou žádné konektory.',
    'В среде нет соединителей.',
    'Ympäristössä ei ole yhdistimiä.',
    'Ortamda bağlayıcı yok.',
    '環境にコネクタはありません。',
    '环境中没有连接器。',
    '環境中沒有任何連接器。',
    '환경에 커넥터가 없습니다.',
  ];
  for (const sentence of empty) {
    it(sentence, () => {
      expect(parseConnectorList(`Ansluten till ... Stad\r\nAnsluten som a@b.example\r\n${sentence}\r\n`)).to.deep.equal(
        [],
      );
    });
  }

  const refusals = [
    'Fel: Åtkomst nekad.',
    'Fel: Det finns inga anslutningsprogram som du får läsa.',
    'Fehler: Zugriff verweigert.',
    'Erreur : accès refusé.',
    'エラー: アクセスが拒否されました。',
    '错误：拒绝访问。',
    'Ошибка: доступ запрещен.',
    'Zugriff verweigert.',
    'Keine Berechtigung für Connectors.',
    'Keine Connectorberechtigung.',
    'Ingen behörighet att läsa anslutningsprogram.',
    'Aucun accès aux connecteurs.',
    'コネクタへのアクセス権がありません。',
    '没有连接器权限。',
    '커넥터에 액세스할 권한이 없습니다.',
    'Нет доступа к соединителям.',
  ];
  for (const sentence of refusals) {
    it(`not: ${sentence}`, () => {
      for (const before of ['', 'Ansluten till ... Stad\r\nAnsluten som a@b.example\r\n']) {
        expect(parseConnectorList(`${before}${sentence}\r\n`)).to.equal(undefined);
      }
    });
  }

  it('takes nothing for empty that says something in a language without words of ours', () => {
    expect(parseConnectorList('Tengdur við ... Bær\r\nTengdur sem a@b.example\r\nAðgangi hafnað.\r\n')).to.equal(
      undefined,
    );
  });
});

describe('a failure with exit status 0, in the language of the machine', () => {
  const ended = (output: string) => failureOf({ status: 0, signal: null, timedOut: false, output });
  for (const said of ['Error: x', 'Fel: x', 'Fehler: x', 'Erreur : x', 'Błąd: x', 'エラー: x', '错误：x', 'ERRO: x']) {
    it(said, () => expect(ended(`Ansluten som a@b.example\r\n${said}\r\n`)).to.contain(said));
  }
  it('not: names', () => {
    for (const output of [
      'Connected to... Fel: x',
      'Connected to...\nError: x\nConnected as y',
      'Felix: x',
      'x Error: y',
    ]) {
      expect(ended(output), output).to.equal(undefined);
    }
  });
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
