namespace Summit.Contracts;

/// <summary>Following: after N, in order, live, no gap, no double.</summary>
public abstract partial class EngineContract
{
    [Fact]
    public async Task Following_from_the_start_shows_everything_and_goes_on_live()
    {
        await Send(new AddEach(1, 2, 3));
        var follower = await Follow().SawAsync(3);
        await Send(new Add(4));
        Assert.Equal([1, 2, 3, 4], (await follower.SawAsync(4)).Amounts);
    }

    [Fact]
    public async Task Following_from_a_position_shows_what_comes_after_it()
    {
        await Send(new AddEach(1, 2, 3));
        var follower = await Follow(after: 2).SawAsync(3);
        await Send(new Add(4));
        Assert.Equal([3, 4], (await follower.SawAsync(4)).Numbers);
    }

    [Fact]
    public async Task Following_from_the_end_shows_what_is_new()
    {
        await Send(new Add(1));
        var follower = Follow(after: 1);
        await Send(new Add(2));
        Assert.Equal([2], (await follower.SawAsync(2)).Numbers);
    }

    [Fact]
    public async Task Following_from_beyond_the_end_waits_for_what_comes_after_it()
    {
        await Send(new Add(1));
        var beyond = Follow(after: 3);
        var all = await Follow().SawAsync(1);
        await Send(new AddEach(2, 3, 4));
        Assert.Equal([1, 2, 3, 4], (await all.SawAsync(4)).Numbers);
        Assert.Equal([4], (await beyond.SawAsync(4)).Numbers);
    }

    [Fact]
    public async Task Following_what_does_not_exist_yet_shows_its_first_event()
    {
        var follower = Follow();
        await Send(new Add(1));
        Assert.Equal([1], (await follower.SawAsync(1)).Numbers);
    }

    [Fact]
    public async Task Following_after_a_restart_shows_what_was_before_it_and_what_comes()
    {
        await Send(new AddEach(1, 2));
        await Restart();
        var follower = await Follow().SawAsync(2);
        await Send(new Add(3));
        Assert.Equal([1, 2, 3], (await follower.SawAsync(3)).Amounts);
    }

    [Fact]
    public async Task Many_followers_that_come_at_any_time_see_the_same()
    {
        var followers = new List<Follower>();
        for (var i = 1; i <= 60; i++)
        {
            followers.Add(Follow());
            await Send(new AddEach(i, i, i));
        }

        foreach (var follower in followers)
        {
            Assert.Equal(Enumerable.Range(1, 180).Select(n => (long)n), (await follower.SawAsync(180)).Numbers);
        }
    }

    [Fact]
    public async Task A_follower_far_behind_gets_everything_once_and_in_order()
    {
        await SendAll(Enumerable.Range(0, 30).Select(_ => Envelope(new AddEach([.. Enumerable.Repeat(1L, 100)]))));
        var late = Follow();
        await Send(new Add(1));
        Assert.Equal(Enumerable.Range(1, 3_001).Select(n => (long)n), (await late.SawAsync(3_001)).Numbers);
    }

    [Fact]
    public async Task A_follower_that_does_not_read_holds_up_nobody()
    {
        await Send(new Add(1));
        await using var stalled = Engine.FollowAsync(_tally, 0, Cancel).GetAsyncEnumerator(Cancel);
        Assert.True(await stalled.MoveNextAsync().AsTask().Soon("the first batch"));
        for (var i = 0; i < 50; i++)
        {
            await Send(new AddEach([.. Enumerable.Repeat(1L, 50)]));
        }

        Assert.True(await stalled.MoveNextAsync().AsTask().Soon("the next batch"));
        Assert.Equal(2, stalled.Current.First);
    }

    [Fact]
    public async Task Cancelling_ends_a_follower_that_waits()
    {
        await Send(new Add(1));
        using var cancel = new CancellationTokenSource();
        await using var follower = Engine.FollowAsync(_tally, 0, cancel.Token).GetAsyncEnumerator(CancellationToken.None);
        Assert.True(await follower.MoveNextAsync().AsTask().Soon("the first batch"));
        var waiting = follower.MoveNextAsync().AsTask();
        Assert.False(waiting.IsCompleted);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.Soon("the end of the follower"));
    }
}
