using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Summit.Bench.Figures;
using Summit.Bench.Polis;
using Summit.Bench.Replay;
using Summit.Storage.Postgres;
using Summit.Testing;

namespace Summit.Bench.Chaos;

/// <param name="Seconds">How long trouble is made. Each kind is made once at the least, however long that takes.</param>
/// <param name="Followers">Of the deliberation's session, spread over the servers.</param>
/// <param name="Rate">Commands of the deliberation a second.</param>
public sealed record ChaosOptions(int Seconds = 600, int Followers = 600, int Rate = 50, int Seed = 1);

/// <summary>How a chaos run ended.</summary>
/// <param name="Made">How often each trouble was made.</param>
/// <param name="EndedThemselves">Servers that ended without anything having been done to them: declared dead because a busy machine made them slow.</param>
/// <param name="Pictures">How many different pictures the participants ended on.</param>
/// <param name="FollowersBack">Seconds until each follower of a killed server was live elsewhere.</param>
/// <param name="CommandsBack">Seconds until each command of those moments was answered.</param>
public sealed record ChaosReport(
    IReadOnlyDictionary<string, int> Made, int Zombies, int EndedThemselves, int Acknowledged, int Found, int Followers, int Pictures,
    List<double> FollowersBack, List<double> CommandsBack, TimeSpan Took, IReadOnlyList<string> Findings)
{
    public IEnumerable<string> Lines() =>
    [
        "",
        .. Made.OrderBy(made => made.Key, StringComparer.Ordinal).Select(made => Line($"{made.Key,-34} {made.Value,8:N0}   times")),
        Line($"{"declared dead, ended themselves",-34} {Zombies,8:N0}   servers that had stood still or were cut off"),
        Line($"{"ended beside that",-34} {EndedThemselves,8:N0}   servers that were declared dead for being slow"),
        Line($"{"acknowledged",-34} {Acknowledged,8:N0}   commands"),
        Line($"{"found in the journal",-34} {Found,8:N0}   of them, once and where the answer said"),
        Line($"{"followers",-34} {Followers,8:N0}   with {Pictures:N0} different picture(s)"),
        Line($"{"live again after kill -9, p95",-34} {Figure.Percentile(FollowersBack, 0.95),8:N2} s of {FollowersBack.Count:N0} followers; the last after {FollowersBack.DefaultIfEmpty().Max():N2} s (bar: 5 s)"),
        Line($"{"commands after kill -9, p95",-34} {Figure.Percentile(CommandsBack, 0.95),8:N2} s of {CommandsBack.Count:N0} commands; the last after {CommandsBack.DefaultIfEmpty().Max():N2} s (bar: 3 s)"),
        Line($"{"took",-34} {Took.TotalSeconds,8:N0} s"),
        "",
        .. Findings.Take(50),
        Findings.Count == 0
            ? "Findings: none. Every acknowledged command is there once, everybody sees the same, and it is what the file says."
            : Line($"Findings: {Findings.Count:N0}"),
    ];

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>
/// Three servers under the load of a deliberation and its followers, while servers are killed, stand still, are restarted and cut off, and
/// Redis and PostgreSQL go away; afterwards, whether everything is there once and everybody sees the same.
/// </summary>
public sealed class ChaosRun(Deliberation deliberation, ChaosOptions options, Action<string> say) : IAsyncDisposable
{
    /// <summary>From so long a run on the troubles last as long as in a bad hour.</summary>
    private const int FullSeconds = 300;

    private static readonly (int Least, int Most) CalmSeconds = (2, 8);

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private ServerCluster? _cluster;
    private Hall? _hall;
    private int _endedThemselves;

    public async Task<ChaosReport> RunAsync(CancellationToken cancellationToken)
    {
        _cluster = await ServerCluster.StartAsync(cables: true);
        Say($"Three servers run over Redis and PostgreSQL; the seed is {options.Seed}.");
        var hall = _hall = await Hall.OpenAsync(_cluster, deliberation.Beginning(options.Rate * options.Seconds), options.Followers, cancellationToken);
        await hall.RollCallAsync(cancellationToken);
        Say($"{hall.Deliberation.People.Count} people write, {hall.Followers.Count} follow, {hall.Sides.Count} sessions are used beside theirs.");
        var troubles = await MakeTroubleAsync(_cluster, hall, cancellationToken);
        var census = new Census(hall);
        await census.OfScreensAsync(cancellationToken);
        Say("Everybody has seen the end.");
        await Task.WhenAll(_cluster.Servers.Select(server => server.StopAsync()));
        await using var journal = await PostgresJournal.OpenAsync(
            _cluster.Postgres.ConnectionString(), NullLogger<PostgresJournal>.Instance, cancellationToken);
        await census.OfJournalAsync(journal, cancellationToken);
        return new ChaosReport(
            troubles.Made.ToDictionary(made => made.Key.ToString(), made => made.Value), troubles.Zombies, _endedThemselves,
            hall.Transcript.All.Count, census.Found, hall.Followers.Count, census.Pictures,
            [.. troubles.Recoveries.SelectMany(recovery => recovery.Followers)], [.. troubles.Recoveries.SelectMany(recovery => recovery.Commands)],
            _watch.Elapsed, census.Findings);
    }

    /// <summary>The last words of each server, for a run that failed.</summary>
    public IEnumerable<string> Words(int lines, int length) =>
        _cluster?.Servers.SelectMany(server => server.Output.TakeLast(lines).Select(line => line[..Math.Min(line.Length, length)]).Prepend($"--- {Troubles.NameOf(server)}")) ?? [];

    public async ValueTask DisposeAsync()
    {
        await (_hall?.DisposeAsync() ?? default);
        await (_cluster?.DisposeAsync() ?? default);
    }

    private async Task<Troubles> MakeTroubleAsync(ServerCluster cluster, Hall hall, CancellationToken cancellationToken)
    {
#pragma warning disable CA5394 // A run that can be repeated, not a secret.
        var random = new Random(options.Seed);
        await using var keeper = new Keeper(cluster.Servers, found =>
        {
            _endedThemselves++;
            Say($"{Troubles.NameOf(found)} has ended by itself; starting it");
        });
        var troubles = new Troubles(cluster, hall, keeper, random, options.Seconds >= FullSeconds, Say);
        using var done = new CancellationTokenSource();
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var load = Task.WhenAll(hall.WriteAsync(done.Token, failed.Token), PlayAsync(hall, done.Token, failed.Token));
        // Trouble that waits in vain for an answer is told at once when the load has broken.
        _ = load.ContinueWith(_ => failed.Cancel(), failed.Token, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        try
        {
            var until = _watch.Elapsed + TimeSpan.FromSeconds(options.Seconds);
            do
            {
                var round = Enum.GetValues<Trouble>();
                random.Shuffle(round);
                foreach (var trouble in round.TakeWhile(_ => troubles.Made.Count < round.Length || _watch.Elapsed < until))
                {
                    await Task.Delay(TimeSpan.FromSeconds(random.Next(CalmSeconds.Least, CalmSeconds.Most)), failed.Token);
                    await troubles.MakeAsync(trouble, failed.Token);
                }
            }
            while (_watch.Elapsed < until);
        }
        finally
        {
            await done.CancelAsync();
        }
#pragma warning restore CA5394
        Say("No more trouble; the deliberation goes on to its end.");
        await load;
        await hall.RollCallAsync(cancellationToken);
        return troubles;
    }

    /// <summary>Evenly, at the rate asked for: people voted in bursts, with hours between them. Trouble may last longer, and is to find somebody at work.</summary>
    private async Task PlayAsync(Hall hall, CancellationToken stop, CancellationToken cancellationToken)
    {
        var steps = Timeline.Of(hall.Deliberation).Select((step, i) => step with { At = i * 1_000L / options.Rate }).ToList();
        await hall.Play.RunAsync(steps, speed: 1, static () => { }, cancellationToken);
        await hall.Play.EncoreAsync(stop, cancellationToken);
    }

    private void Say(string line) => say(FormattableString.Invariant($"{_watch.Elapsed.TotalSeconds,6:N1} s  {line}"));
}
