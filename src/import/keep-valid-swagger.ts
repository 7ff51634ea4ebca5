import { asObject, clone, isObject, type JsonObject } from '../connector/json/value.ts';
import { connectorFrom } from '../connector/load.ts';
import type { Profile } from '../connector/profile.ts';
import type { ImportResult } from './import-description.ts';
import type { LoadedSource } from './read/source.ts';
import { noTexts } from './report.ts';
import { indents, sizeOf } from './serialise.ts';

/**
 * Swagger 2.0 that passes all rules of the profile, as it was written; anything else as it was converted. Nothing is
 * lost then, so the report is empty.
 */
export async function keepWhereValid(
  source: LoadedSource,
  result: ImportResult,
  profile: Profile,
): Promise<ImportResult> {
  const { root } = source.root;
  if (result.report.source.format !== 'swagger' || !isObject(root) || source.files.size > 1) return result;
  const definition = clone(root);
  const [widest] = indents;
  const bytes = sizeOf(definition, widest);
  if (bytes >= 1024 * 1024 || (await hasErrors(definition, profile))) return result;
  const operations = Object.values(asObject(definition.paths)).flatMap((item) =>
    Object.keys(asObject(item)).filter((key) => key !== 'parameters' && !key.startsWith('x-')),
  );
  return {
    ...result,
    definition,
    indent: widest,
    routes: [],
    derived: noTexts,
    report: {
      source: result.report.source,
      result: {
        operations: operations.length,
        definitions: Object.keys(asObject(definition.definitions)).length,
        bytes,
      },
      entries: [],
    },
  };
}

async function hasErrors(definition: JsonObject, profile: Profile): Promise<boolean> {
  const { validateConnector } = await import('../rules/engine/validate-connector.ts');
  const path = '/apiDefinition.json';
  const connector = connectorFrom({ layout: 'file', root: '/', assets: '/', files: { definition: path }, others: [] }, [
    { role: 'definition', path, bytes: Buffer.from(JSON.stringify(definition, null, 4)) },
  ]);
  const { counts } = await validateConnector(connector, path, { cwd: '/', profile, least: 'error' });
  return counts.error > 0;
}
