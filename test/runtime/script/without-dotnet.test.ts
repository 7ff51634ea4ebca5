import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parseArguments } from '../../../src/cli/arguments.ts';
import { command } from '../../../src/cli/commands/invoke.ts';
import { scriptCompiler } from '../../../src/runtime/script/script-compiler.ts';
import { isTrusted, trust } from '../../../src/runtime/script/trust.ts';
import { withoutDotnet } from '../../support/dotnet.ts';
import { temporaryFolder, writeTree } from '../../support/folders.ts';
import { inProcess } from '../../support/in-process.ts';
import { definitionOf } from '../runs.ts';
import { bodies, withBody } from './scripts.ts';

function setAll(variables: readonly (readonly [string, string | undefined])[]): void {
  for (const [name, value] of variables) {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  }
}

describe('without .NET', () => {
  const nowhere = { platform: 'linux', env: { PATH: temporaryFolder('empty') } } as const;

  it('a script is not compiled, and somebody says why', async () => {
    const result = await scriptCompiler(temporaryFolder(), nowhere)(withBody(bodies.forward));
    expect(result).to.deep.equal({ missing: 'script.csx needs .NET: the .NET SDK is not installed' });
  });

  it('an operation with code can not be run, and the others can', async function () {
    const env = withoutDotnet();
    if (env === undefined) return this.skip();
    const before = Object.keys(env).map((name) => [name, process.env[name]] as const);
    const folder = writeTree(temporaryFolder(), {
      'apiDefinition.swagger.json': JSON.stringify(definitionOf({})),
      'apiProperties.json': '{"properties":{"scriptOperations":["Op"]}}',
      'script.csx': withBody(bodies.forward),
    });
    const invoke = (...args: string[]) => {
      const { flags, positionals, format } = parseArguments(command, args);
      return inProcess({ cwd: folder, format }, (context) => command.run(context, positionals, flags));
    };
    setAll(Object.entries(env));
    try {
      const { status, stderr } = await invoke('Op', '--mock', '--trust-script');
      expect(status).to.equal(2);
      expect(stderr).to.match(/script\.csx needs \.NET: .*\n.*install the \.NET SDK: /);
      writeFileSync(join(folder, 'apiProperties.json'), '{"properties":{"scriptOperations":["Other"]}}');
      expect((await invoke('Op', '--mock')).status).to.equal(0);
    } finally {
      setAll(before);
    }
    return undefined;
  });

  it('a script is trusted by its text, and another version of it is another script', () => {
    const folder = temporaryFolder('scripts');
    expect(isTrusted(folder, 'a')).to.equal(false);
    trust(folder, 'a');
    trust(folder, 'a');
    expect(isTrusted(folder, 'a')).to.equal(true);
    expect(isTrusted(folder, 'a ')).to.equal(false);
  });
});
