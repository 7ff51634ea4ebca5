import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import fc from 'fast-check';
import { asObject, isObject, type JsonObject } from '../../src/connector/json/value.ts';
import { readSource, sourceFromText } from '../../src/import/read/load.ts';
import { isRefusal } from '../../src/import/refusal.ts';
import { auditImport, type Outcome } from './audit.ts';
import { descriptions } from './descriptions.ts';
import { changeCount, mutate } from './mutate.ts';

const corpus = fileURLToPath(new URL('../../../shared/corpus/', import.meta.url));

/** What makes a document one of its format: without it there is nothing to convert. */
const spared: ReadonlySet<string> = new Set(['openapi', 'swagger', 'info']);
/** Larger descriptions take seconds each. */
const largest = 100 * 1024;

/** What is wrong, line by line; empty for a refusal. */
const faults = (outcome: Outcome): string =>
  'refused' in outcome
    ? ''
    : Object.entries(outcome.audit)
        .flatMap(([kind, list]: [string, string[]]) => list.map((fault) => `${kind}: ${fault}`))
        .join('\n');

async function audit(document: JsonObject): Promise<Outcome> {
  try {
    return await auditImport(await sourceFromText(JSON.stringify(document), 'test'));
  } catch (error) {
    // a reference to another place, for example
    if (!isRefusal(error)) throw error;
    return { refused: error.code };
  }
}

const mutations = fc.array(fc.record({ place: fc.nat(), change: fc.nat(changeCount - 1) }), {
  minLength: 1,
  maxLength: 4,
});

/** Any change of a document ends in a refusal, or in a result without an error, a silent loss or a made-up text. */
async function changesAreTold(document: JsonObject, numRuns: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(mutations, async (list) => {
      expect(faults(await audit(mutate(document, list, spared)))).to.equal('');
    }),
    { numRuns, seed: 12, interruptAfterTimeLimit: 60_000 },
  );
}

function documentsOfCorpus(): string[] {
  if (!existsSync(corpus)) return [];
  return readdirSync(corpus, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) =>
      name.startsWith('openapi/')
        ? /\.(?:json|ya?ml)$/.test(name) && !/-multifile\/(?!root\.)/.test(name)
        : /apidefinition[^/]*\.json$/i.test(name),
    )
    .sort();
}

describe('import: no error, no silent loss, no text that nobody has written', function () {
  this.timeout(180_000);

  for (const [name, document] of Object.entries(descriptions)) {
    it(`${name}: as it is`, async () => {
      const outcome = await audit(document);
      expect(outcome).to.have.property('audit');
      expect(faults(outcome)).to.equal('');
    });

    it(`${name}: with parts removed, renamed and replaced`, () => changesAreTold(document, 120));
  }

  it('is seen where something is lost: the audit itself', async () => {
    const outcome = await audit(descriptions.parcels ?? {});
    if ('refused' in outcome) throw new Error(outcome.refused);
    const { result } = outcome;
    const entries = result.report.entries.filter(({ code }) => code !== 'param-cookie');
    const { measureFidelity } = await import('./fidelity.ts');
    const source = await sourceFromText(JSON.stringify(descriptions.parcels), 'test');
    const { missing } = measureFidelity(source, { ...result, report: { ...result.report, entries } });
    expect(missing).to.have.lengthOf(1);
  });
});

describe('import: the corpora have no error, no silent loss, no text that nobody has written', function () {
  this.timeout(180_000);
  const names = documentsOfCorpus();
  if (names.length === 0) {
    it('are not here', function () {
      this.skip();
    });
  }
  for (const name of names) {
    it(name, async () => {
      const source = await readSource(corpus + name).catch((error: unknown) => {
        if (!isRefusal(error)) throw error;
      });
      if (source === undefined) return;
      expect(faults(await auditImport(source))).to.equal('');
      const { root } = source.root;
      if (isObject(root) && source.files.size === 1 && source.root.bytes.length < largest)
        await changesAreTold(asObject(root), 3);
    });
  }
});
