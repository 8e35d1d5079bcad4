using Summit.Domain;
using Summit.Engine;

namespace Summit.Contracts;

/// <summary>Commands: order, durability before the answer, and the same id never twice.</summary>
public abstract partial class EngineContract
{
    [Fact]
    public async Task A_command_is_answered_with_the_number_of_its_last_event()
    {
        Assert.Equal(Reply.At(1), await Send(new Add(5)));
        Assert.Equal(Reply.At(4), await Send(new AddEach(1, 2, 3)));
        Assert.Equal([5, 1, 2, 3], (await Stored(4)).Amounts);
    }

    [Fact]
    public async Task A_command_is_answered_and_fed_only_once_its_events_are_durable()
    {
        await Send(new Add(1));
        var follower = await Follow().SawAsync(1);
        Journal.Hold();
        var reply = Engine.SendAsync(_tally, Envelope(new Add(2)), Cancel);
        await Journal.ArrivedAsync(2).Soon("the commit");
        Assert.False(reply.IsCompleted);
        Assert.Equal([1], follower.Numbers);
        Journal.Release();
        Assert.Equal(Reply.At(2), await reply.Soon("the answer"));
        Assert.Equal([1, 2], (await follower.SawAsync(2)).Numbers);
    }

    [Fact]
    public async Task A_refusal_is_the_fault_of_the_rules_and_leaves_nothing_behind()
    {
        Assert.Equal(Reply.Refused(TallyFaults.TooLittle), await Send(new Add(-1)));
        Assert.Equal(Reply.At(1), await Send(new Add(1)));
        Assert.Equal([1], (await Stored(1)).Numbers);
    }

    [Fact]
    public async Task A_refusal_is_given_only_once_what_it_rests_on_is_durable()
    {
        await Send(new Add(1));
        Journal.Hold();
        var spent = Engine.SendAsync(_tally, Envelope(new Add(-1)), Cancel);
        await Journal.ArrivedAsync(2).Soon("the commit");
        var refused = Engine.SendAsync(_tally, Envelope(new Add(-1)), Cancel);
        var other = new AggregateId(Tally.Kind, Guid.CreateVersion7());
        Assert.Equal(Reply.Refused(TallyFaults.TooLittle), await Engine.SendAsync(other, Envelope(new Add(-1)), Cancel).Soon("another cell's refusal"));
        Assert.False(refused.IsCompleted);
        Journal.Release();
        Assert.Equal(Reply.At(2), await spent.Soon("the answer"));
        Assert.Equal(Reply.Refused(TallyFaults.TooLittle), await refused.Soon("the refusal"));
    }

    [Fact]
    public async Task The_same_id_again_gets_the_same_answer_and_changes_nothing()
    {
        var add = Envelope(new AddEach(1, 1));
        Assert.Equal(Reply.At(2), await Send(add));
        await Send(new Add(5));
        Assert.Equal(Reply.At(2), await Send(add));
        Assert.Equal(Reply.At(4), await Send(new Add(6)));
        Assert.Equal([1, 1, 5, 6], (await Stored(4)).Amounts);
    }

    [Fact]
    public async Task The_same_id_again_while_the_first_is_under_way_waits_for_it()
    {
        Journal.Hold();
        var add = Envelope(new Add(1));
        var first = Engine.SendAsync(_tally, add, Cancel);
        await Journal.ArrivedAsync(1).Soon("the commit");
        var copies = Enumerable.Range(0, 10).Select(_ => Engine.SendAsync(_tally, add, Cancel)).ToList();
        Journal.Release();
        Assert.Equal(Reply.At(1), await first.Soon("the answer"));
        Assert.All(await Task.WhenAll(copies).Soon("the copies' answers"), reply => Assert.Equal(Reply.At(1), reply));
        Assert.Equal(Reply.At(2), await Send(new Add(1)));
    }

    [Fact]
    public async Task The_same_id_again_after_a_restart_gets_the_same_answer()
    {
        var add = Envelope(new Add(1));
        await Send(add);
        await Send(new Add(2));
        await Restart();
        Assert.Equal(Reply.At(1), await Send(add));
        Assert.Equal(Reply.At(3), await Send(new Add(3)));
    }

    [Fact]
    public async Task A_command_that_changes_nothing_is_remembered_so_that_a_late_copy_changes_nothing_either()
    {
        var already = Envelope(new BringTo(0));
        Assert.Equal(Reply.At(1), await Send(already));
        await Send(new Add(5));
        Assert.Equal(Reply.At(1), await Send(already));
        await Restart();
        Assert.Equal(Reply.At(1), await Send(already));
        var stored = await Stored(2);
        Assert.IsType<CommandNoted>(stored.Seen[0].Event);
        Assert.Equal(already.Id, stored.Seen[0].Context.Command);
        Assert.Equal([5], stored.Amounts);
    }

    [Fact]
    public async Task A_command_without_an_id_is_refused()
    {
        Assert.Equal(Reply.Refused(EngineFaults.NoCommandId), await Send(Envelope(new Add(1), Guid.Empty)));
    }

    [Fact]
    public async Task An_event_carries_who_caused_it_and_when()
    {
        var add = Envelope(new Add(1));
        var before = DateTimeOffset.UtcNow.AddMilliseconds(-1);
        await Send(add);
        var (_, context) = (await Stored(1)).Seen[0];
        Assert.Equal((1, add.Actor.Id, add.Id), (context.Seq, context.By, context.Command));
        Assert.InRange(context.At, before, DateTimeOffset.UtcNow);
        Assert.Equal(0, context.At.Ticks % TimeSpan.TicksPerMillisecond);
        Assert.Equal(TimeSpan.Zero, context.At.Offset);
    }

    [Fact]
    public async Task Commands_sent_without_waiting_are_decided_in_that_order()
    {
        var replies = await SendAll(Enumerable.Range(1, 300).Select(i => Envelope(new Add(i))));
        Assert.Equal(Enumerable.Range(1, 300).Select(i => Reply.At(i)), replies);
        Assert.Equal(Enumerable.Range(1, 300).Select(i => (long)i), (await Stored(300)).Amounts);
    }

    [Fact]
    public async Task Of_64_callers_at_once_no_command_is_lost_and_none_counts_twice()
    {
        const int each = 40;
        var follower = Follow();
        var replies = await Task.WhenAll(Enumerable.Range(0, 64).Select(caller => Task.Run(async () =>
        {
            var mine = new List<(Guid Id, long Seq)>();
            for (var i = 0; i < each; i++)
            {
                var add = Envelope(new Add(1));
                mine.Add((add.Id, (await Send(add)).Seq));
                // Every third is sent again, as after a reconnect.
                Assert.True(i % 3 != 0 || (await Send(add)).Seq == mine[^1].Seq);
            }

            return mine;
        })));
        await follower.SawAsync(64 * each);
        Assert.Equal(Enumerable.Range(1, 64 * each).Select(n => (long)n), follower.Numbers);
        Assert.Equal(
            replies.SelectMany(mine => mine).OrderBy(reply => reply.Seq),
            follower.Seen.Select(recorded => (recorded.Context.Command, recorded.Context.Seq)));
    }

    [Fact]
    public async Task Who_gives_up_waiting_does_not_take_the_command_back()
    {
        await Send(new Add(1));
        Journal.Hold();
        using var cancel = new CancellationTokenSource();
        var add = Envelope(new Add(1));
        var reply = Engine.SendAsync(_tally, add, cancel.Token);
        await Journal.ArrivedAsync(2).Soon("the commit");
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reply.Soon("the end of the wait"));
        Journal.Release();
        Assert.Equal(Reply.At(2), await Send(add));
    }

    [Fact]
    public async Task Each_aggregate_has_numbers_of_its_own()
    {
        var other = new AggregateId(Tally.Kind, Guid.CreateVersion7());
        await Send(new AddEach(1, 2, 3));
        Assert.Equal(Reply.At(1), await Engine.SendAsync(other, Envelope(new Add(9)), Cancel).Soon("an answer"));
        Assert.Equal(Reply.At(4), await Send(new Add(4)));
    }
}
