using System.Diagnostics;

namespace Summit.Bench.Figures;

/// <summary>A hall that comes all at once, and one that comes back all at once after the server was killed; and what each of them costs in memory.</summary>
public sealed class Storms(Stand stand, Action<string> say)
{
    private const int Questions = 500;
    private const int SupportsEach = 20;
    private const int Rounds = 3;

    /// <summary>A thousand within five seconds.</summary>
    private const int JoinsASecond = Stand.People / 5;

    public async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        await FillAsync(cancellationToken);
        var (joins, returns) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            var (crowd, took) = await JoinAsync(cancellationToken);
            await using (crowd)
            {
                joins.Add(Figure.Percentile(took, 0.95));
                returns.Add(await ReturnAsync(crowd, cancellationToken));
                say(FormattableString.Invariant($"storms {round + 1}: join p95 {joins[^1]:N2} s, slowest {took[^1]:N2} s; all back {returns[^1]:N2} s after the server listened"));
            }
        }

        return
        [
            Figure.Of("Join storm", "1,000 within 5 s, 500 items, 20,000 supports: from joining to the whole picture, p95", "s", joins, null, ("under 1 s", (p95, _) => p95 < 1)),
            Figure.Of("Reconnect storm", "1,000 are back and whole after the server was killed and listens again", "s", returns, null, ("under 5 s", (all, _) => all < 5)),
        ];
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        using var callers = await Callers.OpenAsync(stand.Venue.Server.Address, 32, cancellationToken);
        var items = new List<Guid>();
        await Pacer.RunAsync(80, TimeSpan.FromSeconds(Questions / 80.0), i =>
        {
            items.Add(Guid.CreateVersion7());
            return callers.PostAsync(
                Caller.Command(stand.Venue.Session, stand.Venue.Moderator, new { type = "ask", id = items[i], text = $"What comes of the plan for street {i}, and when will it begin?" }),
                cancellationToken);
        }, cancellationToken);

        // Below a person's ten a second, and all of it in a few seconds.
        await Pacer.RunAsync(2_000, TimeSpan.FromSeconds(Stand.People * SupportsEach / 2_000.0), i =>
        {
            var (person, item) = (i % Stand.People, items[((i * 7) + (i / Stand.People)) % items.Count]);
            return callers.PostAsync(Caller.Command(stand.Venue.Session, stand.Passes[person], new { type = "support", id = Guid.CreateVersion7(), item, on = true }), cancellationToken);
        }, cancellationToken);
    }

    /// <summary>Everybody joins anew, opens the line and has the whole picture; the seconds that took each, in order.</summary>
    private async Task<(Crowd Crowd, List<double> Took)> JoinAsync(CancellationToken cancellationToken)
    {
        var (lines, took) = (new Line[Stand.People], new List<double>());
        var gate = new Lock();
        await Pacer.RunAsync(JoinsASecond, TimeSpan.FromSeconds(5), async i =>
        {
            var started = Stopwatch.GetTimestamp();
            var pass = await stand.Venue.Api.JoinAsync(stand.Venue.Code, $"Late {i}", "Sofia", cancellationToken);
            lines[i] = await Line.OpenAsync(stand.Venue.Server.Address, pass.Token, Line.Follow(stand.Venue.Session, 0), looks: false, cancellationToken);
            lines[i].Pass = pass;
            lines[i].Listen();
            await lines[i].First.WaitAsync(cancellationToken);
            lock (gate)
            {
                took.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
            }

            return new Sent(lines[i].Seq, started);
        }, cancellationToken);
        return (Crowd.Of(lines), took);
    }

    /// <summary>Seconds from when the server listens again until the last is whole again: having heard of the comment that was made meanwhile, and of nothing else.</summary>
    private async Task<double> ReturnAsync(Crowd crowd, CancellationToken cancellationToken)
    {
        var since = crowd.Lines.Min(line => line.Seq);
        await stand.Venue.Server.KillAsync();
        await stand.Venue.Server.StartAgainAsync();
        var listening = Stopwatch.GetTimestamp();
        await stand.AskAsync("Is everybody back?", cancellationToken);
        await using var back = await Crowd.GatherAsync(
            crowd.Lines.Count,
            (i, cancel) => Line.OpenAsync(
                stand.Venue.Server.Address, crowd.Lines[i].Pass.Token, Line.Follow(stand.Venue.Session, crowd.Lines[i].Seq), looks: false, cancel),
            cancellationToken);
        await back.ReachAsync(since + 1);
        var took = Stopwatch.GetElapsedTime(listening).TotalSeconds;
        return back.Lines.Any(line => line.Resets > 0)
            ? throw new InvalidDataException("A follower that came back got the whole picture, not what it had missed.")
            : took;
    }
}
