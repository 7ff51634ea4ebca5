#!/usr/bin/env node
/**
 * Makes the solution with the two flows of the probe, for the connector as it is called in your environment:
 *
 *   node flow.mjs shared_runtime-20probe-5f0123456789abcdef [flow.zip]
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { crc32 } from 'node:zlib';

/** @typedef {Record<string, any>} JsonObject */

/** Seconds that the script is asked to wait. */
const times = [4, 8, 30, 115, 125];
const ended = ['Succeeded', 'Failed', 'TimedOut'];

const definitionFile = fileURLToPath(new URL('connector/apiDefinition.swagger.json', import.meta.url));

/** @returns {[id: string, operation: JsonObject][]} */
function operations() {
  const { paths } = JSON.parse(readFileSync(definitionFile, 'utf8'));
  return Object.values(paths).flatMap((item) =>
    Object.values(item)
      .filter((operation) => operation.operationId !== undefined)
      .map((operation) => [operation.operationId, operation]),
  );
}

/**
 * The flows: one that calls everything and reports what came back, one whose trigger subscribes.
 *
 * @param {string} connector as the environment calls it
 */
export function flows(connector) {
  /** @type {JsonObject} */
  const actions = {};
  /** @param {string} name @param {string} id @param {JsonObject} parameters @param {{ reported?: string, after?: string }} [options] */
  const add = (name, id, parameters, { reported = id, after } = {}) => {
    const previous = after === undefined ? {} : { [after]: ended };
    actions[name] = { runAfter: previous, ...call(connector, id, parameters) };
    actions[`Report_${name}`] = { runAfter: { [name]: ended }, ...call(connector, 'Report', report(name, reported)) };
  };
  for (const [id, operation] of operations()) {
    if (id === 'Report' || id === 'ScriptTime' || operation['x-ms-trigger'] || operation['x-ms-visibility']) continue;
    add(id, id, fixedInputs(operation));
  }
  for (const seconds of times) {
    add(`ScriptTime_${seconds}`, 'ScriptTime', { seconds }, { reported: `ScriptTime ${seconds}` });
  }
  add('TokenBody_2', 'TokenBody', { 'body/probe': 'body' }, { after: 'Report_TokenBody' });
  const button = {
    type: 'Request',
    kind: 'Button',
    inputs: { schema: { type: 'object', properties: {}, required: [] } },
  };
  const { inputs } = call(connector, 'OnProbe', {});
  return {
    'Runtime Probe': workflow(connector, { manual: button }, actions),
    'Runtime Probe Subscription': workflow(
      connector,
      { On_probe: { type: 'OpenApiConnectionWebhook', inputs } },
      { Nothing: { runAfter: {}, type: 'Compose', inputs: 'nothing' } },
    ),
  };
}

/** What the designer writes for inputs that nobody sees: required ones get their default. @param {JsonObject} operation */
function fixedInputs({ parameters = [] }) {
  /** @type {JsonObject} */
  const inputs = {};
  for (const parameter of parameters) {
    const { name, schema, required, default: value } = parameter;
    if (schema === undefined && required && value !== undefined) inputs[name] = value;
    for (const key of schema?.required ?? []) inputs[`${name}/${key}`] = schema.properties[key].default;
  }
  return inputs;
}

/** An error is an answer as well: nothing is tried twice. @param {string} connector @param {string} operationId @param {JsonObject} parameters */
const call = (connector, operationId, parameters) => ({
  type: 'OpenApiConnection',
  inputs: {
    host: { connectionName: 'probe', operationId, apiId: `/providers/Microsoft.PowerApps/apis/${connector}` },
    parameters,
    authentication: "@parameters('$authentication')",
    retryPolicy: { type: 'none' },
  },
});

/** @param {string} name of the action @param {string} operation what it called */
const report = (name, operation) => ({
  'body/operation': operation,
  'body/status': `@{outputs('${name}')?['statusCode']}`,
  'body/headers': `@{outputs('${name}')?['headers']}`,
  'body/answer': `@{outputs('${name}')?['body']}`,
});

/** @param {string} connector @param {JsonObject} triggers @param {JsonObject} actions */
const workflow = (connector, triggers, actions) => ({
  properties: {
    connectionReferences: {
      probe: {
        runtimeSource: 'embedded',
        connection: { connectionReferenceLogicalName: 'probe_runtime' },
        api: { name: connector },
      },
    },
    definition: {
      $schema:
        'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
      contentVersion: '1.0.0.0',
      parameters: {
        $connections: { defaultValue: {}, type: 'Object' },
        $authentication: { defaultValue: {}, type: 'SecureObject' },
      },
      triggers,
      actions,
    },
    templateName: '',
  },
  schemaVersion: '1.0.0.0',
});

const ids = ['5b0e0f30-6a0c-4f0c-9d55-0d6b2f6f1a01', '5b0e0f30-6a0c-4f0c-9d55-0d6b2f6f1a02'];
const namespace = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';

/**
 * The files of the solution.
 *
 * @param {string} connector
 * @returns {[name: string, text: string][]}
 */
export function solutionFiles(connector) {
  const named = Object.entries(flows(connector)).map(([name, value], index) => {
    const id = ids[index] ?? '';
    return { name, id, file: `Workflows/${name.replaceAll(' ', '')}-${id.toUpperCase()}.json`, value };
  });
  const nodes = named.map(
    ({ name, id, file }) =>
      `<Workflow WorkflowId="{${id}}" Name="${name}"><JsonFileName>/${file}</JsonFileName><Type>1</Type><Subprocess>0</Subprocess><Category>5</Category><Mode>0</Mode><Scope>4</Scope><OnDemand>0</OnDemand><TriggerOnCreate>0</TriggerOnCreate><TriggerOnDelete>0</TriggerOnDelete><AsyncAutodelete>0</AsyncAutodelete><SyncWorkflowLogOnFailure>0</SyncWorkflowLogOnFailure><StateCode>0</StateCode><StatusCode>1</StatusCode><RunAs>1</RunAs><IsTransacted>1</IsTransacted><IntroducedVersion>1.0.0.0</IntroducedVersion><IsCustomizable>1</IsCustomizable><BusinessProcessType>0</BusinessProcessType><IsCustomProcessingStepAllowedForOtherPublishers>1</IsCustomProcessingStepAllowedForOtherPublishers><PrimaryEntity>none</PrimaryEntity></Workflow>`,
  );
  const reference = `<connectionreference connectionreferencelogicalname="probe_runtime"><connectionreferencedisplayname>Runtime Probe</connectionreferencedisplayname><connectorid>/providers/Microsoft.PowerApps/apis/${connector}</connectorid><iscustomizable>1</iscustomizable></connectionreference>`;
  const components = named.map(({ id }) => `<RootComponent type="29" id="{${id}}" behavior="0" />`);
  return [
    [
      '[Content_Types].xml',
      '<?xml version="1.0" encoding="utf-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/octet-stream" /><Default Extension="json" ContentType="application/octet-stream" /></Types>',
    ],
    [
      'customizations.xml',
      `<?xml version="1.0" encoding="utf-8"?><ImportExportXml ${namespace}><Entities></Entities><Roles></Roles><Workflows>${nodes.join('')}</Workflows><FieldSecurityProfiles></FieldSecurityProfiles><Templates /><EntityMaps /><EntityRelationships /><OrganizationSettings /><optionsets /><CustomControls /><EntityDataProviders /><connectionreferences>${reference}</connectionreferences><Languages><Language>1033</Language></Languages></ImportExportXml>`,
    ],
    [
      'solution.xml',
      `<?xml version="1.0" encoding="utf-8"?><ImportExportXml version="9.2" SolutionPackageVersion="9.2" languagecode="1033" ${namespace}><SolutionManifest><UniqueName>RuntimeProbe</UniqueName><LocalizedNames><LocalizedName description="Runtime Probe" languagecode="1033" /></LocalizedNames><Descriptions /><Version>1.0.0.0</Version><Managed>0</Managed><Publisher><UniqueName>runtimeprobe</UniqueName><LocalizedNames><LocalizedName description="Runtime Probe" languagecode="1033" /></LocalizedNames><Descriptions /><EMailAddress xsi:nil="true"></EMailAddress><SupportingWebsiteUrl xsi:nil="true"></SupportingWebsiteUrl><CustomizationPrefix>probe</CustomizationPrefix><CustomizationOptionValuePrefix>10000</CustomizationOptionValuePrefix><Addresses></Addresses></Publisher><RootComponents>${components.join('')}</RootComponents><MissingDependencies></MissingDependencies></SolutionManifest></ImportExportXml>`,
    ],
    ...named.map(({ file, value }) => /** @type {[string, string]} */ ([file, JSON.stringify(value, null, 2)])),
  ];
}

/**
 * A zip archive without compression: the same files give the same bytes.
 *
 * @param {[name: string, text: string][]} files
 */
export function zip(files) {
  /** @type {Buffer[]} */
  const parts = [];
  /** @type {Buffer[]} */
  const entries = [];
  let offset = 0;
  for (const [name, text] of files) {
    const [path, data] = [Buffer.from(name), Buffer.from(text)];
    // version, flags (names in UTF-8), method, time, date (1980-01-01), checksum, sizes, length of the name
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(0x800, 2);
    facts.writeUInt16LE(0x21, 8);
    facts.writeUInt32LE(crc32(data), 10);
    facts.writeUInt32LE(data.length, 14);
    facts.writeUInt32LE(data.length, 18);
    facts.writeUInt16LE(path.length, 22);
    parts.push(Buffer.from('PK\x03\x04', 'latin1'), facts, path, data);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    entries.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), facts, place, path);
    offset += 4 + facts.length + path.length + data.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, directory, Buffer.from('PK\x05\x06', 'latin1'), end]);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [connector = '', output = 'flow.zip'] = process.argv.slice(2);
  if (!/^shared_[\w-]{1,120}$/.test(connector)) {
    console.error(`usage: node flow.mjs CONNECTOR [flow.zip]
  CONNECTOR is its name in the environment, such as shared_runtime-20probe-5f0123456789abcdef: it is in the address
  of its page in the maker portal, and pp-connector deploy shows it`);
    process.exit(2);
  }
  writeFileSync(output, zip(solutionFiles(connector)));
  console.log(`wrote ${output}: import it, choose a connection, and turn both flows on`);
}
