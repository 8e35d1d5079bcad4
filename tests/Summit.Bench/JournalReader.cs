using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;
using Summit.Domain;
using Summit.Domain.Sessions;
using Summit.Engine;
using Summit.Storage.Sqlite;

namespace Summit.Bench;

/// <summary>Reads the journal of a server that has stopped.</summary>
public static class JournalReader
{
    /// <summary>A session's events from the first on, without snapshots.</summary>
    /// <param name="data">The server's data folder.</param>
    public static async IAsyncEnumerable<Recorded> ReadAsync(
        string data, Guid session, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var codec = new Codec(new AggregateKinds().Add<Session>(), DomainJson.Default);
        var stream = new AggregateId(Session.Kind, session);
        await using var journal = await SqliteJournal.OpenAsync(
            Path.Combine(data, "summit.db"), NullLogger<SqliteJournal>.Instance, cancellationToken);
        var last = 0L;
        while (await journal.ReadAsync(stream, last, 1_000, cancellationToken) is { Count: > 0 } records)
        {
            foreach (var record in records)
            {
                yield return codec.Decode(stream, record);
            }

            last = records[^1].Version;
        }
    }
}
