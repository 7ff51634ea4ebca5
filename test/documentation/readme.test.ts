import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { repositoryPackage } from '../../src/repository/package-json.ts';
import { kebabCase } from '../../src/repository/questions/question.ts';
import { exampleDefinition } from '../../src/rules/examples/example-files.ts';
import { certified } from '../authentication/kinds/certified.ts';
import { packageOf } from '../package/archives.ts';
import { checkout, temporaryFolder, writeTree } from '../support/folders.ts';
import { initialise } from '../support/git.ts';
import { ownApi } from '../support/own-api.ts';
import { type StandInPac, standInPac } from '../support/pac/stand-in.ts';
import { warmCli } from '../support/warm/warm.ts';

/** Every command that the README shows is run, every file that it names exists. */

const readme = readFileSync(join(checkout, 'README.md'), 'utf8');

/** Lines of fenced blocks without a language, and commands in the text. */
const commands = [...readme.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)]
  .flatMap(([, language, block = '']) => (language === '' ? block.split('\n') : []))
  .concat([...readme.matchAll(/`((?:pp-connector|npm|npx|yo) [^`\n]+)`/g)].map(([, command = '']) => command))
  .map((line) => line.trim())
  .filter((line) => /^(pp-connector|npm|npx|yo) /.test(line));

/** The words of a command line as a shell would part them. */
const wordsOf = (command: string): string[] =>
  [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');

const openapi = `openapi: 3.1.0
info: { title: Contoso Parcels, version: '1', description: Follows the parcels of Contoso on their way. }
servers: [{ url: https://api.contoso.com/v1 }]
paths:
  /parcels/{parcelId}:
    get:
      summary: Get parcel
      tags: [stations]
      parameters: [{ name: parcelId, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: The parcel., content: { application/json: { schema: { type: object, properties: { id: { type: string } } } } } } }
`;
const answers = 'title: Contoso Weather\nprofile: custom\nauth: basic\n';

describe('README', () => {
  let pac: StandInPac;
  let folder: string;

  before(async () => {
    pac = standInPac();
    warmCli(['login'], { env: pac.env() });
    folder = temporaryFolder('readme');
    const definition = JSON.stringify(exampleDefinition);
    writeTree(folder, {
      'swagger.json': definition,
      'answers.yaml': answers,
      'openapi.yaml': openapi,
      'config.json': JSON.stringify({ apiDefinition: 'swagger.json', oauth2: { clientId: '' } }),
      'old-connector/apiDefinition.swagger.json': definition,
    });
    expect(warmCli(['new', 'repository', '--yes'], { cwd: folder }).status).to.equal(0);
    const facts = Object.entries(certified('verified')).flatMap(([name, value]) => [`--${kebabCase(name)}`, value]);
    expect(warmCli(['new', 'certified', '--api', ownApi(), ...facts, '--yes'], { cwd: folder }).status).to.equal(0);
    writeTree(join(folder, 'repository'), {
      'openapi.yaml': openapi,
      'order.json': '{ "id": 1, "placed": "2026-01-31T10:00:00Z" }',
      'package.zip': await packageOf(),
    });
    initialise(join(folder, 'repository'));
  });

  after(() => pac.remove());

  it('shows commands', () => {
    expect(commands.length).to.be.greaterThan(15);
  });

  // a page that is served has no end; the tests of preview see to it
  const endless = 'pp-connector preview';
  const own = [...new Set(commands.filter((line) => line.startsWith('pp-connector ') && line !== endless))];
  own.forEach((command, index) => {
    it(`runs: ${command}`, () => {
      const [, name = '', ...rest] = wordsOf(command);
      const isNew = name === 'new';
      // each from its own folder, so that none meets another one's files
      const args = rest.map((word) => (isNew && word === 'contoso-weather' ? `made-${index}` : word));
      const { status, stderr } = warmCli([name, ...args], {
        cwd: isNew ? folder : join(folder, command.includes('--pull-request') ? 'certified' : 'repository'),
        env: pac.env(),
      });
      const allowed = command.includes('--fail-on') ? [0, 1] : [0];
      expect(allowed, stderr).to.include(status);
    });
  });

  it('names npm scripts that exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as { scripts: object };
    const known = [...Object.keys(scripts), ...Object.keys(repositoryPackage('a', 'b', 'c').scripts as object)];
    for (const command of commands.filter((line) => line.startsWith('npm run '))) {
      expect(known).to.include(wordsOf(command)[2]);
    }
  });

  it('names generators that exist', () => {
    for (const command of commands.filter((line) => line.startsWith('yo '))) {
      const name = /^yo pp-connector(?::(\w+))?$/.exec(command)?.[1] ?? 'app';
      expect(existsSync(join(checkout, 'generators', name, 'index.ts')), command).to.equal(true);
    }
  });

  it('links to files that exist, and that are in the package, too', () => {
    const { files } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as { files: string[] };
    // npm packs these by itself
    const packed = [...files, 'README.md', 'LICENSE', 'package.json'];
    const targets = [...readme.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, target = '']) => target);
    expect(targets.length).to.be.greaterThan(20);
    for (const target of targets) {
      expect(existsSync(join(checkout, target)), target).to.equal(true);
      expect(
        packed.some((name) => target === name || target.startsWith(`${name}/`)),
        `${target} in "files" of package.json`,
      ).to.equal(true);
    }
  });
});
