import { clone, deepEqual, type JsonObject } from '../../src/connector/json/value.ts';
import type { ImportResult } from '../../src/import/import-description.ts';
import { sourceFromText } from '../../src/import/read/load.ts';
import { refresh } from '../../src/import/refresh.ts';
import { isRefusal } from '../../src/import/refusal.ts';
import { formatDefinition } from '../../src/import/serialise.ts';
import { auditImport, type Outcome } from './audit.ts';
import { convertText } from './convert.ts';

/** Results whose own import is as it should be: most changes of one description lead to the same few. */
const settled = new Set<string>();

/**
 * What is wrong with an import of the text, line by line: what the audit sees, and second imports that change something.
 * Nothing for a refusal.
 */
export async function faultsOf(text: string): Promise<string[]> {
  return (await checkedImport(text)).faults;
}

/** The same, with the result; undefined for a refusal. */
export async function checkedImport(text: string): Promise<{ faults: string[]; result?: ImportResult }> {
  let outcome: Outcome;
  try {
    outcome = await auditImport(await sourceFromText(text, 'test'));
  } catch (error) {
    if (isRefusal(error)) return { faults: [] };
    throw error;
  }
  if ('refused' in outcome) return { faults: [] };
  const { audit, result } = outcome;
  const faults = Object.entries(audit).flatMap(([kind, list]: [string, string[]]) =>
    list.map((fault) => `${kind}: ${fault}`),
  );
  const imported = {
    definition: clone(result.definition),
    properties: clone(result.properties) as unknown as JsonObject,
  };
  const base = { source: 'test', sha256: '', options: {}, ...clone(imported) };
  const { changes, conflicts, definition } = refresh(base, clone(imported), result, 'ours');
  if (changes.length + conflicts.length > 0 || !deepEqual(definition, imported.definition))
    faults.push('a second import changes something');
  const written = formatDefinition(result.definition, result.indent);
  if (settled.has(written)) return { faults, result };
  const again = await convertText(written);
  if (formatDefinition(again.definition, again.indent) !== written) faults.push('an import of the result changes it');
  else settled.add(written);
  return { faults, result };
}
