using Summit.Testing;

namespace Summit.Bench.Figures.Clusters;

/// <summary>What it costs that a cell lives on another server than who writes to it, and than who follows it.</summary>
internal sealed class Across(ClusterStand stand, Action<string> say)
{
    private const int Rounds = 3;
    private const int Callers = 16;
    private const int Followers = 300;
    private const int Changes = 20;

    /// <summary>So many a second that each still goes alone, and that they outweigh what a server does at rest.</summary>
    private const int Tellings = 150;

    private static readonly int[] Crowds = [1, 100, 500];
    private static readonly TimeSpan Warming = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(4);

    public async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        var home = await stand.HomeOfAsync(stand.Venue.Session, cancellationToken);
        var other = stand.Servers.First(server => server != home);
        return
        [
            .. await CommandsAsync(home, other, cancellationToken),
            .. await DeliveriesAsync(home, other, cancellationToken),
            await TellingAsync(home, other, cancellationToken),
            .. await CrossingsAsync(home, other, cancellationToken),
        ];
    }

    /// <summary>With one follower a change costs the command and, if the follower is elsewhere, the way there: that of all who follow there.</summary>
    private async Task<Figure> TellingAsync(ServerProcess home, ServerProcess other, CancellationToken cancellationToken)
    {
        var (far, near) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            far.Add((await DeliverAsync(1, Tellings, home, other, Length, cancellationToken)).CpuAChange);
            near.Add((await DeliverAsync(1, Tellings, home, home, Length, cancellationToken)).CpuAChange);
            say(FormattableString.Invariant($"a change {round + 1}: {far[^1]:N0} us of CPU told to another server, {near[^1]:N0} to the cell's own"));
        }

        return Figure.Of("Across servers", "CPU of all servers a change, one follower on another server (beside: on the same)", "us", far, near);
    }

    private async Task<IReadOnlyList<Figure>> CommandsAsync(ServerProcess home, ServerProcess other, CancellationToken cancellationToken)
    {
        var next = await stand.VotesAsync(stand.Venue.Session, cancellationToken);
        var (far, near) = (new List<double>(), new List<double>());
        for (var round = 0; round <= Rounds; round++)
        {
            // Both compilers do their work on what is hot now, not in the first round.
            var length = round == 0 ? Warming : Length;
            far.Add(await CommandAsync(other, next, length, cancellationToken));
            near.Add(await CommandAsync(home, next, length, cancellationToken));
            say(FormattableString.Invariant($"a command {round}: {far[^1]:N0} us of CPU through another server, {near[^1]:N0} at the cell's own"));
        }

        return [Figure.Of("Across servers", "CPU of all servers a command, cell on another server (beside: on the same)", "us", [.. far.Skip(1)], [.. near.Skip(1)])];
    }

    private async Task<double> CommandAsync(ServerProcess through, Func<byte[]> next, TimeSpan length, CancellationToken cancellationToken)
    {
        using var callers = await Figures.Callers.OpenAsync(through.Address, Callers, cancellationToken);
        var before = stand.Cpu;
        var count = await Rate.CountAsync(Callers, length, _ => callers.PostAsync(next(), cancellationToken));
        return (stand.Cpu - before).TotalMicroseconds / count;
    }

    private async Task<IReadOnlyList<Figure>> DeliveriesAsync(ServerProcess home, ServerProcess other, CancellationToken cancellationToken)
    {
        var (far, near) = (new List<double>(), new List<double>());
        for (var round = 0; round <= Rounds; round++)
        {
            var length = round == 0 ? Warming : Length;
            far.Add((await DeliverAsync(Followers, Changes, home, other, length, cancellationToken)).CpuAFrame);
            near.Add((await DeliverAsync(Followers, Changes, home, home, length, cancellationToken)).CpuAFrame);
            say(FormattableString.Invariant($"a delivery {round}: {far[^1]:N1} us of CPU from another server, {near[^1]:N1} from the cell's own"));
        }

        return
        [
            Figure.Of(
                "Across servers", $"CPU of all servers a delivered message, cell on another server (beside: on the same), {Followers} followers", "us",
                [.. far.Skip(1)], [.. near.Skip(1)]),
        ];
    }

    private async Task<IReadOnlyList<Figure>> CrossingsAsync(ServerProcess home, ServerProcess other, CancellationToken cancellationToken)
    {
        var figures = new List<Figure>();
        foreach (var count in Crowds)
        {
            var delivered = await DeliverAsync(count, Changes, home, other, Length, cancellationToken);
            say(FormattableString.Invariant($"{count} followers: {delivered.Crossings:N2} batches and {delivered.Bytes:N0} bytes cross for a change"));
            figures.Add(Figure.Of("Across servers", $"batches that cross for a change, {count} followers on the other server", "", [delivered.Crossings]));
            figures.Add(Figure.Of("Across servers", $"bytes of events that cross for a change, {count} followers there", "B", [delivered.Bytes]));
        }

        return figures;
    }

    /// <summary>Comments are made at the cell's own server, and followed at a server.</summary>
    private async Task<Delivered> DeliverAsync(int count, int rate, ServerProcess home, ServerProcess at, TimeSpan length, CancellationToken cancellationToken)
    {
        using var crowd = await Crowd.GatherAsync(
            count, (crowd, i) => crowd.Open(at.Address, Dialect.Follow(stand.Venue.Session, 0), stand.Passes[i]), cancellationToken);
        await crowd.WhenAllSeeAsync();
        using var callers = await Figures.Callers.OpenAsync(home.Address, Callers, cancellationToken);
        crowd.Forget();
        var (cpu, crossings, bytes) = (stand.Cpu, await CrossingsAsync(cancellationToken), await BytesAsync(cancellationToken));
        var sent = await Pacer.RunAsync(
            rate, length,
            i => callers.PostAsync(
                Caller.Command(stand.Venue.Session, stand.Passes[i % stand.Passes.Count], new { type = "comment", id = Guid.CreateVersion7(), text = $"It crosses once, however many are there: {i:D4}." }),
                cancellationToken),
            cancellationToken);
        await crowd.ReachAsync(sent.Max(change => change.Seq));
        var took = (stand.Cpu - cpu).TotalMicroseconds;
        return new Delivered(
            took / crowd.Frames,
            took / sent.Count,
            (await CrossingsAsync(cancellationToken) - crossings) / sent.Count,
            (await BytesAsync(cancellationToken) - bytes) / sent.Count);
    }

    private Task<double> CrossingsAsync(CancellationToken cancellationToken) => stand.CountAsync("summit_engine_crossings_total", cancellationToken);

    private Task<double> BytesAsync(CancellationToken cancellationToken) => stand.CountAsync("summit_engine_crossings_size_bytes_total", cancellationToken);

    private sealed record Delivered(double CpuAFrame, double CpuAChange, double Crossings, double Bytes);
}
