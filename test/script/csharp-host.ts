import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { temporaryFolder, writeTree } from '../support/folders.ts';

/** Compiles scripts with the .NET SDK that is there, and runs them as the platform does: one call, one answer. */

/** What the platform imports, as far as it exists everywhere. */
const usings = [
  ...['System', 'System.Collections', 'System.Collections.Generic', 'System.Diagnostics', 'System.IO', 'System.Linq'],
  ...['System.Net', 'System.Net.Http', 'System.Net.Http.Headers', 'System.Net.Security', 'System.Text'],
  ...['System.Security.Authentication', 'System.Security.Cryptography', 'System.Text.RegularExpressions'],
  ...[
    'System.Threading',
    'System.Threading.Tasks',
    'System.Xml',
    'System.Xml.Linq',
    'Newtonsoft.Json',
    'Newtonsoft.Json.Linq',
  ],
]
  .map((name) => `using ${name};`)
  .join('\n');

const host = `
public interface ILogger { }

public class ScriptContext
{
    private static readonly HttpClient Client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
    public string CorrelationId { get; set; }
    public string OperationId { get; set; }
    public HttpRequestMessage Request { get; set; }
    public Uri OriginalRequestUri { get; set; }
    public ILogger Logger { get; set; }
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken token) { return Client.SendAsync(request, token); }
}

public abstract class ScriptBase
{
    public ScriptContext Context { get; set; }
    public CancellationToken CancellationToken { get; set; }
    public static StringContent CreateJsonContent(string text) { return new StringContent(text, Encoding.UTF8, "application/json"); }
    public abstract Task<HttpResponseMessage> ExecuteAsync();
}

public static class Host
{
    public static void Main(string[] args)
    {
        var answers = new JArray();
        foreach (JObject call in JArray.Parse(File.ReadAllText(args[0])))
        {
            answers.Add(Run(call));
        }

        File.WriteAllText(args[1], answers.ToString());
    }

    private static JObject Run(JObject call)
    {
        var request = new HttpRequestMessage(new HttpMethod((string)call["method"]), (string)call["url"]);
        foreach (var header in ((JObject)call["headers"]).Properties())
        {
            request.Headers.TryAddWithoutValidation(header.Name, (string)header.Value);
        }

        if (call["body"] != null)
        {
            request.Content = new StringContent((string)call["body"], Encoding.UTF8, "application/json");
        }

        using (var source = new CancellationTokenSource((int)call["milliseconds"]))
        {
            var script = new Script
            {
                Context = new ScriptContext
                {
                    OperationId = (string)call["operationId"],
                    Request = request,
                    OriginalRequestUri = call["originalUrl"] == null ? request.RequestUri : new Uri((string)call["originalUrl"]),
                },
                CancellationToken = source.Token,
            };
            try
            {
                var response = script.ExecuteAsync().GetAwaiter().GetResult();
                var body = response.Content == null ? string.Empty : response.Content.ReadAsStringAsync().GetAwaiter().GetResult();
                return new JObject { ["status"] = (int)response.StatusCode, ["body"] = body, ["location"] = response.Headers.Location?.AbsoluteUri };
            }
            catch (Exception exception)
            {
                return new JObject { ["status"] = 0, ["body"] = exception.GetType().Name };
            }
        }
    }
}
`;

interface Sdk {
  compiler: string;
  library: string;
  references: string[];
  version: string;
}

/** The newest SDK; undefined: none is there. */
export function findSdk(): Sdk | undefined {
  const listed = (what: string): [string, string][] =>
    (spawnSync('dotnet', [what], { encoding: 'utf8' }).stdout ?? '')
      .split(/\r?\n/)
      .flatMap((line): [string, string][] => {
        const [, name = '', folder] = /^(?:Microsoft\.NETCore\.App )?(\d\S*) \[(.*)\]$/.exec(line) ?? [];
        return folder === undefined ? [] : [[name, join(folder, name)]];
      });
  const sdk = listed('--list-sdks').at(-1)?.[1];
  const [version, runtime] = listed('--list-runtimes').at(-1) ?? [];
  if (sdk === undefined || version === undefined || runtime === undefined) return undefined;
  const compiler = join(sdk, 'Roslyn', 'bincore', 'csc.dll');
  const library = join(sdk, 'Newtonsoft.Json.dll');
  if (!existsSync(compiler) || !existsSync(library)) return undefined;
  const isManaged = (name: string): boolean =>
    /^(System\..*|System|mscorlib|netstandard|Microsoft\.Win32\..*)\.dll$/.test(name) && !name.includes('.Native');
  return {
    compiler,
    library,
    version,
    references: readdirSync(runtime)
      .filter(isManaged)
      .map((name) => join(runtime, name)),
  };
}

/** @returns the program's path. @throws the compiler's messages */
export function compile(sdk: Sdk, script: string): string {
  const folder = writeTree(temporaryFolder('script'), {
    'Script.cs': `${usings}\n${host}\n#line 1 "script.csx"\n${script}`,
    'script.runtimeconfig.json': JSON.stringify({
      runtimeOptions: {
        framework: { name: 'Microsoft.NETCore.App', version: sdk.version },
        configProperties: { 'System.GC.Server': false },
      },
    }),
  });
  const program = join(folder, 'script.dll');
  writeFileSync(
    join(folder, 'csc.rsp'),
    // the oldest language that the platform may have: what compiles here compiles with newer ones
    [
      '-nologo',
      '-langversion:7.3',
      '-warnaserror+',
      '-nowarn:CS1701,CS1702',
      `-out:"${program}"`,
      ...[...sdk.references, sdk.library].map((path) => `-r:"${path}"`),
      `"${join(folder, 'Script.cs')}"`,
    ].join('\n'),
  );
  const { status, stdout } = spawnSync('dotnet', ['exec', sdk.compiler, `@${join(folder, 'csc.rsp')}`], {
    encoding: 'utf8',
    cwd: folder,
  });
  if (status !== 0) throw new Error(`the script doesn't compile:\n${stdout}`);
  copyFileSync(sdk.library, join(folder, 'Newtonsoft.Json.dll'));
  return program;
}

export interface Call {
  operationId?: string;
  method?: string;
  url: string;
  /** What the connector was called by; default: `url`. */
  originalUrl?: string;
  headers?: Record<string, string>;
  body?: string;
  /** Time after which the platform gives up. */
  milliseconds?: number;
}

export interface Answer {
  status: number;
  body: string;
  location: string | null;
}

/** The answers of a script to calls, one after the other; the servers of the test go on meanwhile. */
export async function runScript(program: string, calls: readonly Call[]): Promise<Answer[]> {
  const folder = dirname(program);
  const complete = calls.map((call) => ({
    operationId: 'GetThing',
    method: 'GET',
    headers: {},
    milliseconds: 5000,
    ...call,
  }));
  const [input, output] = [join(folder, 'calls.json'), join(folder, 'answers.json')];
  writeFileSync(input, JSON.stringify(complete));
  await new Promise<void>((resolve, reject) => {
    const child = spawn('dotnet', ['exec', program, input, output], { stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', reject);
    child.on('exit', (status) => (status === 0 ? resolve() : reject(new Error(`the script ended with ${status}`))));
  });
  const { readFileSync } = await import('node:fs');
  return JSON.parse(readFileSync(output, 'utf8')) as Answer[];
}

export interface LocalServer {
  url: string;
  /** What was asked, in order. */
  requests: { method: string; url: string; headers: IncomingMessage['headers']; body: string }[];
  close: () => Promise<void>;
}

/** A server on this machine only. */
export async function serve(
  answer: (request: LocalServer['requests'][number], response: ServerResponse) => void,
): Promise<LocalServer> {
  const requests: LocalServer['requests'] = [];
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const request = {
        method: incoming.method ?? '',
        url: incoming.url ?? '',
        headers: incoming.headers,
        body: Buffer.concat(chunks).toString(),
      };
      requests.push(request);
      answer(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
