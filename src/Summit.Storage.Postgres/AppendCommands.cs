using Npgsql;
using Summit.Domain;
using Summit.Engine;

namespace Summit.Storage.Postgres;

/// <summary>A batch of appends as the commands of one transaction, and what their answers say.</summary>
internal static class AppendCommands
{
    /// <exception cref="ArgumentException">An append is misnumbered.</exception>
    public static IReadOnlyCollection<NpgsqlBatchCommand> Of(IReadOnlyList<Append> batch)
    {
        // A stream's second append has to see the first: it goes into a second command, its third into a third. Commonly there is one.
        var waves = new List<RecordColumns>();
        var seen = new Dictionary<AggregateId, int>();
        for (var i = 0; i < batch.Count; i++)
        {
            var append = batch[i];
            ThrowIfMisnumbered(append);
            var wave = seen.GetValueOrDefault(append.Stream);
            seen[append.Stream] = wave + 1;
            if (wave == waves.Count)
            {
                waves.Add(new RecordColumns());
            }

            waves[wave].Add(i, append);
        }

        return [NameStreams(seen.Keys), OnStreams(Statements.LockStreams, seen.Keys), .. waves.Select(wave => wave.ToCommand())];
    }

    public static NpgsqlBatchCommand NameStreams(IReadOnlyCollection<AggregateId> streams) => OnStreams(Statements.NameStreams, streams);

    /// <summary>For each append whether it was taken. Reads to the end, where the commit is.</summary>
    public static async Task<IReadOnlyList<bool>> AnswersAsync(NpgsqlDataReader answers, int count)
    {
        var taken = new bool[count];

        // The first answer is that of the locks.
        while (await answers.NextResultAsync(CancellationToken.None))
        {
            while (await answers.ReadAsync(CancellationToken.None))
            {
                taken[answers.GetInt32(0)] = true;
            }
        }

        return taken;
    }

    private static NpgsqlBatchCommand OnStreams(string sql, IReadOnlyCollection<AggregateId> streams) => new(sql)
    {
        Parameters = { Parameter.Of(streams.Select(s => s.Key).ToArray()), Parameter.Of(streams.Select(s => s.Kind).ToArray()) },
    };

    private static void ThrowIfMisnumbered(Append append)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(append.Expected);
        ArgumentOutOfRangeException.ThrowIfZero(append.Records.Count);
        for (var i = 0; i < append.Records.Count; i++)
        {
            if (append.Records[i].Version != append.Expected + 1 + i)
            {
                throw new ArgumentException($"Record {i} of an append to {append.Stream} is not numbered {append.Expected + 1 + i}.", nameof(append));
            }
        }
    }
}
