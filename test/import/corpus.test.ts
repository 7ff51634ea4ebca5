import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { type ImportResult, importDescription } from '../../src/import/import-description.ts';
import { readSource, sourceFromText } from '../../src/import/read/load.ts';
import type { LoadedSource } from '../../src/import/read/source.ts';
import { isRefusal } from '../../src/import/refusal.ts';
import { formatDefinition } from '../../src/import/serialise.ts';
import { schemaErrors } from './convert.ts';
import { measureFidelity, ratioAccounted, ratioKept } from './fidelity.ts';

const corpus = fileURLToPath(new URL('../../../shared/corpus/openapi/', import.meta.url));
/** Codes of entries for objects that a form has no place for; as with unions, less than all can be kept then. */
const FORM_LOSSES: ReadonlySet<string> = new Set(['multipart-json', 'form-deep', 'form-array']);

function documents(): string[] {
  if (!existsSync(corpus)) return [];
  return readdirSync(corpus, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => /\.(?:json|ya?ml)$/.test(name) && !/-multifile\/(?!root\.)/.test(name))
    .sort();
}

/** The conversion; documents that name no server get one, as their users would give it. */
function importWithHost(source: LoadedSource): ImportResult {
  try {
    return importDescription(source);
  } catch (error) {
    if (!isRefusal(error) || error.code !== 'no-host') throw error;
    return importDescription(source, { host: 'api.example.com' });
  }
}

describe('import: the corpus', () => {
  const names = documents();
  if (names.length === 0) {
    it('is not here', function () {
      this.skip();
    });
  }
  for (const name of names) {
    it(name, async () => {
      const source = await readSource(corpus + name);
      let result: ImportResult;
      try {
        result = importWithHost(source);
      } catch (error) {
        expect(isRefusal(error) && error.code).to.equal('no-operations');
        return;
      }
      expect(schemaErrors(result.definition)).to.deep.equal([]);
      const text = formatDefinition(result.definition, result.indent);
      expect(formatDefinition(importWithHost(source).definition, result.indent), 'twice').to.equal(text);
      const again = importDescription(await sourceFromText(text));
      expect(formatDefinition(again.definition, again.indent), 'converted again').to.equal(text);
      if (result.report.source.format === 'postman') return;
      const fidelity = measureFidelity(source, result);
      expect(fidelity.missing).to.deep.equal([]);
      for (const count of [fidelity.operations, fidelity.parameters, fidelity.bodies, fidelity.responses])
        expect(ratioAccounted(count)).to.equal(1);
      expect(ratioAccounted(fidelity.properties)).to.be.at.least(0.99);
      expect(ratioAccounted(fidelity.otherProperties)).to.be.at.least(0.99);
      const hasFormLosses = result.report.entries.some(({ code }) => FORM_LOSSES.has(code));
      if (!fidelity.hasUnions && !fidelity.hasPressure && !hasFormLosses)
        expect(ratioKept(fidelity.properties)).to.be.at.least(0.95);
    });
  }
});
