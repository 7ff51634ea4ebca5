import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { errorReport, placesOf, rememberError } from '../../src/doctor/error-report.ts';
import { stateFolder } from '../../src/files/state-folder.ts';
import { version } from '../../src/version.ts';
import { temporaryFolder } from '../support/folders.ts';

const error = new TypeError('the title "Contoso secret" is undefined');
error.stack = [
  `TypeError: ${error.message}`,
  '    at judge (/home/somebody/project/node_modules/generator-pp-connector/dist/cli/validate-1a2b.cjs:1:4711)',
  '    at async Object.run (C:\\Users\\somebody\\node_modules\\generator-pp-connector\\dist\\cli\\base-1.cjs:2:3)',
  '    at file:///opt/generator-pp-connector/dist/yeoman/dist-jiq.js:6:20302',
  '    at node:internal/modules/cjs/loader:1184:24',
].join('\n');

describe('the report of an error', () => {
  let home: string | undefined;
  before(() => {
    home = process.env.XDG_STATE_HOME;
    process.env.XDG_STATE_HOME = temporaryFolder();
  });
  after(() => {
    if (home === undefined) delete process.env.XDG_STATE_HOME;
    else process.env.XDG_STATE_HOME = home;
  });

  it('has versions and the platform, also without an error', () => {
    const report = errorReport(temporaryFolder());
    expect(report).to.include(`generator-pp-connector ${version}`).and.to.include(process.versions.node);
    expect(report).to.match(/No error of the program is remembered/);
  });

  it('names the places in the package, and nothing of what was read or where', () => {
    expect(placesOf(error)).to.deep.equal([
      'judge dist/cli/validate-1a2b.cjs:1:4711',
      'async Object.run dist/cli/base-1.cjs:2:3',
      'dist/yeoman/dist-jiq.js:6:20302',
    ]);
    rememberError(error, 'validate', ['format', 'cwd']);
    const report = errorReport(temporaryFolder());
    expect(report).to.match(/Last error: TypeError at .*, in: pp-connector validate --format --cwd/);
    expect(report).to.include('  at judge dist/cli/validate-1a2b.cjs:1:4711');
    expect(report).to.not.match(/Contoso|somebody|node_modules/);
  });

  for (const text of ['', '{', 'null', '[]', '{ "flags": 1 }']) {
    it(`takes what is kept for no error where it is ${JSON.stringify(text)}`, () => {
      const folder = stateFolder(process.cwd()) ?? '';
      writeFileSync(join(folder, 'last-error.json'), text);
      expect(errorReport(temporaryFolder())).to.match(/No error of the program is remembered/);
    });
  }
});
