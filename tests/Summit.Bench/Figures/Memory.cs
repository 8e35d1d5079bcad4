namespace Summit.Bench.Figures;

/// <summary>What a follower costs while nothing happens, beside a connection to the plain hub.</summary>
public sealed class Memory(Action<string> say)
{
    private const int Rounds = 3;

    public async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        var (summit, plain) = (new List<double>(), new List<double>());
        for (var round = 1; round <= Rounds; round++)
        {
            // Fresh processes each time: what a process once had, it keeps.
            await using var stand = await Stand.OpenAsync(cancellationToken);
            using var beside = await GrowAsync(stand.Plain.Id, () => stand.FollowPlainAsync(cancellationToken), plain);
            using var crowd = await GrowAsync(stand.Venue.Server.Id, () => stand.FollowSummitAsync(cancellationToken), summit);
            say(FormattableString.Invariant($"memory {round}: {summit[^1]:N1} kB, plain {plain[^1]:N1} kB"));
        }

        return [Figure.Of("Memory", "an idle follower, of 1,000", "kB", summit, plain, ("ratio at most 1.5", (_, ratio) => ratio <= 1.5))];
    }

    private static async Task<Crowd> GrowAsync(int server, Func<Task<Crowd>> gather, List<double> each)
    {
        var before = Machine.ResidentOf(server);
        var crowd = await gather();
        each.Add((Machine.ResidentOf(server) - before) / crowd.Lines.Count);
        return crowd;
    }
}
