using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Summit.Storage.Postgres.Tests;

/// <summary>Keeps what the journal told the operator.</summary>
internal sealed class CollectedLog : ILogger<PostgresJournal>
{
    private readonly ConcurrentQueue<(LogLevel Level, string Message, Exception? Exception)> _lines = [];

    public IReadOnlyList<string> At(LogLevel level) => [.. _lines.Where(line => line.Level == level).Select(line => line.Message)];

    /// <summary>Every line, with what was thrown.</summary>
    public string Everything => string.Join('\n', _lines.Select(line => $"{line.Level} {line.Message} {line.Exception}"));

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue((logLevel, formatter(state, exception), exception));
}
