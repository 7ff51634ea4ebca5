import { chmodSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect } from 'chai';
import { findSdk } from '../../../src/runtime/script/dotnet.ts';
import { readText, temporaryFolder, writeTree } from '../../support/folders.ts';

/** Machines with one .NET, several, or a useless one. A `dotnet` is a shell script here. */
const suite = process.platform === 'win32' ? describe.skip : describe;

/** A folder with a `dotnet` that lists SDKs as given, and the files of those. It notes each call in `calls`. */
function dotnet(listed: readonly string[], { status = 0, made = listed, runtime = '10.0.1' } = {}): string {
  const root = temporaryFolder('dotnet');
  const lines = listed.map((version) => `echo '${version} [${join(root, 'sdk')}]'`);
  const sdks = made.flatMap((version) => [
    [`sdk/${version}/Roslyn/bincore/csc.dll`, ''],
    [
      `sdk/${version}/dotnet.runtimeconfig.json`,
      `{"runtimeOptions":{"framework":{"version":"${version.slice(0, version.indexOf('.'))}.0.1"}}}`,
    ],
  ]);
  writeTree(root, {
    ...(Object.fromEntries(sdks) as Record<string, string>),
    [`shared/Microsoft.NETCore.App/${runtime}/any.dll`]: '',
    dotnet: ['#!/bin/sh', `echo "$*" >> '${join(root, 'calls')}'`, ...lines, `exit ${status}`, ''].join('\n'),
    calls: '',
  });
  chmodSync(join(root, 'dotnet'), 0o755);
  return root;
}

const onPath = (...folders: string[]) => ({ PATH: folders.join(delimiter) });
const problemOf = (env: Record<string, string>, platform: NodeJS.Platform = 'linux'): Promise<string> =>
  findSdk({ platform, env }).then(
    () => 'found',
    (error: Error & { hint?: string }) => `${error.message}\n${error.hint}`,
  );

suite('the .NET SDK for scripts', () => {
  it('is the newest of the first dotnet on PATH', async () => {
    const root = dotnet(['8.0.404', '10.0.100', '9.0.101']);
    const sdk = await findSdk({ platform: 'linux', env: onPath(root, dotnet(['10.0.401'])) });
    expect(sdk).to.deep.equal({
      program: join(root, 'dotnet'),
      version: '10.0.100',
      roslyn: join(root, 'sdk/10.0.100/Roslyn/bincore'),
      framework: { version: '10.0.1', folder: join(root, 'shared/Microsoft.NETCore.App/10.0.1') },
    });
  });

  it('is found by DOTNET_ROOT, and in the home of the user, on Linux and macOS', async () => {
    const root = dotnet(['10.0.100']);
    const home = temporaryFolder('home');
    symlinkSync(root, join(home, '.dotnet'));
    for (const platform of ['linux', 'darwin'] as const) {
      const stated = await findSdk({ platform, env: { DOTNET_ROOT: root } });
      expect(stated.program).to.equal(join(root, 'dotnet'));
    }
    expect((await findSdk({ platform: 'linux', env: { HOME: home } })).program).to.equal(join(home, '.dotnet/dotnet'));
  });

  it('is that of another dotnet where the first one has none, is too old, incomplete or does not start', async () => {
    const good = dotnet(['10.0.100']);
    const broken = writeTree(temporaryFolder('broken'), { dotnet: '#!/nowhere/interpreter\n' });
    chmodSync(join(broken, 'dotnet'), 0o755);
    const useless = [
      dotnet([]),
      dotnet(['6.0.100', '7.0.400']),
      dotnet(['10.0.100'], { made: [] }),
      dotnet(['10.0.100'], { runtime: '8.0.1' }),
      dotnet(['10.0.100'], { status: 1 }),
      broken,
    ];
    for (const first of useless) {
      const { program } = await findSdk({ platform: 'linux', env: { ...onPath(first), DOTNET_ROOT: good } });
      expect(program).to.equal(join(good, 'dotnet'));
    }
  });

  it('is asked for once where one dotnet has several names', async () => {
    const root = dotnet(['6.0.100']);
    const link = temporaryFolder('link');
    symlinkSync(join(root, 'dotnet'), join(link, 'dotnet'));
    await problemOf({ ...onPath(link, root), DOTNET_ROOT: root });
    expect(readText(root, 'calls')).to.equal('--list-sdks\n');
  });

  it('is missed with what is there, and how to install it on this system', async () => {
    expect(await problemOf(onPath(dotnet(['6.0.100'])))).to.match(
      /^script\.csx needs \.NET: \S+dotnet has no SDK of version 8\.0 or later \(dotnet --list-sdks\)\ninstall the \.NET SDK: https:/,
    );
    expect(await problemOf(onPath(dotnet(['10.0.100'], { runtime: '8.0.1' })))).to.contain('lacks its runtime');
    expect(await problemOf({})).to.contain('the .NET SDK is not installed\n');
    expect(await problemOf({}, 'win32')).to.match(/not installed\n.*winget install Microsoft\.DotNet\.SDK/);
  });
});
