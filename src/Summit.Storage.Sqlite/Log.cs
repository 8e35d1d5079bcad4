using Microsoft.Extensions.Logging;
using Summit.Domain;

namespace Summit.Storage.Sqlite;

/// <summary>What the journal tells the operator.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Critical, "Damaged in the journal: {What}")]
    public static partial void Damaged(ILogger logger, string what);

    [LoggerMessage(2, LogLevel.Error, "The journal cannot be written; commands are refused until it can")]
    public static partial void Unwritable(ILogger logger, Exception exception);

    [LoggerMessage(3, LogLevel.Information, "The journal can be written again")]
    public static partial void Writable(ILogger logger);

    [LoggerMessage(4, LogLevel.Warning, "The snapshot of {Stream} is damaged; its events are replayed instead")]
    public static partial void SnapshotIgnored(ILogger logger, AggregateId stream, Exception exception);
}
