import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { ScriptPlace } from '../../src/runtime/script/place.ts';
import { bodies, broken, connectorWithCode as filesOf, ofScripts, withBody } from '../runtime/script/scripts.ts';
import { type CliResult, cli } from '../support/cli.ts';
import { dotnetForTests, lendDotnet, withoutDotnet } from '../support/dotnet.ts';
import { readJson, readText, temporaryFolder, writeTree } from '../support/folders.ts';

/** `validate` and the compiler: what is started, and how often. Calls of dotnet go through a program that counts them. */

interface Found {
  rule: string;
  line: number;
  column: number;
  message: string;
}

describe('validate: the compiler', function () {
  this.timeout(120_000);
  let place: ScriptPlace;
  let root = '';
  let log = '';
  let env: Record<string, string | undefined> = {};

  before(async function () {
    this.timeout(180_000);
    // the program in between is a shell script
    const found = process.platform === 'win32' ? undefined : await dotnetForTests();
    if (found === undefined) return this.skip();
    place = found;
    return undefined;
  });

  beforeEach(() => {
    root = temporaryFolder();
    const tools = temporaryFolder('tools');
    log = join(tools, 'calls');
    writeTree(tools, { dotnet: `#!/bin/sh\necho "$1" >> '${log}'\nexec '${place.sdk.program}' "$@"\n` });
    chmodSync(join(tools, 'dotnet'), 0o755);
    const state = temporaryFolder('state');
    lendDotnet(place, state);
    env = { PATH: tools, XDG_STATE_HOME: state };
  });

  const calls = (): string[] => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []);
  /** Processes of .NET that compile. */
  const hosts = (): number => calls().filter((argument) => argument === 'exec').length;

  const validate = (...args: string[]): CliResult => cli(['validate', ...args, '--format', 'json'], { cwd: root, env });
  const found = ({ stdout }: CliResult): Record<string, Found[]> => {
    const { connectors } = JSON.parse(stdout) as { connectors: { path: string; findings: Found[] }[] };
    return Object.fromEntries(
      connectors.map(({ path, findings }) => [path, findings.filter(({ rule }) => compiled.has(rule))]),
    );
  };
  const compiled = new Set(['script-compiles', 'script-surface', 'script-not-compiled']);
  const brief = (findings: readonly Found[] = []): string[] =>
    findings.map(({ rule, line, column }) => `${line}:${column} ${rule}`);

  it('is one process for a whole batch, and none for scripts that it has seen', () => {
    writeTree(root, {
      ...filesOf('fine', withBody(bodies.forward)),
      ...filesOf('plain'),
      ...filesOf('split', broken('var lines = "a b".Split("; ");')),
      ...filesOf('surface', broken('var key = this.Context.Connection;')),
      ...filesOf('again', withBody(bodies.forward)),
    });
    const first = validate('--recursive');
    const places = Object.entries(found(first)).map(([path, findings]) => [path, brief(findings)]);
    expect(Object.fromEntries(places)).to.deep.equal({
      fine: [],
      again: [],
      plain: [],
      split: ['5:33 script-compiles'],
      surface: ['5:32 script-surface'],
    });
    expect(hosts()).to.equal(1);
    const second = validate('--recursive');
    expect(second.stdout).to.equal(first.stdout);
    expect(hosts()).to.equal(1);
    // another text is another script
    writeTree(root, { 'fine/script.csx': broken('int n = "one";') });
    expect(brief(found(validate('--recursive')).fine)).to.deep.equal(['5:17 script-compiles']);
    expect(hosts()).to.equal(2);
  });

  it('is not started without code, nor with --no-compile', () => {
    writeTree(root, { ...filesOf('one'), ...filesOf('two') });
    expect(found(validate('--recursive'))).to.deep.equal({ one: [], two: [] });
    writeTree(root, filesOf('one', broken('int n = "one";')));
    expect(found(validate('--recursive', '--no-compile'))).to.deep.equal({ one: [], two: [] });
    expect(calls()).to.deep.equal([]);
  });

  it('is asked once while the other files are fixed', () => {
    const script = broken('int n = "one";');
    const files = filesOf('one', script);
    const ended = { ...ofScripts, paths: { '/orders': { get: { ...ofScripts.paths['/orders'].get } } } };
    ended.paths['/orders'].get.summary = 'List orders.';
    writeTree(root, { ...files, 'one/apiDefinition.swagger.json': JSON.stringify(ended, null, 2) });
    const result = validate('one', '--fix');
    expect(brief(found(result).one)).to.deep.equal(['5:17 script-compiles']);
    const written = readJson(root, 'one/apiDefinition.swagger.json') as typeof ofScripts;
    expect(written.paths['/orders'].get.summary).to.equal('List orders');
    expect(readText(root, 'one/script.csx')).to.equal(script);
    expect(hosts()).to.equal(1);
  });

  it('is missed in one info without what scripts are compiled against; nothing is downloaded', () => {
    writeTree(root, filesOf('one', broken('int n = "one";')));
    env = { ...env, XDG_STATE_HOME: temporaryFolder('another-state') };
    const withoutReferences = validate('one');
    expect(found(withoutReferences).one?.map(({ rule, message }) => [rule, message])).to.deep.equal([
      [
        'script-not-compiled',
        'the script was not compiled: what scripts are compiled against is not on this machine; get it: pp-connector doctor --install',
      ],
    ]);
    expect(calls()).to.deep.equal(['--list-sdks']);
  });

  it('is missed in one info without .NET', function () {
    const nowhere = withoutDotnet();
    if (nowhere === undefined) return this.skip();
    writeTree(root, filesOf('one', broken('int n = "one";')));
    env = { ...env, ...nowhere };
    expect(found(validate('one')).one?.map(({ message }) => message)).to.deep.equal([
      'the script was not compiled: script.csx needs .NET: the .NET SDK is not installed',
    ]);
    return undefined;
  });
});
