// Compiles and runs script.csx. Speaks JSON, one message per line, over stdin and stdout; it ends when stdin does.
//
//   dotnet ScriptHost.dll ROSLYN REFERENCES SURFACE
//
// ROSLYN: the folder of Microsoft.CodeAnalysis*.dll. REFERENCES: the folder with "net48" (what scripts are compiled
// against) and "run" (what they load). SURFACE: the source file of what the service offers to scripts.
using System;
using System.Collections.Concurrent;
using System.IO;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Tasks;

namespace PpConnector.ScriptHost
{
    internal static class Program
    {
        private static int Main(string[] args)
        {
            var places = new Places(args[0], args[1], args[2]);
            // taken before any script could write to it
            var channel = new Channel(Console.OpenStandardOutput());
            var lines = new StreamReader(Console.OpenStandardInput(), new UTF8Encoding(false));
            Console.SetIn(TextReader.Null);
            // Ctrl-C is for whoever started this: it still has to take its leave of the API
            Console.CancelKeyPress += (_, pressed) => pressed.Cancel = true;
            AssemblyLoadContext.Default.Resolving += (context, name) => Find(context, name, places);
            Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
            new Host(places, channel).Serve(lines);
            // also past threads of a script that never ends
            Environment.Exit(0);
            return 0;
        }

        private static Assembly Find(AssemblyLoadContext context, AssemblyName name, Places places)
        {
            foreach (var folder in new[] { places.Roslyn, Path.Combine(places.References, "run") })
            {
                var file = Path.Combine(folder, name.Name + ".dll");
                if (File.Exists(file))
                {
                    return context.LoadFromAssemblyPath(file);
                }
            }

            return null;
        }
    }

    internal sealed record Places(string Roslyn, string References, string Surface);

    // Messages to the other side: whole lines, whichever thread they come from.
    internal sealed class Channel
    {
        private readonly Stream stream;

        public Channel(Stream stream)
        {
            this.stream = stream;
        }

        public void Write(JsonObject message)
        {
            var bytes = Encoding.UTF8.GetBytes(message.ToJsonString() + "\n");
            lock (this.stream)
            {
                this.stream.Write(bytes);
                this.stream.Flush();
            }
        }
    }

    internal sealed class Host
    {
        private readonly Channel channel;
        private readonly Compiler compiler;
        private readonly ConcurrentDictionary<int, Run> runs = new();
        private LoadedScript loaded;

        public Host(Places places, Channel channel)
        {
            this.channel = channel;
            this.compiler = new Compiler(places);
            Console.SetOut(new ConsoleLines());
        }

        public void Serve(TextReader lines)
        {
            this.channel.Write(new JsonObject { ["event"] = "ready" });
            while (lines.ReadLine() is { } line)
            {
                var message = JsonNode.Parse(line).AsObject();
                var id = (int)message["id"];
                switch ((string)message["do"])
                {
                    case "compile":
                        Task.Run(() => this.Compile(id, (string)message["code"]));
                        break;
                    case "run":
                        Task.Run(() => this.Start(id, message));
                        break;
                    case "answer":
                        if (this.runs.TryGetValue(id, out var asking))
                        {
                            asking.Answer(message);
                        }

                        break;
                    case "abandon":
                        if (this.runs.TryRemove(id, out var abandoned))
                        {
                            abandoned.Abandon();
                        }

                        break;
                }
            }
        }

        private void Compile(int id, string code)
        {
            this.Guarded(id, () =>
            {
                var errors = new JsonArray();
                foreach (var error in this.compiler.Check(code))
                {
                    errors.Add(error.ToJson());
                }

                this.channel.Write(new JsonObject { ["id"] = id, ["event"] = "compiled", ["errors"] = errors });
            });
        }

        private void Start(int id, JsonObject message)
        {
            this.Guarded(id, () =>
            {
                var script = this.Load((string)message["code"]);
                if (script.Errors.Count > 0)
                {
                    var errors = new JsonArray();
                    foreach (var error in script.Errors)
                    {
                        errors.Add(error.ToJson());
                    }

                    this.channel.Write(new JsonObject { ["id"] = id, ["event"] = "compiled", ["errors"] = errors });
                    return;
                }

                var run = new Run(id, message, this.channel);
                this.runs[id] = run;
                run.Execute(script).ContinueWith(_ => this.runs.TryRemove(id, out var _));
            });
        }

        // One version of a script is kept: the one before is unloaded, unless it still runs.
        private LoadedScript Load(string code)
        {
            lock (this.compiler)
            {
                if (this.loaded == null || this.loaded.Code != code)
                {
                    this.loaded?.Unload();
                    this.loaded = this.compiler.Load(code);
                }

                return this.loaded;
            }
        }

        private void Guarded(int id, Action work)
        {
            try
            {
                work();
            }
            catch (Exception exception)
            {
                this.channel.Write(new JsonObject { ["id"] = id, ["event"] = "broken", ["message"] = exception.GetType().Name + ": " + exception.Message });
            }
        }
    }
}
