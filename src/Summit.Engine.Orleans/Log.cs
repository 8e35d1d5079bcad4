using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using Summit.Domain;

namespace Summit.Engine.Orleans;

/// <summary>What happens between the servers. Aggregates and servers; never what a command or an event says.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Debug, "Calling {Cell} failed; it is tried again.")]
    public static partial void CallFailed(ILogger logger, AggregateId cell, Exception exception);

    [LoggerMessage(2, LogLevel.Warning, "{Cell} could not be reached; {Commands} commands are refused for a moment.")]
    public static partial void Unreachable(ILogger logger, AggregateId cell, int commands);

    [LoggerMessage(3, LogLevel.Debug, "{Cell} cannot be subscribed to now; its journal is read instead.")]
    public static partial void NotRenewed(ILogger logger, AggregateId cell, Exception exception);

    [LoggerMessage(4, LogLevel.Debug, "A server that follows {Cell} could not be told; it is tried again until its lease ends.")]
    public static partial void NotPublished(ILogger logger, AggregateId cell, Exception exception);

    [LoggerMessage(5, LogLevel.Debug, "{Cell} was left to end its lease by itself.")]
    public static partial void NotUnsubscribed(ILogger logger, AggregateId cell, Exception exception);

    [LoggerMessage(6, LogLevel.Warning, "Waiting for Redis at {Place}; trying again in {Seconds} s. {Why}")]
    public static partial void WaitingForRedis(ILogger logger, string place, double seconds, ConnectionFailureType why);

    [LoggerMessage(7, LogLevel.Debug, "{Cell} could not be told who is here; it is told again with the next beat.")]
    public static partial void NotTold(ILogger logger, AggregateId cell, Exception exception);

    [LoggerMessage(8, LogLevel.Debug, "A server that leaves {Cell} was not told the last of it.")]
    public static partial void LastNotPublished(ILogger logger, AggregateId cell, Exception exception);

    [LoggerMessage(9, LogLevel.Warning, "A command '{Type}' of another server is not known to this one, which runs an older version. It is refused until this one is upgraded.")]
    public static partial void UnknownCommand(ILogger logger, string type, Exception? exception);
}
