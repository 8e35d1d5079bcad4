namespace Summit.Bench.Figures;

/// <summary>What it costs to bring one change to a thousand followers, beside a broadcast to a group by SignalR and by Socket.IO.</summary>
public sealed class FanOut(Action<string> say)
{
    private const int Changes = 20;
    private const int Rounds = 3;

    private static readonly TimeSpan Warming = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(5);

    public async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        await using var stand = await Stand.OpenAsync(cancellationToken);
        var (socketIo, missing) = await PlainServer.TryStartSocketIoAsync(cancellationToken);
        if (socketIo is null)
        {
            return await RunAsync(stand, null, $"beside Socket.IO: not taken, {missing}", cancellationToken);
        }

        await using (socketIo)
        {
            return await RunAsync(stand, socketIo, "server CPU a delivered message, beside Socket.IO 4", cancellationToken);
        }
    }

    private async Task<IReadOnlyList<Figure>> RunAsync(Stand stand, PlainServer? socketIo, string third, CancellationToken cancellationToken)
    {
        using var followers = await stand.FollowSummitAsync(cancellationToken);
        using var plain = await Side.OpenAsync(stand.Plain, cancellationToken);
        using var node = socketIo is null ? null : await Side.OpenAsync(socketIo, cancellationToken);
        using var toSummit = await Callers.OpenAsync(stand.Venue.Server.Address, 32, cancellationToken);
        Task<Round> TakeSummitAsync(TimeSpan length) =>
            Round.TakeAsync(stand.Venue.Server.Id, followers, Changes, length, i => CommentAsync(stand, toSummit, i, cancellationToken), cancellationToken);

        // All compilers do their work on what is hot now, not in the first round.
        await Task.WhenAll(TakeSummitAsync(Warming), plain.TakeAsync(Changes, Warming, cancellationToken), node?.TakeAsync(Changes, Warming, cancellationToken) ?? Task.CompletedTask);
        var (summit, beside, io) = (new List<Round>(), new List<Round>(), new List<Round>());
        var (quiet, quietBeside) = (new List<double>(), new List<double>());
        for (var round = 1; round <= Rounds; round++)
        {
            summit.Add(await TakeSummitAsync(Length));
            beside.Add(await plain.TakeAsync(Changes, Length, cancellationToken));
            io.AddRange(node is null ? [] : [await node.TakeAsync(Changes, Length, cancellationToken)]);
            quiet.Add(await Machine.RestAsync(stand.Venue.Server.Id, Short, cancellationToken));
            quietBeside.Add(await Machine.RestAsync(stand.Plain.Id, Short, cancellationToken));
            say($"fan-out {round}: {summit[^1]}; plain {beside[^1]}; Socket.IO {io.LastOrDefault()}");
        }

        return
        [
            .. Figures(summit, beside),
            Figure.Of("Fan-out", "server CPU a second while nothing changes", "ms", quiet, quietBeside),
            Figure.Of("Fan-out", third, "us", Of(summit, r => r.CpuAFrame), io.Count == 0 ? null : Of(io, r => r.CpuAFrame)),
        ];
    }

    private static IEnumerable<Figure> Figures(List<Round> summit, List<Round> plain) =>
    [
        Figure.Of("Fan-out", "server CPU a delivered message", "us", Of(summit, r => r.CpuAFrame), Of(plain, r => r.CpuAFrame), ("ratio at most 1.2", (_, ratio) => ratio <= 1.2)),
        Figure.Of("Fan-out", "server CPU a change and follower", "us", Of(summit, r => r.CpuAChange / Stand.People), Of(plain, r => r.CpuAChange / Stand.People)),
        Figure.Of("Fan-out", "from send to seen, p50", "ms", Of(summit, r => r.P50), Of(plain, r => r.P50)),
        Figure.Of("Fan-out", "from send to seen, p99", "ms", Of(summit, r => r.P99), Of(plain, r => r.P99)),
        Figure.Of("Fan-out", "messages a follower and second, of 20 changes", "", Of(summit, r => r.FramesASecond), Of(plain, r => r.FramesASecond)),
        Figure.Of("Fan-out", "bytes a message", "B", Of(summit, r => r.BytesAFrame), Of(plain, r => r.BytesAFrame)),
    ];

    private static List<double> Of(List<Round> rounds, Func<Round, double> value) => [.. rounds.Select(value)];

    /// <summary>With its envelope a comment of this length comes to some 200 bytes.</summary>
    private static Task<Sent> CommentAsync(Stand stand, Callers callers, int number, CancellationToken cancellationToken) => callers.PostAsync(
        Caller.Command(stand.Venue.Session, stand.Venue.Moderator, new { type = "comment", id = Guid.CreateVersion7(), text = $"Change {number:000}" }), cancellationToken);
}

/// <summary>A server beside Summit, with a thousand who listen to it.</summary>
public sealed class Side : IDisposable
{
    /// <summary>Makes a message as long as Summit's.</summary>
    private static readonly string Text = new('x', 215);

    private readonly PlainServer _server;
    private readonly Crowd _crowd;
    private readonly Callers _callers;
    private int _seq;

    private Side(PlainServer server, Crowd crowd, Callers callers) => (_server, _crowd, _callers) = (server, crowd, callers);

    public static async Task<Side> OpenAsync(PlainServer server, CancellationToken cancellationToken) =>
        new(server, await Stand.FollowAsync(server, cancellationToken), await Callers.OpenAsync(server.Address, 32, cancellationToken));

    public Task<Round> TakeAsync(int rate, TimeSpan length, CancellationToken cancellationToken) =>
        Round.TakeAsync(_server.Id, _crowd, rate, length, _ => SayAsync(cancellationToken), cancellationToken);

    public void Dispose()
    {
        _callers.Dispose();
        _crowd.Dispose();
    }

    private async Task<Sent> SayAsync(CancellationToken cancellationToken)
    {
        var seq = Interlocked.Increment(ref _seq);
        return (await _callers.PostAsync(Caller.Request("/say", null, new { seq, text = Text }), cancellationToken)) with { Seq = seq };
    }
}

/// <summary>What one stretch of changes cost the server, and how they came over.</summary>
public sealed record Round(double CpuAFrame, double CpuAChange, double P50, double P99, double FramesASecond, double BytesAFrame)
{
    public static async Task<Round> TakeAsync(
        int server, Crowd crowd, int rate, TimeSpan length, Func<int, Task<Sent>> send, CancellationToken cancellationToken)
    {
        crowd.Forget();
        var before = Machine.CpuOf(server);
        var sent = await Pacer.RunAsync(rate, length, send, cancellationToken);
        await crowd.ReachAsync(sent.Max(change => change.Seq));
        var cpu = (Machine.CpuOf(server) - before).TotalMicroseconds;
        var latencies = crowd.Latencies(sent, every: rate > 100 ? 10 : 1);
        return new Round(
            cpu / crowd.Frames, cpu / sent.Count, Figure.Percentile(latencies, 0.5), Figure.Percentile(latencies, 0.99),
            crowd.Frames / (double)crowd.Lines.Count / length.TotalSeconds, crowd.Bytes / (double)crowd.Frames);
    }

    public override string ToString() => FormattableString.Invariant(
        $"{CpuAFrame:N1} us a message, {CpuAChange:N0} us a change, p50 {P50:N0}, p99 {P99:N0} ms, {FramesASecond:N1} messages/s of {BytesAFrame:N0} B");
}
