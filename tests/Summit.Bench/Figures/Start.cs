using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Summit.Domain;
using Summit.Domain.Sessions;
using Summit.Storage.Sqlite;

namespace Summit.Bench.Figures;

/// <summary>How long a session with a million events takes to open, from its snapshot and without.</summary>
public sealed class Start(Action<string> say)
{
    private const int Events = 1_000_000;
    private const int CallersAtOnce = 256;
    private const int Rounds = 3;

    public async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("summit-bench-");
        try
        {
            var path = Path.Combine(folder.FullName, "summit.db");
            var session = await FillAsync(path, cancellationToken);
            var (opened, loaded, bare) = (new List<double>(), new List<double>(), new List<double>());
            for (var round = 0; round < Rounds; round++)
            {
                var (open, load) = await OpenAsync(path, session, cancellationToken);
                opened.Add(open);
                loaded.Add(load);
            }

            await DropSnapshotsAsync(path, cancellationToken);
            bare.Add((await OpenAsync(path, session, cancellationToken)).Load);
            say(FormattableString.Invariant($"start: {loaded[0]:N2} s from the snapshot, {bare[0]:N2} s without"));
            return
            [
                Figure.Of("Start", "a session with 1 million events, from its snapshot (beside: without one, once)", "s", loaded, bare, ("under 2 s", (seconds, _) => seconds < 2)),
                Figure.Of("Start", "opening the journal before that, its newest records checked", "s", opened),
            ];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A few hundred people who support and take back, over and over: the most events for the least state, as a storm leaves them.</summary>
    private static async Task<Guid> FillAsync(string path, CancellationToken cancellationToken)
    {
        await using var desk = await SessionDesk.OpenAsync(path, cancellationToken);
        var people = Enumerable.Range(0, CallersAtOnce).Select(_ => desk.Person(Role.Participant)).ToList();
        await Task.WhenAll(people.Select(person => Task.Run(
            async () =>
            {
                for (var i = 0; i < Events / CallersAtOnce; i++)
                {
                    await desk.SupportAsync(person, on: i % 2 == 0);
                }
            },
            cancellationToken)));
        // Closing it takes the last snapshot, as a server's stop does.
        return desk.Session;
    }

    private static async Task<(double Open, double Load)> OpenAsync(string path, Guid session, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        await using var journal = await SqliteJournal.OpenAsync(path, NullLogger<SqliteJournal>.Instance, cancellationToken);
        var opened = Stopwatch.GetTimestamp();
        var (_, seq) = await new Engine.Replay(journal, SessionDesk.Kinds, NullLogger<Engine.Replay>.Instance).LoadAsync<Session>(session, cancellationToken);
        return seq > Events * 0.99
            ? (Stopwatch.GetElapsedTime(started, opened).TotalSeconds, Stopwatch.GetElapsedTime(opened).TotalSeconds)
            : throw new InvalidDataException($"The session has {seq} events, not a million.");
    }

    private static async Task DropSnapshotsAsync(string path, CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        await connection.OpenAsync(cancellationToken);
        await using var drop = connection.CreateCommand();
        drop.CommandText = "DELETE FROM snapshots";
        await drop.ExecuteNonQueryAsync(cancellationToken);
    }
}
