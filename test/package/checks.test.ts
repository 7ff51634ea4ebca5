import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import type { JsonObject } from '../../src/connector/json/value.ts';
import { isUserError } from '../../src/errors.ts';
import { type CheckOptions, checkPackage } from '../../src/package/check-package.ts';
import { checks } from '../../src/package/checks/checks.ts';
import type { RepositoryFacts } from '../../src/package/repository-facts.ts';
import { exampleDefinition } from '../../src/rules/examples/example-files.ts';
import { family as packages } from '../../src/rules/families/package.ts';
import {
  customized,
  deployerOf,
  exampleInner,
  type Files,
  manifest,
  names,
  type PackageChange,
  packageOf,
  rawZip,
  solutions,
  zip,
} from './archives.ts';

const ours: RepositoryFacts = {
  definition: exampleDefinition as JsonObject,
  changed: undefined,
  hasIcon: true,
  hasScript: false,
  hasPolicies: false,
  hasParameterSets: false,
};

/** The repository with other properties. */
const withInner = (changes: JsonObject): RepositoryFacts => ({ ...ours, inner: { ...exampleInner, ...changes } });

const policyOf = (value: string): JsonObject => ({
  templateId: 'setheader',
  title: 'Set',
  parameters: { 'x-ms-apimTemplateParameter.name': 'x', 'x-ms-apimTemplateParameter.value': value },
});

const usual: CheckOptions = { profile: 'verified', plugin: false, repository: ours, config: undefined };

async function findings(bytes: Buffer, options: Partial<CheckOptions> = {}) {
  const { report } = await checkPackage(bytes, 'p.zip', { ...usual, ...options });
  return report.findings;
}

const ofPackages: ReadonlySet<string> = new Set(packages.rules.map(({ id }) => id));

interface Bad {
  change: PackageChange;
  options?: Partial<CheckOptions>;
  /** `rule policy place` of every finding. */
  expect: string[];
  /** What the messages say. */
  says?: RegExp;
}

const deployer = 'p.zip!ContosoWeather.pdpkg.zip';
const connector = `${deployer}!PkgAssets/connector.zip`;
const flow = `${deployer}!PkgAssets/flow.zip`;
const plugin = `${deployer}!PkgAssets/plugin.zip`;
const json = (value: unknown): string => JSON.stringify(value, null, 2);

const bad: Readonly<Record<string, Bad>> = {
  'no intro': {
    change: { outer: { 'intro.md': null } },
    expect: ['package-root 5000.1.1.5 p.zip'],
    says: /no intro\.md/,
  },
  'two documents': {
    change: { outer: { 'readme.md': 'x' } },
    expect: ['package-root 5000.1.1.5 p.zip'],
    says: /found "intro\.md", "readme\.md"/,
  },
  'the README instead of the intro': {
    change: { outer: { 'intro.md': null, 'readme.md': 'x' } },
    expect: ['package-root 5000.1.1.5 p.zip!readme.md'],
  },
  'two package archives': {
    change: { outer: { 'other.pdpkg.zip': 'x' } },
    expect: ['package-root 5000.1.1.5 p.zip'],
    says: /exactly one package archive/,
  },
  'no package archive': {
    change: { outer: { 'ContosoWeather.pdpkg.zip': null } },
    expect: ['package-root 5000.1.1.5 p.zip'],
    says: /package archive/,
  },
  'a folder in the root': {
    change: { outer: { 'docs/intro.txt': 'x' } },
    expect: ['package-root 5000.1.1.11 p.zip'],
  },
  'leftovers of macOS and Windows': {
    change: {
      outer: { '__MACOSX/._intro.md': 'x' },
      deployer: { '.DS_Store': 'x' },
      flow: { 'Workflows/Thumbs.db': 'x' },
    },
    expect: [`package-no-junk - p.zip`, `package-no-junk - ${deployer}`, `package-no-junk - ${flow}`],
  },
  'another file beside the intro': {
    change: { outer: { 'notes.txt': 'x' } },
    expect: ['package-no-junk - p.zip'],
    says: /"notes\.txt"/,
  },
  'a package archive without folder': {
    change: { outer: { 'ContosoWeather.pdpkg.zip': rawZip([{ name: 'connector.zip' }]) } },
    expect: [`package-assets 5000.1.1.12 ${deployer}`],
    says: /move "connector\.zip" into it/,
  },
  'a package archive with two folders': {
    change: { deployer: { 'Other/a.txt': 'x' } },
    expect: [`package-assets 5000.1.1.12 ${deployer}`],
  },
  'a folder of another name': {
    change: { folder: 'Assets' },
    expect: [`package-assets 5000.1.1.12 ${deployer}!Assets`],
  },
  'a package archive that is none': {
    change: { outer: { 'ContosoWeather.pdpkg.zip': 'no archive' } },
    expect: [`package-assets 5000.1.1.12 ${deployer}`],
    says: /it is not a zip archive/,
  },
  'a sub-folder among the solutions': {
    change: { assets: { 'en-us/EndHTML.html': 'x' } },
    expect: [`package-solutions 5000.1.1.13 ${deployer}!PkgAssets`],
  },
  'no flow solution': {
    change: { assets: { 'flow.zip': null } },
    expect: [`package-solutions 5000.1.1.6 ${deployer}!PkgAssets`, `solution-flow 5000.1.1.7 ${deployer}!PkgAssets`],
    says: /two solutions \(connector, flow\), and holds 1 archive: connector\.zip \(connector\)/,
  },
  'no solutions': {
    change: { assets: { 'flow.zip': null, 'connector.zip': null, 'ImportConfig.xml': '<configdatastorage/>' } },
    expect: [`package-solutions 5000.1.1.13 ${deployer}!PkgAssets`],
    says: /holds none/,
  },
  'a plugin solution too many': {
    change: { plugin: {}, assets: { 'flow.zip': null } },
    expect: [`package-solutions 5000.1.1.6 ${deployer}!PkgAssets`, `solution-flow 5000.1.1.7 ${deployer}!PkgAssets`],
    says: /three solutions/,
  },
  'no plugin solution where one is said to be': {
    change: {},
    options: { plugin: true },
    expect: [`package-solutions 5000.1.1.6 ${deployer}!PkgAssets`, `solution-plugin - ${deployer}!PkgAssets`],
  },
  'a solution without its core files': {
    change: { connector: { '[Content_Types].xml': null, 'solution.xml': null } },
    expect: [`solution-core-files 5000.1.1.10 ${connector}`],
    says: /"\[Content_Types\]\.xml", "solution\.xml" are missing/,
  },
  'a solution that is not an archive': {
    change: { assets: { 'flow.zip': rawZip([{ name: '..\\x' }]) } },
    expect: [`solution-core-files 5000.1.1.10 ${flow}`, `solution-flow 5000.1.1.7 ${deployer}!PkgAssets`],
    says: /backslash/,
  },
  'customizations that are not XML': {
    change: { connector: { 'customizations.xml': '<ImportExportXml><Connectors>' } },
    expect: [
      `solution-core-files 5000.1.1.10 ${connector}!customizations.xml`,
      `solution-connector 5000.1.1.8 ${deployer}!PkgAssets`,
    ],
    says: /not well-formed XML/,
  },
  'customizations with a document type': {
    change: {
      connector: { 'customizations.xml': '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>' },
    },
    expect: [
      `solution-core-files 5000.1.1.10 ${connector}!customizations.xml`,
      `solution-connector 5000.1.1.8 ${deployer}!PkgAssets`,
    ],
    says: /document type/,
  },
  'a solution of nothing': {
    change: { connector: { 'customizations.xml': customized.nothing } },
    expect: [
      `solution-connector 5000.1.1.8 ${connector}!customizations.xml`,
      `solution-connector 5000.1.1.8 ${deployer}!PkgAssets`,
    ],
    says: /neither the connector nor a flow/,
  },
  'a connector solution with a folder of flows': {
    change: { connector: { 'Workflows/a.json': '{}' } },
    expect: [`solution-connector 5000.1.1.8 ${connector}`],
  },
  'a connector solution without its folder': {
    change: {
      connector: Object.fromEntries(
        Object.keys(solutions.connector)
          .filter((name) => name.startsWith('Connector/'))
          .map((name) => [name, null]),
      ),
    },
    expect: [
      `solution-connector 5000.1.1.8 ${connector}`,
      `solution-connector-files 5000.1.1.17 ${connector}!Connector`,
    ],
  },
  'two connectors in one solution': {
    change: {
      connector: {
        ...Object.fromEntries(
          Object.entries(solutions.connector).map(([name, contents]) => [
            name.replace('contoso_contoso-20weather', 'contoso_other'),
            contents,
          ]),
        ),
        'solution.xml': manifest(0),
        'customizations.xml': customized.twoConnectors,
      },
    },
    expect: [`solution-connector 5000.1.1.8 ${connector}!customizations.xml`],
    says: /2 connectors/,
  },
  'a flow solution without connector': {
    change: { flow: { 'customizations.xml': customized.flowAlone } },
    expect: [`solution-flow 5000.1.1.7 ${flow}!customizations.xml`],
  },
  'a flow that is not in the solution': {
    change: { flow: { [names.flow]: null, 'Workflows/other.json': '{}' } },
    expect: [`solution-flow-files 5000.1.1.15 ${flow}!${names.flow}`],
  },
  'no folder of flows': {
    change: { flow: { [names.flow]: null } },
    expect: [`solution-flow 5000.1.1.14 ${flow}`, `solution-flow-files 5000.1.1.15 ${flow}!${names.flow}`],
  },
  'a flow that is not JSON': {
    change: { flow: { [names.flow]: '{' } },
    expect: [`solution-flow-files 5000.1.1.15 ${flow}!${names.flow}`],
  },
  'a flow that names no file': {
    change: { flow: { 'customizations.xml': customized.flowWithoutFile } },
    expect: [`solution-flow-files 5000.1.1.15 ${flow}!customizations.xml`],
  },
  'a flow that does something else': {
    change: {
      flow: {
        [names.flow]: json({
          properties: {
            connectionReferences: { shared_office365: { api: { name: 'shared_office365' } } },
            definition: {
              actions: {
                List: {
                  inputs: {
                    host: {
                      operationId: 'ListStations',
                      apiId: '/providers/Microsoft.PowerApps/apis/shared_office365',
                    },
                  },
                },
              },
            },
          },
        }),
      },
    },
    expect: [`solution-flow-uses-connector 5000.1.1.9 ${flow}`],
  },
  'a plugin solution without its operations': {
    change: { plugin: { 'aipluginoperations/contoso_list/aipluginoperation.xml': null } },
    expect: [`solution-plugin - ${plugin}`],
    says: /lacks "aipluginoperations"/,
  },
  'a plugin solution without the connector': {
    change: { plugin: { 'customizations.xml': customized.pluginAlone } },
    expect: [`solution-plugin - ${plugin}!customizations.xml`],
  },
  'an export without icon': {
    change: { connector: { [names.icon]: null } },
    expect: [`solution-connector-files 5000.1.1.17 ${connector}!Connector`],
    says: /lacks the icon/,
  },
  'an export without the script of the repository': {
    change: {},
    options: { repository: { ...ours, hasScript: true } },
    expect: [
      `solution-connector-files 5000.1.1.17 ${connector}!Connector`,
      `solution-connector-files 5000.1.1.17 ${flow}!Connector`,
    ],
    says: /lacks the script/,
  },
  'another title, host and base path': {
    change: {
      connector: {
        [names.definition]: json({
          ...exampleDefinition,
          info: { ...exampleDefinition.info, title: 'Contoso Rain' },
          host: 'test.contoso.com',
          basePath: '/v0',
        }),
      },
    },
    expect: [1, 2, 3].map(() => `solution-fresh - ${connector}!${names.definition}`),
    says: /the title is "Contoso Rain" in the export and "Contoso Weather" in the repository/,
  },
  'other paths and operation ids': {
    change: {
      connector: {
        [names.definition]: json({ ...exampleDefinition, paths: { '/rain': { get: { operationId: 'Rain' } } } }),
      },
    },
    expect: [1, 2].map(() => `solution-fresh - ${connector}!${names.definition}`),
    says: /the export lacks "\/stations", .*only the export has "\/rain"/,
  },
  'another text deep inside': {
    change: {
      connector: {
        [names.definition]: json({
          ...exampleDefinition,
          info: { ...exampleDefinition.info, description: 'Reads what the stations measured, an hour ago or now.' },
          tags: [],
        }),
      },
    },
    expect: [`solution-fresh - ${connector}!${names.definition}`],
    says: /differs from the repository at "\/info\/description"; deploy/,
  },
  'another script': {
    change: {
      connector: { [names.script]: 'public class Script : ScriptBase { }' },
      flow: { [names.script]: '// ours\r\n' },
    },
    options: { repository: { ...ours, hasScript: true, script: '// ours\n' } },
    expect: [`solution-fresh - ${connector}!${names.script}`],
  },
  'an empty list of policies that is referred to': {
    change: { connector: { [names.policies]: '[]' } },
    expect: [`policies-not-empty-export 5000.1.1.16 ${connector}!${names.policies}`],
  },
  'other connection parameters': {
    change: { connector: { [names.parameters]: json({ other: { type: 'string' } }) } },
    options: { repository: withInner({}) },
    expect: [1, 2].map(() => `solution-fresh - ${connector}!${names.parameters}`),
    says: /the export lacks the connection parameters "api_key" of the repository/,
  },
  'a connection parameter of another type': {
    change: { connector: { [names.parameters]: json({ api_key: { type: 'string' } }) } },
    options: { repository: withInner({ connectionParameters: { api_key: { type: 'securestring' } } }) },
    expect: [`solution-fresh - ${connector}!${names.parameters}`],
    says: /"api_key" differs from the repository at "\/api_key\/type"/,
  },
  'policies of the repository that are not exported': {
    change: {},
    options: { repository: withInner({ policyTemplateInstances: [policyOf('a'), policyOf('b')] }) },
    expect: [connector, flow].map((place) => `solution-fresh - ${place}!${names.policies}`),
    says: /the export has 1 policy and the repository 2 policies/,
  },
  'a policy with another value': {
    change: {
      connector: { [names.policies]: json([policyOf('a')]) },
      flow: { [names.policies]: json([policyOf('b')]) },
    },
    options: { repository: withInner({ policyTemplateInstances: [policyOf('b')] }) },
    expect: [`solution-fresh - ${connector}!${names.policies}`],
    says: /the policy "Set" differs from the repository at "\/0\/parameters\/x-ms-apimTemplateParameter\.value"/,
  },
  'a managed export': {
    change: { connector: { 'solution.xml': manifest(1) } },
    expect: [`solution-unmanaged - ${connector}!solution.xml`],
  },
  'several ways to sign in': {
    change: { connector: { [names.sets]: json({ values: [{ name: 'key' }] }) } },
    expect: ['package-custom-properties 5000.1.1.5 p.zip'],
  },
  'several ways to sign in, as the repository says': {
    change: { connector: { [names.sets]: '{}' }, flow: { [names.sets]: '{}' } },
    options: { repository: { ...ours, hasParameterSets: true } },
    expect: ['package-custom-properties 5000.1.1.5 p.zip'],
  },
};

describe('the rules of packages', () => {
  it('have a check each, but for those that people judge', () => {
    const automatic = packages.rules.filter(({ manual }) => !manual).map(({ id }) => id);
    expect(checks.map(({ rule }) => rule).sort()).to.deep.equal(automatic.sort());
  });

  it('have a bad package each', () => {
    const reported = new Set(
      Object.values(bad).flatMap(({ expect: places }) => places.map((place) => place.split(' ')[0])),
    );
    expect([...reported].sort()).to.deep.equal(checks.map(({ rule }) => rule).sort());
  });

  for (const [name, { change, options, expect: places, says }] of Object.entries(bad)) {
    it(`speak of: ${name}`, async () => {
      const found = (await findings(await packageOf(change), options)).filter(({ rule }) => ofPackages.has(rule));
      const shown = found.map(({ rule, policy, file }) => `${rule} ${policy ?? '-'} ${file}`);
      expect(shown.sort(), json(found.map(({ message }) => message))).to.deep.equal([...places].sort());
      if (says !== undefined) expect(found.map(({ message }) => message).join('\n')).to.match(says);
    });
  }

  for (const [name, change] of Object.entries({
    'connector and flow': {},
    'connector, flow and plugin': { plugin: {} },
    'files of the package deployer, which nobody looks at': {
      deployer: { 'Weather.dll': 'x', '[Content_Types].xml': '<Types/>' },
      assets: { 'ImportConfig.xml': '<configdatastorage/>', 'manifest.ppkg.json': '{}' },
    },
    'customProperties.json where it is needed': {
      outer: { 'customProperties.json': '{}' },
      connector: { [names.sets]: json({ values: [{ name: 'key' }] }) },
    },
    'a prefix and other capitals in the XML': { connector: { 'customizations.xml': customized.prefixed } },
    'a byte-order mark in the exported definition': {
      connector: { [names.definition]: `\uFEFF${json(exampleDefinition)}` },
    },
    'Intro.md with a capital': { outer: { 'intro.md': null, 'Intro.md': '# Contoso Weather' } },
  } as Record<string, PackageChange>)) {
    it(`find nothing in a good package: ${name}`, async () => {
      expect(await findings(await packageOf(change))).to.deep.equal([]);
    });
  }

  it('apply to independent publishers, too, and to nobody of profile custom', async () => {
    const bytes = await packageOf({ outer: { 'intro.md': null } });
    const independent = await findings(bytes, { profile: 'independent' });
    expect(independent.map(({ rule }) => rule)).to.deep.equal(['package-root', 'info-contact-email-read']);
    expect(await findings(bytes, { profile: 'custom' })).to.deep.equal([]);
  });

  describe('come with those of the definition inside', () => {
    const inside = `${connector}!${names.definition}`;
    const withDefinition = (value: unknown) => ({
      [names.definition]: typeof value === 'string' ? value : JSON.stringify(value),
    });
    const rulesIn = async (change: PackageChange, options: Partial<CheckOptions> = {}) => {
      const found = await findings(await packageOf(change), { repository: undefined, ...options });
      return found.map(({ rule, severity, file, fixable }) => `${rule} ${severity} ${file} ${fixable}`);
    };
    const { 'x-ms-connector-metadata': _, ...unmarked } = exampleDefinition;

    it('as the service reads them, compact and once for two solutions', async () => {
      const files = withDefinition(unmarked);
      const expected = [`metadata-required error ${inside} false`];
      expect(await rulesIn({ connector: files, flow: files })).to.deep.equal(expected);
    });

    it('with line and column, for a definition that is not JSON, too', async () => {
      expect(await rulesIn({ connector: withDefinition('x') })).to.deep.equal([`json-valid error ${inside} false`]);
    });

    it('with the policies and the sign-in of the export', async () => {
      const onTest = { ...exampleDefinition, host: 'test.contoso.com' };
      expect(await rulesIn({ connector: withDefinition(onTest) })).to.deep.equal([
        `host-production warning ${inside} false`,
      ]);
    });

    it('as config.json has them', async () => {
      const config = { rules: { 'metadata-required': 'off' } };
      expect(await rulesIn({ connector: withDefinition(unmarked) }, { config })).to.deep.equal([]);
    });
  });

  it('follow config.json', async () => {
    const bytes = await packageOf({ outer: { 'intro.md': null, 'notes.txt': 'x' } });
    const config = { rules: { 'package-root': 'info', 'package-no-junk': 'off' } };
    expect((await findings(bytes, { config })).map(({ rule, severity }) => [rule, severity])).to.deep.equal([
      ['package-root', 'info'],
    ]);
  });

  it('take a lesser breach less seriously', async () => {
    expect((await findings(await packageOf({ folder: 'Assets' })))[0]?.severity).to.equal('warning');
  });

  it('name the line of the exported definition', async () => {
    const definition = json({ ...exampleDefinition, host: 'test.contoso.com' });
    const [found] = await findings(await packageOf({ connector: { [names.definition]: definition } }));
    expect(found).to.include({
      pointer: '/host',
      line: definition.slice(0, definition.indexOf('"host"')).split('\n').length,
    });
  });

  it('tell which side is older, where dates tell', async () => {
    const dated = rawZip(
      Object.entries({
        ...solutions.connector,
        [names.definition]: json({ ...exampleDefinition, host: 'test.contoso.com' }),
      }).map(([name, contents]) => ({ name, data: Buffer.from(contents) })),
    );
    // 15 March 2024, in the calendar of the format, in the central directory
    for (
      let at = dated.indexOf('PK\u0001\u0002', 0, 'latin1');
      at >= 0;
      at = dated.indexOf('PK\u0001\u0002', at + 1, 'latin1')
    ) {
      dated.writeUInt16LE(((2024 - 1980) << 9) | (3 << 5) | 15, at + 14);
    }
    const messages = async (changed: Date) =>
      (await findings(dated, { repository: { ...ours, changed } })).map(({ message }) => message).join('\n');
    expect(await messages(new Date(2025, 0, 1))).to.match(
      /the export \(2024-03-15\) is older than the file \(2025-01-01\)/,
    );
    expect(await messages(new Date(2023, 0, 1))).to.match(/the repository \(2023-01-01\) is older than the export/);
    expect(await messages(new Date(2024, 2, 15, 12))).not.to.match(/older/);
  });

  it('know a flow by what it uses: its reference, its connector, or only its operation', async () => {
    const host = (values: JsonObject): string =>
      json({ properties: { definition: { triggers: { Any: { inputs: { host: values } } } } } });
    for (const text of [
      host({ operationId: 'ListStations' }),
      host({
        operationId: 'Other',
        apiId: '/providers/Microsoft.PowerApps/apis/shared_contoso-5fcontoso-20weather-5f01',
      }),
      json({
        properties: {
          connectionReferences: { a: { connection: { connectionReferenceLogicalName: 'CONTOSO_weather_1' } } },
        },
      }),
    ]) {
      expect(await findings(await packageOf({ flow: { [names.flow]: text } })), text).to.deep.equal([]);
    }
  });
});

describe('solutions that are made to do harm', () => {
  const reasons = async (files: Files): Promise<string> =>
    (await findings(await zip({ ...solutions.flow, ...files }))).map(({ message }) => message).join('\n');

  it('with XML that is too large', async () => {
    expect(await reasons({ 'customizations.xml': `<a>${randomBytes(4 * 1024 * 1024).toString('hex')}</a>` })).to.match(
      /larger than 4 MiB/,
    );
    expect(await reasons({ 'solution.xml': `<a>${'<b/>'.repeat(200_000)}</a>` })).to.match(/more than 200000 tags/);
  });

  it('with XML and JSON that are nested very deeply, or have very many members', async function () {
    this.timeout(60_000);
    const deep = 30_000;
    expect(await reasons({ 'solution.xml': '<a>'.repeat(deep) + '</a>'.repeat(deep) })).to.equal('');
    expect(await reasons({ 'solution.xml': `<a>${'<b/>'.repeat(125_000)}</a>` })).to.equal('');
    expect(await reasons({ [names.flow]: `{ "a": ${'['.repeat(deep)}${']'.repeat(deep)} }` })).to.match(
      /no flow of the solution/,
    );
    expect(await reasons({ [names.flow]: JSON.stringify({ a: new Array(300_000).fill({}) }) })).to.match(
      /no flow of the/,
    );
    expect(await reasons({ [names.definition]: `{ "paths": ${'['.repeat(deep)}${']'.repeat(deep)} }` })).to.match(
      /the paths differ/,
    );
  });

  it('with entities in UTF-16', async () => {
    const text = '<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>';
    const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le');
    expect(await reasons({ 'solution.xml': bytes })).to.match(/document type/);
  });
});

describe('what a file is taken for', () => {
  const kind = async (bytes: Buffer) => (await checkPackage(bytes, 'p.zip', usual)).contents.kind;

  it('depends on its content', async () => {
    expect(await kind(await packageOf())).to.equal('package');
    expect(await kind(await deployerOf())).to.equal('deployer');
    expect(await kind(await zip(solutions.connector))).to.equal('solution');
    expect(await kind(await zip({ 'wrapped/intro.md': 'x', 'wrapped/a.pdpkg.zip': 'x' }))).to.equal('package');
    expect(await kind(await zip({ 'a.txt': 'x' }))).to.equal('package');
  });

  it('decides which rules apply', async () => {
    expect(await findings(await deployerOf())).to.deep.equal([]);
    for (const files of Object.values(solutions)) expect(await findings(await zip(files))).to.deep.equal([]);
    const broken = await findings(await zip({ ...solutions.flow, [names.flow]: null }));
    expect(broken.map(({ file }) => file)).to.deep.equal(['p.zip', `p.zip!${names.flow}`]);
    expect(
      (await findings(await zip(solutions.flow), { plugin: true })).map(({ rule, file }) => [rule, file]),
    ).to.deep.equal([['solution-plugin', 'p.zip']]);
  });

  it('is an error where it is not an archive', async () => {
    try {
      await checkPackage(Buffer.from('text'), 'p.zip', usual);
    } catch (error) {
      if (!isUserError(error)) throw error;
      expect(error.exitStatus).to.equal(2);
      expect(error.message).to.equal('p.zip: this archive is not read: it is not a zip archive, or its end is missing');
      return;
    }
    throw new Error('it was read');
  });
});
