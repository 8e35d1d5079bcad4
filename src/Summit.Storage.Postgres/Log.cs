using Microsoft.Extensions.Logging;
using Summit.Domain;

namespace Summit.Storage.Postgres;

/// <summary>What the journal tells the operator. No line holds the password: PostgreSQL's words and Npgsql's have none.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "Waiting for PostgreSQL at {Place}; trying again in {Seconds} s. {Why}")]
    public static partial void Waiting(ILogger logger, string place, double seconds, string why);

    [LoggerMessage(2, LogLevel.Information, "The journal is in PostgreSQL at {Place}")]
    public static partial void Opened(ILogger logger, string place);

    [LoggerMessage(3, LogLevel.Error, "The journal cannot be written; commands are refused until it can")]
    public static partial void Unwritable(ILogger logger, Exception exception);

    [LoggerMessage(4, LogLevel.Information, "The journal can be written again")]
    public static partial void Writable(ILogger logger);

    [LoggerMessage(5, LogLevel.Warning, "The snapshot of {Stream} is damaged; its events are replayed instead")]
    public static partial void SnapshotIgnored(ILogger logger, AggregateId stream, Exception exception);
}
