import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { whatStops } from '../../src/diff/what-stops.ts';
import type { ConnectorReport } from '../../src/rules/engine/report.ts';
import type { Finding } from '../../src/rules/engine/run.ts';
import { validatePath } from '../../src/rules/engine/validate-connector.ts';
import { fixPath } from '../../src/rules/fix/fix-path.ts';
import { checkout, temporaryFolder, writeTree } from '../support/folders.ts';

const fixtures = join(checkout, 'test', 'fixtures', 'malformed');
const name = 'apiDefinition.swagger.json';

const judge = (path: string): Promise<ConnectorReport> => validatePath(path, { cwd: checkout, profile: 'verified' });
const judgeText = (content: string | Buffer): Promise<ConnectorReport> =>
  judge(join(writeTree(temporaryFolder(), { [name]: content }), name));

const errors = ({ findings }: ConnectorReport): string[] =>
  findings.filter(({ severity }) => severity === 'error').map(({ rule, line, column }) => `${rule} ${line}:${column}`);
const ofRule = ({ findings }: ConnectorReport, rule: string): Finding[] =>
  findings.filter((finding) => finding.rule === rule);

/** A definition without errors, as text. */
const sound = JSON.stringify(
  {
    ...JSON.parse(readFileSync(join(fixtures, 'swagger-3', name), 'utf8')),
    swagger: '2.0',
    host: 'weather.contoso.com',
  },
  null,
  4,
);

describe('malformed input', () => {
  for (const folder of readdirSync(fixtures)) {
    it(`${folder}: gives findings, each at a place in its file`, async () => {
      const { findings, counts } = await judge(join(fixtures, folder));
      expect(counts.error).to.be.greaterThan(0);
      for (const { file, line, column, message } of findings) {
        expect(message).to.not.match(/undefined|\[object/);
        if (!file.endsWith(name)) continue;
        const lines = readFileSync(join(checkout, file), 'utf8').split('\n');
        expect(column).to.be.within(1, (lines[line - 1] ?? '').length + 1);
      }
    });

    it(`${folder}: is fixed as far as that is certain, and then stays`, async () => {
      const copy = writeTree(temporaryFolder(), { [name]: readFileSync(join(fixtures, folder, name)) });
      const options = { cwd: copy, unsafe: true, dryRun: false, stops: whatStops };
      await fixPath(copy, options);
      const { files } = await fixPath(copy, options);
      expect(files).to.deep.equal([]);
    });
  }

  it('a sound definition has no error, so that what follows is due to what is broken', async () => {
    expect(errors(await judgeText(sound))).to.deep.equal([]);
  });

  it('a truncated file: the place where it ends, and nothing that is guessed', async () => {
    const report = await judge(join(fixtures, 'truncated', name));
    expect(report.findings.map(({ rule, line }) => `${rule} ${line}`)).to.deep.equal(['json-valid 25']);
    expect(report.findings[0]?.message).to.match(/were skipped$/);
  });

  it('text after the root object: its place, and the object is still judged', async () => {
    const report = await judge(join(fixtures, 'text-after-root', name));
    expect(errors(report)).to.deep.equal(['json-valid 66:1']);
    expect(report.counts.warning + report.counts.info).to.be.greaterThan(0);
    expect(report.findings.find(({ rule }) => rule === 'json-valid')?.fixable).to.equal(false);
  });

  it('an empty file and one without an object: one finding', async () => {
    for (const folder of ['empty', 'no-object']) {
      expect(errors(await judge(join(fixtures, folder, name)))).to.deep.equal(['json-valid 1:1']);
    }
  });

  it('a wrong version of Swagger: one finding, everything else is judged as 2.0', async () => {
    expect(errors(await judge(join(fixtures, 'swagger-3', name)))).to.deep.equal([
      'swagger-version 2:16',
      'host-format 13:13',
    ]);
  });

  it('OpenAPI 3: the advice to import it, and nothing else', async () => {
    const { findings } = await judge(join(fixtures, 'openapi-3', name));
    expect(findings.map(({ rule }) => rule)).to.deep.equal(['swagger-version']);
    expect(findings[0]?.message).to.match(/OpenAPI "3\.0\.0".*pp-connector import/);
  });

  it('references in circles: each is a finding at its place', async () => {
    const report = await judge(join(fixtures, 'cyclic-references', name));
    expect(ofRule(report, 'ref-no-loop').map(({ pointer }) => pointer)).to.include.members([
      '/definitions/A/$ref',
      '/definitions/B/$ref',
      '/definitions/Self/$ref',
    ]);
  });

  it('names like __proto__ and constructor: names like any other', async () => {
    const report = await judge(join(fixtures, 'awkward-keys'));
    expect(ofRule(report, 'path-starts-slash').map(({ pointer }) => pointer)).to.deep.equal(['/paths/__proto__']);
    expect(
      ofRule(report, 'ref-resolves')
        .map(({ message }) => message)
        .join(),
    ).to.include('#/definitions/hasOwnProperty');
    expect(({} as { get?: unknown; iconBrandColor?: unknown }).iconBrandColor).to.equal(undefined);
  });

  it('a line of a megabyte: the column of what is wrong in it', async () => {
    const text = `{"x-filler":"${'x'.repeat(1_000_000)}",${JSON.stringify(JSON.parse(sound)).slice(1)}`.replace(
      '"weather.contoso.com"',
      '"https://weather.contoso.com"',
    );
    const report = await judgeText(text);
    const column = text.indexOf('"https://weather.contoso.com"') + 1;
    expect(errors(report)).to.include(`host-format 1:${column}`);
  });

  for (const [kind, open, close] of [
    ['arrays', '[', ']'],
    ['objects', '{"a":', '}'],
    ['schemas', '{"type":"object","properties":{"a":', '}}'],
    ['lists of schemas', '{"type":"array","items":', '}'],
    ['compositions', '{"allOf":[', ']}'],
  ] as const) {
    it(`${kind} nested 100,000 deep: findings, no crash, also with --fix`, async () => {
      const depth = 100_000;
      const deep = `${open.repeat(depth)}${kind === 'arrays' ? '' : '{}'}${close.repeat(depth)}`;
      const inside = sound.replace('"definitions": {', `"x-deep": ${deep}, "definitions": { "Deep": ${deep},`);
      const folder = writeTree(temporaryFolder(), { [name]: inside });
      const { findings } = await judge(join(folder, name));
      expect(findings.length).to.be.greaterThan(0);
      await fixPath(join(folder, name), { cwd: folder, unsafe: true, dryRun: true, stops: whatStops });
      expect((await judgeText(open.repeat(depth))).counts.error).to.be.greaterThan(0);
    });
  }

  it('UTF-16 and Windows-1252: read on, with the right places, and made UTF-8 by --fix', async () => {
    const text = sound
      .replace('Contoso Support', 'José Support')
      .replace('"weather.contoso.com"', '"https://weather.contoso.com"');
    const line = text.slice(0, text.indexOf('https://weather')).split('\n').length;
    const little = Buffer.from(`\uFEFF${text}`, 'utf16le');
    const encodings = { little, big: Buffer.from(little).swap16(), western: Buffer.from(text, 'latin1') };
    for (const [encoding, bytes] of Object.entries(encodings)) {
      const folder = writeTree(temporaryFolder(), { [name]: bytes });
      const report = await judge(join(folder, name));
      expect(errors(report), encoding).to.deep.equal(['json-utf8 1:1', `host-format ${line}:13`]);
      await fixPath(join(folder, name), { cwd: folder, unsafe: false, dryRun: false, stops: whatStops });
      const now = readFileSync(join(folder, name), 'utf8');
      expect(now, encoding).to.include('José Support').and.to.include('"weather.contoso.com"');
      expect(errors(await judge(join(folder, name))), encoding).to.deep.equal([]);
    }
  });

  it('a byte-order mark: a warning, columns don’t count it', async () => {
    const report = await judgeText(`\uFEFF${sound}`);
    expect(ofRule(report, 'json-bom').map(({ severity, line, column }) => [severity, line, column])).to.deep.equal([
      ['warning', 1, 1],
    ]);
    expect(errors(report)).to.deep.equal([]);
  });

  it('bytes that are not text at all', async () => {
    const noise = Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 7919) % 256));
    expect((await judgeText(noise)).counts.error).to.be.greaterThan(0);
    expect((await judgeText(Buffer.alloc(100_000))).counts.error).to.be.greaterThan(0);
  });
});

describe('files that are not files', () => {
  it('a folder called like the definition', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, name));
    expect(errors(await judge(folder))).to.include('layout-definition-present 1:1');
  });

  it('a folder called like each of the other files', async () => {
    const folder = writeTree(temporaryFolder(), { [name]: sound });
    for (const other of ['apiProperties.json', 'settings.json', 'icon.png', 'script.csx', 'readme.md', 'config.json']) {
      mkdirSync(join(folder, other));
    }
    expect(errors(await judge(folder))).to.include('layout-properties-present 1:1');
  });

  const canLink = process.platform !== 'win32';
  (canLink ? it : it.skip)('links that lead back to themselves, to folders and to nowhere', async () => {
    const folder = writeTree(temporaryFolder(), { 'real/here.txt': '' });
    symlinkSync(name, join(folder, name));
    symlinkSync('real', join(folder, 'apiProperties.json'));
    symlinkSync('nowhere', join(folder, 'readme.md'));
    symlinkSync('icon.png', join(folder, 'icon.png'));
    const { findings } = await judge(folder);
    const said = findings.map(({ rule, message }) => `${rule}: ${message}`).join('\n');
    expect(said).to.match(/json-valid: the file can't be read: the symbolic link leads back to itself/);
    expect(said).to.match(/props-json-valid: the file can't be read: there is a folder where a file is expected/);
    expect(said).to.match(/icon-png: this can't be read: the symbolic link/);
    expect(said).to.match(/readme-not-empty: this can't be read: there is no such file/);
  });

  const obeysPermissions = process.platform !== 'win32' && process.getuid?.() !== 0;
  (obeysPermissions ? it : it.skip)('files and folders that may not be read', async () => {
    const folder = writeTree(temporaryFolder(), { [name]: sound, 'apiProperties.json': '{}' });
    chmodSync(join(folder, name), 0);
    expect((await judge(folder)).findings.map(({ message }) => message).join()).to.include('no permission');
    chmodSync(folder, 0);
    expect((await judge(folder)).findings.map(({ message }) => message)).to.deep.equal([
      "this can't be read: no permission",
    ]);
    chmodSync(folder, 0o700);
  });
});
