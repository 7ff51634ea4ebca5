using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;
using Microsoft.PowerPlatform.Connectors.CustomCode.CSharp;

namespace PpConnector.ScriptHost
{
    // One call of a script, and the context that it sees.
    internal sealed class Run : IScriptContext, ILogger
    {
        private static readonly AsyncLocal<Run> Here = new();

        private readonly int id;
        private readonly Channel channel;
        private readonly string operationId;
        private readonly Uri notificationBase;
        private readonly CancellationTokenSource cancellation = new();
        private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonObject>> waiting = new();
        private int sends;
        private bool hasReadOperationId;

        public Run(int id, JsonObject message, Channel channel)
        {
            this.id = id;
            this.channel = channel;
            this.operationId = (string)message["operationId"];
            this.notificationBase = new Uri((string)message["notificationBase"]);
            this.CorrelationId = (string)message["correlationId"];
            this.OriginalRequestUri = new Uri((string)message["originalRequestUri"]);
            this.Request = Messages.RequestOf(message["request"].AsObject());
        }

        // Of the script that the current thread works for; null: of none.
        public static Run Current => Here.Value;

        public string CorrelationId { get; }

        public string OperationId
        {
            get
            {
                this.hasReadOperationId = true;
                return this.operationId;
            }
        }

        public HttpRequestMessage Request { get; }

        public Uri OriginalRequestUri { get; }

        public ILogger Logger => this;

        public Uri CreateNotificationUri(string relativeUri)
        {
            return new Uri(this.notificationBase.AbsoluteUri.TrimEnd('/') + "/" + (relativeUri ?? string.Empty).TrimStart('/'));
        }

        public async Task Execute(LoadedScript loaded)
        {
            try
            {
                var script = Instance(loaded.Assembly);
                this.Say("started", new JsonObject());
                Here.Value = this;
                var response = await Task.Run(() => script.ExecuteWith(this, this.cancellation.Token)).ConfigureAwait(false);
                if (response == null)
                {
                    this.Fail("ExecuteAsync returned null in place of an answer", null, null);
                    return;
                }

                this.Say("answered", new JsonObject { ["answer"] = await Messages.JsonOf(response).ConfigureAwait(false) });
            }
            catch (Exception exception)
            {
                var cause = Cause(exception);
                this.Fail(cause.Message, cause.GetType().Name, PlaceOf(exception));
            }
        }

        // The same request object may be sent again, as it may be on the service.
        public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request == null)
            {
                throw new ArgumentNullException(nameof(request));
            }

            if (request.RequestUri == null || !request.RequestUri.IsAbsoluteUri)
            {
                throw new InvalidOperationException("An invalid request URI was provided. The request URI must be an absolute URI.");
            }

            var number = Interlocked.Increment(ref this.sends);
            var answer = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
            this.waiting[number] = answer;
            using var ended = cancellationToken.Register(() => answer.TrySetCanceled(cancellationToken));
            using var abandoned = this.cancellation.Token.Register(() => answer.TrySetCanceled(this.cancellation.Token));
            this.Say("send", new JsonObject { ["send"] = number, ["request"] = await Messages.JsonOf(request).ConfigureAwait(false) });
            var message = await answer.Task.ConfigureAwait(false);
            if ((string)message["error"] is { } error)
            {
                throw new HttpRequestException(error);
            }

            return Messages.ResponseOf(message["answer"].AsObject(), request);
        }

        public void Answer(JsonObject message)
        {
            if (this.waiting.TryRemove((int)message["send"], out var answer))
            {
                answer.TrySetResult(message);
            }
        }

        // Nobody waits for it any more.
        public void Abandon() => this.cancellation.Cancel();

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public IDisposable BeginScope<TState>(TState state) => new MemoryStream();

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception exception, Func<TState, Exception, string> formatter)
        {
            this.WriteLine(logLevel + ": " + (formatter == null ? state?.ToString() : formatter(state, exception)));
        }

        public void WriteLine(string text) => this.Say("log", new JsonObject { ["text"] = text });

        private static ScriptBase Instance(Assembly assembly)
        {
            var types = assembly.GetTypes().Where(type => !type.IsNested && string.Equals(type.Name, "Script", StringComparison.OrdinalIgnoreCase));
            var type = types.FirstOrDefault(type => typeof(ScriptBase).IsAssignableFrom(type) && !type.IsAbstract)
                ?? throw new MissingMemberException("there is no class Script : ScriptBase");
            return (ScriptBase)Activator.CreateInstance(type, nonPublic: true);
        }

        private static Exception Cause(Exception exception)
        {
            while (exception is AggregateException or TargetInvocationException && exception.InnerException != null)
            {
                exception = exception.InnerException;
            }

            return exception;
        }

        // The innermost line of the script that the exception, or what caused it, came by.
        private static StackFrame PlaceOf(Exception exception)
        {
            for (var each = Cause(exception); each != null; each = each.InnerException)
            {
                var found = new StackTrace(each, true).GetFrames().FirstOrDefault(frame => frame.GetFileName() == Compiler.FileName && frame.GetFileLineNumber() > 0);
                if (found != null)
                {
                    return found;
                }
            }

            return null;
        }

        private void Fail(string message, string type, StackFrame place)
        {
            this.Say("failed", new JsonObject
            {
                ["message"] = message,
                ["type"] = type,
                ["line"] = place?.GetFileLineNumber() ?? 0,
                ["column"] = place?.GetFileColumnNumber() ?? 0,
            });
        }

        private void Say(string what, JsonObject message)
        {
            message["id"] = this.id;
            message["event"] = what;
            message["hasReadOperationId"] = this.hasReadOperationId;
            this.channel.Write(message);
        }
    }

    // What a script writes to the console is a line of its log.
    internal sealed class ConsoleLines : TextWriter
    {
        private readonly AsyncLocal<StringBuilder> unfinished = new();

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value)
        {
            var line = this.unfinished.Value ??= new StringBuilder();
            if (value != '\n')
            {
                line.Append(value);
                return;
            }

            Run.Current?.WriteLine(line.ToString().TrimEnd('\r'));
            line.Clear();
        }
    }

    // Requests and answers as messages.
    internal static class Messages
    {
        public static HttpRequestMessage RequestOf(JsonObject json)
        {
            var request = new HttpRequestMessage(new HttpMethod((string)json["method"]), (string)json["url"]);
            request.Content = ContentOf(json["body"], json["headers"].AsObject(), request.Headers);
            return request;
        }

        public static HttpResponseMessage ResponseOf(JsonObject json, HttpRequestMessage request)
        {
            var response = new HttpResponseMessage((HttpStatusCode)(int)json["status"]) { RequestMessage = request };
            var phrase = (string)json["statusText"];
            if (!string.IsNullOrEmpty(phrase))
            {
                response.ReasonPhrase = new string(phrase.Where(letter => letter != '\r' && letter != '\n').ToArray());
            }

            response.Content = ContentOf(json["body"] ?? JsonValue.Create(string.Empty), json["headers"].AsObject(), response.Headers);
            return response;
        }

        public static async Task<JsonObject> JsonOf(HttpRequestMessage request)
        {
            var headers = new JsonObject();
            Add(headers, request.Headers);
            return new JsonObject
            {
                ["method"] = request.Method.Method.ToUpperInvariant(),
                // as it was written: without its fragment
                ["url"] = request.RequestUri.GetComponents(UriComponents.AbsoluteUri & ~UriComponents.Fragment, UriFormat.UriEscaped),
                ["body"] = await BodyOf(request.Content, headers).ConfigureAwait(false),
                ["headers"] = headers,
            };
        }

        public static async Task<JsonObject> JsonOf(HttpResponseMessage response)
        {
            var headers = new JsonObject();
            Add(headers, response.Headers);
            return new JsonObject
            {
                ["status"] = (int)response.StatusCode,
                ["statusText"] = response.ReasonPhrase ?? string.Empty,
                ["body"] = await BodyOf(response.Content, headers).ConfigureAwait(false),
                ["headers"] = headers,
            };
        }

        private static async Task<JsonNode> BodyOf(HttpContent content, JsonObject headers)
        {
            if (content == null)
            {
                return null;
            }

            var bytes = await content.ReadAsByteArrayAsync().ConfigureAwait(false);
            Add(headers, content.Headers);
            return Convert.ToBase64String(bytes);
        }

        private static void Add(JsonObject json, HttpHeaders headers)
        {
            foreach (var (name, values) in headers.NonValidated)
            {
                json[name.ToLowerInvariant()] = values.ToString();
            }
        }

        private static HttpContent ContentOf(JsonNode body, JsonObject headers, HttpHeaders others)
        {
            var content = body == null ? null : new ByteArrayContent(Convert.FromBase64String((string)body));
            foreach (var (name, value) in headers)
            {
                var text = (string)value;
                if (!others.TryAddWithoutValidation(name, text) && content != null)
                {
                    content.Headers.TryAddWithoutValidation(name, text);
                }
            }

            return content;
        }
    }
}
