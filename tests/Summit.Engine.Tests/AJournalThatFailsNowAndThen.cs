using Summit.Contracts;

namespace Summit.Engine.Tests;

/// <summary>Commits that fail before or after they became durable, in any order; the seed is in the test's name.</summary>
public sealed class AJournalThatFailsNowAndThen : EngineTest
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Loses_no_accepted_command_and_counts_none_twice(int seed)
    {
        var random = new Random(seed);
        var time = new ManualTime();
        var engine = Start(time);
        Assert.Equal(Reply.At(1), await Send(engine, new Add(1)));
        var follower = await Follow(engine).SawAsync(1);
        Journal.BeforeCommit = () =>
        {
            var luck = random.Next(10);
            (Journal.CommitsFail, Journal.AnswersAreLost) = (luck == 0, luck == 1);
            // The next commit need not wait for the pause after a failure.
            time.Advance(TimeSpan.FromSeconds(1));
        };
        var accepted = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            var mine = new List<(Guid Id, long Seq)>();
            for (var i = 0; i < 100; i++)
            {
                var add = Envelope(new AddEach(1, 1));
                var reply = await Send(engine, add);
                while (reply.Fault is not null)
                {
                    Assert.Equal(EngineFaults.JournalUnavailable, reply.Fault);
                    time.Advance(TimeSpan.FromSeconds(1));
                    reply = await Send(engine, add);
                }

                mine.Add((add.Id, reply.Seq));
            }

            return mine;
        })));
        var stored = await Stored();
        Assert.Equal(1 + (8 * 100 * 2), stored.Count);
        Assert.Equal(
            accepted.SelectMany(mine => mine).OrderBy(reply => reply.Seq),
            stored.Skip(1).Where(record => record.Version % 2 == 1).Select(record => (record.Command, record.Version)));
        Journal.BeforeCommit = null;
        (Journal.CommitsFail, Journal.AnswersAreLost) = (false, false);
        time.Advance(TimeSpan.FromSeconds(1));
        var last = await Send(engine, new Add(1));
        Assert.Equal(Enumerable.Range(1, (int)last.Seq).Select(n => (long)n), (await follower.SawAsync(last.Seq)).Numbers);
    }

    [Fact]
    public async Task Is_left_alone_for_a_moment_after_a_failure()
    {
        var time = new ManualTime();
        var engine = Start(time);
        await Send(engine, new Add(1));
        Journal.CommitsFail = true;
        await Send(engine, new Add(2));
        var (commits, reads) = (Journal.Commits.Count, Journal.Reads);
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(Reply.Refused(EngineFaults.JournalUnavailable), await Send(engine, new Add(2)));
        }

        Assert.Equal(commits, Journal.Commits.Count);
        Assert.InRange(Journal.Reads, reads, reads + 1);
        Journal.CommitsFail = false;
        time.Advance(TimeSpan.FromMilliseconds(249));
        Assert.Equal(Reply.Refused(EngineFaults.JournalUnavailable), await Send(engine, new Add(2)));
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(Reply.At(2), await Send(engine, new Add(2)));
    }

    [Fact]
    public async Task That_could_not_be_read_is_read_by_the_next_command()
    {
        var engine = Start();
        Journal.ReadsFail = true;
        Assert.Equal(Reply.Refused(EngineFaults.JournalUnavailable), await Send(engine, new Add(1)));
        Journal.ReadsFail = false;
        Assert.Equal(Reply.At(1), await Send(engine, new Add(1)));
    }

    [Fact]
    public async Task Is_told_to_who_follows_and_cannot_be_served_from_memory()
    {
        Journal.ReadsFail = true;
        await using var follower = Start().FollowAsync(Id, 0, Cancel).GetAsyncEnumerator(Cancel);
        await Assert.ThrowsAsync<JournalUnavailableException>(() => follower.MoveNextAsync().AsTask().Soon("the failure"));
    }
}
