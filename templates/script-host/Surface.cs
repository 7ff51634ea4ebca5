// What the service offers to scripts. It is compiled twice: into the host, where scripts run, and in memory against
// .NET Framework 4.8, which scripts are compiled against. So it must be valid in both.
using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;

namespace Microsoft.PowerPlatform.Connectors.CustomCode.CSharp
{
    public interface IScriptContext
    {
        string CorrelationId { get; }
        string OperationId { get; }
        HttpRequestMessage Request { get; }
        Uri OriginalRequestUri { get; }
        ILogger Logger { get; }
        Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken);
        Uri CreateNotificationUri(string relativeUri);
    }

    public abstract class ScriptBase
    {
        public IScriptContext Context { get; private set; }

        public CancellationToken CancellationToken { get; private set; }

        public static StringContent CreateJsonContent(string serializedJson)
        {
            return new StringContent(serializedJson, Encoding.UTF8, "application/json");
        }

        public abstract Task<HttpResponseMessage> ExecuteAsync();

        internal Task<HttpResponseMessage> ExecuteWith(IScriptContext context, CancellationToken cancellationToken)
        {
            Context = context;
            CancellationToken = cancellationToken;
            return ExecuteAsync();
        }
    }
}

namespace Microsoft.Extensions.Logging
{
    public enum LogLevel
    {
        Trace = 0,
        Debug = 1,
        Information = 2,
        Warning = 3,
        Error = 4,
        Critical = 5,
        None = 6,
    }

    public struct EventId
    {
        public EventId(int id, string name = null)
        {
            Id = id;
            Name = name;
        }

        public int Id { get; }

        public string Name { get; }

        public static implicit operator EventId(int id)
        {
            return new EventId(id);
        }
    }

    public interface ILogger
    {
        void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception exception, Func<TState, Exception, string> formatter);

        bool IsEnabled(LogLevel logLevel);

        IDisposable BeginScope<TState>(TState state);
    }

    public static class LoggerExtensions
    {
        public static void LogTrace(this ILogger logger, string message, params object[] args) => Write(logger, LogLevel.Trace, 0, null, message, args);
        public static void LogTrace(this ILogger logger, Exception exception, string message, params object[] args) => Write(logger, LogLevel.Trace, 0, exception, message, args);
        public static void LogTrace(this ILogger logger, EventId eventId, string message, params object[] args) => Write(logger, LogLevel.Trace, eventId, null, message, args);
        public static void LogTrace(this ILogger logger, EventId eventId, Exception exception, string message, params object[] args) => Write(logger, LogLevel.Trace, eventId, exception, message, args);

        public static void LogDebug(this ILogger logger, string message, params object[] args) => Write(logger, LogLevel.Debug, 0, null, message, args);
        public static void LogDebug(this ILogger logger, Exception exception, string message, params object[] args) => Write(logger, LogLevel.Debug, 0, exception, message, args);
        public static void LogDebug(this ILogger logger, EventId eventId, string message, params object[] args) => Write(logger, LogLevel.Debug, eventId, null, message, args);
        public static void LogDebug(this ILogger logger, EventId eventId, Exception exception, string message, params object[] args) => Write(logger, LogLevel.Debug, eventId, exception, message, args);

        public static void LogInformation(this ILogger logger, string message, params object[] args) => Write(logger, LogLevel.Information, 0, null, message, args);
        public static void LogInformation(this ILogger logger, Exception exception, string message, params object[] args) => Write(logger, LogLevel.Information, 0, exception, message, args);
        public static void LogInformation(this ILogger logger, EventId eventId, string message, params object[] args) => Write(logger, LogLevel.Information, eventId, null, message, args);
        public static void LogInformation(this ILogger logger, EventId eventId, Exception exception, string message, params object[] args) => Write(logger, LogLevel.Information, eventId, exception, message, args);

        public static void LogWarning(this ILogger logger, string message, params object[] args) => Write(logger, LogLevel.Warning, 0, null, message, args);
        public static void LogWarning(this ILogger logger, Exception exception, string message, params object[] args) => Write(logger, LogLevel.Warning, 0, exception, message, args);
        public static void LogWarning(this ILogger logger, EventId eventId, string message, params object[] args) => Write(logger, LogLevel.Warning, eventId, null, message, args);
        public static void LogWarning(this ILogger logger, EventId eventId, Exception exception, string message, params object[] args) => Write(logger, LogLevel.Warning, eventId, exception, message, args);

        public static void LogError(this ILogger logger, string message, params object[] args) => Write(logger, LogLevel.Error, 0, null, message, args);
        public static void LogError(this ILogger logger, Exception exception, string message, params object[] args) => Write(logger, LogLevel.Error, 0, exception, message, args);
        public static void LogError(this ILogger logger, EventId eventId, string message, params object[] args) => Write(logger, LogLevel.Error, eventId, null, message, args);
        public static void LogError(this ILogger logger, EventId eventId, Exception exception, string message, params object[] args) => Write(logger, LogLevel.Error, eventId, exception, message, args);

        public static void LogCritical(this ILogger logger, string message, params object[] args) => Write(logger, LogLevel.Critical, 0, null, message, args);
        public static void LogCritical(this ILogger logger, Exception exception, string message, params object[] args) => Write(logger, LogLevel.Critical, 0, exception, message, args);
        public static void LogCritical(this ILogger logger, EventId eventId, string message, params object[] args) => Write(logger, LogLevel.Critical, eventId, null, message, args);
        public static void LogCritical(this ILogger logger, EventId eventId, Exception exception, string message, params object[] args) => Write(logger, LogLevel.Critical, eventId, exception, message, args);

        public static void Log(this ILogger logger, LogLevel logLevel, string message, params object[] args) => Write(logger, logLevel, 0, null, message, args);
        public static void Log(this ILogger logger, LogLevel logLevel, Exception exception, string message, params object[] args) => Write(logger, logLevel, 0, exception, message, args);
        public static void Log(this ILogger logger, LogLevel logLevel, EventId eventId, string message, params object[] args) => Write(logger, logLevel, eventId, null, message, args);
        public static void Log(this ILogger logger, LogLevel logLevel, EventId eventId, Exception exception, string message, params object[] args) => Write(logger, logLevel, eventId, exception, message, args);

        public static IDisposable BeginScope(this ILogger logger, string messageFormat, params object[] args)
        {
            return logger.BeginScope<string>(Format(messageFormat, args));
        }

        private static void Write(ILogger logger, LogLevel level, EventId eventId, Exception exception, string message, object[] args)
        {
            logger.Log(level, eventId, Format(message, args), exception, (state, error) => error == null ? state : state + " " + error.GetType().Name + ": " + error.Message);
        }

        // Places in a message are filled in their order, whatever their names are: "Order {id} of {customer}".
        private static string Format(string message, object[] args)
        {
            if (message == null || args == null || args.Length == 0)
            {
                return message ?? string.Empty;
            }

            var result = new StringBuilder();
            var next = 0;
            for (var at = 0; at < message.Length; at++)
            {
                var end = message[at] == '{' ? message.IndexOf('}', at) : -1;
                if (end < 0 || next >= args.Length)
                {
                    result.Append(message[at]);
                    continue;
                }

                result.Append(args[next] ?? "(null)");
                next++;
                at = end;
            }

            return result.ToString();
        }
    }
}
