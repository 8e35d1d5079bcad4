using System.Diagnostics;
using Summit.Testing;

namespace Summit.Bench.Figures.Clusters;

/// <summary>Commands a second for one session and for two hundred, and a hall that joins, on one, two and three servers that share the machine's cores.</summary>
internal sealed class ServersBeside(Action<string> say)
{
    private const int Most = 3;
    private const int Sessions = 200;
    private const int CallersInAll = 48;
    private const int Rounds = 3;
    private const int Joins = 1_000;

    private static readonly TimeSpan Length = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Storm = TimeSpan.FromSeconds(5);

    public async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        var figures = new List<Figure>();
        for (var servers = 1; servers <= Most; servers++)
        {
            await using var stand = await ClusterStand.OpenAsync(servers, cancellationToken);
            var hot = await stand.VotesAsync(stand.Venue.Session, cancellationToken);
            figures.Add(await CommandsAsync(stand, "one hot session", _ => hot(), cancellationToken));
            var votes = new List<Func<byte[]>>();
            for (var i = 0; i < Sessions; i++)
            {
                votes.Add(await stand.VotesAsync(await stand.Venue.AddSessionAsync($"Session {i}", ClusterStand.Policies, cancellationToken), cancellationToken));
            }

            figures.Add(await CommandsAsync(stand, $"{Sessions} sessions", i => votes[i % Sessions](), cancellationToken));
            if (servers == Most)
            {
                figures.Add(await JoinAsync(stand, cancellationToken));
            }
        }

        return figures;
    }

    private async Task<Figure> CommandsAsync(ClusterStand stand, string what, Func<int, byte[]> next, CancellationToken cancellationToken)
    {
        var callers = await Task.WhenAll(stand.Servers.Select(server => Callers.OpenAsync(server.Address, CallersInAll / stand.Servers.Count, cancellationToken)));
        var (rates, sent) = (new List<double>(), -1);
        for (var round = 0; round <= Rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            var count = await Rate.CountAsync(
                CallersInAll, Length, caller => callers[caller % callers.Length].PostAsync(next(Interlocked.Increment(ref sent)), cancellationToken));
            rates.Add(count / watch.Elapsed.TotalSeconds);
            say(FormattableString.Invariant($"{what}, {stand.Servers.Count} servers, {round}: {rates[^1]:N0} commands/s"));
        }

        Array.ForEach(callers, some => some.Dispose());
        // The first was for the compilers.
        return Figure.Of("Servers beside each other", $"durable commands through HTTP, {what}, {stand.Servers.Count} servers on {Environment.ProcessorCount} cores", "/s", [.. rates.Skip(1)]);
    }

    /// <summary>The seconds from joining, at any of the servers, to the whole picture.</summary>
    private async Task<Figure> JoinAsync(ClusterStand stand, CancellationToken cancellationToken)
    {
        using var crowd = new Crowd();
        var took = new List<double>();
        await Pacer.RunAsync((int)(Joins / Storm.TotalSeconds), Storm, async i =>
        {
            var started = Stopwatch.GetTimestamp();
            var server = stand.Servers[i % stand.Servers.Count];
            var pass = await stand.Venue.Api.JoinAsync(stand.Venue.Code, $"Late {i}", "Sofia", cancellationToken);
            var line = crowd.Open(server.Address, Dialect.Follow(stand.Venue.Session, 0), pass);
            await line.First.WaitAsync(Wait.Limit, cancellationToken);
            lock (took)
            {
                took.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
            }

            return new Sent(line.Seq, started);
        }, cancellationToken);
        say(FormattableString.Invariant($"join storm over {stand.Servers.Count} servers: p95 {Figure.Percentile(took, 0.95):N2} s"));
        return Figure.Of(
            "Servers beside each other", $"join storm over {stand.Servers.Count} servers: {Joins} within {Storm.TotalSeconds} s, from joining to the whole picture, p95", "s",
            [Figure.Percentile(took, 0.95)], null, ("under 1 s", (p95, _) => p95 < 1));
    }
}
