using Summit.Testing;

namespace Summit.Bench.Figures;

/// <summary>What it does to a hall when one of its phones, or a hundred, stops reading for a full minute and then comes back.</summary>
public sealed class Silence(Action<string> say)
{
    private const int Many = 100;
    private const int Changes = 20;

    /// <summary>A third of the minute. As many are taken without anybody silent, before, between and after.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(20);

    private const int Windows = 3;

    /// <summary>Long texts fill what lies between soon.</summary>
    private static readonly string Text = string.Concat(Enumerable.Repeat("A long comment. ", 30));

    /// <summary>Two windows without anybody silent differ by as much.</summary>
    private static readonly (string Text, Func<double, double?, bool> Holds) Unchanged = ("unchanged: ratio at most 1.2", (_, ratio) => ratio <= 1.2);

    private readonly List<double> _without = [];
    private readonly List<double> _grownWithout = [];

    public async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        await using var stand = await Stand.OpenAsync(cancellationToken);
        using var crowd = await stand.FollowSummitAsync(cancellationToken);
        using var callers = await Callers.OpenAsync(stand.Venue.Server.Address, 8, cancellationToken);
        Task<double> TakeAsync() => P99Async(stand, crowd, callers, cancellationToken);

        await TakeAsync();
        await WithoutAsync(stand, TakeAsync, cancellationToken);
        var one = await SilenceAsync(stand, 1, TakeAsync, cancellationToken);
        await WithoutAsync(stand, TakeAsync, cancellationToken);
        var many = await SilenceAsync(stand, Many, TakeAsync, cancellationToken);
        await WithoutAsync(stand, TakeAsync, cancellationToken);
        return
        [
            Figure.Of("Silent followers", "the others' p99 beside 1 that does not read for a minute (beside: without)", "ms", one.P99, _without, Unchanged),
            Figure.Of("Silent followers", $"the others' p99 beside {Many} that do not (beside: without)", "ms", many.P99, _without, Unchanged),
            Figure.Of("Silent followers", $"memory that a minute of {Many} of them took, live (beside: a minute without)", "MB", [many.Grown], [_grownWithout.Sum()], ("at most 0.25 each", (grown, _) => grown <= Many * 0.25)),
            Figure.Of("Silent followers", $"of {Many} that read again, whole and equal to a fresh reader", "", [many.Back], null, ("all", (back, _) => back == Many)),
        ];
    }

    private async Task WithoutAsync(Stand stand, Func<Task<double>> take, CancellationToken cancellationToken)
    {
        var before = await Heap.CollectAsync(stand.Venue.Server, cancellationToken);
        _without.Add(await take());
        _grownWithout.Add(await Heap.CollectAsync(stand.Venue.Server, cancellationToken) - before);
        say(FormattableString.Invariant($"nobody silent: p99 {_without[^1]:N0} ms, {_grownWithout[^1]:N1} MB more"));
    }

    private async Task<(List<double> P99, double Grown, int Back)> SilenceAsync(Stand stand, int count, Func<Task<double>> take, CancellationToken cancellationToken)
    {
        using var silent = await Crowd.GatherAsync(
            count,
            (all, i) => all.Open(stand.Venue.Server.Address, Dialect.Follow(stand.Venue.Session, 0), stand.Passes[i], new Sight(), far: true),
            cancellationToken);
        await silent.WhenAllSeeAsync();
        foreach (var line in silent.Lines)
        {
            line.Ignore();
        }

        var before = await Heap.CollectAsync(stand.Venue.Server, cancellationToken);
        var p99 = new List<double>();
        for (var i = 0; i < Windows; i++)
        {
            p99.Add(await take());
        }

        var grown = await Heap.CollectAsync(stand.Venue.Server, cancellationToken) - before;
        var newest = await stand.Venue.ShowAsync(stand.Passes[0], 0, cancellationToken);
        var dropped = await HearAgainAsync(silent, newest.GetProperty("seq").GetInt64());
        using var back = await ComeBackAsync(stand, dropped, newest.GetProperty("seq").GetInt64(), cancellationToken);
        say(FormattableString.Invariant($"{count} silent: p99 {Figure.Median(p99):N0} ms, {grown:N1} MB more; the server had hung up on {dropped.Count} of them"));
        var hash = Sight.Of(newest).Hash();
        return (p99, grown, silent.Lines.Count(line => line.Sight!.Hash() == hash && line.Sight.Resets == 1));
    }

    /// <summary>Who is still connected reads on, and gets in one frame what has changed. Returns those on whom the server had hung up.</summary>
    private static async Task<IReadOnlyList<Line>> HearAgainAsync(Crowd silent, long newest)
    {
        foreach (var line in silent.Lines)
        {
            line.Hear();
        }

        await Wait.UntilAsync("who was silent is up to date, or hung up on", () => silent.Lines.All(line => line.IsClosed || line.Seq >= newest));
        return [.. silent.Lines.Where(line => line.IsClosed)];
    }

    /// <summary>They open a new line from where they were, with the picture they had.</summary>
    private static async Task<Crowd> ComeBackAsync(Stand stand, IReadOnlyList<Line> dropped, long newest, CancellationToken cancellationToken)
    {
        var back = await Crowd.GatherAsync(
            dropped.Count, (all, i) => all.Open(stand.Venue.Server.Address, Dialect.Follow(stand.Venue.Session, dropped[i].Seq), dropped[i].Pass, dropped[i].Sight), cancellationToken);
        await back.ReachAsync(newest);
        return back;
    }

    private static async Task<double> P99Async(Stand stand, Crowd crowd, Callers callers, CancellationToken cancellationToken)
    {
        crowd.Forget();
        var sent = await Pacer.RunAsync(Changes, Window, _ => callers.PostAsync(
            Caller.Command(stand.Venue.Session, stand.Venue.Moderator, new { type = "comment", id = Guid.CreateVersion7(), text = Text }), cancellationToken), cancellationToken);
        await crowd.ReachAsync(sent.Max(change => change.Seq));
        return Figure.Percentile(crowd.Latencies(sent), 0.99);
    }
}
