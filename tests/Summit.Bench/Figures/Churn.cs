using System.Diagnostics;

namespace Summit.Bench.Figures;

/// <summary>Ten minutes of people who come, go and come back while others vote: what the server holds must not grow.</summary>
public sealed class Churn(TimeSpan length, Action<string> say)
{
    private const int Changes = 20;

    /// <summary>Of a thousand, in each second: everybody has gone and come back every hundred seconds.</summary>
    private const int LeaveASecond = 10;

    private const int Readings = 10;

    public async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        await using var stand = await Stand.OpenAsync(cancellationToken);
        var question = await stand.AskAsync("Who stays?", cancellationToken);
        using var crowd = await stand.FollowSummitAsync(cancellationToken);
        using var callers = await Callers.OpenAsync(stand.Venue.Server.Address, 8, cancellationToken);
        var (live, resident, gone, number) = (new List<double>(), new List<double>(), 0, 0);
        for (var reading = 1; reading <= Readings; reading++)
        {
            var until = Stopwatch.GetTimestamp() + (long)(Stopwatch.Frequency * length.TotalSeconds / Readings);
            while (Stopwatch.GetTimestamp() < until)
            {
                crowd.Forget();
                var sent = Pacer.RunAsync(Changes, TimeSpan.FromSeconds(1), _ => VoteAsync(stand, callers, question, number++, cancellationToken), cancellationToken);
                await ComeAndGoAsync(stand, crowd, gone += LeaveASecond, cancellationToken);
                await crowd.ReachAsync((await sent).Max(change => change.Seq));
            }

            live.Add(await Heap.CollectAsync(stand.Venue.Server, cancellationToken));
            resident.Add(Machine.ResidentOf(stand.Venue.Server.Id) / 1_024);
            say(FormattableString.Invariant($"soak {reading} of {Readings}: {live[^1]:N1} MB live, {resident[^1]:N0} MB resident, {gone:N0} have left and as many come"));
        }

        var hash = Sight.Of(await stand.Venue.ShowAsync(stand.Passes[0], crowd.Lines.Max(line => line.Seq), cancellationToken)).Hash();
        var equal = crowd.Lines.Count(line => line.Sight!.Hash() == hash);
        return
        [
            Figure.Of("Soak", FormattableString.Invariant($"live memory after {length.TotalMinutes:N0} min of churn, {gone:N0} left and came (beside: after a tenth of it)"), "MB", [live[^1]], [live[0]], ("ratio at most 1.05", (_, ratio) => ratio <= 1.05)),
            Figure.Of("Soak", "resident memory at the end (beside: after a tenth)", "MB", [resident[^1]], [resident[0]]),
            Figure.Of("Soak", $"followers of {Stand.People:N0} with the picture of a fresh reader in the end", "", [equal], null, ("all", (same, _) => same == Stand.People)),
        ];
    }

    /// <summary>The eldest lines go; every other of their people comes back to what they had, the others start anew.</summary>
    private static async Task ComeAndGoAsync(Stand stand, Crowd crowd, int gone, CancellationToken cancellationToken)
    {
        for (var i = 0; i < LeaveASecond; i++)
        {
            var left = crowd.Lines[0];
            crowd.Leave(left);
            var (since, sight) = (gone + i) % 2 == 0 ? (left.Seq, left.Sight!) : (0, new Sight());
            await crowd.Open(stand.Venue.Server.Address, Dialect.Follow(stand.Venue.Session, since), left.Pass, sight).First.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Each supports on one round through all people and takes it back on the next: what the session holds stays as it is.</summary>
    private static Task<Sent> VoteAsync(Stand stand, Callers callers, Guid item, int number, CancellationToken cancellationToken) => callers.PostAsync(
        Caller.Command(
            stand.Venue.Session, stand.Passes[number % Stand.People],
            new { type = "support", id = Guid.CreateVersion7(), item, on = number / Stand.People % 2 == 0 }),
        cancellationToken);
}
