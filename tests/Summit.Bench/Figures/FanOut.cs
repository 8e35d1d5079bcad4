using System.Diagnostics;

namespace Summit.Bench.Figures;

/// <summary>What it costs to bring one change to a thousand followers, beside a broadcast to a group; and a storm of votes, beside one broadcast each.</summary>
public sealed class FanOut(Stand stand, Action<string> say)
{
    private const int Changes = 20;
    private const int Votes = 500;

    /// <summary>What the plain hub still delivers on two cores shared with a thousand clients; 500 a second are half a million messages.</summary>
    private const int PlainVotes = 40;

    private const int Rounds = 3;

    /// <summary>Makes the plain hub's messages as long as Summit's.</summary>
    private static readonly string PlainText = new('x', 215);

    private static readonly TimeSpan Warming = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(5);

    private readonly List<Guid> _questions = [];
    private int _plainSeq;
    private int _round;

    public async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        await using var followers = await stand.FollowSummitAsync(cancellationToken);
        await using var plain = await stand.FollowPlainAsync(cancellationToken);
        await Task.WhenAll(followers.Lines.Select(line => line.First));
        using var toSummit = await Callers.OpenAsync(stand.Venue.Server.Address, 32, cancellationToken);
        using var toPlain = await Callers.OpenAsync(stand.Plain.Address, 32, cancellationToken);

        // Both compilers do their work on what is hot now, not in the first round.
        await Task.WhenAll(
            MeasureAsync(stand.Venue.Server.Id, followers, Changes, Warming, i => CommentAsync(toSummit, i, cancellationToken), cancellationToken),
            MeasureAsync(stand.Plain.Id, plain, Changes, Warming, _ => SayAsync(toPlain, cancellationToken), cancellationToken));

        var (summit, beside, storm, broadcasts) = (new List<Round>(), new List<Round>(), new List<Round>(), new List<Round>());
        var (quiet, quietBeside) = (new List<double>(), new List<double>());
        for (_round = 0; _round < Rounds; _round++)
        {
            summit.Add(await MeasureAsync(stand.Venue.Server.Id, followers, Changes, Length, i => CommentAsync(toSummit, i, cancellationToken), cancellationToken));
            beside.Add(await MeasureAsync(stand.Plain.Id, plain, Changes, Length, _ => SayAsync(toPlain, cancellationToken), cancellationToken));
            quiet.Add(await RestAsync(stand.Venue.Server.Id, cancellationToken));
            quietBeside.Add(await RestAsync(stand.Plain.Id, cancellationToken));
            say(FormattableString.Invariant($"fan-out {_round + 1}: {summit[^1]}; plain {beside[^1]}; at rest {quiet[^1]:N1} and {quietBeside[^1]:N1} ms/s"));
        }

        for (_round = 0; _round < Rounds; _round++)
        {
            await AskAsync(cancellationToken);
            storm.Add(await MeasureAsync(stand.Venue.Server.Id, followers, Votes, Length, i => VoteAsync(toSummit, i, cancellationToken), cancellationToken));
            broadcasts.Add(await MeasureAsync(stand.Plain.Id, plain, PlainVotes, Short, _ => SayAsync(toPlain, cancellationToken), cancellationToken));
            say($"votes {_round + 1}: {storm[^1]}; plain {broadcasts[^1]}");
        }

        await CompareAsync(followers, cancellationToken);
        return
        [
            .. FanOutFigures(summit, beside),
            Figure.Of("Fan-out", "server CPU a second while nothing changes", "ms", quiet, quietBeside),
            .. StormFigures(storm, broadcasts),
        ];
    }

    private static IEnumerable<Figure> FanOutFigures(List<Round> summit, List<Round> plain) =>
    [
        Figure.Of("Fan-out", "server CPU a delivered message", "us", Of(summit, r => r.CpuAFrame), Of(plain, r => r.CpuAFrame), ("ratio at most 1.2", (_, ratio) => ratio <= 1.2)),
        Figure.Of("Fan-out", "server CPU a change and follower", "us", Of(summit, r => r.CpuAChange / Stand.People), Of(plain, r => r.CpuAChange / Stand.People)),
        Figure.Of("Fan-out", "from send to seen, p50", "ms", Of(summit, r => r.P50), Of(plain, r => r.P50)),
        Figure.Of("Fan-out", "from send to seen, p99", "ms", Of(summit, r => r.P99), Of(plain, r => r.P99)),
        Figure.Of("Fan-out", "messages a follower and second, of 20 changes", "", Of(summit, r => r.FramesASecond), Of(plain, r => r.FramesASecond)),
        Figure.Of("Fan-out", "bytes a message", "B", Of(summit, r => r.BytesAFrame), Of(plain, r => r.BytesAFrame)),
    ];

    private static IEnumerable<Figure> StormFigures(List<Round> storm, List<Round> plain) =>
    [
        Figure.Of("Vote storm", "server CPU a vote (plain: a broadcast each, at 40/s)", "us", Of(storm, r => r.CpuAChange), Of(plain, r => r.CpuAChange), ("ratio at most 0.1", (_, ratio) => ratio <= 0.1)),
        Figure.Of("Vote storm", "messages a follower and second, of 500 votes", "", Of(storm, r => r.FramesASecond), null, ("at most 20", (frames, _) => frames <= 20)),
        Figure.Of("Vote storm", "from send to seen, p99", "ms", Of(storm, r => r.P99), null, ("under 500", (p99, _) => p99 < 500)),
        Figure.Of("Vote storm", "from send to seen, p50", "ms", Of(storm, r => r.P50)),
    ];

    private static List<double> Of(List<Round> rounds, Func<Round, double> value) => [.. rounds.Select(value)];

    private static async Task<Round> MeasureAsync(
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

    /// <summary>Milliseconds of CPU a second that a server takes while its followers just are there.</summary>
    private static async Task<double> RestAsync(int server, CancellationToken cancellationToken)
    {
        var (before, watch) = (Machine.CpuOf(server), Stopwatch.StartNew());
        await Task.Delay(Short, cancellationToken);
        return (Machine.CpuOf(server) - before).TotalMilliseconds / watch.Elapsed.TotalSeconds;
    }

    /// <summary>With its envelope a comment of this length comes to some 200 bytes.</summary>
    private Task<Sent> CommentAsync(Callers callers, int number, CancellationToken cancellationToken) => callers.PostAsync(
        Caller.Command(stand.Venue.Session, stand.Venue.Moderator, new { type = "comment", id = Guid.CreateVersion7(), text = $"Change {number:000}" }), cancellationToken);

    private async Task<Sent> SayAsync(Callers callers, CancellationToken cancellationToken)
    {
        var seq = Interlocked.Increment(ref _plainSeq);
        var request = Caller.Request("/say", null, new { seq, text = PlainText });
        return (await callers.PostAsync(request, cancellationToken)) with { Seq = seq };
    }

    /// <summary>Everybody votes once for each question: enough of them for one round.</summary>
    private async Task AskAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; i < Votes * Length.TotalSeconds / Stand.People; i++)
        {
            _questions.Add(await stand.AskAsync($"Question {_questions.Count}?", cancellationToken));
        }
    }

    private Task<Sent> VoteAsync(Callers callers, int number, CancellationToken cancellationToken)
    {
        var item = _questions[^(1 + (number / Stand.People))];
        var request = Caller.Command(
            stand.Venue.Session, stand.Passes[number % Stand.People], new { type = "support", id = Guid.CreateVersion7(), item, on = true });
        return callers.PostAsync(request, cancellationToken);
    }

    /// <summary>Those who look see what a fresh reader sees, and no acknowledged vote is missing.</summary>
    private async Task CompareAsync(Crowd crowd, CancellationToken cancellationToken)
    {
        var fresh = await stand.Venue.LookAsync(stand.Passes[0], crowd.Lines.Max(line => line.Seq), cancellationToken);
        foreach (var question in _questions)
        {
            var support = fresh.Items[question].GetProperty("support").GetInt32();
            if (support != Stand.People)
            {
                throw new InvalidDataException($"{Stand.People} votes were acknowledged, {support} are shown.");
            }
        }

        var looking = crowd.Lines.Where(line => line.Looks).ToList();
        foreach (var line in looking)
        {
            if (line.Picture.Items.Count != fresh.Items.Count
                || line.Picture.Items.Any(item => item.Value.GetRawText() != fresh.Items[item.Key].GetRawText()))
            {
                throw new InvalidDataException("A follower does not see what a fresh reader sees.");
            }
        }

        say($"{_questions.Count * Stand.People} acknowledged votes are all there; {looking.Count} followers that build the picture have the one of a fresh reader, item by item.");
    }

    private sealed record Round(double CpuAFrame, double CpuAChange, double P50, double P99, double FramesASecond, double BytesAFrame)
    {
        public override string ToString() => FormattableString.Invariant(
            $"{CpuAFrame:N1} us a message, {CpuAChange:N0} us a change, p50 {P50:N0}, p99 {P99:N0} ms, {FramesASecond:N1} messages/s of {BytesAFrame:N0} B");
    }
}
