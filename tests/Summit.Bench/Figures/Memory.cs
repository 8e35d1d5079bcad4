namespace Summit.Bench.Figures;

/// <summary>What a follower costs while nothing happens, beside a connection to the plain hub; and what followers cost that stop reading.</summary>
public sealed class Memory(Action<string> say)
{
    private const int Rounds = 3;
    private const int Silent = 100;
    private const int Changes = 20;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(8);

    public async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        var (summit, plain, before, during, grown) = (new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            // Fresh processes each time: what a process once had, it keeps.
            await using var stand = await Stand.OpenAsync(cancellationToken);
            await using var beside = await GrowAsync(stand.Plain.Id, () => stand.FollowPlainAsync(cancellationToken), plain);
            await using var crowd = await GrowAsync(stand.Venue.Server.Id, () => stand.FollowSummitAsync(cancellationToken), summit);
            await SilenceAsync(stand, crowd, before, during, grown, cancellationToken);
            say(FormattableString.Invariant($"memory {round + 1}: {summit[^1]:N1} kB, plain {plain[^1]:N1} kB; p99 {before[^1]:N0} ms, {during[^1]:N0} beside the silent, which took {grown[^1]:N0} MB"));
        }

        return
        [
            Figure.Of("Memory", "an idle follower, of 1,000", "kB", summit, plain, ("ratio at most 1.5", (_, ratio) => ratio <= 1.5)),
            Figure.Of("Silent followers", "the others' p99 beside 100 that never read (beside: without them)", "ms", during, before),
            Figure.Of("Silent followers", "memory that 100 of them and 8 s of changes took", "MB", grown),
        ];
    }

    private static async Task<Crowd> GrowAsync(int server, Func<Task<Crowd>> gather, List<double> each)
    {
        var before = Machine.ResidentOf(server);
        var crowd = await gather();
        each.Add((Machine.ResidentOf(server) - before) / crowd.Lines.Count);
        return crowd;
    }

    private static async Task SilenceAsync(
        Stand stand, Crowd crowd, List<double> before, List<double> during, List<double> grown, CancellationToken cancellationToken)
    {
        using var callers = await Callers.OpenAsync(stand.Venue.Server.Address, 8, cancellationToken);
        await Task.WhenAll(crowd.Lines.Select(line => line.First));
        before.Add(await P99Async(stand, crowd, callers, cancellationToken));
        var silent = new List<Line>();
        for (var i = 0; i < Silent; i++)
        {
            silent.Add(await Line.OpenAsync(
                stand.Venue.Server.Address, stand.Passes[i].Token, Line.Follow(stand.Venue.Session, 0), looks: false, cancellationToken));
        }

        var memory = Machine.ResidentOf(stand.Venue.Server.Id);
        during.Add(await P99Async(stand, crowd, callers, cancellationToken));
        grown.Add((Machine.ResidentOf(stand.Venue.Server.Id) - memory) / 1024);
        foreach (var line in silent)
        {
            await line.DisposeAsync();
        }
    }

    /// <summary>The texts are long, so that what a silent one leaves lying soon fills its socket's buffers.</summary>
    private static async Task<double> P99Async(Stand stand, Crowd crowd, Callers callers, CancellationToken cancellationToken)
    {
        crowd.Forget();
        var text = string.Concat(Enumerable.Repeat("A long comment. ", 30));
        var sent = await Pacer.RunAsync(Changes, Length, _ => callers.PostAsync(
            Caller.Command(stand.Venue.Session, stand.Venue.Moderator, new { type = "comment", id = Guid.CreateVersion7(), text }), cancellationToken), cancellationToken);
        await crowd.ReachAsync(sent.Max(change => change.Seq));
        return Figure.Percentile(crowd.Latencies(sent), 0.99);
    }
}
