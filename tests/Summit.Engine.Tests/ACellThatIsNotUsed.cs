using Summit.Contracts;
using Summit.Domain;

namespace Summit.Engine.Tests;

/// <summary>Cells sleep when nobody needs them, and wake without anybody noticing.</summary>
public sealed class ACellThatIsNotUsed : EngineTest
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task Sleeps_after_ten_minutes_and_wakes_with_the_next_command()
    {
        var engine = Start(_time);
        var add = Envelope(new Add(1));
        await Send(engine, add);
        _time.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal(1, engine.Awake);
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(0, engine.Awake);
        Assert.Equal(Reply.At(1), await Send(engine, add));
        Assert.Equal(Reply.At(2), await Send(engine, new Add(1)));
    }

    [Fact]
    public async Task Stays_awake_for_a_follower()
    {
        var engine = Start(_time);
        await Send(engine, new Add(1));
        var follower = await Follow(engine).SawAsync(1);
        _time.Advance(TimeSpan.FromHours(3));
        Assert.Equal(1, engine.Awake);
        await Send(engine, new Add(1));
        Assert.Equal([1, 2], (await follower.SawAsync(2)).Numbers);
        await follower.DisposeAsync();
        _time.Advance(TimeSpan.FromMinutes(12));
        Assert.Equal(0, engine.Awake);
    }

    [Fact]
    public async Task Sleeps_soon_if_nothing_was_ever_written_to_it()
    {
        var engine = Start(_time);
        for (var i = 0; i < 20; i++)
        {
            await engine.SendAsync(new AggregateId(Tally.Kind, Guid.CreateVersion7()), Envelope(new Add(-1)), Cancel).Soon("a refusal");
        }

        Assert.Equal(20, engine.Awake);
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(0, engine.Awake);
    }

    [Fact]
    public async Task Loses_no_command_that_comes_while_it_falls_asleep()
    {
        var engine = Start(_time);
        var sent = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 500; i++)
            {
                Assert.Null((await Send(engine, new Add(1))).Fault);
            }
        })));
        while (!sent.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMinutes(11));
            await Task.Yield();
        }

        await sent;
        Assert.Equal(2_000, (await Stored()).Count);
    }

    [Fact]
    public async Task Is_started_once_however_many_ask_at_the_same_time()
    {
        var engine = Start();
        var replies = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => Send(engine, new Add(1)))));
        Assert.Equal(Enumerable.Range(1, 64).Select(n => (long)n), replies.Select(reply => reply.Seq).Order());
        Assert.Equal(1, engine.Awake);
        Assert.Equal(1, Journal.Reads);
    }

    [Fact]
    public async Task Takes_nothing_new_once_the_engine_has_stopped()
    {
        var engine = Start();
        await Send(engine, new Add(1));
        await using var follower = engine.FollowAsync(Id, 0, Cancel).GetAsyncEnumerator(Cancel);
        Assert.True(await follower.MoveNextAsync().AsTask().Soon("the first batch"));
        await engine.DisposeAsync();
        Assert.Equal(Reply.Refused(EngineFaults.Stopping), await Send(engine, new Add(1)));
        Assert.False(await follower.MoveNextAsync().AsTask().Soon("the end of the follower"));
    }
}
