import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readTemplate } from '../../src/templates.ts';
import { temporaryFolder, writeTree } from '../support/folders.ts';

/** The surface of the platform that scripts see, and nothing more. */
const scriptBase = `
public interface IScriptContext
{
    string CorrelationId { get; }
    string OperationId { get; }
    HttpRequestMessage Request { get; }
    ILogger Logger { get; }
    Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken);
}

public interface ILogger
{
}

public abstract class ScriptBase
{
    public IScriptContext Context { get; }
    public CancellationToken CancellationToken { get; }
    public static StringContent CreateJsonContent(string serializedJson) { return new StringContent(serializedJson); }
    public abstract Task<HttpResponseMessage> ExecuteAsync();
}
`;

/** The platform imports these; a script writes no using lines. */
const namespaces = [
  'System',
  'System.Collections',
  'System.Collections.Generic',
  'System.Diagnostics',
  'System.IO',
  'System.IO.Compression',
  'System.Linq',
  'System.Net',
  'System.Net.Http',
  'System.Net.Http.Headers',
  'System.Net.Security',
  'System.Security.Authentication',
  'System.Security.Cryptography',
  'System.Text',
  'System.Text.RegularExpressions',
  'System.Threading',
  'System.Threading.Tasks',
  'System.Xml',
  'System.Xml.Linq',
  'Newtonsoft.Json',
  'Newtonsoft.Json.Linq',
];

const usings = namespaces.map((name) => `using ${name};`).join('\n');

/** The oldest target and language that the platform may have: what compiles here compiles with newer ones. */
const project = `<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>netstandard2.0</TargetFramework>
    <LangVersion>7.3</LangVersion>
    <EnableDefaultCompileItems>false</EnableDefaultCompileItems>
    <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
    <NuGetAudit>false</NuGetAudit>
  </PropertyGroup>
  <ItemGroup>
    <Compile Include="Script.cs" />
    <PackageReference Include="Newtonsoft.Json" Version="13.0.3" />
  </ItemGroup>
</Project>
`;

describe('the client-credentials script', () => {
  const script = readTemplate('oauth', 'script.csx');

  it('compiles against what the platform offers', function () {
    this.timeout(180_000);
    const folder = writeTree(temporaryFolder('script'), {
      'script.csproj': project,
      'Script.cs': `${usings}\n${scriptBase}\n#line 1 "script.csx"\n${script}`,
    });
    const offline = '/opt/nuget/packages';
    const env = {
      ...process.env,
      DOTNET_CLI_TELEMETRY_OPTOUT: '1',
      DOTNET_NOLOGO: '1',
      MSBUILDDISABLENODEREUSE: '1',
      HOME: process.env.HOME ?? homedir(),
      ...(existsSync(offline) ? { RestoreFallbackFolders: offline } : {}),
    };
    const dotnet = (...args: string[]) => spawnSync('dotnet', args, { cwd: folder, env, encoding: 'utf8' });
    // without the .NET SDK, or where its packages can't be fetched, there is nothing to compile with
    if (dotnet('--version').status !== 0) this.skip();
    const restored = dotnet('restore', '--ignore-failed-sources');
    if (restored.status !== 0) this.skip();
    const { status, stdout } = dotnet(
      'build',
      '--no-restore',
      '--nologo',
      '-v',
      'quiet',
      '-p:UseSharedCompilation=false',
    );
    expect(status, stdout).to.equal(0);
    expect(existsSync(join(folder, 'bin', 'Debug', 'netstandard2.0', 'script.dll'))).to.equal(true);
  });

  it('takes all private headers away before it does anything else', () => {
    const body = script.slice(script.indexOf('ExecuteAsync()'));
    const beforeFirstDecision = body.slice(0, body.indexOf('if ('));
    for (const header of ['TokenUrlHeader', 'ClientIdHeader', 'ClientSecretHeader', 'ScopeHeader']) {
      expect(beforeFirstDecision).to.contain(`TakeHeader(${header})`);
    }
  });
});
