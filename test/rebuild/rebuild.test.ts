import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { asObject } from '../../src/connector/json/value.ts';
import { loadConnector } from '../../src/connector/load.ts';
import type { Profile } from '../../src/connector/profile.ts';
import { validatePath } from '../../src/rules/engine/validate-connector.ts';
import { runLine } from '../support/command-line.ts';
import { corpus, temporaryFolder } from '../support/folders.ts';
import { differences, type Explanation, matches } from './differences.ts';
import { type Facts, factsOf } from './structure.ts';

/** Published connectors, built again from nothing by the commands that their authors would type. */

/** What `rebuild.yaml` says; the other files beside it are what the commands read. */
interface Rebuild {
  /** The published connector: its folder among the public ones. */
  published: string;
  /** What it was chosen for. */
  features: string[];
  profile: Profile;
  /** One line each, in order. */
  commands: string[];
  /** Differences in structure that stay. */
  explained: Explanation[];
}

const names = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

for (const name of names) {
  const folder = join(import.meta.dirname, name);
  const rebuild = parse(readFileSync(join(folder, 'rebuild.yaml'), 'utf8')) as Rebuild;
  const { published, features, profile, commands, explained } = rebuild;
  const original = join(corpus, 'connectors', ...published.split('/'));
  const recorded = join(folder, 'published.json');

  describe(`${published}, rebuilt by commands (${features.join(', ')})`, () => {
    let cwd: string;

    before(async () => {
      cwd = temporaryFolder(name);
      cpSync(folder, cwd, { recursive: true, filter: (path) => !path.endsWith('rebuild.yaml') });
      for (const line of commands) {
        try {
          await runLine(line, cwd);
        } catch (error) {
          const { message, hint = '' } = error as Error & { hint?: string };
          throw new Error(`${line}\n${message}\n${hint}`, { cause: error });
        }
      }
    });

    it(`has no errors in the profile ${profile}`, async () => {
      const { findings } = await validatePath(cwd, { cwd, profile });
      const errors = findings.filter(({ severity }) => severity === 'error');
      expect(errors.map(({ rule, pointer, message }) => `${rule} ${pointer}: ${message}`)).to.deep.equal([]);
    });

    describe('compared with the published one', () => {
      let found: string[];

      before(function () {
        const theirs = existsSync(recorded) ? factsRecorded(recorded) : existsSync(original) && factsIn(original);
        if (theirs === false) this.skip();
        found = differences(factsIn(cwd), theirs);
      });

      it('has the same structure, but for what is explained', () => {
        expect(found.filter((line) => !explained.some(({ difference }) => matches(line, difference)))).to.deep.equal(
          [],
        );
      });

      for (const { difference, why } of explained) {
        it(`differs: ${difference}: ${why}`, () => {
          expect(found.filter((line) => matches(line, difference))).to.not.deep.equal([]);
        });
      }
    });
  });
}

function factsIn(folder: string): Facts {
  const { definition, properties } = loadConnector(folder);
  return factsOf(asObject(definition?.value), asObject(properties?.value));
}

/** Of a connector that isn't among the public ones beside the checkout, the facts alone. */
const factsRecorded = (file: string): Facts =>
  new Map(Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>));
