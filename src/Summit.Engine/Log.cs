using Microsoft.Extensions.Logging;
using Summit.Domain;

namespace Summit.Engine;

/// <summary>What the engine logs. Streams, versions and type names; never what a command or an event says.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "A commit of {Events} events failed; commands are refused for a moment.")]
    public static partial void CommitFailed(ILogger logger, int events, Exception exception);

    [LoggerMessage(2, LogLevel.Information, "The journal takes commits again.")]
    public static partial void CommitsAgain(ILogger logger);

    [LoggerMessage(3, LogLevel.Warning, "{Stream} was written by another activation; its cell reloads.")]
    public static partial void Conflict(ILogger logger, AggregateId stream);

    [LoggerMessage(4, LogLevel.Error, "{Stream} could not be loaded.")]
    public static partial void LoadFailed(ILogger logger, AggregateId stream, Exception exception);

    [LoggerMessage(5, LogLevel.Error, "{Stream}: the rules threw on a {Command}.")]
    public static partial void RulesThrew(ILogger logger, AggregateId stream, string command, Exception exception);

    [LoggerMessage(6, LogLevel.Warning, "{Stream}: the snapshot of version {Version} cannot be read and is ignored.")]
    public static partial void SnapshotIgnored(ILogger logger, AggregateId stream, long version, Exception exception);

    [LoggerMessage(7, LogLevel.Warning, "{Stream}: no snapshot was saved; its next start reads more events.")]
    public static partial void SnapshotFailed(ILogger logger, AggregateId stream, Exception exception);

    [LoggerMessage(8, LogLevel.Debug, "{Stream}: snapshot of version {Version}, {Bytes} bytes.")]
    public static partial void SnapshotSaved(ILogger logger, AggregateId stream, long version, int bytes);

    [LoggerMessage(9, LogLevel.Debug, "{Stream} loaded at version {Version}.")]
    public static partial void Loaded(ILogger logger, AggregateId stream, long version);

    [LoggerMessage(10, LogLevel.Debug, "{Stream} sleeps.")]
    public static partial void Asleep(ILogger logger, AggregateId stream);

    [LoggerMessage(11, LogLevel.Warning, "{Stream} cannot be loaded now; its commands are refused for a moment. {Reason}")]
    public static partial void NotLoadedYet(ILogger logger, AggregateId stream, string reason);
}
