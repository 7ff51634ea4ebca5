using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;
using Microsoft.PowerPlatform.Connectors.CustomCode.CSharp;

namespace PpConnector.ScriptHost
{
    // Kind: "compiler"; "surface": a member that the service's own types don't have; "network": a way out beside SendAsync.
    internal sealed record ScriptError(string Code, string Message, int Start, int Line, int Column, string Kind)
    {
        public JsonObject ToJson() => new()
        {
            ["code"] = this.Code,
            ["message"] = this.Message,
            ["start"] = this.Start,
            ["line"] = this.Line,
            ["column"] = this.Column,
            ["kind"] = this.Kind,
        };
    }

    // A version of a script in a load context of its own; with errors, there is nothing to run.
    internal sealed class LoadedScript
    {
        private readonly AssemblyLoadContext context;

        public LoadedScript(string code, IReadOnlyList<ScriptError> errors, AssemblyLoadContext context, Assembly assembly)
        {
            this.Code = code;
            this.Errors = errors;
            this.context = context;
            this.Assembly = assembly;
        }

        public string Code { get; }

        public IReadOnlyList<ScriptError> Errors { get; }

        public Assembly Assembly { get; }

        public void Unload() => this.context?.Unload();
    }

    internal sealed class Compiler
    {
        public const string FileName = "script.csx";

        private const int MostErrors = 200;
        private const string SurfaceNamespace = "Microsoft.PowerPlatform.Connectors.CustomCode.CSharp";

        // There without being named (documentation of custom code).
        private static readonly string[] Namespaces =
        {
            "System", "System.Collections", "System.Collections.Generic", "System.Diagnostics", "System.IO", "System.IO.Compression",
            "System.Linq", "System.Net", "System.Net.Http", "System.Net.Http.Headers", "System.Net.Security",
            "System.Security.Authentication", "System.Security.Cryptography", "System.Text", "System.Text.RegularExpressions",
            "System.Threading", "System.Threading.Tasks", "System.Web", "System.Xml", "System.Xml.Linq", "System.Drawing",
            "System.Drawing.Drawing2D", "System.Drawing.Imaging", "Microsoft.Extensions.Logging", "Newtonsoft.Json",
            "Newtonsoft.Json.Linq", SurfaceNamespace,
        };

        // Types that reach the network, or another program, without the context.
        private static readonly HashSet<string> WaysOut = new()
        {
            "System.Net.Http.HttpClient", "System.Net.Http.HttpMessageInvoker", "System.Net.WebClient", "System.Net.WebRequest",
            "System.Net.HttpWebRequest", "System.Net.FtpWebRequest", "System.Net.HttpListener", "System.Net.Sockets.Socket",
            "System.Net.Sockets.TcpClient", "System.Net.Sockets.TcpListener", "System.Net.Sockets.UdpClient",
            "System.Net.WebSockets.ClientWebSocket", "System.Net.Mail.SmtpClient", "System.Diagnostics.Process",
        };

        private static readonly HashSet<string> NamesOfWaysOut = new(WaysOut.Select(name => name.Substring(name.LastIndexOf('.') + 1)));

        private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Latest, DocumentationMode.None);

        private readonly Lazy<CSharpCompilation> shared;
        private int versions;

        public Compiler(Places places)
        {
            this.shared = new Lazy<CSharpCompilation>(() => Prepare(places));
        }

        public IReadOnlyList<ScriptError> Check(string code)
        {
            var compilation = this.Compile(code, out var tree);
            return Errors(compilation, tree, compilation.GetDiagnostics());
        }

        public LoadedScript Load(string code)
        {
            var compilation = this.Compile(code, out var tree);
            using var assembly = new MemoryStream();
            using var symbols = new MemoryStream();
            var result = compilation.Emit(assembly, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
            var errors = Errors(compilation, tree, result.Diagnostics);
            if (errors.Count > 0 || !result.Success)
            {
                return new LoadedScript(code, errors, null, null);
            }

            assembly.Position = 0;
            symbols.Position = 0;
            var context = new AssemblyLoadContext(compilation.AssemblyName, isCollectible: true);
            return new LoadedScript(code, errors, context, context.LoadFromStream(assembly, symbols));
        }

        private static CSharpCompilation Prepare(Places places)
        {
            var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Debug, concurrentBuild: true)
                // references that only differ in version are one here
                .WithSpecificDiagnosticOptions(new[] { "CS1701", "CS1702", "CS1705" }.ToDictionary(id => id, _ => ReportDiagnostic.Suppress));
            var references = Directory.GetFiles(Path.Combine(places.References, "net48"), "*.dll")
                .OrderBy(file => file, StringComparer.Ordinal)
                .Select(file => (MetadataReference)MetadataReference.CreateFromFile(file))
                .ToList();
            var surface = CSharpCompilation.Create(
                typeof(Compiler).Assembly.GetName().Name,
                new[] { CSharpSyntaxTree.ParseText(SourceText.From(File.ReadAllText(places.Surface), Encoding.UTF8), Parsing) },
                references,
                options);
            var usings = string.Concat(Namespaces.Select(name => "global using " + name + ";\n"));
            return CSharpCompilation.Create(
                "Script",
                new[] { CSharpSyntaxTree.ParseText(SourceText.From(usings, Encoding.UTF8), Parsing) },
                references.Append(surface.ToMetadataReference()),
                options);
        }

        private CSharpCompilation Compile(string code, out SyntaxTree tree)
        {
            // a byte-order mark is none of the text; places stay what they are
            code = code.StartsWith('\uFEFF') ? " " + code.Substring(1) : code;
            tree = CSharpSyntaxTree.ParseText(SourceText.From(code, Encoding.UTF8), Parsing, FileName);
            return this.shared.Value.AddSyntaxTrees(tree).WithAssemblyName("Script" + Interlocked.Increment(ref this.versions));
        }

        // As the compiler does: with mistakes of syntax, nothing else is looked at, since it would follow from them.
        private static IReadOnlyList<ScriptError> Errors(CSharpCompilation compilation, SyntaxTree tree, ImmutableArray<Diagnostic> all)
        {
            var ofSyntax = tree.GetDiagnostics().Where(one => one.Severity == DiagnosticSeverity.Error).ToList();
            var model = new Lazy<SemanticModel>(() => compilation.GetSemanticModel(tree));
            var errors = (ofSyntax.Count > 0 ? ofSyntax : all.Where(one => one.Severity == DiagnosticSeverity.Error && (one.Location.SourceTree == tree || one.Location.SourceTree == null)))
                .Take(MostErrors)
                .Select(one => ErrorOf(one, tree, model))
                .ToList();
            if (ofSyntax.Count == 0)
            {
                errors.AddRange(WaysOutIn(tree, model));
            }

            return errors.OrderBy(error => error.Start).ToList();
        }

        private static ScriptError ErrorOf(Diagnostic diagnostic, SyntaxTree tree, Lazy<SemanticModel> model)
        {
            var message = diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture);
            var span = diagnostic.Location.SourceTree == tree ? diagnostic.Location.SourceSpan : default;
            var offered = diagnostic.Id is "CS1061" or "CS0117" ? OfferedInstead(tree.GetRoot().FindNode(span, getInnermostNodeForTie: true), model.Value) : null;
            return At(tree, span.Start, diagnostic.Id, offered ?? message, offered == null ? "compiler" : "surface");
        }

        // What a type of the service has, where a member is asked for that it doesn't have.
        private static string OfferedInstead(SyntaxNode node, SemanticModel model)
        {
            if (node is not SimpleNameSyntax name)
            {
                return null;
            }

            var owner = name.Parent switch
            {
                MemberAccessExpressionSyntax access when access.Name == name => access.Expression,
                MemberBindingExpressionSyntax { Parent: { } } => name.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>()?.Expression,
                _ => null,
            };
            if (owner == null)
            {
                return null;
            }

            var type = model.GetTypeInfo(owner).Type ?? model.GetSymbolInfo(owner).Symbol as INamedTypeSymbol;
            if (type?.ContainingAssembly?.Name != typeof(Compiler).Assembly.GetName().Name)
            {
                return null;
            }

            var extensions = type.Name == "ILogger" ? typeof(Microsoft.Extensions.Logging.LoggerExtensions).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly).Select(method => method.Name) : Array.Empty<string>();
            var members = type.GetMembers()
                .Where(member => member.DeclaredAccessibility == Accessibility.Public && member.CanBeReferencedByName)
                .Select(member => member.Name)
                .Concat(extensions)
                .Distinct();
            return type.Name + " has no " + name.Identifier.ValueText + "; it has " + string.Join(", ", members);
        }

        private static IEnumerable<ScriptError> WaysOutIn(SyntaxTree tree, Lazy<SemanticModel> model)
        {
            return tree.GetRoot().DescendantNodes().OfType<IdentifierNameSyntax>()
                .Where(name => NamesOfWaysOut.Contains(name.Identifier.ValueText))
                .Select(name => (name, type: model.Value.GetSymbolInfo(name).Symbol switch
                {
                    INamedTypeSymbol named => named,
                    IMethodSymbol method => method.ContainingType,
                    _ => null,
                }))
                .Where(found => found.type != null && WaysOut.Contains(found.type.ToDisplayString()))
                .GroupBy(found => tree.GetLineSpan(found.name.Span).StartLinePosition.Line)
                .Select(line => line.First())
                .Select(found => At(tree, found.name.SpanStart, found.type.Name, found.type.ToDisplayString(), "network"))
                .ToList();
        }

        private static ScriptError At(SyntaxTree tree, int start, string code, string message, string kind)
        {
            var place = tree.GetLineSpan(new TextSpan(start, 0)).StartLinePosition;
            return new ScriptError(code, message, start, place.Line + 1, place.Character + 1, kind);
        }
    }
}
