using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;
using Summit.Domain;
using Summit.Domain.Sessions;
using Summit.Engine;
using Summit.Storage.Sqlite;

namespace Summit.Bench;

/// <summary>Reads the journal of servers that have stopped.</summary>
public static class JournalReader
{
    private static readonly Codec Codec = new(new AggregateKinds().Add<Session>(), DomainJson.Default);

    /// <summary>That of a server alone.</summary>
    /// <param name="data">The server's data folder.</param>
    public static async Task<IJournal> OpenAsync(string data, CancellationToken cancellationToken) =>
        await SqliteJournal.OpenAsync(Path.Combine(data, "summit.db"), NullLogger<SqliteJournal>.Instance, cancellationToken);

    /// <summary>A session's events from the first on, without snapshots.</summary>
    public static async IAsyncEnumerable<Recorded> ReadAsync(
        IJournal journal, Guid session, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(journal);
        var stream = new AggregateId(Session.Kind, session);
        var last = 0L;
        while (await journal.ReadAsync(stream, last, 1_000, cancellationToken) is { Count: > 0 } records)
        {
            foreach (var record in records)
            {
                yield return Codec.Decode(stream, record);
            }

            last = records[^1].Version;
        }
    }
}
