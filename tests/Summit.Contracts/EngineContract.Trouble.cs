using Summit.Domain;
using Summit.Engine;

namespace Summit.Contracts;

/// <summary>Trouble: a journal that fails, answers that get lost, too many callers, bugs in the rules, a stop.</summary>
public abstract partial class EngineContract
{
    [Fact]
    public async Task While_the_journal_fails_commands_are_refused_as_busy_and_recovery_needs_nobody()
    {
        await Send(new Add(1));
        Journal.CommitsFail = true;
        var add = Envelope(new Add(2));
        Assert.Equal(Reply.Refused(EngineFaults.JournalUnavailable), await Send(add));
        Journal.CommitsFail = false;
        Assert.Equal(Reply.At(2), await SendUntilTaken(add));
        Assert.Equal([1, 2], (await Stored(2)).Amounts);
    }

    [Fact]
    public async Task While_the_journal_cannot_be_read_commands_are_refused_as_busy_and_recovery_needs_nobody()
    {
        Journal.ReadsFail = true;
        var add = Envelope(new Add(1));
        Assert.Equal(Reply.Refused(EngineFaults.JournalUnavailable), await Send(add));
        Journal.ReadsFail = false;
        Assert.Equal(Reply.At(1), await SendUntilTaken(add));
    }

    [Fact]
    public async Task A_failed_commit_refuses_all_that_rested_on_it()
    {
        await Send(new Add(1));
        Journal.Hold();
        var sent = new List<Task<Reply>> { Engine.SendAsync(_tally, Envelope(new Add(1)), Cancel) };
        await Journal.ArrivedAsync(2).Soon("the commit");
        sent.AddRange(Enumerable.Range(0, 20).Select(_ => Engine.SendAsync(_tally, Envelope(new Add(1)), Cancel)));
        Journal.CommitsFail = true;
        Journal.Release();
        Assert.All(await Task.WhenAll(sent).Soon("the refusals"), reply => Assert.Equal(FaultKind.Busy, reply.Fault?.Kind));
        Journal.CommitsFail = false;
        Assert.Equal(Reply.At(2), await SendUntilTaken(Envelope(new Add(7))));
        Assert.Equal([1, 7], (await Stored(2)).Amounts);
    }

    [Fact]
    public async Task A_command_whose_answer_was_lost_is_found_again_by_its_id()
    {
        await Send(new Add(1));
        var follower = await Follow().SawAsync(1);
        Journal.AnswersAreLost = true;
        var add = Envelope(new Add(2));
        Assert.Equal(Reply.Refused(EngineFaults.JournalUnavailable), await Send(add));
        Journal.AnswersAreLost = false;
        Assert.Equal(Reply.At(2), await SendUntilTaken(add));
        Assert.Equal([1, 2], (await follower.SawAsync(2)).Amounts);
        Assert.Equal(Reply.At(3), await SendUntilTaken(Envelope(new Add(3))));
        Assert.Equal([1, 2, 3], (await follower.SawAsync(3)).Amounts);
    }

    [Fact]
    public async Task A_command_whose_answer_was_lost_is_shown_though_nobody_sends_it_again()
    {
        await Send(new Add(1));
        var follower = await Follow().SawAsync(1);
        Journal.AnswersAreLost = true;
        Assert.Equal(Reply.Refused(EngineFaults.JournalUnavailable), await Send(new Add(2)));
        Assert.Equal([1, 2], (await follower.SawAsync(2)).Amounts);
    }

    [Fact]
    public async Task What_was_accepted_before_is_answered_even_while_nothing_can_be_saved()
    {
        var add = Envelope(new Add(1));
        await Send(add);
        Journal.CommitsFail = true;
        Assert.Equal(FaultKind.Busy, (await Send(new Add(2))).Fault?.Kind);
        Assert.Equal(Reply.At(1), await Send(add));
    }

    [Fact]
    public async Task Too_many_commands_under_way_are_refused_and_not_queued()
    {
        await Send(new Add(1));
        Journal.Hold();
        var sent = Enumerable.Range(0, 20_000).Select(_ => Engine.SendAsync(_tally, Envelope(new Add(1)), Cancel)).ToList();
        var refused = await (await Task.WhenAny(sent).Soon("a refusal"));
        Assert.Equal(Reply.Refused(EngineFaults.Busy), refused);
        Journal.Release();
        var replies = await Task.WhenAll(sent).Soon("all answers");
        var taken = replies.Count(reply => reply.Fault is null);
        Assert.InRange(taken, 1_000, 10_000);
        Assert.All(replies.Where(reply => reply.Fault is not null), reply => Assert.Equal(EngineFaults.Busy, reply.Fault));
        Assert.Equal(Reply.At(taken + 2), await Send(new Add(1)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_bug_in_the_rules_fails_its_command_and_no_other(bool whenDeciding)
    {
        await Send(new Add(1));
        Journal.Hold();
        var before = Engine.SendAsync(_tally, Envelope(new Add(2)), Cancel);
        await Journal.ArrivedAsync(2).Soon("the commit");
        var broken = Engine.SendAsync(_tally, Envelope(new Break(whenDeciding)), Cancel);
        var after = Engine.SendAsync(_tally, Envelope(new Add(3)), Cancel);
        Journal.Release();
        Assert.Equal(Reply.At(2), await before.Soon("the answer before"));
        await Assert.ThrowsAnyAsync<Exception>(() => broken.Soon("the failure"));
        Assert.Equal(Reply.At(3), await after.Soon("the answer after"));
        Assert.Equal([1, 1, 1], Journal.Commits);
        Assert.Equal([1, 2, 3], (await Stored(3)).Amounts);
    }

    [Fact]
    public async Task A_record_that_cannot_be_read_is_named()
    {
        var record = new JournalRecord(1, "tally.unheard-of.v9", "{}"u8.ToArray(), DateTimeOffset.UnixEpoch, Guid.Empty, Guid.CreateVersion7());
        await Journal.AppendAsync([new Append(_tally, 0, [record])], Cancel);
        var thrown = await Assert.ThrowsAsync<JournalCorruptException>(() => Send(new Add(1)));
        Assert.Contains($"{_tally}", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("tally.unheard-of.v9", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("version 1", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_answers_what_was_accepted_shows_it_and_ends_who_follows()
    {
        var (follower, last) = await FollowLive();
        Journal.Hold();
        var sent = Enumerable.Range(0, 50).Select(_ => Engine.SendAsync(_tally, Envelope(new Add(1)), Cancel)).ToList();
        await Journal.ArrivedAsync((int)last + 1).Soon("the commit");
        var restart = Restart();
        Journal.Release();
        await restart.Soon("the restart");
        var replies = await Task.WhenAll(sent).Soon("the answers");
        Assert.Equal(last + 50, replies.Max(reply => reply.Seq));
        Assert.All(replies, reply => Assert.Null(reply.Fault));
        await follower.Completion.Soon("the end of the follower");
        Assert.Equal(Enumerable.Range(1, (int)last + 50).Select(n => (long)n), follower.Numbers);
    }

    /// <summary>A follower to whom events are published, and the last one: it has seen that without a read of the journal.</summary>
    private async Task<(Follower Follower, long Last)> FollowLive()
    {
        var follower = Follow();
        int reads;
        long last;
        do
        {
            reads = Journal.Reads;
            last = (await Send(new Add(1))).Seq;
            await follower.SawAsync(last);
        }
        while (reads == 0 || Journal.Reads > reads);
        return (follower, last);
    }

    /// <summary>What a client does on Busy: the same command with the same id, until it is taken.</summary>
    private async Task<Reply> SendUntilTaken(CommandEnvelope command)
    {
        var limit = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var reply = await Send(command);
            if (reply.Fault is not { Kind: FaultKind.Busy })
            {
                return reply;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(limit) < TimeSpan.FromSeconds(30), "The engine did not recover in 30 s.");
            await Task.Yield();
        }
    }
}
