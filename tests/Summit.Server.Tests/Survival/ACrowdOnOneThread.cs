using Summit.Bench;
using Summit.Bench.Figures;
using Summit.Bench.Wire;
using Summit.Testing;

namespace Summit.Server.Tests.Survival;

/// <summary>The load generator: what it reports about a server must be so.</summary>
public sealed class ACrowdOnOneThread
{
    private const int People = 20;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sees_what_a_fresh_reader_sees_also_who_was_silent_and_who_came_back()
    {
        await using var venue = await Venue.OpenAsync("Crowd", new { perMinute = 10_000, maxOpen = 10_000 }, Cancel);
        var passes = await Stand.JoinAsync(venue, People, Cancel);
        using var crowd = await Crowd.GatherAsync(
            People, (all, i) => all.Open(venue.Server.Address, Dialect.Follow(venue.Session, 0), passes[i], new Sight()), Cancel);
        await crowd.WhenAllSeeAsync();
        var (silent, gone) = (crowd.Lines[0], crowd.Lines[1]);
        silent.Ignore();
        crowd.Leave(gone);
        gone.Sight!.ForgetCounts();

        // More than one WebSocket frame may hold, in more than one alphabet.
        var seq = await AskAsync(venue, "What comes of the plan?", new string('ж', 400));
        silent.Hear();
        var back = crowd.Open(venue.Server.Address, Dialect.Follow(venue.Session, gone.Seq), gone.Pass, gone.Sight);
        await crowd.ReachAsync(seq);

        var hash = Sight.Of(await venue.ShowAsync(passes[0], seq, Cancel)).Hash();
        Assert.All(crowd.Lines, line => Assert.Equal(hash, line.Sight!.Hash()));
        Assert.Equal((2, 0), (back.Sight!.Received, back.Sight.Resets));

        await crowd.ReachAsync(await AskAsync(venue, "And who pays for it?"));
        Assert.All(crowd.Lines, line => Assert.NotEqual(hash, line.Sight!.Hash()));
    }

    [Fact]
    public async Task Says_so_when_the_server_has_hung_up_or_lets_nobody_in()
    {
        await using var venue = await Venue.OpenAsync("Crowd", new { }, Cancel);
        using var crowd = new Crowd();
        var stranger = crowd.Open(venue.Server.Address, Dialect.Follow(venue.Session, 0), new Pass("not-a-token", default));
        await Assert.ThrowsAsync<LineLostException>(() => stranger.Opened.WaitAsync(Wait.Limit, Cancel));
        crowd.Leave(stranger);

        var nowhere = crowd.Open(venue.Server.Address, Dialect.Follow(Guid.NewGuid(), 0), venue.Moderator);
        await Assert.ThrowsAsync<LineLostException>(() => nowhere.First.WaitAsync(Wait.Limit, Cancel));
        crowd.Leave(nowhere);

        var follower = crowd.Open(venue.Server.Address, Dialect.Follow(venue.Session, 0), venue.Moderator);
        await crowd.WhenAllSeeAsync();
        await venue.Server.KillAsync();
        await Wait.UntilAsync("the follower notices", () => follower.IsClosed);
        await Assert.ThrowsAsync<LineLostException>(() => crowd.ReachAsync(long.MaxValue));
    }

    [Fact]
    public async Task Has_the_server_collect_its_garbage_and_learns_what_is_left()
    {
        await using var venue = await Venue.OpenAsync("Crowd", new { }, Cancel);
        // Twice: an event session that has ended must not be in the way of the next.
        Assert.InRange(await Heap.CollectAsync(venue.Server, Cancel), 0.5, 200);
        Assert.InRange(await Heap.CollectAsync(venue.Server, Cancel), 0.5, 200);
    }

    /// <returns>The number of the last.</returns>
    private static async Task<long> AskAsync(Venue venue, params string[] texts)
    {
        var seq = 0L;
        foreach (var text in texts)
        {
            var answer = await venue.Api.CallAsync(
                HttpMethod.Post, $"/api/sessions/{venue.Session}/commands", venue.Moderator, new { type = "ask", id = Guid.CreateVersion7(), text }, Cancel);
            seq = (long)answer["seq"]!;
        }

        return seq;
    }
}
