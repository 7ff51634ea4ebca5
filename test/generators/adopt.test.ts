import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from 'chai';
import { findConnector } from '../../src/connector/find.ts';
import { readConnector } from '../../src/connector/load.ts';
import { corpus, readJson, readText, readTree, temporaryFolder, writeTree } from '../support/folders.ts';
import { failureOf, generate } from '../support/generators.ts';

const connectors = join(corpus, 'connectors');

/** Where a file of a role is in a repository. */
const places = {
  definition: 'connector/apiDefinition.json',
  properties: 'connector/apiProperties.json',
  script: 'connector/script.csx',
  icon: 'connector/icon.png',
  readme: 'README.md',
  intro: 'INTRO.md',
} as const;

/** Every adopted file is there with every byte. */
function expectAdopted(source: string, repository: string): void {
  const { files } = findConnector(source);
  const before = readConnector(findConnector(source));
  const after = readTree(repository);
  for (const role of Object.keys(places) as (keyof typeof places)[]) {
    const bytes = before[role]?.bytes;
    if (bytes !== undefined) expect(after[places[role]]?.equals(bytes), `${role}, from ${files[role]}`).to.equal(true);
  }
}

const definition = '{ "swagger": "2.0", "info": { "title": "Contoso", "version": "1.0" },\n  "paths": {} }\n';
const properties = '{"properties": {"connectionParameters": {}, "iconBrandColor": "#0b6a3f",\n"capabilities": []}}';

const source = (files: Record<string, string | Buffer>): string => writeTree(temporaryFolder('source'), files);

describe('adopting a connector', () => {
  describe('keeps every byte', () => {
    it('also of metadata.json, which the service has added', async () => {
      const cwd = temporaryFolder();
      const metadata = '{"ApplicationProductId":"5f1d2c3b","AzurePublisherId":"1"}';
      const from = source({
        'apiDefinition.json': definition,
        'apiProperties.json': properties,
        'metadata.json': metadata,
      });
      await generate('app', { cwd, flags: { from } });
      expect(readText(cwd, 'connector/metadata.json')).to.equal(metadata);
    });

    const folders: [string, Record<string, string | Buffer>][] = [
      [
        'of a folder as in PowerPlatformConnectors',
        {
          'apiDefinition.swagger.json': definition,
          'apiProperties.json': properties,
          'readme.md': '# Contoso\n',
          'intro.md': 'Hello.\r\n',
        },
      ],
      [
        'of one that pac downloaded',
        {
          'apiDefinition.json': definition,
          'apiProperties.json': properties,
          'icon.png': Buffer.from([137, 80, 78, 71, 0]),
          'script.csx': 'public class Script : ScriptBase { }\r\n',
        },
      ],
      [
        'of names in other letters',
        {
          'APIdefinition.Swagger.JSON': definition,
          'apiproperties.json': properties,
          'README.MD': '# Contoso\n',
          'Script.csx': 'class Script { }',
        },
      ],
      [
        'of a definition that is called otherwise',
        { 'contoso.swagger.json': definition, 'apiProperties.json': properties },
      ],
      [
        'of a file with a byte-order mark, tabs and CRLF',
        {
          'apiDefinition.swagger.json': `\uFEFF${definition.replaceAll('\n', '\r\n\t')}`,
          'apiProperties.json': `\uFEFF${properties}`,
        },
      ],
      [
        'of unusual JSON',
        {
          'apiDefinition.swagger.json': definition.replace('"1.0"', '"1\\u002e0", "x-number": 1.50e+2, "x-number": 2'),
          'apiProperties.json': properties,
        },
      ],
    ];
    for (const [what, files] of folders) {
      it(what, async () => {
        const [from, cwd] = [source(files), temporaryFolder()];
        await generate('app', { cwd, flags: { from } });
        expectAdopted(from, cwd);
        const once = readTree(cwd);
        await generate('app', { cwd });
        expect(readTree(cwd)).to.deep.equal(once);
      });
    }
  });

  it('changes no file that was there, whatever it is called', async () => {
    const files = { 'apiDefinition.swagger.json': definition, 'apiProperties.json': properties, 'readme.md': '# C\n' };
    const from = source(files);
    const made = temporaryFolder();
    await generate('app', { cwd: made, flags: { from } });
    const names = [
      ...Object.keys(readTree(made)),
      'tests/ListOrders.test.yaml',
      'tests/recordings/a.json',
      'CHANGELOG.md',
    ];
    // these say that a repository of a connector is there already
    const foreign = names.filter(
      (name) => !/^(?:connector|\.pp-connector)\/|^config\.json$|^\.yo-rc\.json$/.test(name),
    );
    expect(foreign).to.include.members([
      'AGENTS.md',
      '.mcp.json',
      '.vscode/settings.json',
      'package.json',
      'README.md',
    ]);
    const contents = Object.fromEntries(
      foreign.map((name) => [name, name.endsWith('.json') ? '{ "mine":1 }' : '# mine\r\n']),
    );
    const cwd = writeTree(temporaryFolder(), contents);
    await generate('app', { cwd, flags: { from } });
    const after = readTree(cwd);
    const changed = foreign.filter((name) => after[name]?.toString() !== contents[name]);
    expect(changed).to.deep.equal([]);
    expectAdopted(writeTree(temporaryFolder('source'), { ...files, 'readme.md': '# mine\r\n' }), cwd);
  });

  it('writes over no other connector, and over no README', async () => {
    const from = source({ 'apiDefinition.swagger.json': definition, 'apiProperties.json': properties });
    for (const flags of [{ from }, { yes: true }]) {
      for (const name of ['apiDefinition.json', 'apiProperties.json']) {
        const contents = { [`connector/${name}`]: '{"mine": 1}', 'README.md': '# mine\n' };
        const cwd = writeTree(temporaryFolder(), contents);
        const error = await failureOf('app', { cwd, flags });
        expect(error.message, name).to.include(`connector/${name}: there is a connector here already`);
        expect(Object.keys(readTree(cwd)).sort()).to.deep.equal(Object.keys(contents).sort());
        for (const [path, text] of Object.entries(contents)) expect(readText(cwd, path)).to.equal(text);
      }
    }
  });

  it('makes a repository of a connector where it lies', async () => {
    const files = { 'connector/apiDefinition.json': definition, 'connector/apiProperties.json': properties };
    const cwd = writeTree(temporaryFolder(), files);
    await generate('app', { cwd, flags: { from: 'connector', title: 'Contoso Weather' } });
    expect(readText(cwd, places.properties)).to.equal(properties);
    expect(readText(cwd, places.definition)).to.include('Contoso Weather');
  });

  it('changes what was asked for, and only that', async () => {
    const [from, cwd] = [
      source({ 'apiDefinition.swagger.json': definition, 'apiProperties.json': properties }),
      temporaryFolder(),
    ];
    await generate('app', { cwd, flags: { from, title: 'Contoso Weather' } });
    expect(readText(cwd, places.definition)).to.equal(definition.replace('"Contoso"', '"Contoso Weather"'));
    expect(readText(cwd, places.properties)).to.equal(properties);
  });

  it('makes the properties that are missing, from the definition', async () => {
    const secured = definition.replace(
      '"paths"',
      '"securityDefinitions": { "key": { "type": "apiKey", "in": "query", "name": "k" } }, "paths"',
    );
    const [from, cwd] = [source({ 'apiDefinition.json': secured }), temporaryFolder()];
    await generate('app', { cwd, flags: { from } });
    expect(readText(cwd, places.definition)).to.equal(secured);
    expect(readJson(cwd, places.properties)).to.have.nested.property(
      'properties.connectionParameters.api_key.type',
      'securestring',
    );
  });

  it('takes settings of pac over, with the names of the repository', async () => {
    const settings = {
      connectorId: '1c0ffee0-1234-4abc-8def-0123456789ab',
      environment: null,
      apiProperties: 'apiProperties.json',
      apiDefinition: 'apiDefinition.swagger.json',
      icon: null,
      script: null,
    };
    const [from, cwd] = [
      source({
        'apiDefinition.swagger.json': definition,
        'apiProperties.json': properties,
        'settings.json': JSON.stringify(settings),
      }),
      temporaryFolder(),
    ];
    await generate('app', { cwd, flags: { from } });
    expect(readJson(cwd, 'connector/settings.json')).to.deep.equal({
      ...settings,
      apiDefinition: 'apiDefinition.json',
      icon: 'icon.png',
    });
  });

  it('leaves settings of paconn behind, and says so', async () => {
    const settings = { connectorId: 'shared_contoso-5f0123', powerAppsUrl: 'https://api.powerapps.com' };
    const [from, cwd] = [
      source({
        'apiDefinition.swagger.json': definition,
        'apiProperties.json': properties,
        'settings.json': JSON.stringify(settings),
      }),
      temporaryFolder(),
    ];
    const { log } = await generate('app', { cwd, flags: { from } });
    expect(log).to.match(/settings\.json is written for paconn and was not taken over/);
    expect(readJson(cwd, 'connector/settings.json')).to.include({ connectorId: null });
  });

  describe('refuses, with file, line and column, and writes nothing', () => {
    const bad: [string, Record<string, string | Buffer>, RegExp, boolean][] = [
      [
        'a comma too many',
        { 'apiDefinition.swagger.json': definition.replace('{} }', '{}, }') },
        /apiDefinition\.swagger\.json:2:14: a comma before a closing bracket/,
        true,
      ],
      [
        'a comment',
        { 'apiDefinition.swagger.json': definition.replace('\n', ' // ours\n') },
        /apiDefinition\.swagger\.json:1:71: a comment, which JSON does not allow/,
        true,
      ],
      [
        'a tab inside a string',
        { 'apiDefinition.swagger.json': definition.replace('Contoso', 'Con\ttoso') },
        /apiDefinition\.swagger\.json:1:44: a raw tab inside a string/,
        true,
      ],
      [
        'Windows-1252',
        { 'apiDefinition.swagger.json': Buffer.from(definition.replace('Contoso', 'Contösö'), 'latin1') },
        /apiDefinition\.swagger\.json:1:45: the file is not UTF-8/,
        true,
      ],
      [
        'UTF-16',
        { 'apiDefinition.swagger.json': Buffer.from(`\uFEFF${definition}`, 'utf16le') },
        /apiDefinition\.swagger\.json:1:1: the file is UTF-16LE, not UTF-8/,
        true,
      ],
      [
        'properties with a comma too many',
        { 'apiDefinition.swagger.json': definition, 'apiProperties.json': properties.replace('[]}', '[],}') },
        /apiProperties\.json:2:19: a comma before/,
        true,
      ],
      [
        'a missing comma',
        { 'apiDefinition.swagger.json': definition.replace('"1.0" },', '"1.0" }') },
        /apiDefinition\.swagger\.json:2:3: a comma is missing/,
        false,
      ],
      [
        'half a file',
        { 'apiDefinition.swagger.json': definition.slice(0, 60) },
        /apiDefinition\.swagger\.json:1:\d+: /,
        false,
      ],
      [
        'an empty file',
        { 'apiDefinition.swagger.json': '' },
        /apiDefinition\.swagger\.json:1:1: the file is empty/,
        false,
      ],
    ];
    for (const [what, files, message, mendable] of bad) {
      const from = source({ 'apiProperties.json': properties, ...files });
      it(what, async () => {
        const cwd = temporaryFolder();
        const error = await failureOf('app', { cwd, flags: { from } });
        expect(error.message).to.match(message);
        expect(error.hint).to.match(mendable ? /^add --repair/ : /yourself/);
        expect(readdirSync(cwd)).to.deep.equal([]);
      });

      it(`${what}${mendable ? ', unless --repair repairs it' : ', also with --repair'}`, async () => {
        const cwd = temporaryFolder();
        if (!mendable) {
          expect((await failureOf('app', { cwd, flags: { from, repair: true } })).message).to.match(message);
          expect(readdirSync(cwd)).to.deep.equal([]);
          return;
        }
        const { log } = await generate('app', { cwd, flags: { from, repair: true } });
        expect(log).to.match(/was repaired: it is strict UTF-8 JSON now/);
        const title = (readJson(cwd, places.definition) as { info: { title: string } }).info.title;
        expect(title).to.match(/^Con.*t.*s.$/);
        if (what === 'Windows-1252') expect(title).to.equal('Contösö');
        expect(readJson(cwd, places.properties)).to.have.property('properties');
      });
    }

    it('OpenAPI 3', async () => {
      const from = source({ 'apiDefinition.json': '{ "openapi": "3.0.3", "paths": {} }' });
      const { message } = await failureOf('app', { cwd: temporaryFolder(), flags: { from } });
      expect(message).to.match(/this is OpenAPI 3\.0\.3, and connectors are Swagger 2\.0/);
    });

    it('a folder without definition, and one that is not there', async () => {
      const empty = await failureOf('app', { cwd: temporaryFolder(), flags: { from: source({ 'readme.md': '' }) } });
      expect(empty.message).to.match(/holds no API definition/);
      const missing = await failureOf('app', { cwd: temporaryFolder(), flags: { from: 'nowhere' } });
      expect(missing.message).to.match(/--from nowhere: there is no such folder/);
      const file = join(source({ 'package.zip': 'PK' }), 'package.zip');
      const archive = await failureOf('app', { cwd: temporaryFolder(), flags: { from: file } });
      expect(archive.message).to.match(/is a file, not a folder/);
    });

    it('a folder around the connector: the one that was meant is named', async () => {
      const one = source({ 'a/b/apiDefinition.swagger.json': definition });
      const { hint } = (await failureOf('app', { cwd: temporaryFolder(), flags: { from: one } })) as { hint?: string };
      expect(hint).to.include(join('a', 'b'));
      const two = source({ 'x/apiDefinition.json': definition, 'y/apiDefinition.json': definition });
      const several = (await failureOf('app', { cwd: temporaryFolder(), flags: { from: two } })) as { hint?: string };
      expect(several.hint).to.match(/2 connectors/);
    });

    it('a second connector in the same repository', async () => {
      const cwd = temporaryFolder();
      await generate('app', { cwd });
      const before = readTree(cwd);
      const { message } = await failureOf('app', {
        cwd,
        flags: { from: source({ 'apiDefinition.json': definition }) },
      });
      expect(message).to.match(/holds a connector repository already/);
      expect(readTree(cwd)).to.deep.equal(before);
    });
  });

  describe('of the public corpus', () => {
    const folders = existsSync(connectors)
      ? readdirSync(connectors).flatMap((kind) =>
          readdirSync(join(connectors, kind)).map((name) => join(connectors, kind, name)),
        )
      : [];
    const refused: string[] = [];

    before(function () {
      // the corpus lies beside the checkout where there is one
      if (folders.length === 0) this.skip();
    });

    it('is there', () => {
      expect(folders).to.have.lengthOf(80);
    });

    for (const from of folders) {
      it(basename(from), async () => {
        const cwd = temporaryFolder();
        const { definition: file, properties: other } = readConnector(findConnector(from));
        const malformed = [file, other].some(
          (json) => json !== undefined && (json.problems.length > 0 || json.encoding !== 'utf-8'),
        );
        if (!malformed) {
          await generate('app', { cwd, flags: { from } });
          expectAdopted(from, cwd);
          return;
        }
        refused.push(basename(from));
        const { message } = await failureOf('app', { cwd, flags: { from } });
        expect(message).to.match(/api(Definition\.swagger|Properties)\.json:\d+:\d+: \S/i);
        expect(readdirSync(cwd)).to.deep.equal([]);
      });
    }

    it('has a few malformed ones, which were refused', () => {
      expect(refused).to.have.lengthOf(5);
    });
  });
});
