import { crc32, deflateRawSync } from 'node:zlib';
import { asObject, getOwn, type Json, type JsonObject } from '../../src/connector/json/value.ts';
import { writeArchive } from '../../src/package/zip/write-archive.ts';
import { exampleDefinition, exampleProperties } from '../../src/rules/examples/example-files.ts';

/** Archives in memory: solutions as Dataverse exports them, packages of them, and archives that no honest program makes. */

export type Files = Readonly<Record<string, string | Buffer | null>>;

/** An archive of files; a name that ends in a slash is a folder, null takes a file away. */
export const zip = (files: Files): Promise<Buffer> =>
  writeArchive(
    Object.entries(files).flatMap(([name, contents]) =>
      contents === null ? [] : [[name, Buffer.from(contents)] as const],
    ),
  );

const schemaName = 'contoso_contoso-20weather';
const connectorId = '{5f1d2c3b-8a4e-4c6d-9e7f-1a2b3c4d5e6f}';

/** What the repository has, which a fresh export has as well. */
export const exampleInner = asObject(getOwn(exampleProperties('verified'), 'properties'));

const text = (value: Json): string => JSON.stringify(value, null, 2);

const connectorNode = `<Connectors><Connector>
  <connectorid>${connectorId}</connectorid>
  <displayname>Contoso Weather</displayname>
  <name>${schemaName}</name>
  <openapidefinition>/Connector/${schemaName}_openapidefinition.json</openapidefinition>
  <connectionparameters>/Connector/${schemaName}_connectionparameters.json</connectionparameters>
  <policytemplateinstances>/Connector/${schemaName}_policytemplateinstances.json</policytemplateinstances>
  <iconblob>/Connector/${schemaName}_iconblob.Png</iconblob>
</Connector></Connectors>`;

const workflowsNode = `<Workflows><Workflow WorkflowId="{11112222-3333-4444-5555-666677778888}" Name="Rain warning">
  <JsonFileName>/Workflows/Rainwarning-11112222.json</JsonFileName><Type>1</Type><Category>5</Category>
</Workflow></Workflows>`;

const referencesNode = `<connectionreferences><connectionreference connectionreferencelogicalname="contoso_weather_1">
  <connectorid>/providers/Microsoft.PowerApps/apis/shared_contoso-5fcontoso-20weather-5f0123456789abcdef</connectorid>
  <customconnectorid><connectorid>${connectorId}</connectorid></customconnectorid>
</connectionreference></connectionreferences>`;

const pluginNode =
  '<aiplugins><aicopilot_aiplugin name="contoso_plugin"><version>1</version></aicopilot_aiplugin></aiplugins>';

const customizations = (...nodes: string[]): string => `<?xml version="1.0" encoding="utf-8"?>
<ImportExportXml xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<Entities></Entities>${nodes.join('\n')}<Workflows>
</Workflows><Languages><Language>1033</Language></Languages>
</ImportExportXml>`;

export const manifest = (managed: 0 | 1): string => `<?xml version="1.0" encoding="utf-8"?>
<ImportExportXml><SolutionManifest><UniqueName>Contoso</UniqueName><Version>1.0.0.0</Version>
<Managed>${managed}</Managed></SolutionManifest></ImportExportXml>`;

const core = {
  '[Content_Types].xml':
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
  'solution.xml': manifest(0),
};

const connectorFiles = (definition: JsonObject): Files => ({
  [`Connector/${schemaName}_openapidefinition.json`]: text(definition),
  [`Connector/${schemaName}_connectionparameters.json`]: text(getOwn(exampleInner, 'connectionParameters') ?? {}),
  [`Connector/${schemaName}_policytemplateinstances.json`]: text(getOwn(exampleInner, 'policyTemplateInstances') ?? []),
  [`Connector/${schemaName}_iconblob.Png`]: 'icon',
});

const flow = {
  properties: {
    connectionReferences: {
      shared_weather: {
        connection: { connectionReferenceLogicalName: 'contoso_weather_1' },
        api: { name: 'shared_contoso-5fcontoso-20weather-5f0123456789abcdef' },
      },
    },
    definition: { actions: { List: { inputs: { host: { operationId: 'ListStations' } } } } },
  },
};

/** Names that tests change things by. */
export const names = {
  definition: `Connector/${schemaName}_openapidefinition.json`,
  parameters: `Connector/${schemaName}_connectionparameters.json`,
  sets: `Connector/${schemaName}_connectionparametersets.json`,
  icon: `Connector/${schemaName}_iconblob.Png`,
  script: `Connector/${schemaName}_customcodeblobcontent.csx`,
  policies: `Connector/${schemaName}_policytemplateinstances.json`,
  flow: 'Workflows/Rainwarning-11112222.json',
} as const;

/** The files of three good solutions, as Dataverse exports them. */
export const solutions = {
  connector: {
    ...core,
    'customizations.xml': customizations(connectorNode),
    ...connectorFiles(exampleDefinition),
  },
  flow: {
    ...core,
    'customizations.xml': customizations(connectorNode, workflowsNode, referencesNode),
    ...connectorFiles(exampleDefinition),
    [names.flow]: text(flow),
  },
  plugin: {
    ...core,
    'customizations.xml': customizations(connectorNode, pluginNode),
    ...connectorFiles(exampleDefinition),
    'aiplugins/contoso_plugin/aiplugin.xml': '<aiplugin/>',
    'aipluginoperations/contoso_list/aipluginoperation.xml': '<aipluginoperation/>',
  },
} as const satisfies Record<string, Files>;

/** customizations.xml with other contents. */
export const customized = {
  nothing: customizations(),
  flowAlone: customizations(workflowsNode),
  flowWithoutFile: customizations(connectorNode, '<Workflows><Workflow Name="Rain warning"/></Workflows>'),
  pluginAlone: customizations(pluginNode),
  twoConnectors: customizations(connectorNode, connectorNode.replaceAll(schemaName, 'contoso_other')),
  /** With a prefix for the namespace and other capitals, as nothing forbids. */
  prefixed: customizations(connectorNode)
    .replace('<ImportExportXml xmlns', '<x:importExportXml xmlns:x="urn:x" xmlns')
    .replace('</ImportExportXml>', '</x:importExportXml>')
    .replaceAll(/<(\/?)Connector>/g, '<$1x:CONNECTOR>'),
} as const;

/** What differs from a good package, level by level. */
export interface PackageChange {
  connector?: Files;
  flow?: Files;
  /** With a plugin solution, changed so. */
  plugin?: Files;
  /** Of the folder with the solutions: file name → contents. */
  assets?: Files;
  /** Name of that folder. */
  folder?: string;
  deployer?: Files;
  outer?: Files;
}

/** The archive with the solutions. */
export async function deployerOf(change: PackageChange = {}): Promise<Buffer> {
  const folder = change.folder ?? 'PkgAssets';
  const assets: Files = {
    'connector.zip': await zip({ ...solutions.connector, ...change.connector }),
    'flow.zip': await zip({ ...solutions.flow, ...change.flow }),
    ...(change.plugin === undefined ? {} : { 'plugin.zip': await zip({ ...solutions.plugin, ...change.plugin }) }),
    ...change.assets,
  };
  const inFolder = Object.entries(assets).map(([name, contents]) => [`${folder}/${name}`, contents] as const);
  return zip({ ...Object.fromEntries(inFolder), ...change.deployer });
}

/** A package that nothing is wrong with, but for the change. */
export async function packageOf(change: PackageChange = {}): Promise<Buffer> {
  return zip({
    'intro.md': '# Contoso Weather\n\nStations on land and at sea.\n',
    'ContosoWeather.pdpkg.zip': await deployerOf(change),
    ...change.outer,
  });
}

/** One entry as its author wants it to look; what isn't said is honest. */
export interface RawEntry {
  name: string | Buffer;
  data?: Buffer;
  /** The bytes in the archive; default: the data, deflated. */
  packed?: Buffer;
  method?: number;
  flags?: number;
  size?: number;
  packedSize?: number;
  crc?: number;
  /** Upper half of the external attributes. */
  mode?: number;
  /** Name in front of the data. */
  localName?: string;
  extra?: Buffer;
  /** Where the data is said to be; default: where it does. */
  offset?: number;
}

/** An archive byte by byte. @param count what the end says of the number of entries */
export function rawZip(entries: readonly RawEntry[], count = entries.length): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const entry of entries) {
    const data = entry.data ?? Buffer.from('text');
    const method = entry.method ?? 8;
    const packed = entry.packed ?? (method === 8 ? deflateRawSync(data) : data);
    const name = Buffer.from(entry.name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(entry.flags ?? 0x800, 2);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(entry.crc ?? crc32(data), 10);
    common.writeUInt32LE(entry.packedSize ?? packed.length, 14);
    common.writeUInt32LE(entry.size ?? data.length, 18);
    const localName = Buffer.from(entry.localName ?? name);
    const local = Buffer.from(common);
    local.writeUInt16LE(localName.length, 22);
    locals.push(Buffer.from('PK\u0003\u0004', 'latin1'), local, localName, packed);
    const extra = entry.extra ?? Buffer.alloc(0);
    common.writeUInt16LE(name.length, 22);
    common.writeUInt16LE(extra.length, 24);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 6);
    tail.writeUInt32LE(entry.offset ?? at, 10);
    central.push(Buffer.from('PK\u0001\u0002\u0014\u0003', 'latin1'), common, tail, name, extra);
    at += 30 + localName.length + packed.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 'latin1');
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, directory, end]);
}
