import { join } from 'node:path';
import { expect } from 'chai';
import { Flags } from '../../src/cli/command.ts';
import { command as build } from '../../src/cli/commands/build.ts';
import { formatJson } from '../../src/connector/json/edit.ts';
import { asObject, deepEqual, getOwn, isObject, type Json, type JsonObject } from '../../src/connector/json/value.ts';
import { sampleDefinition } from '../../src/connector/sample.ts';
import { makeIcon } from '../../src/icon/make-icon.ts';
import { readTemplate } from '../../src/templates.ts';
import { checkout, readJson, readText, readTree, temporaryFolder, writeTree } from '../support/folders.ts';
import { generate } from '../support/generators.ts';
import { type ModuleCase, moduleCases } from './module-cases.ts';

const icon = makeIcon('Contoso Orders', '#0b6a3f');

/** What a user of the module has: config.json, a definition and an icon somewhere below it. */
function moduleFolder({ config, securityDefinitions, security }: ModuleCase): string {
  const definition = {
    ...sampleDefinition(),
    info: { title: 'Contoso Orders', version: '1.0' },
    securityDefinitions,
    security,
  };
  return writeTree(temporaryFolder(), {
    'config.json': formatJson(config),
    'definitions/swagger.json': JSON.stringify(definition, null, 4),
    'pictures/logo.png': icon,
  });
}

async function runBuild(cwd: string, flags: Record<string, unknown> = {}): Promise<void> {
  const question = <T>(ask: () => Promise<T>) => ask();
  const silent = { color: false, interactive: false, format: undefined, question, out: () => {}, err: () => {} };
  expect(await build.run({ cwd, ...silent }, [], new Flags(flags))).to.equal(0);
}

/** Texts that people read: the words are ours. */
const texts = new Set(['displayName', 'description', 'tooltip', 'title', 'Title']);

/** JSON pointers of what differs. */
function differences(module: Json, ours: Json, pointer: string, key = ''): string[] {
  if (texts.has(key) && typeof module === 'string' && typeof ours === 'string') return [];
  if (deepEqual(module, ours)) return [];
  if (Array.isArray(module) && Array.isArray(ours) && module.length === ours.length) {
    return module.flatMap((item, index) => differences(item, ours[index] ?? null, `${pointer}/${index}`));
  }
  if (!isObject(module) || !isObject(ours)) return [pointer];
  return [...new Set([...Object.keys(module), ...Object.keys(ours)])].flatMap((name) => {
    const [a, b] = [getOwn(module, name), getOwn(ours, name)];
    return a === undefined || b === undefined ? [`${pointer}/${name}`] : differences(a, b, `${pointer}/${name}`, name);
  });
}

/** All differences between the module's files and ours, in the folder where ours are. */
function compare(folder: string, { module, securityDefinitions, security }: ModuleCase): string[] {
  const definition = readJson(folder, 'apiDefinition.json') as JsonObject;
  const expectedDefinition = { ...definition, securityDefinitions, security };
  expect(module.securityDefinitions).to.deep.equal(securityDefinitions);
  return [
    ...differences(expectedDefinition, definition, 'apiDefinition.json#'),
    ...differences(module.properties, readJson(folder, 'apiProperties.json') as Json, 'apiProperties.json#'),
    ...differences(module.settings, readJson(folder, 'settings.json') as Json, 'settings.json#'),
    ...(Object.hasOwn(readTree(folder), 'script.csx') ? ['script.csx'] : []),
  ].sort();
}

/** Rows of the table in the guide, by their ids. */
const documented = [...readText(checkout, 'docs/powershell-module.md').matchAll(/^\| `([a-z-]+)` \| files \|/gm)].map(
  ([, id]) => id,
);

describe('a config.json of the PowerShell module', () => {
  for (const example of moduleCases) {
    describe(example.name, () => {
      const folder = moduleFolder(example);

      before(() => runBuild(folder));

      it('gives the same files but for the documented differences', () => {
        expect(compare(join(folder, 'connector'), example)).to.deep.equal(Object.keys(example.differences).sort());
      });

      it('takes icon and definition over as they are', () => {
        const files = readTree(join(folder, 'connector'));
        expect(files['icon.png']?.equals(icon)).to.equal(true);
        const source = readText(folder, 'definitions/swagger.json');
        const target = files['apiDefinition.json']?.toString();
        if (Object.hasOwn(example.differences, 'script.csx')) expect(target).to.not.equal(source);
        else expect(target).to.equal(source);
      });

      it('has a script exactly where the module has one', () => {
        const files = Object.keys(readTree(join(folder, 'connector')));
        expect(files.includes('script.csx')).to.equal(asObject(example.module.settings).script === 'script.csx');
      });

      it('changes nothing the second time, and leaves the sources alone', async () => {
        const before = readTree(folder);
        await runBuild(folder);
        expect(readTree(folder)).to.deep.equal(before);
        expect(readText(folder, 'config.json')).to.equal(formatJson(example.config));
      });

      it('goes to any other folder with --output', async () => {
        const output = temporaryFolder('Ausgabe ü');
        await runBuild(folder, { output });
        expect(readTree(output)).to.deep.equal(readTree(join(folder, 'connector')));
      });

      it('gives the same connector with new --config', async () => {
        const repository = temporaryFolder();
        await generate('app', { cwd: repository, flags: { config: join(folder, 'config.json') } });
        expect(readTree(join(repository, 'connector'))).to.deep.equal(readTree(join(folder, 'connector')));
        const made = readTree(repository);
        await runBuild(repository);
        expect(readTree(repository)).to.deep.equal(made);
      });
    });
  }

  it('differs only as the guide says, and the guide names no other difference', () => {
    const used = new Set(moduleCases.flatMap((example) => Object.values(example.differences)));
    expect([...used].sort()).to.deep.equal(documented.sort());
  });

  it('keeps what was answered beside it when the connector is built again', async () => {
    const example = moduleCases.find(({ name }) => name === 'oauth2 application');
    if (example === undefined) throw new Error('the case is gone');
    const repository = temporaryFolder();
    const flags = { config: join(moduleFolder(example), 'config.json'), title: 'Fabrikam Orders' };
    await generate('app', { cwd: repository, flags });
    await runBuild(repository);
    expect(readJson(repository, 'connector/apiDefinition.json')).to.have.nested.property(
      'info.title',
      'Fabrikam Orders',
    );
  });

  it('has the script of ours, in whatever folder the package is', async () => {
    const example = moduleCases.find(({ name }) => name === 'oauth2 application');
    if (example === undefined) throw new Error('the case is gone');
    const folder = moduleFolder(example);
    await runBuild(folder);
    expect(readText(folder, 'connector/script.csx')).to.equal(readTemplate('oauth', 'script.csx'));
  });
});
