using Summit.Contracts;

namespace Summit.Engine.Tests;

/// <summary>Two cells that both believe to be the only one: the journal decides between them.</summary>
public sealed class TwoActivationsOfOneAggregate : EngineTest
{
    [Fact]
    public async Task The_slower_one_reloads_and_answers_as_if_nothing_had_been()
    {
        var (one, other) = (Start(), Start());
        Assert.Equal(Reply.At(1), await Send(one, new Add(1)));
        Assert.Equal(Reply.At(2), await Send(other, new Add(2)));
        Assert.Equal(Reply.At(3), await Send(one, new Add(3)));
        Assert.Equal(Reply.At(4), await Send(other, new Add(4)));
        Assert.Equal([1, 2, 3, 4], await StoredAmounts());
    }

    [Fact]
    public async Task The_slower_one_decides_anew_on_what_the_other_wrote()
    {
        var (one, other) = (Start(), Start());
        await Send(one, new Add(1));
        await Send(other, new Add(-1));
        Assert.Equal(Reply.Refused(TallyFaults.TooLittle), await Send(one, new Add(-1)));
    }

    [Fact]
    public async Task A_command_the_other_has_accepted_is_known_to_both()
    {
        var (one, other) = (Start(), Start());
        await Send(one, new Add(1));
        var add = Envelope(new Add(2));
        Assert.Equal(Reply.At(2), await Send(other, add));
        Assert.Equal(Reply.At(2), await Send(one, add));
        Assert.Equal([1, 2], await StoredAmounts());
    }

    [Fact]
    public async Task An_event_decided_upon_one_that_lost_is_never_written_though_its_number_would_fit()
    {
        var (one, other) = (Start(), Start());
        await Send(one, new Add(1));
        Journal.Hold();
        var gain = one.SendAsync(Id, Envelope(new Add(5)), Cancel);
        await Journal.ArrivedAsync(2).Soon("the commit");
        // Decided on a total of 6, for number 3. The other's event takes number 2, so that 3 is free.
        var spend = one.SendAsync(Id, Envelope(new Add(-6)), Cancel);
        var fault = one.SendAsync(Id, Envelope(new Add(-1)), Cancel);
        await Waits.Until(() => one.Staged == 2, "the spending to be staged");
        await Journal.ReleaseAfterAsync(Theirs());
        Assert.Equal(Reply.At(3), await gain.Soon("the gain"));
        Assert.Equal(Reply.At(4), await spend.Soon("the spending"));
        Assert.Equal(Reply.Refused(TallyFaults.TooLittle), await fault.Soon("the refusal"));
        Assert.Equal([1, 0, 5, -6], await StoredAmounts());
        Assert.Equal(Reply.At(5), await Send(other, new Add(1)));
    }

    [Fact]
    public async Task What_was_decided_before_a_bug_is_decided_anew_before_what_came_after_it()
    {
        var one = Start();
        await Send(one, new Add(1));
        Journal.Hold();
        var before = one.SendAsync(Id, Envelope(new Add(5)), Cancel);
        await Journal.ArrivedAsync(2).Soon("the commit");
        var broken = one.SendAsync(Id, Envelope(new Break(WhenDeciding: true)), Cancel);
        await Assert.ThrowsAsync<InvalidOperationException>(() => broken.Soon("the failure"));
        var after = one.SendAsync(Id, Envelope(new Add(7)), Cancel);
        await Journal.ReleaseAfterAsync(Theirs());
        Assert.Equal(Reply.At(3), await before.Soon("the answer before"));
        Assert.Equal(Reply.At(4), await after.Soon("the answer after"));
        Assert.Equal([1, 0, 5, 7], await StoredAmounts());
    }

    [Fact]
    public async Task A_follower_of_either_sees_what_both_wrote()
    {
        var (one, other) = (Start(), Start());
        await Send(one, new Add(1));
        var follower = await Follow(one).SawAsync(1);
        await Send(other, new Add(2));
        await Send(one, new Add(3));
        Assert.Equal([1, 2, 3], (await follower.SawAsync(3)).Amounts);
    }

    [Fact]
    public async Task A_follower_of_one_that_stands_still_sees_what_the_other_wrote()
    {
        var time = new ManualTime();
        var (one, other) = (Start(time), Start());
        await Send(one, new Add(1));
        var follower = await Follow(one).SawAsync(1);
        await Send(other, new Add(2));
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal([1, 2], (await follower.SawAsync(2)).Amounts);
    }

    [Fact]
    public async Task Under_load_from_both_no_accepted_command_is_lost_and_none_counts_twice()
    {
        var engines = new[] { Start(), Start() };
        var accepted = await Task.WhenAll(Enumerable.Range(0, 16).Select(caller => Task.Run(async () =>
        {
            var mine = new List<(Guid Id, long Seq)>();
            for (var i = 0; i < 30; i++)
            {
                var add = Envelope(new Add(1));
                mine.Add((add.Id, (await SendUntilTaken(engines[(caller + i) % 2], add)).Seq));
            }

            return mine;
        })));
        var stored = (await Stored()).Select(record => (record.Command, record.Version));
        Assert.Equal(accepted.SelectMany(mine => mine).OrderBy(reply => reply.Seq), stored);
    }

    /// <summary>What another activation writes as the second event.</summary>
    private Append Theirs() => new(
        Id, 1, [new Codec(Tally.Kinds).Encode(new Added(0), new(2, DateTimeOffset.UnixEpoch, default, Guid.CreateVersion7()))]);
}
