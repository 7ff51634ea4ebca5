import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { expect } from 'chai';
import { filesOf } from '../../../src/connector/load.ts';
import type { Profile } from '../../../src/connector/profile.ts';
import { whatStops } from '../../../src/diff/what-stops.ts';
import { undoInterrupted } from '../../../src/files/journal.ts';
import { writeFiles } from '../../../src/files/write.ts';
import type { Example } from '../../../src/rules/engine/rule.ts';
import { validatePath } from '../../../src/rules/engine/validate-connector.ts';
import { exampleConnector } from '../../../src/rules/examples/example-connector.ts';
import { type FixSummary, fixPath } from '../../../src/rules/fix/fix-path.ts';
import { makeCaseBlind } from '../../support/case-blind.ts';
import { readJson, readText, snapshot, temporaryFolder, writeTree } from '../../support/folders.ts';
import { warmCli } from '../../support/warm/warm.ts';

const script = 'public class Script : ScriptBase { }\n';
const definition = 'apiDefinition.swagger.json';

/** A submitted folder on disk, a change of the clean example. */
function write(example: Omit<Example, 'name' | 'subject'> = {}, folder = temporaryFolder('Contoso Weather')): string {
  const connector = exampleConnector({ subject: 'folder', ...example });
  const files = filesOf(connector).map(({ path, bytes }) => [basename(path), bytes]);
  return writeTree(folder, Object.fromEntries(files));
}

const fix = (folder: string, unsafe = false, profile: Profile = 'verified'): Promise<FixSummary> =>
  fixPath(folder, { cwd: folder, profile, unsafe, dryRun: false, stops: whatStops });

describe('fixes of whole files', () => {
  it('give files their names, in one go with all other fixes', async () => {
    const folder = write({
      settings: { apiDefinition: 'apiDefinition.json', script: 'Script.cs' },
      files: { [definition]: null, 'Script.cs': script },
    });
    const text = filesOf(exampleConnector({ definition: { host: 'https://weather.contoso.com' } }))
      .find(({ role }) => role === 'definition')
      ?.bytes.toString();
    writeTree(folder, { 'apiDefinition.json': text ?? '' });
    const { files, report } = await fix(folder);
    expect(files).to.include.members([
      `rename apiDefinition.json to ${definition}, and change it`,
      'rename Script.cs to script.csx',
      'change settings.json',
    ]);
    expect(readdirSync(folder)).to.include.members([definition, 'script.csx']);
    expect(readdirSync(folder)).to.not.include.members(['apiDefinition.json', 'Script.cs']);
    expect(readJson(folder, definition)).to.deep.include({ host: 'weather.contoso.com' });
    expect(readJson(folder, 'settings.json')).to.deep.include({ apiDefinition: definition, script: 'script.csx' });
    expect(readText(folder, 'script.csx')).to.equal(script);
    const rules = report.findings.map(({ rule }) => rule);
    expect(rules).to.not.include.members(['layout-definition-name', 'script-name', 'settings-paths']);
    expect((await fix(folder)).files).to.deep.equal([]);
  });

  it('keep the folders, and the slashes, that settings.json and config.json name', async () => {
    const repository = temporaryFolder();
    for (const { path, bytes } of filesOf(exampleConnector({ files: { 'icon.png': null } }))) {
      const isAsset = /api|settings/.test(basename(path));
      writeTree(repository, { [`${isAsset ? 'connector/' : ''}${basename(path)}`]: bytes });
    }
    const icon = filesOf(exampleConnector()).find(({ role }) => role === 'icon')?.bytes ?? '';
    writeTree(repository, {
      'config.json': '{ "icon": "./connector\\\\ICON.PNG" }',
      'connector/Icon.PNG': icon,
      'connector/Script.csx': script,
      'connector/settings.json': '{ "icon": "../connector/Icon.PNG", "script": null }',
    });
    await fix(repository);
    expect(readdirSync(join(repository, 'connector'))).to.include.members(['icon.png', 'script.csx']);
    expect(readText(repository, 'config.json')).to.equal('{ "icon": "./connector\\\\icon.png" }');
    expect(readJson(repository, 'connector/settings.json')).to.deep.include({ icon: '../connector/icon.png' });
  });

  it('agree on the name of a file that settings.json spells rightly and the disk does not', async () => {
    const icon = filesOf(exampleConnector()).find(({ role }) => role === 'icon')?.bytes ?? Buffer.alloc(0);
    const folder = write({ settings: { icon: 'icon.png' }, files: { 'icon.png': null } });
    writeTree(folder, { 'Icon.PNG': icon });
    await fix(folder, false, 'custom');
    expect(readdirSync(folder)).to.include('icon.png').and.not.include('Icon.PNG');
    expect(readJson(folder, 'settings.json')).to.have.property('icon', 'icon.png');
    expect((await fix(folder, false, 'custom')).files).to.deep.equal([]);
  });

  it('wait until settings.json can be edited', async () => {
    const folder = write({ files: { 'Script.cs': script, 'settings.json': '{ "script": "Script.cs", }' } });
    await fix(folder);
    expect(readJson(folder, 'settings.json')).to.deep.equal({ script: 'script.csx' });
    const broken = write({ files: { 'Script.cs': script, 'settings.json': '{ "script": "Script.cs' } });
    await fix(broken);
    expect(readdirSync(broken)).to.include('Script.cs').and.not.include('script.csx');
  });

  it('never replace anything', async () => {
    const folder = write({ files: { 'Script.cs': script } });
    mkdirSync(join(folder, 'SCRIPT.csx'));
    const { report } = await fix(folder, true);
    expect(readText(folder, 'Script.cs')).to.equal(script);
    expect(report.findings.find(({ rule }) => rule === 'script-name')?.fixable).to.equal(false);
  });

  it('delete what file managers left, and nothing else that does not belong there', async () => {
    const folder = write();
    writeTree(folder, { '.DS_Store': 'x', '._icon.png': 'x', 'Thumbs.db': 'x', 'notes.txt': 'x', '.env': 'x' });
    const { files } = await fix(folder, true);
    expect(files).to.have.members(['delete .DS_Store', 'delete ._icon.png', 'delete Thumbs.db']);
    expect(readdirSync(folder)).to.include.members(['notes.txt', '.env']);
    expect(readdirSync(folder)).to.not.include.members(['.DS_Store', '._icon.png', 'Thumbs.db']);
  });

  it('delete the settings and the icon of a submission only when unsafe ones are wanted', async () => {
    const { bytes: icon = '' } = filesOf(exampleConnector()).find(({ role }) => role === 'icon') ?? {};
    const folder = write({ profile: 'independent', settings: { icon: 'icon.png' } });
    writeTree(folder, { 'icon.png': icon });
    const safe = await fix(folder, false, 'independent');
    expect(safe.files.filter((line) => line.startsWith('delete'))).to.deep.equal([]);
    const unsafe = await fix(folder, true, 'independent');
    expect(unsafe.files).to.have.members(['delete settings.json', 'delete icon.png']);
    expect(readdirSync(folder)).to.have.members([definition, 'apiProperties.json', 'readme.md']);
  });

  if (process.platform !== 'win32') {
    it('leave links alone', async () => {
      const folder = write();
      const elsewhere = writeTree(temporaryFolder(), { 'mine.cs': script, 'mine.db': 'x' });
      symlinkSync(join(elsewhere, 'mine.cs'), join(folder, 'Script.cs'));
      symlinkSync(join(elsewhere, 'mine.db'), join(folder, 'Thumbs.db'));
      const before = readdirSync(folder);
      const { report } = await fix(folder);
      expect(readdirSync(folder)).to.deep.equal(before);
      const left = report.findings.filter(({ file }) => /Script\.cs$|Thumbs\.db$/.test(file));
      expect(left.map(({ rule, fixable }) => [rule, fixable])).to.have.deep.members([
        ['layout-no-extra-files', false],
        ['script-class', false],
      ]);
      expect(left.map(({ message }) => message).join()).to.include('this is a link, and it leads out of the folder');
    });
  }

  it('leave the output folder of a repository alone', async () => {
    const repository = writeTree(temporaryFolder(), { 'config.json': '{}', '.yo-rc.json': '{}' });
    const folder = write({ files: { [definition]: null } }, join(repository, 'connector'));
    writeTree(folder, { 'apiDefinition.json': '{ "swagger": "2.0" }' });
    const { report } = await fix(folder, true);
    expect(readdirSync(folder)).to.include('apiDefinition.json');
    expect(report.findings.find(({ rule }) => rule === 'layout-definition-name')?.fixable).to.equal(false);
    // another folder in it is a submission like any other
    const copy = write({ files: { [definition]: null } }, join(repository, 'submitted'));
    writeTree(copy, { 'apiDefinition.json': '{ "swagger": "2.0" }' });
    await fix(copy);
    expect(readdirSync(copy)).to.include(definition);
  });

  describe('where names differ by more than case', () => {
    const oldName = 'apidefinition.swagger.json';
    const prepare = (): string => {
      const folder = write({ files: { [definition]: null } });
      return writeTree(folder, { [oldName]: '{ "swagger": "2.0" }' });
    };

    it('change the case, and tell what git must be told', async () => {
      const folder = prepare();
      const restore = makeCaseBlind(folder);
      try {
        const { commands } = await fix(folder);
        expect(commands).to.deep.equal([`git mv ${oldName} ${definition}`]);
      } finally {
        restore();
      }
      expect(readdirSync(folder).filter((name) => /definition/i.test(name))).to.deep.equal([definition]);
    });

    it('lose nothing, whenever the process is killed', () => {
      const faults = createRequire(import.meta.url)('../../support/faults.cjs');
      for (let at = 1, calls = 1; calls === at; at += 1) {
        const folder = prepare();
        const text = readText(folder, oldName);
        const restore = makeCaseBlind(folder);
        const fault = faults.install({ kind: 'kill', at, below: folder });
        try {
          const bytes = Buffer.from(text);
          writeFiles(
            [
              [join(folder, oldName), null],
              [join(folder, definition), bytes],
            ],
            { root: folder },
          );
        } catch {
          // killed
        } finally {
          calls = fault.calls();
          fault.restore();
        }
        undoInterrupted(folder);
        restore();
        const names = readdirSync(folder).filter((name) => /definition/i.test(name));
        expect(names, `killed at ${at}`).to.have.length(1);
        expect(readText(folder, names[0] ?? '')).to.equal(text);
      }
    });
  });

  it('are shown by --dry-run, and told by --fix', async () => {
    const folder = write({ files: { 'Script.cs': script }, settings: { script: 'Script.cs' } });
    writeTree(folder, { '.DS_Store': 'x' });
    const before = snapshot(folder);
    const words = ['validate', '--cwd', folder, '.', '--profile', 'verified', '--fix'];
    expect(warmCli(words.slice(0, -1)).stdout).to.match(
      /^\d can be fixed by: pp-connector validate --fix\n1 can be fixed by deleting files, by: pp-connector validate --fix-unsafe$/m,
    );
    const dry = warmCli([...words, '--dry-run']);
    expect(snapshot(folder)).to.deep.equal(before);
    expect(dry.stdout)
      .to.match(/^rename Script\.cs to script\.csx\ndelete \.DS_Store\n/)
      .and.to.match(/^\+ {4}"script": "script\.csx"$/m);
    const { stderr } = warmCli(words);
    expect(stderr)
      .to.match(/^fixed \d+ findings in 4 files\n/)
      .and.to.match(/^ {2}rename Script\.cs to script\.csx$/m)
      .and.to.match(/^ {2}delete \.DS_Store$/m);
    expect((await validatePath(folder, { cwd: folder })).findings.map(({ rule }) => rule)).to.not.include(
      'script-name',
    );
  });
});
