import { spawnSync } from 'node:child_process';
import { lstatSync, mkdirSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from 'chai';
import { applyPatch, parsePatch } from 'diff';
import { asObject, type JsonObject } from '../../src/connector/json/value.ts';
import { filesOf } from '../../src/connector/load.ts';
import { startProgress, startWaiting } from '../../src/progress.ts';
import type { Example } from '../../src/rules/engine/rule.ts';
import { exampleConnector } from '../../src/rules/examples/example-connector.ts';
import { allRules } from '../../src/rules/families/catalogue.ts';
import { cli } from '../support/cli.ts';
import { readText, snapshot, temporaryFolder, writeTree } from '../support/folders.ts';
import { warmCli } from '../support/warm/warm.ts';

/** A connector on disk, a change of the clean example. */
function write(example: Omit<Example, 'name'> = {}, folder = temporaryFolder('Contoso Weather')): string {
  const files = filesOf(exampleConnector(example)).map(({ path, bytes }) => [basename(path), bytes]);
  return writeTree(folder, Object.fromEntries(files));
}

const title = (text: string): JsonObject => ({ info: { title: text } });
const withoutPeriod = { paths: { '/stations': { get: { description: 'Returns the weather stations of a region' } } } };

describe('pp-connector validate', () => {
  const validate = (folder: string, ...words: string[]) => warmCli(['validate', '--cwd', folder, ...words]);
  const asJson = (folder: string, ...words: string[]) =>
    JSON.parse(validate(folder, ...words, '--format', 'json').stdout);

  it('finds nothing in a clean repository', () => {
    const { status, stdout, stderr } = validate(write());
    expect({ status, stdout, stderr }).to.deep.equal({
      status: 0,
      stdout: 'No findings (profile verified).\n',
      stderr: '',
    });
  });

  it('leaves with 1 when there are errors, and keeps stdout for the report', () => {
    const { status, stdout, stderr } = validate(write({ definition: title('Contoso API') }));
    expect(status).to.equal(1);
    expect(stdout).to.match(/apiDefinition\.json\n +\d+:\d+ +error .*info-title-restricted-words/);
    expect(stderr).to.equal('');
  });

  it('takes a repository, a folder and a file, and has an entry for each, in that order', () => {
    const parent = temporaryFolder();
    write({ subject: 'folder', profile: 'custom' }, join(parent, 'b'));
    write({}, join(parent, 'a'));
    mkdirSync(join(parent, 'nothing'));
    const { connectors } = asJson(parent, 'nothing', './b', 'a', 'b/apiDefinition.swagger.json');
    expect(connectors.map(({ path }: { path: string }) => path)).to.deep.equal([
      'nothing',
      'b',
      'a',
      'b/apiDefinition.swagger.json',
    ]);
    expect(connectors[0].findings[0]).to.include({ rule: 'layout-definition-present', severity: 'error' });
    expect(connectors.map(({ profile }: { profile: string }) => profile)).to.deep.equal([
      'custom',
      'custom',
      'verified',
      'custom',
    ]);
  });

  describe('refuses with status 2, and prints no report:', () => {
    const refused = (words: string[], message: RegExp, folder = write()) => {
      const { status, stdout, stderr } = validate(folder, ...words);
      expect({ status, stdout }).to.deep.equal({ status: 2, stdout: '' });
      expect(stderr)
        .to.match(/^error: /)
        .and.to.match(message);
      expect(stderr).to.not.match(/^\s+at /m);
    };
    it('a path that does not exist', () => refused(['nowhere'], /nowhere: there is no such file or folder\n {2}give/));
    it('one such path among others', () => refused(['.', 'nowhere'], /nowhere/));
    it('one such path with --recursive', () => refused(['--recursive', '.', 'nowhere'], /nowhere/));
    it('an unknown rule', () => refused(['--rule', 'info-title-lenght=off'], /did you mean "info-title-length"\?/));
    it('an unknown severity', () => refused(['--rule', 'info-title-length=fatal'], /off, error, warning, info/));
    it('a number that is none', () => refused(['--max-findings', 'many'], /--max-findings: "many" is not a number/));
    it('an unknown format', () => refused(['--format', 'html'], /stylish, json, sarif, github, junit, markdown/));
    it('an unknown profile', () => refused(['--profile', 'certified'], /custom, verified, independent/));
    it('a dry run of nothing', () => refused(['--dry-run'], /validate --fix --dry-run/));
    if (process.platform !== 'win32') {
      it('a link that leads back to itself', () => {
        const folder = temporaryFolder();
        symlinkSync('loop', join(folder, 'loop'));
        refused(['loop'], /loop: the symbolic link leads back to itself/, folder);
      });
    }
  });

  describe('--fail-on, --quiet, --max-findings, --rule', () => {
    const folder = write({ definition: { ...withoutPeriod, ...title('Contoso Weather ') } });

    it('--fail-on is the lowest severity that counts', () => {
      const rule = ['--rule', 'operation-description-punctuation=warning', '--rule', 'info-title-trim=off'];
      expect(validate(folder, ...rule, '--fail-on', 'error').status).to.equal(0);
      expect(validate(folder, ...rule, '--fail-on', 'warning').status).to.equal(1);
      expect(
        validate(folder, '--rule', 'operation-description-punctuation=error', '--fail-on', 'never').status,
      ).to.equal(0);
    });

    it('--quiet shows errors only', () => {
      const words = ['--rule', 'operation-description-punctuation=error', '--rule', 'info-title-trim=warning'];
      const { connectors, counts: quiet } = asJson(folder, '--quiet', ...words);
      expect(connectors[0].findings.map(({ rule }: { rule: string }) => rule)).to.include(
        'operation-description-punctuation',
      );
      expect(connectors[0].findings.map(({ rule }: { rule: string }) => rule)).to.not.include('info-title-trim');
      expect(quiet).to.include({ warning: 0, info: 0 });
    });

    it('--max-findings shows fewer, and still counts all', () => {
      const limited = asJson(folder, '--max-findings', '1');
      expect(limited.connectors[0].findings).to.have.length(1);
      expect(limited.counts).to.deep.equal(asJson(folder).counts);
      expect(validate(folder, '--max-findings', '1').stdout).to.match(/\d+ more not shown/);
      expect(validate(folder, '--max-findings', '0').stdout).to.not.match(/operation-description-punctuation/);
    });

    it('--rule sets the severity, several times', () => {
      const { connectors } = asJson(
        folder,
        '--rule',
        'operation-description-punctuation=off',
        '--rule',
        'info-title-trim=info',
      );
      const found = connectors[0].findings.map(
        ({ rule, severity }: { rule: string; severity: string }) => `${severity} ${rule}`,
      );
      expect(found).to.include('info info-title-trim');
      expect(found.join()).to.not.include('operation-description-punctuation');
    });
  });

  describe('config.json', () => {
    const config = (rules: JsonObject) => write({ config: { rules }, definition: withoutPeriod });
    const rulesOf = (folder: string): string[] =>
      asJson(folder).connectors[0].findings.map(
        ({ rule, pointer }: { rule: string; pointer: string }) => `${rule} ${pointer}`,
      );

    it('switches a rule off, everywhere or at paths', () => {
      expect(
        rulesOf(config({ 'operation-description-punctuation': { severity: 'off', reason: 'ours' } })),
      ).to.deep.equal([]);
      const paths = ['/paths/*/get'];
      expect(
        rulesOf(config({ 'operation-description-punctuation': { severity: 'off', reason: 'ours', paths } })),
      ).to.deep.equal([]);
    });

    it('is told of a suppression that nothing needs', () => {
      const paths = ['/paths/*/get', '/paths/~1hooks'];
      expect(
        rulesOf(config({ 'operation-description-punctuation': { severity: 'off', reason: 'ours', paths } })),
      ).to.deep.equal(['config-unused-suppression /rules/operation-description-punctuation/paths/1']);
    });

    it('is told of a rule that does not exist, with the nearest one', () => {
      const { status, stdout } = validate(config({ 'operation-descripton-punctuation': 'off' }));
      expect(status).to.equal(1);
      expect(stdout).to.match(
        /there is no rule "operation-descripton-punctuation", did you mean "operation-description-punctuation"\?/,
      );
    });
  });

  describe('--recursive', () => {
    const parent = temporaryFolder('tree');
    before(() => {
      for (const name of ['certified-connectors/B', 'certified-connectors/A', 'independent-publisher-connectors/C/x']) {
        write({ subject: 'folder' }, join(parent, ...name.split('/')));
      }
      writeTree(parent, {
        'certified-connectors/Broken/apiDefinition.swagger.json': '{ "swagger": ',
        'certified-connectors/OnlyProperties/apiProperties.json': '{}',
        'node_modules/x/apiDefinition.swagger.json': '{}',
        '.hidden/apiDefinition.swagger.json': '{}',
        'readme.md': '',
      });
      if (process.platform !== 'win32') symlinkSync('..', join(parent, 'certified-connectors', 'loop'));
    });

    it('finds all connectors, in alphabetical order; a broken one stops nothing', () => {
      const { connectors } = asJson(parent, '--recursive');
      expect(
        connectors.map(({ path, profile }: { path: string; profile: string }) => `${path} ${profile}`),
      ).to.deep.equal([
        'certified-connectors/A verified',
        'certified-connectors/B verified',
        'certified-connectors/Broken verified',
        'certified-connectors/OnlyProperties verified',
        'independent-publisher-connectors/C/x custom',
      ]);
      expect(connectors[2].findings.map(({ rule }: { rule: string }) => rule)).to.include('json-valid');
    });

    it('also takes a connector itself, and reports a folder without one', () => {
      const empty = temporaryFolder('empty');
      const paths = (folder: string, ...words: string[]) =>
        asJson(folder, '--recursive', ...words).connectors.map(({ path }: { path: string }) => path);
      expect(paths(parent, 'certified-connectors/A')).to.deep.equal(['certified-connectors/A']);
      expect(paths(parent, 'certified-connectors/A/apiDefinition.swagger.json')).to.have.length(1);
      expect(paths(empty)).to.deep.equal(['.']);
      expect(validate(empty, '--recursive').status).to.equal(1);
    });

    it('shows no progress without a terminal', () => {
      expect(validate(parent, '--recursive').stderr).to.equal('');
    });

    it('takes hundreds of folders in little memory', () => {
      const many = temporaryFolder('many');
      for (let index = 0; index < 200; index += 1) {
        write({ subject: 'folder', definition: { 'x-filler': 'x'.repeat(200_000) } }, join(many, `c${index}`));
      }
      const { status, stdout, stderr } = cli(['validate', '--recursive', '--cwd', many, '--format', 'json'], {
        nodeFlags: ['--max-old-space-size=60'],
      });
      expect(stderr).to.equal('');
      expect(status).to.be.oneOf([0, 1]);
      expect(JSON.parse(stdout).connectors).to.have.length(200);
    });
  });

  describe('--fix', () => {
    const broken = { definition: withoutPeriod, properties: { properties: { iconBrandColor: null } } };

    it('fixes, says what, and reports the rest', () => {
      const folder = write(broken);
      const { status, stdout, stderr } = validate(folder, '--fix');
      expect({ status, stdout }).to.deep.equal({ status: 0, stdout: 'No findings (profile verified).\n' });
      expect(stderr).to.match(
        /^fixed \d+ findings in 2 files\n {2}change apiDefinition\.json\n {2}change apiProperties\.json\n$/,
      );
      const after = snapshot(folder);
      expect(validate(folder, '--fix').stderr).to.equal('nothing to fix\n');
      expect(snapshot(folder)).to.deep.equal(after);
    });

    it('changes nothing but the places', () => {
      const folder = write(broken);
      const lines = readText(folder, 'apiDefinition.json').split('\n');
      validate(folder, '--fix');
      const now = readText(folder, 'apiDefinition.json').split('\n');
      expect(now.filter((line, index) => line !== lines[index])).to.deep.equal([
        '                "description": "Returns the weather stations of a region.",',
      ]);
    });

    it('--dry-run prints a diff that makes the same of the files, and writes nothing', () => {
      const folder = write(broken);
      const before = snapshot(folder);
      const { status, stdout, stderr } = validate(folder, '--fix', '--dry-run');
      expect(status).to.equal(0);
      expect(stderr).to.match(/^would fix \d+ findings in 2 files\n$/);
      expect(snapshot(folder)).to.deep.equal(before);
      const patched = parsePatch(stdout).map((patch) => {
        const name = (patch.oldFileName ?? '').replace(/^a\//, '');
        return [name, applyPatch(before[name] ?? '', patch)];
      });
      validate(folder, '--fix');
      expect({ ...before, ...Object.fromEntries(patched) }).to.deep.equal(snapshot(folder));
    });

    if (process.platform !== 'win32') {
      it('keeps a link a link', () => {
        const folder = write({ subject: 'file', definition: withoutPeriod });
        const other = temporaryFolder();
        symlinkSync(join(folder, 'apiDefinition.swagger.json'), join(other, 'apiDefinition.swagger.json'));
        expect(validate(other, '--fix', 'apiDefinition.swagger.json').stderr).to.include('--allow-outside');
        validate(other, '--fix', '--allow-outside', 'apiDefinition.swagger.json');
        expect(lstatSync(join(other, 'apiDefinition.swagger.json')).isSymbolicLink()).to.equal(true);
        expect(readText(folder, 'apiDefinition.swagger.json')).to.include(
          '"description": "Returns the weather stations of a region."',
        );
      });
    }

    it('stops nothing at a file that can not be fixed', () => {
      const parent = temporaryFolder();
      write({ subject: 'folder', definition: withoutPeriod }, join(parent, 'b'));
      writeTree(parent, { 'a/apiDefinition.swagger.json': '{ "swagger": ' });
      const { stderr } = validate(parent, '--recursive', '--fix');
      expect(stderr).to.match(/change b\/apiDefinition\.swagger\.json/);
    });
  });

  describe('--fix-unsafe', () => {
    const badId = { paths: { '/regions': { get: { operationId: 'list-regions', 'x-ms-visibility': null } } } };
    const operationIds = (folder: string): string[] =>
      Object.values(asObject(JSON.parse(readText(folder, 'apiDefinition.json')).paths))
        .flatMap((item) => Object.values(asObject(item)))
        .flatMap((operation) => asObject(operation).operationId ?? [])
        .map(String);
    const git = (folder: string, ...words: string[]) => {
      const identity = ['-c', 'user.name=Ann', '-c', 'user.email=ann@contoso.com', '-c', 'commit.gpgsign=false'];
      return spawnSync('git', [...identity, ...words], { cwd: folder, encoding: 'utf8' });
    };

    it('corrects what --fix leaves', () => {
      const folder = write({ definition: badId });
      validate(folder, '--fix');
      expect(operationIds(folder)).to.include('list-regions');
      expect(validate(folder, '--fix-unsafe').status).to.be.oneOf([0, 1]);
      expect(operationIds(folder)).to.not.include('list-regions');
    });

    const hasGit = spawnSync('git', ['--version']).status === 0;
    (hasGit ? it : it.skip)('is refused once a version has been released, with the name of its tag', () => {
      const folder = write({ definition: badId });
      git(folder, 'init', '--quiet');
      git(folder, 'add', '.');
      git(folder, 'commit', '--quiet', '--message', 'first');
      git(folder, 'tag', 'connector-values');
      expect(validate(folder, '--fix-unsafe', '--dry-run').status).to.not.equal(2);
      git(folder, 'tag', 'connector-v1.9.0');
      git(folder, 'tag', 'connector-v1.10.0');
      const before = snapshot(folder);
      for (const words of [['--fix-unsafe'], ['--fix-unsafe', '--dry-run']]) {
        const { status, stdout, stderr } = validate(folder, ...words);
        expect({ status, stdout }).to.deep.equal({ status: 2, stdout: '' });
        expect(stderr)
          .to.match(/has been released \(git tag connector-v1\.10\.0\)/)
          .and.to.match(/validate --fix$/m);
      }
      expect(snapshot(folder)).to.deep.equal(before);
      expect(validate(folder, '--fix').status).to.not.equal(2);
    });

    (hasGit ? it : it.skip)('is allowed where the release is on another branch, and without git', () => {
      const folder = write({ definition: badId });
      git(folder, 'init', '--quiet');
      git(folder, 'add', '.');
      git(folder, 'commit', '--quiet', '--message', 'first');
      git(folder, 'checkout', '--quiet', '-b', 'other');
      git(folder, 'commit', '--quiet', '--allow-empty', '--message', 'second');
      git(folder, 'tag', 'connector-v1.0.0');
      git(folder, 'checkout', '--quiet', '-');
      expect(validate(folder, '--fix-unsafe', '--dry-run').status).to.not.equal(2);
      git(folder, 'checkout', '--quiet', 'other');
      expect(validate(folder, '--fix-unsafe', '--dry-run').status).to.equal(2);
      const withoutGit = warmCli(['validate', '--fix-unsafe', '--dry-run', '--cwd', folder], { env: { PATH: '' } });
      expect(withoutGit.status).to.not.equal(2);
    });
  });

  it('prints every format', () => {
    const folder = write({ definition: title('Contoso API') });
    for (const [format, start] of [
      ['sarif', '{'],
      ['github', '::error file=apiDefinition.json,line='],
      ['junit', '<?xml'],
      ['markdown', '## ❌ '],
    ] as const) {
      const { status, stdout } = validate(folder, '--format', format);
      expect(status).to.equal(1);
      expect(stdout.startsWith(start), format).to.equal(true);
    }
    const { runs } = JSON.parse(validate(folder, '--format', 'sarif').stdout);
    for (const rule of runs[0].tool.driver.rules) {
      expect(rule.shortDescription.text).to.match(/\S/);
      expect(rule.help.text).to.not.include('undefined');
    }
  });
});

describe('pp-connector rules', () => {
  it('lists the whole catalogue, those of diff and package and those for people, too', () => {
    const { rules } = JSON.parse(warmCli(['rules', '--format', 'json']).stdout);
    expect(rules.map(({ id }: { id: string }) => id)).to.deep.equal(allRules.map(({ id }) => id));
    expect(new Set(rules.map(({ command }: { command: string }) => command))).to.deep.equal(
      new Set(['validate', 'validate --all', 'package', 'diff']),
    );
    expect(new Set(rules.map(({ check }: { check: string }) => check))).to.deep.equal(new Set(['automatic', 'manual']));
    for (const rule of rules) {
      expect(rule).to.include.all.keys('id', 'title', 'severity', 'fixable', 'source', 'command', 'check');
      expect(Object.keys(rule.severity)).to.deep.equal(['custom', 'verified', 'independent']);
    }
  });

  it('lists them for people', () => {
    const { status, stdout } = warmCli(['rules']);
    expect(status).to.equal(0);
    for (const { id, title: text } of allRules) expect(stdout).to.include(id).and.to.include(text);
  });

  it('explains one', () => {
    const { status, stdout } = warmCli(['rules', 'host-format']);
    expect(status).to.equal(0);
    for (const part of ['Severity', 'Why', 'Remedy', 'Source', 'Fixed by', 'Switch off', 'Good:', 'Bad:', '"reason"']) {
      expect(stdout).to.include(part);
    }
  });

  it('refuses one that does not exist, with the nearest', () => {
    const { status, stdout, stderr } = warmCli(['rules', 'host-formet']);
    expect({ status, stdout }).to.deep.equal({ status: 2, stdout: '' });
    expect(stderr).to.match(/there is no rule "host-formet"; did you mean "host-format"\?/);
  });
});

describe('the line while something takes its time', () => {
  const shownAfter = async (isTTY: boolean, milliseconds: number): Promise<string[]> => {
    const texts: string[] = [];
    const end = startWaiting('reading api.json', () => ({ isTTY, write: (text: string) => texts.push(text) }));
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    end();
    end();
    return texts;
  };

  it('comes after a second, on a terminal only, and goes away', async () => {
    const [soon, late, elsewhere] = await Promise.all([
      shownAfter(true, 300),
      shownAfter(true, 1400),
      shownAfter(false, 1400),
    ]);
    expect({ soon, elsewhere }).to.deep.equal({ soon: [], elsewhere: [] });
    expect(late).to.deep.equal(['\r\u001b[Kreading api.json … 1 s', '\r\u001b[K']);
  });
});

describe('the progress line', () => {
  const shown = (isTTY: boolean, total: number): string[] => {
    const texts: string[] = [];
    let time = 0;
    const stream = { isTTY, columns: 20, write: (text: string) => texts.push(text) };
    const progress = startProgress(total, stream, () => (time += 50));
    for (let index = 0; index < total; index += 1) progress.step(`connector number ${index}`);
    progress.end();
    return texts;
  };

  it('is one line on a terminal that goes away', () => {
    const texts = shown(true, 4);
    expect(texts).to.deep.equal(['\r\u001b[K1/4 connector numbe', '\r\u001b[K3/4 connector numbe', '\r\u001b[K']);
  });

  it('is not there elsewhere, nor for a single connector', () => {
    expect(shown(false, 4)).to.deep.equal([]);
    expect(shown(true, 1)).to.deep.equal([]);
  });
});
