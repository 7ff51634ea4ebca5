import { asArray, asObject, getOwn, type Json, type JsonObject } from '../connector/json/value.ts';
import { type Connector, connectorFrom } from '../connector/load.ts';
import type { Profile } from '../connector/profile.ts';
import type { FileRole, SourceFile } from '../connector/source-file.ts';
import { RuleConfiguration } from '../rules/engine/rule-configuration.ts';
import { type Finding, runRules } from '../rules/engine/run.ts';
import { allRules, ruleById } from '../rules/families/catalogue.ts';
import type { PackageContents } from './contents.ts';
import { type ExportedConnector, readJsonIn, readObject } from './solution.ts';

/** How the service lays out what it exports is nothing that an author could change. */
const aboutLayout: ReadonlySet<string> = new Set([
  'json-bom',
  'json-utf8',
  'json-indent',
  'json-key-order',
  'json-no-hard-tabs',
  'json-no-trailing-space',
]);

const rules = allRules.filter(({ id }) => !aboutLayout.has(id));

/**
 * The definitions inside of the exported solutions, by the rules of definitions: those are what is certified, whatever
 * the repository holds. The same definition in two solutions is validated once; what is only a matter of style is left to
 * `validate`.
 *
 * @param config config.json, whose `rules` count
 */
export async function validateDefinitions(
  { solutions }: PackageContents,
  { profile, config }: { profile: Profile; config: Json | undefined },
): Promise<Finding[]> {
  const done: Buffer[] = [];
  const findings: Finding[] = [];
  for (const { archive, connectors } of solutions) {
    for (const connector of connectors) {
      const file = connector.files.openapidefinition;
      if (file === undefined || done.some((bytes) => bytes.equals(file.bytes))) continue;
      done.push(file.bytes);
      findings.push(
        ...(await validateExported(connector, `${archive.place}!${file.name}`, file.bytes, { profile, config })),
      );
    }
  }
  return findings;
}

async function validateExported(
  exported: ExportedConnector,
  place: string,
  bytes: Buffer,
  { profile, config }: { profile: Profile; config: Json | undefined },
): Promise<Finding[]> {
  const settings = new RuleConfiguration(new Set(ruleById.keys()), config, new Map());
  const connector = asConnector(exported, place, bytes);
  const findings = await runRules(connector, { profile, subject: 'file', rules, settings, least: 'warning' });
  return findings
    .filter(({ file, severity }) => file === place && severity !== 'info')
    .map((finding) => ({ ...finding, fixable: false, fixes: [] }));
}

/** The parts of the export as files of a connector: what a definition may say depends on policies and sign-in. */
function asConnector(exported: ExportedConnector, place: string, bytes: Buffer): Connector {
  const properties = Buffer.from(JSON.stringify({ properties: propertiesOf(exported) }));
  const files: SourceFile[] = [
    { role: 'definition', path: place, bytes },
    { role: 'properties', path: 'apiProperties.json', bytes: properties },
  ];
  const paths = Object.fromEntries(files.map(({ role, path }): [FileRole, string] => [role, path]));
  return connectorFrom({ layout: 'file', root: '.', assets: '.', files: paths, others: [] }, files);
}

function propertiesOf({ files }: ExportedConnector): JsonObject {
  const sets = readObject(files.connectionparametersets);
  return {
    connectionParameters: asObject(readObject(files.connectionparameters)),
    ...(asArray(getOwn(sets, 'values')).length === 0 ? {} : { connectionParameterSets: sets ?? {} }),
    policyTemplateInstances: asArray(readJsonIn(files.policytemplateinstances)),
  };
}
