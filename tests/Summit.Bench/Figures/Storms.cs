using System.Diagnostics;

namespace Summit.Bench.Figures;

/// <summary>A hall that comes all at once, and one that comes back all at once after the server was killed.</summary>
public sealed class Storms(Action<string> say)
{
    private const int Questions = 500;
    private const int SupportsEach = 20;
    private const int Rounds = 3;

    /// <summary>Asked while nobody is back yet: what all of them have missed.</summary>
    private const int Missed = 3;

    /// <summary>A thousand within five seconds.</summary>
    private const int JoinsASecond = Stand.People / 5;

    public async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        await using var stand = await Stand.OpenAsync(cancellationToken);
        await FillAsync(stand, cancellationToken);
        var (joins, returns, received, whole) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var round = 1; round <= Rounds; round++)
        {
            using var crowd = new Crowd();
            var took = await JoinAsync(stand, crowd, cancellationToken);
            joins.Add(Figure.Percentile(took, 0.95));
            var back = await ReturnAsync(stand, crowd, cancellationToken);
            returns.Add(back.Seconds);
            received.Add(back.Received);
            whole.Add(back.Whole);
            say(FormattableString.Invariant($"storms {round}: join p95 {joins[^1]:N2} s, slowest {took[^1]:N2} s; all back {returns[^1]:N2} s after the server listened, {back.Whole:N0} of them as a fresh reader sees it, with at most {back.Received} items each"));
        }

        return
        [
            Figure.Of("Join storm", "1,000 within 5 s, 500 items, 20,000 supports: from joining to the whole picture, p95", "s", joins, null, ("under 1 s", (p95, _) => p95 < 1)),
            Figure.Of("Reconnect storm", "1,000 are back and whole after the server was killed and listens again", "s", returns, null, ("under 5 s", (all, _) => all < 5)),
            Figure.Of("Reconnect storm", $"the most items that one received, having missed {Missed} of more than {Questions}", "", [received.Max()], null, ("what was missed", (items, _) => items == Missed)),
            Figure.Of("Reconnect storm", $"of {Stand.People:N0} with the same picture as a fresh reader, and none built anew", "", [whole.Min()], null, ("all", (same, _) => same == Stand.People)),
        ];
    }

    private static async Task FillAsync(Stand stand, CancellationToken cancellationToken)
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
    private static async Task<List<double>> JoinAsync(Stand stand, Crowd crowd, CancellationToken cancellationToken)
    {
        var took = new List<double>();
        var gate = new Lock();
        await Pacer.RunAsync(JoinsASecond, TimeSpan.FromSeconds(5), async i =>
        {
            var started = Stopwatch.GetTimestamp();
            var pass = await stand.Venue.Api.JoinAsync(stand.Venue.Code, $"Late {i}", "Sofia", cancellationToken);
            var line = crowd.Open(stand.Venue.Server.Address, Dialect.Follow(stand.Venue.Session, 0), pass, new Sight());
            await line.First.WaitAsync(cancellationToken);
            lock (gate)
            {
                took.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
            }

            return new Sent(line.Seq, started);
        }, cancellationToken);
        return took;
    }

    /// <summary>The server is killed and listens again, something is asked, and all come back to it with what they had.</summary>
    private static async Task<Return> ReturnAsync(Stand stand, Crowd crowd, CancellationToken cancellationToken)
    {
        var (since, sights) = (crowd.Lines.Select(line => line.Seq).ToList(), crowd.Lines.Select(line => line.Sight!).ToList());
        sights.ForEach(sight => sight.ForgetCounts());
        await stand.Venue.Server.KillAsync();
        await stand.Venue.Server.StartAgainAsync();
        var listening = Stopwatch.GetTimestamp();
        for (var i = 0; i < Missed; i++)
        {
            await stand.AskAsync($"Is everybody back? {i}", cancellationToken);
        }

        using var back = await Crowd.GatherAsync(
            crowd.Lines.Count,
            (all, i) => all.Open(stand.Venue.Server.Address, Dialect.Follow(stand.Venue.Session, since[i]), crowd.Lines[i].Pass, sights[i]),
            cancellationToken);
        await back.ReachAsync(since.Max() + Missed);
        var took = Stopwatch.GetElapsedTime(listening).TotalSeconds;
        var hash = Sight.Of(await stand.Venue.ShowAsync(stand.Passes[0], since.Max() + Missed, cancellationToken)).Hash();
        return new Return(took, sights.Max(sight => sight.Received), sights.Count(sight => sight.Resets == 0 && sight.Hash() == hash));
    }

    /// <param name="Seconds">From when the server listens again until the last has come to the newest.</param>
    /// <param name="Received">The most items that one of them was sent.</param>
    /// <param name="Whole">How many see what a fresh reader sees, without having been sent all of it.</param>
    private sealed record Return(double Seconds, int Received, int Whole);
}
