namespace Summit.Bench.Figures;

/// <summary>A thousand people vote as fast as thumbs go while all of them look on, beside one broadcast for each vote.</summary>
public sealed class VoteStorm(Action<string> say)
{
    private const int Votes = 500;

    /// <summary>What the plain hub still delivers on two cores shared with a thousand clients; 500 a second are half a million messages.</summary>
    private const int PlainVotes = 40;

    private const int Rounds = 3;

    private static readonly TimeSpan Warming = TimeSpan.FromSeconds(16);
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PlainLength = TimeSpan.FromSeconds(5);

    private readonly List<Guid> _questions = [];

    public async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        await using var stand = await Stand.OpenAsync(cancellationToken);
        using var followers = await stand.FollowSummitAsync(cancellationToken);
        using var plain = await Side.OpenAsync(stand.Plain, cancellationToken);
        using var callers = await Callers.OpenAsync(stand.Venue.Server.Address, 32, cancellationToken);
        await Task.WhenAll(StormAsync(stand, followers, callers, Warming, cancellationToken), plain.TakeAsync(PlainVotes / 2, Warming, cancellationToken));

        var (storm, broadcasts) = (new List<Round>(), new List<Round>());
        for (var round = 1; round <= Rounds; round++)
        {
            storm.Add(await StormAsync(stand, followers, callers, Length, cancellationToken));
            broadcasts.Add(await plain.TakeAsync(PlainVotes, PlainLength, cancellationToken));
            say($"votes {round}: {storm[^1]}; plain {broadcasts[^1]}");
        }

        var (missing, alike) = await CompareAsync(stand, followers, cancellationToken);
        return
        [
            Figure.Of("Vote storm", "server CPU a vote (plain: a broadcast each, at 40/s)", "us", Of(storm, r => r.CpuAChange), Of(broadcasts, r => r.CpuAChange), ("ratio at most 0.1", (_, ratio) => ratio <= 0.1)),
            Figure.Of("Vote storm", "messages a follower and second, of 500 votes, for 30 s", "", Of(storm, r => r.FramesASecond), null, ("at most 20", (frames, _) => frames <= 20)),
            Figure.Of("Vote storm", "from send to seen, p99", "ms", Of(storm, r => r.P99), null, ("under 500", (p99, _) => p99 < 500)),
            Figure.Of("Vote storm", "from send to seen, p50", "ms", Of(storm, r => r.P50)),
            Figure.Of("Vote storm", $"followers of {Stand.People:N0} with the same picture as a fresh reader", "", [alike], null, ("all", (same, _) => same == Stand.People)),
            Figure.Of("Vote storm", $"acknowledged votes missing, of {_questions.Count * Stand.People:N0}", "", [missing], null, ("none", (votes, _) => votes == 0)),
        ];
    }

    private static List<double> Of(List<Round> rounds, Func<Round, double> value) => [.. rounds.Select(value)];

    private async Task<Round> StormAsync(Stand stand, Crowd crowd, Callers callers, TimeSpan length, CancellationToken cancellationToken)
    {
        // Everybody votes once for each question: just enough of them.
        var questions = new List<Guid>();
        for (var i = 0; i < Votes * length.TotalSeconds / Stand.People; i++)
        {
            questions.Add(await stand.AskAsync($"Question {_questions.Count + i}?", cancellationToken));
        }

        _questions.AddRange(questions);
        return await Round.TakeAsync(stand.Venue.Server.Id, crowd, Votes, length, i => callers.PostAsync(
            Caller.Command(
                stand.Venue.Session, stand.Passes[i % Stand.People],
                new { type = "support", id = Guid.CreateVersion7(), item = questions[i / Stand.People], on = true }),
            cancellationToken), cancellationToken);
    }

    /// <summary>How many acknowledged votes a fresh reader does not see, and how many followers see what that reader sees.</summary>
    private async Task<(int Missing, int Alike)> CompareAsync(Stand stand, Crowd crowd, CancellationToken cancellationToken)
    {
        var fresh = await stand.Venue.ShowAsync(stand.Passes[0], crowd.Lines.Max(line => line.Seq), cancellationToken);
        var shown = fresh.GetProperty("items").EnumerateArray().Sum(item => item.GetProperty("support").GetInt32());
        var (missing, hash) = ((_questions.Count * Stand.People) - shown, Sight.Of(fresh).Hash());
        var alike = crowd.Lines.Count(line => line.Sight!.Hash() == hash);
        say($"{shown:N0} votes are there, {missing} acknowledged ones are missing; {alike:N0} of {crowd.Lines.Count:N0} followers have the picture {hash} of a fresh reader.");
        return (missing, alike);
    }
}
